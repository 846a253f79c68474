"""Exact bounds of the marked quantity in one delivery or stop.

The marked goods are a flow within the flow of all goods, and so is the rest. The most of them that a delivery can carry
is a maximal flow from where marked or unknown goods enter; the least is its quantity without the most of all others.
The solver counts in 32 bits: parts are made coarser where the asked quantity does not fit, and bounds then widen by at
most one part for each arc in a cut; such bounds are not called exact.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.errors import RequestError
from graphkit.quantities.deliveries import MARKED, UNMARKED, Deliveries, Floats, Ints, marks_of
from graphkit.quantities.ground import Bounds, ground, reached, reaching
from graphkit.quantities.runs import Runs, parts_of, prepared

_LARGEST = 2**31 - 1


def exact_delivery(given: Deliveries | Runs, marked: ArrayLike, delivery: int, unseen: Floats | None = None) -> Bounds:
    """The least and the most of marked goods in one delivery, as it leaves its source.

    Raises RequestError for a delivery that is not there.

    >>> given = Deliveries.of(4, [0, 1, 2, 2], [2, 2, 3, 3], [6, 4, 5, 4], [1, 2, 3, 4])
    >>> exact_delivery(given, [1, -1, 0, 0], 2)
    Bounds(low=1.0, high=5.0, exact=True)
    """
    runs = prepared(given, unseen)
    given, mark = runs.given, marks_of(runs.given, marked)
    _known(delivery, len(given), "delivery", "供货")
    if mark[delivery]:
        whole = float(given.quantity[delivery]) if mark[delivery] == MARKED else 0.0
        return Bounds(whole, whole, True)
    goal = np.array([runs.tail[delivery]])
    if given.gains:
        from graphkit.quantities.program import delivery_program

        return delivery_program(runs, mark, delivery)
    limit = int(runs.capacity[delivery])
    return _by_flow(runs, mark, goal, goal, limit, 0)


def exact_stop(given: Deliveries | Runs, marked: ArrayLike, stop: int, unseen: Floats | None = None) -> Bounds:
    """The least and the most of marked goods in all that a stop received; goods that come back count again.

    Where they can come back, a cheapest flow takes the place of the maximal one; where they change in quantity on the
    way, a linear program. Raises
    RequestError for a stop that is not there.
    """
    runs = prepared(given, unseen)
    _known(stop, runs.given.stops, "stop", "节点")
    if runs.given.mixing[stop]:
        from graphkit.quantities.program import stop_program

        return stop_program(runs, marks_of(runs.given, marked), stop)
    return exact_sum(runs, marked, np.flatnonzero(runs.given.target == stop))


def exact_sum(
    given: Deliveries | Runs, marked: ArrayLike, deliveries: ArrayLike, unseen: Floats | None = None
) -> Bounds:
    """The least and the most of marked goods in these deliveries together, as they arrive; see `exact_stop`.

    >>> given = Deliveries.of(5, [0, 1, 2, 2], [2, 2, 3, 4], [6, 4, 5, 4], [1, 2, 3, 4])
    >>> exact_sum(given, [1, -1, 0, 0], [2, 3])
    Bounds(low=5.0, high=6.0, exact=True)
    """
    runs = prepared(given, unseen)
    given, mark = runs.given, marks_of(runs.given, marked)
    asked = np.unique(np.asarray(deliveries, np.int64))
    for delivery in asked[[0, -1]].tolist() if len(asked) else ():
        _known(delivery, len(given), "delivery", "供货")
    receipts = asked[mark[asked] == 0]
    stops = np.unique(given.target[receipts])
    if len(stops) > 1 or given.gains or _comes_back(runs, mark, stops):
        from graphkit.quantities.program import sum_program

        return sum_program(runs, mark, asked)
    known = parts_of(given.arriving, runs.units)
    surely = int(known[asked[mark[asked] == MARKED]].sum())
    if not len(receipts):
        return Bounds(surely / runs.units, surely / runs.units, True)
    goals = np.unique(runs.head[receipts])
    return _by_flow(runs, mark, goals, runs.tail[receipts], int(known[receipts].sum()), surely, receipts)


def _comes_back(runs: Runs, mark: NDArray[np.int8], stops: Ints) -> bool:
    """Whether what leaves these stops can come to them again."""
    free = np.ones(len(runs.tail), bool)
    free[: len(mark)] = mark == 0
    out = np.flatnonzero(np.isin(runs.given.source, stops) & (mark == 0))
    return bool(reached(runs, free, runs.head[out])[np.isin(runs.stop, stops)].any())


def _by_flow(
    runs: Runs, mark: NDArray[np.int8], goals: Ints, before: Ints, limit: int, surely: int, receipts: Ints | None = None
) -> Bounds:
    """Both bounds by two maximal flows of at most `limit` parts into the goals, over `receipts` only where given."""
    coarse = max(1, -(-limit // _LARGEST))
    most = _flow(runs, mark, MARKED, goals, limit, coarse, receipts)
    other = _flow(runs, mark, UNMARKED, goals, limit, coarse, receipts)
    free = np.ones(len(runs.tail), bool)
    free[: len(mark)] = mark == 0
    certain = coarse == 1 and runs.certain(reaching(runs, free, np.unique(before)))
    return Bounds((surely + limit - other) / runs.units, (surely + most) / runs.units, certain)


def _flow(
    runs: Runs, mark: NDArray[np.int8], side: int, goals: Ints, limit: int, coarse: int, receipts: Ints | None
) -> int:
    """The most of this kind that can reach the goals, in whole parts."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    within = ground(runs, mark, side, goals)
    tail, head, capacity = within.tail, within.head, within.capacity
    if receipts is not None:  # a stop takes in what it receives; what it holds is not received
        kept = np.isin(within.kept, receipts) | ~np.isin(head, goals)
        kept &= ~np.isin(tail, goals)
        tail, head, capacity = tail[kept], head[kept], capacity[kept]
    entry = np.flatnonzero(within.before & (within.enters > 0))
    if receipts is not None:
        entry = entry[~np.isin(entry, goals)]
    source, sink = runs.nodes, runs.nodes + 1
    tails = np.concatenate((tail, np.full(len(entry), source), goals))
    heads = np.concatenate((head, entry, np.full(len(goals), sink)))
    amounts = np.concatenate((capacity, within.enters[entry], np.full(len(goals), limit)))
    amounts = -(-np.minimum(amounts, limit) // coarse)
    nodes, place = np.unique(np.concatenate((tails, heads, [source, sink])), return_inverse=True)
    ends = place[: len(tails)], place[len(tails) : -2]
    network = csr_array((amounts, ends), shape=(len(nodes), len(nodes)))
    network.sum_duplicates()
    network.data = np.minimum(network.data, _LARGEST).astype(np.int32)
    found = maximum_flow(network.astype(np.int32), int(place[-2]), int(place[-1])).flow_value
    return min(int(found) * coarse, limit)


def _known(position: int, count: int, en: str, zh: str) -> None:
    if not 0 <= position < count or not math.isfinite(position):
        raise RequestError(f"There is no {en} {position}.", f"没有第 {position} 个{zh}。")
