"""Exact bounds of the marked quantity in every delivery at once, and in many sums of deliveries.

What a delivery can carry is what can reach the node where it begins, so that one maximal flow a node serves all that
leave it. The outer bounds of a sweep say how much may be looked for, and where: mostly a flow that is as large is found
near by, and nothing more need be proved. What is found of one node narrows what is looked for behind it. Numbers are
whole and of 64 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.quantities.deliveries import MARKED, UNMARKED, Deliveries, Floats, Ints, Mask, marks_of
from graphkit.quantities.ground import Bounds, entering, reached
from graphkit.quantities.runs import Runs, parts_of, prepared
from graphkit.quantities.sweep import most_of

if TYPE_CHECKING:
    from graphkit.quantities.augmenting import Net

WORK = 400_000_000  # arcs that may be looked at for one kind; what is left then keeps its outer bounds


@dataclass(frozen=True, eq=False)
class EveryBounds:
    """The least and the most of marked goods in each delivery as it leaves, and whether some history reaches them;
    shapes (deliveries,).
    """

    low: Floats
    high: Floats
    exact: Mask


def exact_deliveries(given: Deliveries | Runs, marked: ArrayLike, unseen: Floats | None = None) -> EveryBounds:
    """The bounds that `exact_delivery` gives, for all deliveries; outer ones, not called exact, where goods change in
    quantity before they get there. Raises RequestError.

    >>> given = Deliveries.of(4, [0, 1, 2, 2], [2, 2, 3, 3], [6, 4, 5, 4], [1, 2, 3, 4])
    >>> found = exact_deliveries(given, [1, -1, 0, 0])
    >>> found.low.tolist(), found.high.tolist(), found.exact.tolist()
    ([6.0, 0.0, 1.0, 0.0], [6.0, 0.0, 5.0, 4.0], [True, True, True, True])
    """
    runs = prepared(given, unseen)
    mark, count = marks_of(runs.given, marked), len(runs.given)
    many, open_ = _Many(runs, mark), np.flatnonzero(mark == 0)
    much, tail = runs.capacity[:count], runs.tail[open_]
    low, high = (np.where(mark == MARKED, much, 0) for _ in range(2))
    exact = np.ones(count, bool)
    some, others = (np.minimum(much[open_], many.sides[side].most[tail]) for side in (MARKED, UNMARKED))
    low[open_], high[open_] = much[open_] - others, some
    exact[open_] = (many.certain & many.sides[MARKED].sure & many.sides[UNMARKED].sure)[tail]
    return EveryBounds(low / runs.units, high / runs.units, exact)


def exact_sums(given: Deliveries | Runs, marked: ArrayLike, sums: Sequence[Ints]) -> list[Bounds | None]:
    """The bounds that `exact_sum` gives, of each of these sums of deliveries as they arrive.

    None where it takes a reckoning of its own: goods come back and count again, or change in quantity.

    >>> given = Deliveries.of(5, [0, 1, 2, 2], [2, 2, 3, 4], [6, 4, 5, 4], [1, 2, 3, 4])
    >>> exact_sums(given, [1, -1, 0, 0], [np.array([2, 3]), np.array([0])])
    [Bounds(low=5.0, high=6.0, exact=True), Bounds(low=6.0, high=6.0, exact=True)]
    """
    runs = prepared(given)
    mark = marks_of(runs.given, marked)
    many = _Many(runs, mark)
    arriving = parts_of(runs.given.arriving, runs.units)
    open_ = [each[mark[each] == 0] for each in sums]
    first, members = _pieces(open_)
    some, others = (many.goals(side, first, runs.tail[members], runs.capacity[members]) for side in (MARKED, UNMARKED))
    again = many.come_back(first, members)
    found: list[Bounds | None] = []
    for place, (each, own) in enumerate(zip(sums, open_, strict=True)):
        surely, whole = int(arriving[each[mark[each] == MARKED]].sum()), int(runs.capacity[own].sum())
        plain = not many.changed[runs.tail[own]].any() and bool(np.all(runs.gain[own] == 1.0)) and not again[place]
        low, high = surely + whole - int(others[0][place]), surely + int(some[0][place])
        sure = bool(many.certain[runs.tail[own]].all()) and bool(some[1][place] & others[1][place])
        found.append(Bounds(low / runs.units, high / runs.units, sure) if plain else None)
    return found


@dataclass(frozen=True, eq=False)
class _Side:
    """What of one kind can reach each node and leave it, whether that is sure, and the network narrowed so."""

    most: Ints
    sure: Mask
    net: Net


class _Many:
    """The network of some runs, made ready for many flows in it."""

    def __init__(self, runs: Runs, mark: NDArray[np.int8]) -> None:
        self.runs, self.mark, count = runs, mark, len(mark)
        self.free = np.ones(len(runs.tail), bool)
        self.free[:count] = mark == 0
        self.into, self.out = _arcs_by(runs.head, runs.nodes), _arcs_by(runs.tail, runs.nodes)
        recipe = runs.given.recipes[runs.stop]
        changing = (runs.gain != 1.0) | recipe[runs.tail] | recipe[runs.head]
        # Behind these a flow tells nothing, or nothing for certain.
        self.changed = reached(runs, self.free, np.unique(runs.head[changing]))
        doubtful = np.unique(np.concatenate((runs.tail[runs.doubtful], runs.head[runs.doubtful])))
        self.certain = ~reached(runs, self.free, doubtful)
        self.sides = {side: self._side(side) for side in (MARKED, UNMARKED)}

    def _side(self, side: int) -> _Side:
        from graphkit.quantities.augmenting import node_flows

        runs = self.runs
        drawn, node = most_of(runs, self.mark, side)
        room = np.where(self.free, np.minimum(_whole(drawn), runs.capacity), 0)
        net = (*self.into, *self.out, runs.tail, runs.head, entering(runs, self.mark, side), room)
        order = _in_order(runs)
        most, sure = node_flows(net, order[~self.changed[order]], _whole(node), WORK)
        return _Side(most, sure, net)

    def goals(self, side: int, first: Ints, nodes: Ints, takes: Ints) -> tuple[Ints, Mask]:
        """The most of this kind that can reach each goal, and whether that is sure; a goal has several nodes, at each
        of which it takes so much at most, `first` being where those of each begin.
        """
        from graphkit.quantities.augmenting import goal_flows

        takes = np.minimum(takes, self.sides[side].most[nodes])
        found: tuple[Ints, Mask] = goal_flows(self.sides[side].net, first, nodes, takes, _sums(takes, first), WORK)
        return found

    def come_back(self, first: Ints, members: Ints) -> Mask:
        """Whether goods of a group of deliveries can come by one of it again."""
        from graphkit.quantities.augmenting import lead_back

        head, tail = self.runs.head, self.runs.tail
        found: Mask = lead_back(*self.out, head, self.free, (first, head[members]), (first, tail[members]))
        return found


def leading_back(runs: Runs, free: Mask, groups: Sequence[Ints]) -> Mask:
    """Of each group of stops, whether what leaves them can come to them again along free arcs; shape (groups,).

    `free` (arcs,) are deliveries first, then what is held over, as in `runs`.
    """
    from graphkit.quantities.augmenting import lead_back

    by_stop = _arcs_by(runs.given.source, runs.given.stops), _arcs_by(runs.stop, runs.given.stops)
    leaving, nodes = ([_of(by, stops) for stops in groups] for by in by_stop)
    leaving = [runs.head[arcs[free[arcs]]] for arcs in leaving]
    found: Mask = lead_back(*_arcs_by(runs.tail, runs.nodes), runs.head, free, _pieces(leaving), _pieces(nodes))
    return found


def _of(by: tuple[Ints, Ints], chosen: Ints) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *(by[1][by[0][i] : by[0][i + 1]] for i in chosen.tolist())])


def _pieces(parts: list[Ints]) -> tuple[Ints, Ints]:
    """Parts one after the other: where each begins, and the end; and all of them."""
    first = np.concatenate(([0], np.cumsum([len(part) for part in parts], dtype=np.int64)))
    return first, np.concatenate([np.empty(0, np.int64), *parts])


def _arcs_by(end: Ints, nodes: int) -> tuple[Ints, Ints]:
    """The arcs of each node, as offsets and arcs."""
    count = np.bincount(end, minlength=nodes)
    return np.concatenate(([0], np.cumsum(count))), np.argsort(end, kind="stable")


def _in_order(runs: Runs) -> Ints:
    """The nodes that something leaves, each after all that it may have come from; those on circles last."""
    tails = runs.tail[np.concatenate((runs.levels.order, np.flatnonzero(runs.levels.cyclic)))]
    nodes, place = np.unique(tails, return_index=True)
    return nodes[np.argsort(place)]


def _whole(parts: Floats) -> Ints:
    return np.rint(np.minimum(parts, 2.0**62)).astype(np.int64)


def _sums(values: Ints, first: Ints) -> Ints:
    """The sum of each piece of the values; `first` are where pieces begin, and the end."""
    sums = np.concatenate(([0], np.cumsum(values)))
    found: Ints = sums[first[1:]] - sums[first[:-1]]
    return found
