"""An order along the arcs of a network, taken in levels, so that each level is worked out in whole arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.network.connected import strongly_connected
from graphkit.network.sorting import distinct
from graphkit.quantities.deliveries import Floats, Ints, Mask

_ROUNDS = 1000  # a share that goes round in a circle is followed so often at most
_SETTLED = 1e-12


@dataclass(frozen=True, eq=False)
class Levels:
    """The arcs by the level of their tail, and which arcs lie on a circle, where no order is; those are in no level.

    Shapes: `order` (arcs without circles,), `bounds` (levels + 1,), `cyclic` (arcs,).

    >>> found = Levels.of(3, np.array([1, 0]), np.array([2, 1]))
    >>> [arcs.tolist() for arcs in found]
    [[1], [0]]
    """

    order: Ints
    bounds: Ints
    cyclic: Mask

    @classmethod
    def of(cls, nodes: int, tail: Ints, head: Ints) -> Levels:
        """The levels of these arcs."""
        cyclic = np.zeros(len(tail), bool)
        order, bounds = _peel(nodes, tail, head)
        if len(order) < len(tail):
            cyclic = _on_circles(nodes, tail, head)
            kept = np.flatnonzero(~cyclic)
            order, bounds = _peel(nodes, tail[kept], head[kept])
            order = kept[order]
        return cls(order, bounds, cyclic)

    def __iter__(self) -> Iterator[Ints]:
        for begin, end in zip(self.bounds[:-1].tolist(), self.bounds[1:].tolist(), strict=True):
            yield self.order[begin:end]

    def accumulate(self, base: Floats, tail: Ints, head: Ints, weight: Floats) -> Floats:
        """What each node holds: `base` and, for each arc, its `weight` of what its tail holds; shape (nodes,)."""
        brought = np.zeros(int(self.cyclic.sum()))
        for _ in range(_ROUNDS):
            held = base + np.bincount(head[self.cyclic], brought, len(base))
            for arcs in self:
                np.add.at(held, head[arcs], held[tail[arcs]] * weight[arcs])
            again = held[tail[self.cyclic]] * weight[self.cyclic]
            if np.all(np.abs(again - brought) <= _SETTLED * np.maximum(1.0, np.abs(again))):
                break
            brought = again
        return held


def _peel(nodes: int, tail: Ints, head: Ints) -> tuple[Ints, Ints]:
    """The arcs in the order in which nothing before them is left, and where each level begins."""
    by_tail = np.argsort(tail, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=nodes))))
    head_of = head[by_tail]
    waiting = np.bincount(head, minlength=nodes)
    ready, pieces, sizes = np.flatnonzero(waiting == 0), [], [0]
    while len(ready):
        begin, count = first[ready], first[ready + 1] - first[ready]
        ends = np.cumsum(count)
        if ends[-1]:
            arcs = np.arange(ends[-1]) + np.repeat(begin - ends + count, count)
            pieces.append(arcs)
            sizes.append(len(arcs))
            reached = head_of[arcs]
            np.subtract.at(waiting, reached, 1)
            ready = distinct(reached[waiting[reached] == 0])
        else:
            break
    order = by_tail[np.concatenate(pieces)] if pieces else np.empty(0, np.int64)
    return order, np.cumsum(sizes)


def _on_circles(nodes: int, tail: Ints, head: Ints) -> Mask:
    label = strongly_connected(nodes, tail, head)
    same: Mask = label[tail] == label[head]
    return same
