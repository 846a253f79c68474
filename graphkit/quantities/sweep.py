"""Outer bounds of the marked quantity in every delivery and at every stop, in one sweep along time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.quantities.deliveries import MARKED, UNMARKED, Deliveries, Floats, Ints, Mask, marks_of
from graphkit.quantities.runs import Runs, parts_of, prepared

_ROUNDS = 10  # bounds around a circle of deliveries are drawn in so often; they hold at every step


@dataclass(frozen=True, eq=False)
class OuterBounds:
    """The least and the most of marked goods, never too narrow; in the deliveries' unit.

    Shapes: `low`, `high` (deliveries,) as each leaves; `stop_low`, `stop_high` (stops,) over all that a stop received,
    counted again where goods come back; `stock_low`, `stock_high` (stops,) in what it has left.
    """

    low: Floats
    high: Floats
    stop_low: Floats
    stop_high: Floats
    stock_low: Floats
    stock_high: Floats


def outer_bounds(given: Deliveries | Runs, marked: ArrayLike, unseen: Floats | None = None) -> OuterBounds:
    """Bounds for all deliveries and stops at once, given which deliveries are marked (see `marks_of`).

    A marked delivery is marked as it leaves, whatever it was before. Opening stock that no record tells may be of
    either kind; `unseen` (stops,) in place of the least there must have been. The bounds of a sum are not the sum of
    bounds. Raises RequestError.

    >>> given = Deliveries.of(4, [0, 1, 2], [2, 2, 3], [6, 4, 5], [1, 2, 3])
    >>> found = outer_bounds(given, [1, -1, 0])
    >>> found.low.tolist(), found.high.tolist(), found.stock_low.tolist()[2], found.stock_high.tolist()[2]
    ([6.0, 0.0, 1.0], [6.0, 0.0, 5.0], 1.0, 5.0)
    """
    runs = prepared(given, unseen)
    given, mark = runs.given, marks_of(runs.given, marked)
    high, some = most_of(runs, mark, MARKED)
    clean, none = most_of(runs, mark, UNMARKED)
    units = runs.units
    count, leaving, came = len(given), parts_of(given.quantity, units), parts_of(given.arriving, units)
    least = np.maximum(leaving - clean[:count], 0.0)
    gain = runs.gain[:count]
    over = [np.bincount(given.target, part * gain, given.stops) for part in (least, high[:count])]
    if given.mixing.any():
        most = np.bincount(given.source, leaving, given.stops)
        over = [np.where(given.mixing, np.minimum(each, most), each) for each in over]
    stock = _left(runs, leaving, came, some, none)
    low, high = least / units, high[:count] / units
    return OuterBounds(low, high, over[0] / units, over[1] / units, stock[0] / units, stock[1] / units)


def _left(runs: Runs, leaving: Ints, came: Ints, some: Floats, none: Floats) -> tuple[Floats, Floats]:
    """The least and most of marked goods in what each stop has left: its last run, less all that left in it."""
    given = runs.given
    total = np.bincount(given.target, came, given.stops) - np.bincount(given.source, leaving, given.stops)
    left = np.where(given.recipes, 0.0, np.maximum(total + runs.unseen + runs.opening, 0.0))
    last = np.full(given.stops, -1, np.int64)
    last[runs.stop] = np.arange(runs.nodes)
    known = last >= 0
    high, clean = np.zeros(given.stops), left.copy()
    high[known] = np.minimum(left, some[last])[known]
    clean[known] = np.minimum(left, none[last])[known]
    return left - clean, high


def most_of(runs: Runs, mark: NDArray[np.int8], side: int) -> tuple[Floats, Floats]:
    """The most of one kind, MARKED or UNMARKED, that each arc and each node can hold, never too little, in whole parts:
    (arcs,), (nodes,).
    """
    given, count = runs.given, len(mark)
    limit = runs.capacity.astype(np.float64)
    fixed = np.zeros(len(limit), bool)
    fixed[:count] = mark != 0
    limit[:count][(mark != 0) & (mark != side)] = 0.0
    entering = runs.unseen + (runs.opening if side == UNMARKED else 0)
    known = runs.entry >= 0
    base = np.bincount(runs.entry[known], entering[known], runs.nodes).astype(np.float64)
    narrow = given.mixing[runs.stop] if side == UNMARKED else np.zeros(runs.nodes, bool)
    cyclic = np.flatnonzero(runs.levels.cyclic)
    for _ in range(_ROUNDS):
        drawn, node = _along(runs, limit, fixed, base, narrow)
        again = np.where(fixed[cyclic], limit[cyclic], np.minimum(limit[cyclic], node[runs.tail[cyclic]]))
        if np.array_equal(again, limit[cyclic]):
            break
        limit[cyclic] = again
    return drawn, node


def _along(runs: Runs, limit: Floats, fixed: Mask, base: Floats, narrow: Mask) -> tuple[Floats, Floats]:
    """One sweep: a node holds what its arcs bring together, an arc brings its limit or the little that its tail holds.

    A narrow node takes the least that one of its arcs brings. Arcs on a circle bring their limit.
    """
    drawn, tail, head, gain = limit.copy(), runs.tail, runs.head, runs.gain
    cyclic = np.flatnonzero(runs.levels.cyclic)
    node = np.where(narrow, np.inf, base + np.bincount(head[cyclic], (limit * gain)[cyclic], runs.nodes))
    np.minimum.at(node, head[cyclic], np.where(narrow[head], limit * gain, np.inf)[cyclic])
    tight = narrow.any()
    for arcs in runs.levels:
        brought = limit[arcs]
        brought = np.where(fixed[arcs], brought, np.minimum(brought, node[tail[arcs]]))
        drawn[arcs] = brought
        if tight and (where := narrow[head[arcs]]).any():
            np.minimum.at(node, head[arcs][where], (brought * gain[arcs])[where])
            brought = np.where(where, 0.0, brought)
        np.add.at(node, head[arcs], brought * gain[arcs])
    return drawn, node
