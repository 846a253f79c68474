"""Usual conventions on which goods leave a stock first: each one history among many, inside the bounds, none a proof.

Within one delivery goods count as mixed. Opening stock lies below all receipts: the first in and the last out. Opening
stock that no record tells counts as not marked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from graphkit.errors import RequestError
from graphkit.quantities.deliveries import MARKED, Deliveries, Floats, Ints, Mask, marks_of
from graphkit.quantities.ground import reached
from graphkit.quantities.levels import Levels
from graphkit.quantities.overlap import overlaps
from graphkit.quantities.runs import Runs, parts_of, prepared

CONVENTIONS = ("proportional", "first_in_first_out", "last_in_first_out")


def convention(name: str, given: Deliveries | Runs, marked: ArrayLike, unseen: Floats | None = None) -> Floats:
    """The marked quantity in each delivery as it leaves, by one of CONVENTIONS; shape (deliveries,).

    What may come out of a recipe of several inputs is nan: no convention says what part of a mixture is marked. Raises
    RequestError for an unknown convention.

    >>> given = Deliveries.of(4, [0, 1, 2], [2, 2, 3], [6, 4, 5], [1, 2, 3])
    >>> [convention(name, given, [1, -1, 0]).tolist()[2] for name in CONVENTIONS]
    [3.0, 5.0, 1.0]
    """
    if name not in CONVENTIONS:
        raise RequestError(
            f"{name} is none of {', '.join(CONVENTIONS)}.", f"{name} 不在 {'、'.join(CONVENTIONS)} 之内。"
        )
    runs = prepared(given, unseen)
    given, mark = runs.given, marks_of(runs.given, marked)
    share = _proportional(runs, mark) if name == CONVENTIONS[0] else _queued(runs, mark, name == CONVENTIONS[2])
    found: Floats = share * parts_of(given.quantity, runs.units) / runs.units
    found[_mixed(runs, mark == 0)] = np.nan
    return found


def _mixed(runs: Runs, open_: Mask) -> Mask:
    """Which of the open deliveries may carry of what came out of a recipe."""
    count, free = len(open_), np.ones(len(runs.tail), bool)
    free[:count] = open_
    begun = np.flatnonzero(runs.given.recipes[runs.stop])
    mask: Mask = open_ & reached(runs, free, begun)[runs.tail[:count]] if len(begun) else np.zeros(count, bool)
    return mask


def _proportional(runs: Runs, mark: Ints | np.ndarray[tuple[int], np.dtype[np.int8]]) -> Floats:
    """The marked share of each delivery, where every run mixes what it has."""
    count, open_arc = len(mark), np.ones(len(runs.tail), bool)
    open_arc[:count] = mark == 0
    came = np.rint(runs.capacity * runs.gain)
    total = np.bincount(runs.head, came, runs.nodes)
    known = runs.entry >= 0
    total[runs.entry[known]] += (runs.unseen + runs.opening)[known]
    total = np.maximum(total, 1.0)
    surely = np.flatnonzero(mark == MARKED)
    base = np.bincount(runs.head[surely], came[surely], runs.nodes) / total
    weight = np.where(open_arc, came / total[runs.head], 0.0)
    share = runs.levels.accumulate(base, runs.tail, runs.head, weight)
    return np.where(mark != 0, mark == MARKED, share[runs.tail[:count]])


def _queued(runs: Runs, mark: np.ndarray[tuple[int], np.dtype[np.int8]], last_first: bool) -> Floats:
    """The marked share of each delivery, where each stop's goods stand in a queue or in a pile."""
    count = len(mark)
    receipt, dispatch, amount = _piled(runs) if last_first else _in_line(runs)
    seen = receipt < count
    receipt, dispatch, amount = receipt[seen], dispatch[seen], amount[seen]
    weight = amount / np.maximum(runs.capacity[dispatch], 1)
    weight = np.where(mark[dispatch] != 0, 0.0, weight)
    base = (mark == MARKED).astype(np.float64)
    return Levels.of(count, receipt, dispatch).accumulate(base, receipt, dispatch, weight)


def _in_line(runs: Runs) -> tuple[Ints, Ints, Ints]:
    """Which receipt went into which dispatch, and how much, first in first out; opening stock is receipt `count`."""
    given, units = runs.given, runs.units
    events = runs.events
    opening = runs.unseen + runs.opening
    coming = events.delivery[~events.dispatch]
    groups = np.concatenate((np.arange(given.stops), events.stop[~events.dispatch]))
    items = np.concatenate((np.full(given.stops, len(given)), coming))
    amounts = np.concatenate((opening, parts_of(given.arriving, units)[coming]))
    order = np.argsort(groups, kind="stable")
    leaving = events.delivery[events.dispatch]
    out = events.stop[events.dispatch], leaving, runs.capacity[leaving]
    into = groups[order], items[order], amounts[order]
    ends = np.bincount(into[0], into[2], given.stops) + np.bincount(out[0], out[2], given.stops)
    return overlaps(_some(into), out, ends.astype(np.int64))


def _piled(runs: Runs) -> tuple[Ints, Ints, Ints]:
    """The same, last in first out: neighbouring receipts and dispatches cancel out, run by run, until none are left.

    A run's dispatches take its receipts from the latest back. What is left of a run is all receipts or all dispatches
    and joins its neighbours, so that every round leaves at most half as many runs.
    """
    events = runs.events
    amount = np.where(events.dispatch, runs.capacity[events.delivery],
                      parts_of(runs.given.arriving, runs.units)[events.delivery])  # fmt: skip
    stop, item, out = events.stop, events.delivery, events.dispatch
    found = [(np.empty(0, np.int64),) * 3]
    while True:
        kept = (amount > 0) & _faced(stop, out)
        stop, item, out, amount = stop[kept], item[kept], out[kept], amount[kept]
        if not len(stop):
            break
        begins = np.ones(len(stop), bool)
        begins[1:] = (stop[1:] != stop[:-1]) | (out[:-1] & ~out[1:])
        taken, amount = _cancelled(np.cumsum(begins) - 1, item, out, amount)
        found.append(taken)
    one, two, much = (np.concatenate(column) for column in zip(*found, strict=True))
    return one, two, much


def _faced(stop: Ints, out: Mask) -> Mask:
    """Which dispatches have a receipt before them at their stop, and which receipts a dispatch after them."""
    first = np.ones(len(stop), bool)
    first[1:] = stop[1:] != stop[:-1]
    starts = np.flatnonzero(first)
    which = np.cumsum(first) - 1
    came, left = np.cumsum(~out), np.cumsum(out)
    before: Ints = came - (came - ~out)[starts][which]
    after = left[np.append(starts[1:], len(stop))[: len(starts)] - 1][which] - left
    faced: Mask = np.where(out, before, after) > 0
    return faced


def _cancelled(run: Ints, item: Ints, out: Mask, amount: Ints) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    """What each run's dispatches take from its receipts, the latest first, and what remains of every piece."""
    runs = int(run[-1]) + 1
    leaving, receipts = np.flatnonzero(out), np.flatnonzero(~out)
    group = run[receipts]
    counts = np.bincount(group, minlength=runs)
    ends = np.cumsum(counts)
    receipts = receipts[(2 * ends - counts - 1)[group] - np.arange(len(receipts))]  # each run's own, turned round
    into = group, receipts, amount[receipts]
    length = np.bincount(run, amount, runs).astype(np.int64)
    one, two, much = overlaps(into, (run[leaving], leaving, amount[leaving]), length)
    remains = amount.copy()
    np.subtract.at(remains, one, much)
    np.subtract.at(remains, two, much)
    return (item[one], item[two], much), remains


def _some(row: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    kept = row[2] > 0
    return row[0][kept], row[1][kept], row[2][kept]


@dataclass(frozen=True)
class Said:
    """How a convention is named in answers, in both languages."""

    en: str
    zh: str


SAID = {
    "proportional": Said("proportional (everything in stock is mixed)", "按比例（库存充分混合）"),
    "first_in_first_out": Said("first in, first out", "先进先出"),
    "last_in_first_out": Said("last in, first out", "后进先出"),
}
