"""What the process of its own does: searches, then puts the hits in order and works out what each takes away."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.child import Report
from graphkit.breaking.flow.hits import any_hits, best_hits, most
from graphkit.breaking.flow.interdiction import Interdiction
from graphkit.breaking.flow.network import MaximumFlow, SplitNetwork, split
from graphkit.breaking.flow.order import by_gain, by_size, shared_out, shares
from graphkit.breaking.flow.rows import rows_of
from graphkit.breaking.flow.search import Best, Search
from graphkit.breaking.plan import Plan

Ints = NDArray[np.int64]
_SEARCH = 0.9  # of the time limit; the rest is for putting the hits in order
_NO_ROUTE = ("No route leads from the sources to the buyers: nothing flows.", "来源与买方之间没有通路，无物流动。")


def search(problem: Interdiction, report: Report) -> None:
    """Reports a Plan each time a better one or a better bound is found; the last one is the answer."""
    until = time.monotonic() + _SEARCH * problem.time_limit
    writer = Writer(problem)
    first = writer.at_once()

    def better(best: Best) -> Best:
        return best if best.value <= first.value else replace(first, bound=best.bound)

    found = Search(
        network_of(problem, writer.rows.merged), writer.rows, until, lambda best: report(writer.draft(better(best))),
        writer.start.hit,
    )  # fmt: skip
    report(writer.final(better(found.run())))


def network_of(problem: Interdiction, merged: Ints) -> SplitNetwork:
    """The split network, with its targets numbered so."""
    owner = merged[problem.owner] if len(problem.owner) else problem.owner
    return split(
        problem.source, problem.target, problem.capacity, problem.node_capacity, np.unique(problem.origins),
        np.unique(problem.ends), problem.part, owner, int(merged.max(initial=-1)) + 1,
    )  # fmt: skip


class Writer:
    """Makes plans of what the search finds."""

    def __init__(self, problem: Interdiction) -> None:
        self.problem, self.rows = problem, rows_of(problem.conditions)
        self.flows = MaximumFlow(network_of(problem, np.arange(len(problem.conditions))))
        self.before, side = self.flows.value(np.zeros(len(problem.conditions), bool))
        self.size = self.flows.network.of_targets(self.flows.parts())
        self._side = side
        hit = any_hits(self.rows)
        self.start = Best(hit, self._value(hit[self.rows.merged]))

    def at_once(self) -> Best:
        """A plan without a search: hits through which most passes, or that take most out of the least cut.

        Of equal ones the one of fewest hits.
        """
        rows, network = self.rows, network_of(self.problem, self.rows.merged)
        passed = np.bincount(rows.merged, self.size, len(rows.low)).astype(np.float64)
        hits = most(rows, passed, rows.low, rows.high), best_hits(network, rows, self._side, rows.low, rows.high)
        plans = [Best(hit, self._value(hit[rows.merged])) for hit in hits if hit is not None]
        return min((self.start, *plans), key=lambda best: (best.value, int(best.hit.sum())))

    def draft(self, best: Best) -> Plan:
        """The plan with what each hit takes away guessed from what it carried at first."""
        order = by_size(self._chosen(best), self.size, self.problem.conditions.after)
        return self._plan(best, order, shared_out(order, self.size, self.before - best.value), truncated=True)

    def final(self, best: Best) -> Plan:
        """The plan with what each hit takes away worked out."""
        chosen, after = self._needed(self._chosen(best)), self.problem.conditions.after
        order, gained = by_gain(self.flows, chosen, after, self.before) or ([], [])
        if chosen and not order:
            order = by_size(chosen, self.size, after)
            gained = shares(self.flows, order, self.size, self.before)
        return self._plan(best, order, gained, truncated=not best.complete)

    def _plan(self, best: Best, order: list[int], gained: list[float], *, truncated: bool) -> Plan:
        return Plan(
            tuple(order), tuple(gained), best.value, self.before, float(best.bound),
            bool(best.bound >= best.value), truncated,
            self.problem.seed, (_NO_ROUTE,) if self.before == 0 else (),
        )  # fmt: skip

    def _chosen(self, best: Best) -> list[int]:
        chosen: list[int] = np.flatnonzero(best.hit[self.rows.merged]).tolist()
        return chosen

    def _needed(self, chosen: list[int]) -> list[int]:
        """The hits without those that lie on one side of the least cut: put back, they let nothing more through."""
        hit = np.zeros(len(self.problem.conditions), bool)
        hit[chosen] = True
        network = self.flows.network
        crossing = network.crossing(self.flows.value(hit)[1])[network.part]
        cut = network.of_targets(np.where(crossing, network.capacity[network.part], 0.0)) > 0
        must = set(self.problem.conditions.must)
        needed = [each for each in chosen if cut[each] or each in must]
        return needed if self.problem.conditions.fits(needed) else chosen

    def _value(self, hit: NDArray[np.bool_]) -> float:
        return self.flows.value(hit)[0]
