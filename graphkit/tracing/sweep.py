"""Everything that a chain in time order leads to, level by level, waiting at each stop no longer than allowed.

A state is where something is and what it is; of each the union of all moments at which it can be there is kept, so that
a bounded wait is neither lost nor invented (restless temporal walks: Casteigts, Himmel, Molter, Zschoche (2021), Finding
temporal paths under waiting time constraints). Where goods are of one lot this is the same as keeping those moments for
each delivery, since what may follow depends only on where the delivery ended, on its lot, and on when. With no bound
on the wait only the earliest moment matters (Wu et al. (2014), Path problems in temporal graphs).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.moments import Moments
from graphkit.tracing.paired import Pairing
from graphkit.tracing.request import FAR, MARKS
from graphkit.tracing.steps import steps
from graphkit.tracing.ways import Ways


_DIGITS = 6


@dataclass(frozen=True, eq=False)
class Trace:
    """What was reached. `labels` are all states in order of their hops, `hops` of shape (labels,).

    `node` are the entities reached, sorted, without the start; `first` their fewest hops; `earliest` and `latest` the
    bounds of when it was there, over all chains; shape (entities,). `walked` are the links that some chain goes over,
    sorted; `scores` what their steps score, the firmest first. `stopped` says that the bound on hops cut something off.
    """

    labels: Labels
    hops: Whole
    node: Whole
    first: Whole
    earliest: Whole
    latest: Whole
    walked: Whole
    scores: NDArray[np.float64]
    stopped: bool

    @cached_property
    def reached(self) -> dict[int, int]:
        """The place of each entity in `node`."""
        return {node: i for i, node in enumerate(self.node.tolist())}

    def chain(self, label: int) -> list[int]:
        """The labels of a chain from its start to this one."""
        found = [label]
        while self.labels.parent[found[-1]] >= 0:
            found.append(int(self.labels.parent[found[-1]]))
        return found[::-1]


@dataclass(eq=False)
class _Seen:
    """Of each entity that anything led to: hops, first and last moment; one entry each time."""

    node: list[Whole]
    hops: list[Whole]
    lo: list[Whole]
    hi: list[Whole]
    link: list[Whole]

    def add(self, found: Labels, hop: int) -> None:
        """What one level led to, as one entry an entity."""
        node, which = np.unique(found.node, return_inverse=True)
        lo, hi = np.full(len(node), FAR), np.full(len(node), -FAR)
        np.minimum.at(lo, which, found.lo)
        np.maximum.at(hi, which, found.hi)
        for column, values in zip((self.node, self.hops, self.lo, self.hi), (node, hop, lo, hi), strict=True):
            column.append(np.broadcast_to(values, len(node)))
        self.link.append(np.unique(found.link))

    def summary(self, starts: Whole) -> tuple[Whole, Whole, Whole, Whole, Whole]:
        """Node, fewest hops, first and last moment of each entity but the starts, and the links walked."""
        if not self.node:
            nothing = np.empty(0, np.int64)
            return nothing, nothing, nothing, nothing, nothing
        every = np.concatenate(self.node)
        node, which = np.unique(every, return_inverse=True)
        hops, lo, hi = np.full(len(node), FAR), np.full(len(node), FAR), np.full(len(node), -FAR)
        np.minimum.at(hops, which, np.concatenate(self.hops))
        np.minimum.at(lo, which, np.concatenate(self.lo))
        np.maximum.at(hi, which, np.concatenate(self.hi))
        kept = ~np.isin(node, starts)
        links = np.unique(np.concatenate(self.link))
        return node[kept], hops[kept], lo[kept], hi[kept], links[links >= 0]


def sweep(ways: Ways, start: Labels) -> Trace:
    """Everything that chains from the start lead to; the start's labels have no link and no parent."""
    known, seen = Moments.none(), _Seen([], [], [], [], [])
    known, fresh = _add(ways, known, start)
    levels = [start.take(fresh)]
    count, pairing, scores = 0, Pairing(ways), np.empty(0)
    while len(levels[-1]) and len(levels) <= ways.request.hops:
        found = steps(ways, levels[-1], count)
        found = pairing.joined(found)
        count += len(levels[-1])
        seen.add(found, len(levels))
        scores = np.unique(np.concatenate((scores, np.round(found.score, _DIGITS))))
        known, fresh = _add(ways, known, found)
        levels.append(found.take(fresh))
    hops = np.repeat(np.arange(len(levels)), [len(level) for level in levels])
    stopped = len(levels) > ways.request.hops and bool(len(levels[-1])) and _goes_on(ways, levels[-1], known)
    return Trace(Labels.joined(levels), hops, *seen.summary(start.node), scores[::-1], stopped)


def _goes_on(ways: Ways, level: Labels, known: Moments) -> bool:
    return len(_add(ways, known, steps(ways, level, 0))[1]) > 0


def _add(ways: Ways, known: Moments, found: Labels) -> tuple[Moments, Whole]:
    """The moments with those found too, and which labels bring something new."""
    goods = len(ways.product_of)
    key = found.node * (goods + MARKS) + found.carried + MARKS
    if ways.request.max_lag < FAR:
        return known.add(key, found.lo, found.hi)
    first = _first_of_each(key, found.lo, found.score)
    known, fresh = known.add(key[first], found.lo[first], np.full(len(first), FAR))
    return known, first[fresh]


def _first_of_each(key: Whole, lo: Whole, score: NDArray[np.float64]) -> Whole:
    """Of each key the entry that is the earliest, of these the firmest, of these the first; in their order."""
    order = np.lexsort((np.arange(len(key)), -score, lo, key))
    new = np.ones(len(key), bool)
    new[1:] = key[order][1:] != key[order][:-1]
    return np.sort(order[new])
