"""Which source: how much of several finds each party and place upstream of them can explain, in time order.

A case is explained by whom some chain in time order leads from to it. The score is the weight of the cases explained
over that of all, as FoodChain-Lab scores stations (Weiser et al. (2016), FoodChain-Lab: a trace-back and trace-forward
tool developed and applied during food-borne disease outbreak investigations in Germany and Europe).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Network
from graphkit.network.sorting import distinct
from graphkit.tracing.identity.same_hands import SameHands
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, FAR, Request
from graphkit.tracing.walk.moving import moved
from graphkit.tracing.walk.start import start
from graphkit.tracing.walk.steps import as_told
from graphkit.tracing.walk.sweep import Trace, sweep
from graphkit.tracing.walk.unlinked import unlinked
from graphkit.tracing.walk.ways import Ways

_KEPT = 5_000_000  # so many labels of traces are kept in memory; beyond them a trace is run again when it is shown


@dataclass(frozen=True)
class Case:
    """Something found: a node (a seizure, a sample, a party …) or one delivery, by its `link` (-1: the node counts).

    `passed` is counter-evidence: goods that were examined and found to be in order.
    """

    node: int
    link: int = -1
    weight: float = 1.0
    passed: bool = False


class Upstream:
    """What lies upstream of some cases. The request's direction does not matter: it always goes back. `same` says
    which entries are one, `lots` (2, links) of which deliveries another row names the lot, and which.
    """

    def __init__(
        self, network: Network, cases: list[Case], request: Request, same: SameHands | None = None,
        lots: Whole | None = None,
    ) -> None:  # fmt: skip
        self.network, self.cases = network, cases
        self.ways = Ways(network, request, same, lots)
        self._kept: dict[int, Trace] = {}
        self._labels = 0

    def trace(self, case: int) -> Trace:
        """The trace back from one case."""
        found = self._kept.get(case)
        if found is None:
            found = sweep(self.ways, self._start(self.cases[case]))
            if self._labels + len(found.labels) <= _KEPT:
                self._labels += len(found.labels)
                self._kept[case] = found
        return found

    @cached_property
    def reached(self) -> list[tuple[Whole, Whole]]:
        """For each case who can explain it, sorted, and by how many links at least."""
        return [self._reached(number, case) for number, case in enumerate(self.cases)]

    @cached_property
    def unlinked(self) -> Whole:
        """The deliveries, sorted, by which traces by lots alone would have led to somebody more."""
        found = [unlinked(self.ways, self.trace(number)) for number, case in enumerate(self.cases) if not case.passed]
        return distinct(np.concatenate(found)) if found else np.empty(0, np.int64)

    def scores(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The share of the cases' weight that each node explains, that of the passed finds it also leads to, and over
        the cases explained the mean of the fewest links; shape (nodes,) each.
        """
        size = len(self.network)
        found, against, hops, count = (np.zeros(size) for _ in range(4))
        for case, (nodes, first) in zip(self.cases, self.reached, strict=True):
            (against if case.passed else found)[nodes] += case.weight
            if not case.passed:
                hops[nodes] += first
                count[nodes] += 1
        every = sum(case.weight for case in self.cases if not case.passed)
        passed = sum(case.weight for case in self.cases if case.passed)
        return found / (every or 1.0), against / (passed or 1.0), hops / np.maximum(count, 1)

    def explained(self, nodes: Whole) -> NDArray[np.bool_]:
        """Which of the cases each of these nodes explains; shape (nodes, cases)."""
        table = np.zeros((len(nodes), len(self.cases)), bool)
        for number, (reached, _) in enumerate(self.reached):
            table[:, number] = np.isin(nodes, reached)
        return table

    def chain(self, node: int, case: int) -> list[int]:
        """The links of a chain of fewest links from the node to the case; none where it is the case itself."""
        trace, given = self.trace(case), self.cases[case]
        places = np.flatnonzero(trace.labels.node == node)
        if not len(places):
            return [given.link] if given.link >= 0 else []
        taken = trace.labels.link[trace.chain(int(places[0]))]
        linked: list[int] = taken[taken >= 0].tolist()
        return linked

    def _reached(self, number: int, case: Case) -> tuple[Whole, Whole]:
        trace = self.trace(number)
        begun = self._begun(case)
        nodes, first = np.append(trace.node, begun), np.append(trace.first + (case.link >= 0), case.link >= 0)
        nodes, where = np.unique(nodes, return_index=True)
        return nodes.astype(np.int64), first[where].astype(np.int64)

    def _begun(self, case: Case) -> int:
        return int(self.network.links.source[case.link]) if case.link >= 0 else case.node

    def _start(self, case: Case) -> Labels:
        if case.link < 0:
            return start(self.ways, case.node, ("goods",))
        links = self.network.links
        buyer = Labels.made(links.target[[case.link]], ANY, -FAR, FAR, -1, -1, 1.0)
        link = np.array([case.link])
        entries = np.zeros(1, np.int64), links.source[link].astype(np.int64), link
        gave = moved(self.ways, buyer, entries, as_told(self.ways, link, self.ways.goods(link)), 1.0)
        return Labels.made(gave.node, gave.carried, gave.lo, gave.hi, gave.link, -1, gave.score)
