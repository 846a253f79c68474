"""Level by level through a large network: what is known between calls of the compiled loop."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.timetable import FAR, MEDIA
from graphkit.tracing import compiled
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.moments import distinct
from graphkit.tracing.request import ANY, ENDED
from graphkit.tracing.steps import NO_HOLDERS, steps
from graphkit.tracing.strength import BY_BATCH, BY_DATE, BY_PRODUCT, SCALE, UNGRADED
from graphkit.tracing.ways import Ways

_SLACK = 5e-4
_FIRST = 1 << 12
_PARTS = 1000
_LINE = 64  # bytes; a node's row is one line of memory


class Levels:
    """What is known after each level of a trace in which any later moment serves where an earlier one does.

    Nothing here is as long as the network but what the system hands out empty and unused, so that the cost is that of
    what is reached.
    """

    def __init__(self, ways: Ways) -> None:
        self.ways, network, request = ways, ways.network, ways.request
        table = network.behind if request.back else network.ahead
        self.table = table.indptr, table.times, table.what
        links = network.links
        arrives = (links.started_earliest, links.started_latest) if request.back else (
            links.ended_earliest, links.ended_latest)  # fmt: skip
        self.arrival = (*arrives, request.back)
        self.bounds = (-request.until, -request.since) if request.back else (request.since, request.until)
        scale = np.where(np.isnan(SCALE), UNGRADED, SCALE)
        self.weights = np.array([BY_BATCH, BY_PRODUCT, BY_DATE]), np.append(scale, np.full(9, UNGRADED))
        self.node = _aligned(len(network))
        self.taken, self.entries = np.zeros(len(links), np.uint8), np.empty(len(links), np.int32)
        self.tied = np.zeros(len(links), np.uint8)
        self.barred = np.zeros(len(links) if len(ways.without) else 0, bool)
        self.barred[ways.without] = True
        self.met, self.count = np.zeros(_PARTS + 1, bool), np.zeros(3, np.int64)
        self.state, self.score = np.empty((_FIRST, 8), np.int64), np.empty(_FIRST)
        self.touched = np.empty(_FIRST, np.int32)
        self.before: Whole = np.empty(0, np.int64)
        self.ties: list[Whole] = []
        self._holders = np.array([kind not in NO_HOLDERS for kind in network.kinds])

    def begin(self, start: Labels) -> Labels:
        """The start itself; what is met of it again counts from then."""
        self._offer(start, 0)
        begun = self._settled()
        self.met[:] = False
        self.node[start.node, compiled.FIRST] = 0
        self.node[start.node, compiled.LAST] = 0
        return begun

    def next(self, level: Labels, first: int, number: int) -> Labels:
        """One level on from these labels, the first of which has the number `first`."""
        flags, indptr = self._flags(level), self.table[0]
        row = level.node * MEDIA + np.where(level.carried >= ANY, 0, np.minimum(-1 - level.carried, MEDIA - 1))
        self._room(int((indptr[row + 1] - indptr[row])[flags > 0].sum()))
        compiled.advance(
            first, (level.node, level.carried, level.lo, self.before), flags, self.table, self.arrival,
            self.ways.product_of, (*self.bounds, self.ways.request.product, number),
            self.ways.request.least - _SLACK, self.weights, self._known,
        )  # fmt: skip
        self._offer(steps(self.ways, level, first, flows=False), number)
        return self._settled()

    def nodes(self, starts: Whole) -> tuple[Whole, Whole, Whole, Whole]:
        """Every node reached but the starts, in order: its fewest hops, its first and its last moment."""
        node = distinct(self.state[: self.count[1], compiled.AT].copy())
        node = node[~np.isin(node, starts)]
        found = self.node[node]
        return node, found[:, compiled.HOPS] - 1, FAR - found[:, compiled.FIRST], found[:, compiled.LAST] - FAR

    @property
    def walked(self) -> Whole:
        """The links that some chain goes over, sorted."""
        flows = self.table[2][self.entries[: self.count[0]], 1]
        return distinct(np.concatenate([flows, *self.ties]).astype(np.int64))

    @property
    def scores(self) -> NDArray[np.float64]:
        """What steps scored, the firmest first."""
        return np.flatnonzero(self.met)[::-1] / _PARTS

    @property
    def _known(self) -> tuple[Any, ...]:
        return (
            self.node, self.state, self.score, self.touched, self.taken, self.entries, self.met, self.barred, self.count
        )  # fmt: skip

    def _settled(self) -> Labels:
        columns, score = compiled.settled(self._known)
        self.before = columns[6]
        node, carried, first, latest, link, parent, _ = columns
        return Labels(node, carried, first, latest, link, parent, score)

    def _flags(self, level: Labels) -> NDArray[np.int8]:
        goods, begun = level.carried >= ANY, level.link < 0
        moves = self._holders[self.ways.network.kind[level.node]] & (begun | (not self.ways.request.lots_only))
        flags: NDArray[np.int8] = (np.where(goods, moves, level.carried != ENDED) * (1 + 2 * begun)).astype(np.int8)
        return flags

    def _offer(self, found: Labels, number: int) -> None:
        """The steps along ties, or the start."""
        self._room(len(found))
        links = distinct(found.link[found.link >= 0])
        self.ties.append(links[self.tied[links] == 0])
        columns = found.node, found.carried, found.lo, found.hi, found.link, found.parent
        compiled.offer(columns, found.score, number, self.tied, self._known)

    def _room(self, more: int) -> None:
        """Room for so many more states."""
        need, have = int(self.count[1]) + more, len(self.score)
        if need <= have:
            return
        size = max(need, 2 * have)
        for name in ("state", "score", "touched"):
            old = getattr(self, name)
            new = np.empty((size, *old.shape[1:]), old.dtype)
            new[: self.count[1]] = old[: self.count[1]]
            setattr(self, name, new)


def _aligned(rows: int) -> NDArray[np.int64]:
    """Rows of eight, each in one line of memory."""
    bare = np.zeros((rows + 1) * 8, np.int64)
    skip = (-bare.ctypes.data % _LINE) // 8
    return bare[skip : skip + rows * 8].reshape(rows, 8)
