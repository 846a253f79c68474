"""The best chain to each entity: the one whose weakest step is the firmest, of these one of the fewest hops.

A widest path in time order, found by leaving out the weakest steps first: what is reached without them needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush

import numpy as np

from graphkit.model.nodes import TRANSFORMATION
from graphkit.network.network import Network
from graphkit.tracing.identity.same_hands import SameHands
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import Request
from graphkit.tracing.walk.start import start
from graphkit.tracing.walk.sweep import Trace, sweep
from graphkit.tracing.walk.ways import Ways

_MOST_SWEEPS = 400
# By which of these links something was found, made or used is one fact, whichever of them is named.
_OF_ONE_FACT = ("OF_BATCH", "OF_PRODUCT", "INPUT_OF", "OUTPUT_AS", "DONE_AT", "TRANSFORMED_INTO")
Rank = tuple[float, int, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Chain:
    """One chain: the entities after the start, the link to each, what each step scores, and when it is there then, from
    `lo` to `hi`, going back negated.
    """

    nodes: tuple[int, ...]
    links: tuple[int, ...]
    scores: tuple[float, ...]
    lo: tuple[int, ...]
    hi: tuple[int, ...]

    @property
    def score(self) -> float:
        """What its weakest step scores."""
        return min(self.scores, default=1.0)

    @property
    def rank(self) -> Rank:
        """The better the less."""
        return -self.score, len(self.links), self.nodes, self.links


@dataclass(frozen=True)
class Tracer:
    """A network, where to start, what to follow, and how; `same` says which entities are one, `lots` (2, links) of
    which deliveries another row names the lot, and which.
    """

    network: Network
    node: int
    follow: tuple[str, ...]
    request: Request
    same: SameHands | None = None
    lots: Whole | None = None

    @cached_property
    def ways(self) -> Ways:
        """The links as the request walks them."""
        return Ways(self.network, self.request, self.same, self.lots)

    def trace(self, least: float = 0.0, without: tuple[int, ...] = (), sought: Whole | None = None) -> Trace:
        """Everything that is reached by steps of at least this score, without these links nor what the request bars.

        With `sought` it may end where all of these entities are found.
        """
        barred = (*self.request.without, *without)
        ways = Ways(self.network, replace(self.request, least=least, without=barred), self.same, self.lots)
        return sweep(ways, start(ways, self.node, self.follow), sought)

    def best(self, whole: Trace, nodes: list[int]) -> dict[int, Chain]:
        """The best chain to each of these entities, which the whole trace reached."""
        found: dict[int, Chain] = {}
        left = np.array(sorted(nodes), np.int64)
        for score in whole.scores.tolist():
            part = whole if score == whole.scores[-1] else self.trace(score, sought=left)
            fresh = left[np.isin(left, part.node)]
            found |= dict(zip(fresh.tolist(), first_chains(part, fresh), strict=True))
            left = np.setdiff1d(left, fresh)
            if not len(left):
                break
        return found

    def best_to(self, node: int, without: tuple[int, ...] = ()) -> Chain | None:
        """The best chain to one entity that does not go over these links."""
        whole = self.trace(without=without)
        if whole.place(node) < 0:
            return None
        for score in whole.scores.tolist():
            part = whole if score == whole.scores[-1] else self.trace(score, without, np.array([node]))
            if part.place(node) >= 0:
                return next(first_chains(part, np.array([node])))
        return None

    def chains(self, node: int, count: int) -> Iterator[Chain]:
        """The best chains to one entity, the best first, each not holding all the links of one before, nor meaning the
        same: of links that tell of one finding or making in several ways the best stand for all.

        Each chain found splits what is left into the chains that avoid one of its links (after Lawler 1972).
        """
        first, given, swept = self.best_to(node), set[tuple[tuple[int, int], ...]](), 0
        queue: list[tuple[Rank, tuple[int, ...], Chain]] = [(first.rank, (), first)] if first else []
        tried: set[tuple[int, ...]] = set()
        while queue and count > 0 and swept < _MOST_SWEEPS:
            _, without, chain = heappop(queue)
            meaning = self._meaning(chain)
            if meaning not in given:
                given.add(meaning)
                count -= 1
                yield chain
            for link in chain.links if count else ():
                barred = tuple(sorted({*without, link}))
                other = None if barred in tried else self.best_to(node, barred)
                swept += barred not in tried
                tried.add(barred)
                if other:
                    heappush(queue, (other.rank, barred, other))

    def _meaning(self, chain: Chain) -> tuple[tuple[int, int], ...]:
        """The entities of a chain, transformations that only join lots too, each with the delivery, payment, call or
        tie that led there.
        """
        table, found = self.network.links, list[tuple[int, int]]()
        for node, link in zip(chain.nodes, chain.links, strict=True):
            kind = table.kinds[int(table.kind[link])]
            if kind == "TRANSFORMED_INTO":
                made_by = self.network.position(f"{TRANSFORMATION.prefix}:{table.ids[link].rpartition('|')[2]}")
                found += [(made_by, -1)] if made_by >= 0 else []
            found.append((node, -1 if kind in _OF_ONE_FACT else link))
        return tuple(found)


def first_chains(trace: Trace, nodes: Whole) -> Iterator[Chain]:
    """To each of these the chain of fewest hops, of these the one first found."""
    node = trace.told.ends()[0]
    mine = np.flatnonzero(np.isin(node, nodes))
    order = mine[np.argsort(node[mine], kind="stable")]
    steps = [trace.chain(int(label))[1:] for label in order[np.searchsorted(node[order], nodes)]]
    taken = trace.told.take(np.array([label for each in steps for label in each], np.int64))
    begin = 0
    for each in steps:
        part = slice(begin, begin + len(each))
        columns = taken.node, taken.link, taken.score, taken.lo, taken.hi
        yield Chain(*(tuple(column[part].tolist()) for column in columns))
        begin += len(each)
