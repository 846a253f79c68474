"""Everything that a chain in time order leads to, level by level, waiting at each stop no longer than allowed.

A state is where something is and what it is; of each the union of all moments at which it can be there is kept, so
that a bounded wait is neither lost nor invented (restless temporal walks: Casteigts, Himmel, Molter, Zschoche (2021),
Finding temporal paths under waiting time constraints). Where goods are of one lot this is the same as keeping those
moments for each delivery, since what may follow depends only on where the delivery ended, on its lot, and on when.
With no bound on the wait only the earliest moment matters (Wu et al. (2014), Path problems in temporal graphs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import FAR, MARKS
from graphkit.tracing.walk.latest import along_ties, by_medium, medium_of
from graphkit.tracing.walk.moments import Earliest, Moments
from graphkit.tracing.walk.moving import went_over
from graphkit.tracing.walk.paired import Pairing
from graphkit.tracing.walk.steps import steps
from graphkit.tracing.walk.ways import Ways

_PARTS = 1000  # scores are told apart by thousandths


class Told(Protocol):
    """What can be told of a trace beyond what was reached, worked out when it is asked for."""

    def labels(self) -> Labels:
        """All states, in order of their hops."""

    def hops(self) -> Whole:
        """The hops of each of these; shape (labels,)."""

    def ends(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of all labels the node, and the label before, -1 at the start."""

    def take(self, chosen: Whole) -> Labels:
        """Some of the labels."""

    def walked(self) -> Whole:
        """The links that some chain goes over, sorted."""

    def moved(self) -> Whole:
        """Those of them that are more than ties of one party's names, sorted."""

    def latest(self, node: Whole, moved: Whole) -> Whole:
        """When each of these entities was reached at the latest, over all chains."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What was reached: `node`, the entities, sorted, without the start; `first`, their fewest hops; `earliest`, when
    each was there at first over all chains; shape (entities,). `scores` are what steps score, the firmest first.
    `stopped` says that the bound on hops cut something off. What else there is to tell is worked out when asked for.
    """

    node: Whole
    first: Whole
    earliest: Whole
    scores: NDArray[np.float64]
    stopped: bool
    told: Told

    @cached_property
    def labels(self) -> Labels:
        """All states, in order of their hops."""
        return self.told.labels()

    @cached_property
    def hops(self) -> Whole:
        """The hops of each label; shape (labels,)."""
        return self.told.hops()

    @cached_property
    def walked(self) -> Whole:
        """The links that some chain goes over, sorted."""
        return self.told.walked()

    @cached_property
    def moved(self) -> Whole:
        """Those of them that are more than ties of one party's names, sorted."""
        return self.told.moved()

    @cached_property
    def latest(self) -> Whole:
        """When each entity was there at the latest, over all chains; shape (entities,)."""
        return self.told.latest(self.node, self.moved)

    def latest_of(self, nodes: Sequence[int]) -> dict[int, int]:
        """The same of some of the entities, each of which was reached."""
        asked = np.array(sorted(nodes), np.int64)
        return dict(zip(asked.tolist(), self.told.latest(asked, self.moved).tolist(), strict=True))

    def place(self, node: int) -> int:
        """The place of an entity in `node`; -1 where it was not reached."""
        at = int(np.searchsorted(self.node, node))
        return at if at < len(self.node) and self.node[at] == node else -1

    def chain(self, label: int) -> list[int]:
        """The labels of a chain from its start to this one."""
        found, parent = [label], self.told.ends()[1]
        while parent[found[-1]] >= 0:
            found.append(int(parent[found[-1]]))
        return found[::-1]


@dataclass(frozen=True, eq=False)
class _Known:
    """What is told of a trace that was kept whole."""

    of_labels: Labels
    of_hops: Whole
    links: Whole
    moves: Whole
    node: Whole
    last: Whole

    def labels(self) -> Labels:
        """All states."""
        return self.of_labels

    def hops(self) -> Whole:
        """Their hops."""
        return self.of_hops

    def ends(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Their nodes and the labels before them."""
        return self.of_labels.node, self.of_labels.parent

    def take(self, chosen: Whole) -> Labels:
        """Some of them."""
        return self.of_labels.take(chosen)

    def walked(self) -> Whole:
        """The links that some chain goes over."""
        return self.links

    def moved(self) -> Whole:
        """Those of them that are more than ties."""
        return self.moves

    def latest(self, node: Whole, moved: Whole) -> Whole:
        """When each of these entities was there at the latest."""
        return self.last[np.searchsorted(self.node, node)]


@dataclass(eq=False)
class _Seen:
    """Of each entity that anything led to: hops and first moment, and by medium the last; one entry each time."""

    node: list[Whole] = field(default_factory=list)
    hops: list[Whole] = field(default_factory=list)
    lo: list[Whole] = field(default_factory=list)
    last: list[tuple[Whole, Whole, Whole]] = field(default_factory=list)
    link: list[Whole] = field(default_factory=list)
    moved: list[Whole] = field(default_factory=list)

    def add(self, ways: Ways, found: Labels, before: Whole, hop: int) -> None:
        """What one level led to, as one entry an entity; `before` is where each was."""
        node = distinct(found.node)
        which = _places(node, found.node)
        lo = np.full(len(node), FAR)
        np.minimum.at(lo, which, found.lo)
        for column, values in ((self.node, node), (self.hops, np.full(len(node), hop)), (self.lo, lo)):
            column.append(values)
        self.last.append(by_medium(found.node, medium_of(found.carried), found.hi))
        self.link.append(distinct(found.link))
        self.moved.append(distinct(found.link[went_over(ways, before, found.node, found.link)]))

    def summary(self, ways: Ways, starts: Whole, stopped: bool) -> tuple[Whole, ...]:
        """Node, fewest hops, first and last moment of each entity but the starts, the links walked and moved over."""
        if not self.node:
            return (np.empty(0, np.int64),) * 6
        every = np.concatenate(self.node)
        node = distinct(every)
        which = _places(node, every)
        hops, lo, hi = np.full(len(node), FAR), np.full(len(node), FAR), np.full(len(node), -FAR)
        np.minimum.at(hops, which, np.concatenate(self.hops))
        np.minimum.at(lo, which, np.concatenate(self.lo))
        last = by_medium(*(np.concatenate(column) for column in zip(*self.last, strict=True)))
        np.maximum.at(hi, _places(node, last[0]), last[2] if stopped else along_ties(ways, *last))
        kept = ~np.isin(node, starts)
        return node[kept], hops[kept], lo[kept], hi[kept], _every(self.link), _every(self.moved)


def _every(links: list[Whole]) -> Whole:
    every = distinct(np.concatenate(links))
    return every[every >= 0]


COMPILED_FROM = 300_000  # links; below, loading the compiled loop takes longer than it saves


def sweep(ways: Ways, start: Labels, sought: Whole | None = None) -> Trace:
    """Everything that chains from the start lead to; the start's labels have no link and no parent.

    Where only the entities `sought` matter, it may end with the level on which the last of them was found.
    """
    request = ways.request
    plain = request.max_lag >= FAR and not request.pairs and request.min_quantity <= 0
    plain = plain and ways.told is None and ways.serials is None and not ways.ends and not ways.lots.size
    supposed = request.closed or request.crossed or request.all_crossed
    if plain and not supposed and len(ways.links) >= COMPILED_FROM:
        clock = ways.network.ahead.clock
        if clock.exact(request.since) and clock.exact(request.until):
            return _compiled(ways, start, sought)
    return _in_arrays(ways, start)


def _compiled(ways: Ways, start: Labels, sought: Whole | None) -> Trace:
    """By the compiled loop for what flows, and in whole arrays for the ties."""
    from graphkit.tracing.walk.level import Levels
    from graphkit.tracing.walk.passed import Passed

    known, more, hops = Levels(ways, start), len(start) > 0, 0
    while more and hops < ways.request.hops:
        more, hops = known.next(), hops + 1
        more = more and (sought is None or not known.reached(sought))
    node, first, earliest = known.nodes(start.node)
    scores, count, ties = known.scores, known.count, len(known.ties)
    stopped = more and known.next()
    known.close()
    return Trace(node, first, earliest, scores, stopped, Passed(known, hops, count, ties, stopped))


def _in_arrays(ways: Ways, start: Labels) -> Trace:
    known: Earliest | Moments = Moments.none() if ways.request.max_lag < FAR or ways.ends else Earliest.none()
    seen = _Seen()
    known, fresh = _add(ways, known, start)
    levels = [start.take(fresh)]
    count, pairing, scores = 0, Pairing(ways), np.zeros(_PARTS + 1, bool)
    while len(levels[-1]) and len(levels) <= ways.request.hops:
        found = steps(ways, levels[-1], count)
        found = pairing.joined(found)
        seen.add(ways, found, levels[-1].node[found.parent - count], len(levels))
        count += len(levels[-1])
        scores[np.rint(found.score * _PARTS).astype(np.int64)] = True
        known, fresh = _add(ways, known, found)
        levels.append(found.take(fresh))
    hops = np.repeat(np.arange(len(levels)), [len(level) for level in levels])
    stopped = len(levels) > ways.request.hops and bool(len(levels[-1])) and _goes_on(ways, levels[-1], known)
    node, first, earliest, latest, walked, moved = seen.summary(ways, start.node, stopped)
    told = _Known(Labels.joined(levels), hops, walked, moved, node, latest)
    return Trace(node, first, earliest, np.flatnonzero(scores)[::-1] / _PARTS, stopped, told)


def _places(node: Whole, every: Whole) -> Whole:
    """Where each of `every` stands in `node`, by a table that is only touched where it is needed."""
    table = np.empty(int(node[-1]) + 1 if len(node) else 0, np.int64)
    table[node] = np.arange(len(node))
    return table[every]


def _goes_on(ways: Ways, level: Labels, known: Earliest | Moments) -> bool:
    return len(_add(ways, known, steps(ways, level, 0))[1]) > 0


def _add(ways: Ways, known: Earliest | Moments, found: Labels) -> tuple[Earliest | Moments, Whole]:
    """The moments with those found too, and which labels bring something new."""
    key = found.node * (len(ways.product_of) + MARKS) + found.carried + MARKS
    if isinstance(known, Earliest):
        return known.add(key, found.lo, found.score)
    return known.add(key, found.lo, found.hi)
