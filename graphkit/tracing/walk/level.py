"""Level by level through a large network: what is known between calls of the compiled loop."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.compiled import announce
from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, FAR
from graphkit.tracing.walk import compiled
from graphkit.tracing.walk.beside import Beside
from graphkit.tracing.walk.spare import give_back, zeros
from graphkit.tracing.walk.steps import steps
from graphkit.tracing.walk.strength import BY_BATCH, BY_DATE, BY_PRODUCT, SCALE, UNGRADED
from graphkit.tracing.walk.ways import Ways

PARTS = 1000  # scores are told apart by thousandths
_FIRST = 1 << 12
_FEW = 8  # where less than one node in so many was reached, they are sorted rather than looked for among all
_COLUMNS = ("i4", "i4", "", "", "i4", "i4", "i2")  # of labels, as `compiled` numbers them; "" are moments
_WORTH = np.rint(
    PARTS * np.where(np.isnan(SCALE), UNGRADED, SCALE)[:, None] * np.array([BY_BATCH, BY_PRODUCT, BY_DATE])
).astype(np.int16)


class Levels:
    """What is known after each level of a trace in which any later moment serves where an earlier one does.

    Labels are columns: node, what is carried, first moment, that known before, link, parent, score in thousandths; one
    for each level at which a state was met earlier than before. Where a tie led there, or nothing, `link` is -2 less
    the place among `ties`. Of each state `when` is the first moment, `slot` the latest label; the states of node `i`
    are a chain from `head[i]`, from 1, with what each carries. Where a node can have but one state, its number is the
    node's. Nothing here is as long as the network but what the system hands out empty and unused, so that the cost is
    that of what is reached.
    """

    def __init__(self, ways: Ways, start: Labels) -> None:
        announce(compiled.advance)
        self.ways, network, request = ways, ways.network, ways.request
        table = network.behind if request.back else network.ahead
        self.clock, self.beside = table.clock, Beside(ways)
        columns = table.indptr, table.entry, ways.product_of
        self.table = tuple(_fixed(column) for column in columns)
        single = self.beside.one_state(start.carried)
        barred = np.zeros(len(network.links) if len(ways.without) else 0, bool)
        barred[ways.without] = True
        bounds = (-request.until, -request.since) if request.back else (request.since, request.until)
        since, until = (int(number) for number in self.numbers(np.array(bounds)))
        self.never = self.numbers(np.array([-FAR]))[0]
        self.asked = since, until, self.clock.top, request.product, round(request.least * PARTS), single, barred
        self.met = np.zeros(PARTS + 1, bool)
        self.labels = tuple(np.empty(_FIRST, kind or self.clock.kind) for kind in _COLUMNS)
        size, more = (len(network), 0) if single else (_FIRST, len(network))
        head, chain, counts = zeros(more, np.int32), np.empty((_FIRST, 2), np.int32), np.zeros(2, np.int64)
        self.states: tuple[Any, ...] = ()
        self.states = zeros(size, self.clock.kind), zeros(size, np.int32), head, chain, counts
        self.begins, self.ties = [0], [start]
        self.marks: list[NDArray[np.uint8]] = []
        self._offer(start, 0, 0)
        self.met[:] = False
        self.begins.append(self.count)

    @property
    def count(self) -> int:
        """How many labels there are."""
        return int(self.states[compiled.COUNTS][compiled.LABELS])

    def next(self) -> bool:
        """One level on from the last; whether it led to anything new."""
        begin, end = self.begins[-2:]
        node, carried, moment, _, link, *_ = (column[begin:end] for column in self.labels)
        sure = (link < 0) & (carried == ANY) & (moment == self.never)
        self.marks.append(self.beside.marks(node, carried, begin == 0, sure))
        mine = begin + self.beside.tied(node, carried)
        found = steps(self.ways, self.made(mine), 0, flows=False) if len(mine) else Labels.empty()
        self._flow(begin, end)
        if len(found):
            ties = Labels(found.node, found.carried, found.lo, found.hi, found.link, mine[found.parent], found.score)
            self._offer(ties, end, sum(map(len, self.ties)))
            self.ties.append(ties)
        self.begins.append(self.count)
        return self.count > end

    def reached(self, nodes: Whole) -> bool:
        """Whether all of these nodes were met."""
        when, _, head, _, _ = self.states
        return bool((when if self.asked[5] else head)[nodes].all())

    def made(self, chosen: NDArray[Any]) -> Labels:
        """These labels, with moments in microseconds."""
        node, carried, moment, _, link, parent, score = (column[chosen] for column in self.labels)
        wide, tied, ties = link.astype(np.int64), np.flatnonzero(link < 0), Labels.joined(self.ties)
        wide[tied] = ties.link[-2 - link[tied]]
        hi = self.ways.moments(np.maximum(wide, 0))[3] if len(self.ways.links) else np.zeros(len(link), np.int64)
        hi[tied] = ties.hi[-2 - link[tied]]
        whole = node.astype(np.int64), carried.astype(np.int64), self.moments(moment), hi, wide
        return Labels(*whole, parent.astype(np.int64), score / PARTS)

    def nodes(self, starts: Whole) -> tuple[Whole, Whole, Whole]:
        """Every node reached but the starts, in order: its fewest hops, and its first moment."""
        size = len(self.ways.network)
        hops, first = zeros(size, np.int32), zeros(size, self.clock.kind)
        compiled.summary(self.labels, np.array(self.begins), hops, first, self.clock.top)
        hops[starts] = 0
        few = self.count * _FEW < size
        node = distinct(self.labels[compiled.NODE][: self.count]) if few else np.flatnonzero(hops)
        node = node[hops[node] > 0].astype(np.int64) if few else node
        found = node, hops[node].astype(np.int64) - 1, self.moments(self.clock.top - first[node])
        give_back(self.labels[compiled.NODE][: self.count], hops, first)
        return found

    @property
    def scores(self) -> NDArray[np.float64]:
        """What steps scored, the firmest first."""
        return np.flatnonzero(self.met)[::-1] / PARTS

    def walked(self, levels: int) -> NDArray[np.int32]:
        """The links of flows that so many levels went over, each once; found anew."""
        taken = np.zeros(len(self.table[1]), bool)
        marks = np.concatenate([np.empty(0, np.uint8), *self.marks[:levels]])
        links: NDArray[np.int32] = compiled.walked(marks, self.table, self.asked, _WORTH, self.labels, taken)
        return links

    def close(self) -> None:
        """Give back the memory that only walking needs."""
        when, slot, head, _, _ = self.states
        give_back(self.labels[compiled.NODE][: self.count], *((when, slot) if self.asked[5] else (head,)))
        self.states = ()

    def numbers(self, moments: Whole) -> NDArray[Any]:
        """Moments as the clock numbers them in the direction of the trace."""
        if self.ways.request.back:
            return self.clock.top - self.clock.numbers(-moments)
        return self.clock.numbers(moments)

    def moments(self, numbers: NDArray[Any]) -> Whole:
        """Moments of such numbers."""
        return -self.clock.moments(self.clock.top - numbers) if self.ways.request.back else self.clock.moments(numbers)

    def _flow(self, begin: int, end: int) -> None:
        """Along deliveries, payments and calls, with more room where there is too little."""
        at = begin
        while at < end:
            level = begin, end, at, self.marks[-1]
            at = compiled.advance(level, self.table, self.asked, _WORTH, self.labels, self.states, self.met)
            if at < end:
                indptr, node, lot = self.table[0], self.labels[compiled.NODE], self.labels[compiled.LOT]
                row = int(compiled._row(indptr, node[at], lot[at]))
                self._room(int(indptr[row + 1] - indptr[row]))

    def _offer(self, found: Labels, end: int, place: int) -> None:
        """The steps along ties, or the start; the first of them has this place among all."""
        self._room(len(found))
        own, link = np.rint(found.score * PARTS).astype(np.int16), -2 - place - np.arange(len(found))
        columns = found.node, found.carried, self.numbers(found.lo), link, found.parent, own
        compiled.offer(columns, end, self.clock.top, self.asked[5], self.labels, self.states, self.met)

    def _room(self, more: int) -> None:
        """Room for so many more labels, and states."""
        self.labels = tuple(_grown(column, self.count, more) for column in self.labels)
        if not self.asked[5]:
            when, slot, head, chain, counts = self.states
            used = int(counts[compiled.STATES])
            self.states = _grown(when, used, more), _grown(slot, used, more), head, _grown(chain, used, more), counts


def _fixed(column: NDArray[Any]) -> NDArray[Any]:
    """The column as one that is only read, as those on disk are: the loop is compiled once for both."""
    fixed = column.view()
    fixed.flags.writeable = False
    return fixed


def _grown(column: NDArray[Any], used: int, more: int) -> NDArray[Any]:
    """The column with room for so many more; what is new is 0."""
    if used + more <= len(column):
        return column
    grown = np.zeros((max(used + more, 2 * len(column)), *column.shape[1:]), column.dtype)
    grown[:used] = column[:used]
    return grown
