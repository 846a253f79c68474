"""The search for the best plan: bounds by relaxation, plans from the cuts met, and cases where the two stay apart.

Branch and bound (Land and Doig 1960): where the bound mixes plans that hit a target with plans that do not, both cases
are bounded by themselves, the less settled first.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.hits import best_hits, most
from graphkit.breaking.flow.network import MaximumFlow, SplitNetwork
from graphkit.breaking.flow.program import solve
from graphkit.breaking.flow.relaxation import Bound, Relaxation
from graphkit.breaking.flow.rows import Rows

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CLOSE = 1e-6  # of what flowed before: value and bound that are so near are one
_ROOT, _ROUND, _CASE = 200, 40, 16  # prices tried
_ROUNDS = 8  # of rows added
_TRIED = 8  # targets looked at before one is chosen to divide by
_OFTEN = 8  # tries between two plans
_CASES = 100_000
_SMALL = 20_000  # arcs up to which a whole with targets of several parts is solved as one program
_STEADY = 0.7  # how far to stay with the best prices so far
_ROUGH, _NEAR, _NEARER = 0.25, 0.1, 0.05  # of the gap: bounds so near their ceiling are left at that: at first, of
# cases, and of the whole


class OutOfTime(Exception):
    """The clock stopped the search."""


@dataclass
class Best:
    """The best plan so far (merged,), what still flows under it, and what no plan can go below."""

    hit: Mask
    value: float
    bound: float = 0.0
    complete: bool = False


class Search:
    """One search. `report` hears of every better plan and bound."""

    def __init__(
        self, network: SplitNetwork, rows: Rows, until: float, report: Callable[[Best], None], start: Mask
    ) -> None:  # fmt: skip
        self.network, self.rows, self.until, self.report = network, rows, until, report
        self.flows = MaximumFlow(network)
        self.relaxation = Relaxation(self.flows, rows)
        self.before, self.first_side = self.flows.value(np.zeros(len(start), bool))
        self._first_prices = rows.marginal(network.of_targets(self.flows.parts()))
        self._size = network.of_targets(network.capacity[network.part])
        self.grain = _grain(network.capacity[: len(network)])
        self.best = Best(start, self.flows.value(start)[0])

    @property
    def close(self) -> float:
        """How near value and bound have to come."""
        return max(CLOSE * self.before, 0.0)

    def run(self) -> Best:
        """Searches until value and bound meet, or the clock stops it."""
        try:
            root = Bound(self.rows.low, self.rows.high, np.zeros(len(self.rows)))
            self.offer(self.first_side, root)
            self._ask(root, root.prices)
            self.offer(self._ask(root, self._first_prices), root)
            self.tighten(root, _ROOT, _ROUGH)
            for _ in range(_ROUNDS):
                if self._met(root.value):
                    break
                if not self.relaxation.sharpen(root):
                    self.tighten(root, _ROOT)
                    break
                self.tighten(root, _ROUND)
            if not self._met(self.best.bound) and self._coarse() and len(self.network) <= _SMALL:
                self.as_program()
            if not self._met(self.best.bound):
                self.divide(root)
            self._raise(self.best.bound)
            self.best.complete = True
        except OutOfTime:
            pass
        self.report(self.best)
        return self.best

    def tighten(self, bound: Bound, tries: int, near: float = _NEARER) -> None:
        """Better prices, so many tries, until the bound meets the best plan or is `near` its ceiling, in its gap."""
        side = self._ask(bound, bound.prices)
        for i in range(tries):
            suggested = self.relaxation.plan(bound, self.before)
            apart = bound.ceiling - bound.value
            if self._met(bound.value) or apart <= max(near * (self.best.value - bound.value), 0.1 * self.close):
                break
            steady = _STEADY if i % 4 != 3 else 0.0
            side = self._ask(bound, steady * bound.prices + (1 - steady) * suggested)
            if tries != _CASE and i % _OFTEN == 0:
                self.offer(side, bound)
        self.offer(side, bound)
        if tries != _CASE:
            self._whole_of(bound)
        self.relaxation.leave_out(bound, self.best.value - self.close)

    def _ask(self, bound: Bound, prices: Floats) -> Mask:
        self._look_at_clock()
        side = self.relaxation.ask(bound, prices)
        if bound.low is self.rows.low:
            self._raise(bound.value)
        return side

    def offer(self, side: Mask, bound: Bound) -> None:
        """The best plan for this cut, then for the cut that is least under it, and so on while it gets better."""
        last = np.inf
        while True:
            self._look_at_clock()
            hit = best_hits(self.network, self.rows, side, bound.low, bound.high)
            if hit is None:
                return
            value, side = self.flows.value(hit)
            self._better(hit, value)
            if value >= last - self.close:
                return
            last = value

    def _whole_of(self, bound: Bound) -> None:
        """The plan nearest to the mixture that the bound's limit is."""
        hit = most(self.rows, bound.mixture() * (1.0 + self._size / max(self.before, 1e-300)), bound.low, bound.high)
        if hit is not None:
            value, side = self.flows.value(hit)
            self._better(hit, value)
            self.offer(side, bound)

    def as_program(self) -> None:
        """The whole as one program, in at most half of the time left."""
        found = solve(self.network, self.rows, self.best.value, (self.until - time.monotonic()) / 2)
        if found.hit is not None and self.rows.fits(found.hit):
            self._better(found.hit, self.flows.value(found.hit)[0])
        self._raise(found.bound)
        self._look_at_clock()

    def _coarse(self) -> bool:
        """Whether some target has several parts: prices are shared out among them beforehand, which bounds loosely."""
        return bool(np.any(np.bincount(self.network.owner) > 1))

    def _better(self, hit: Mask, value: float) -> None:
        if value < self.best.value:
            self.best.hit, self.best.value = hit, value
            self.report(self.best)

    def divide(self, root: Bound) -> None:
        """Case by case, the lowest bound first."""
        open_: list[tuple[float, int, Bound]] = [(root.value, 0, root)]
        for count in range(1, 2 * _CASES, 2):
            while open_ and self._met(open_[0][0]):
                heapq.heappop(open_)
            self._raise(open_[0][0] if open_ else self.best.value)
            if not open_:
                return
            parent = heapq.heappop(open_)[2]
            chosen = self._divider(parent)
            for i, hit in enumerate((True, False)):
                case = self._case(parent, chosen, hit)
                if case is not None and not self._met(case.value):
                    heapq.heappush(open_, (case.value, count + i, case))

    def _case(self, parent: Bound, chosen: int, hit: bool) -> Bound | None:
        case = self.relaxation.settled(parent, chosen, hit)
        if np.array_equal(case.low, case.high) and not self.rows.fits(case.low > 0.5):
            return None
        self.tighten(case, _CASE, _NEAR)
        case.value = max(case.value, parent.value)
        return case

    def _divider(self, bound: Bound) -> int:
        """The free target that, hit or not, raises the lesser of both bounds most, as far as the cuts so far tell.

        Tried are those whose hit is the least settled, weighed by what they can pass on.
        """
        mixed = bound.mixture()
        unsettled = np.minimum(mixed, 1 - mixed).clip(0.0)
        score = np.where(bound.low < bound.high, self._size * (unsettled + 1e-9 * (mixed > 0) + 1e-12), -1.0)
        tried: list[int] = [i for i in np.argsort(-score, kind="stable")[:_TRIED].tolist() if unsettled[i] > 1e-6]
        if len(tried) < 2:
            return int(np.argmax(score))
        return max(tried, key=lambda each: self._raised(bound, each))

    def _raised(self, bound: Bound, chosen: int) -> float:
        """What both bounds can be at most once this target is settled: the lesser counts, the other a little."""
        ceilings = []
        for hit in (True, False):
            case = self.relaxation.settled(bound, chosen, hit)
            self.relaxation.plan(case, self.before)
            ceilings.append(min(case.ceiling, self.best.value))
        return min(ceilings) + 0.1 * max(ceilings)

    def _met(self, bound: float) -> bool:
        if self.grain:
            bound = np.ceil(bound / self.grain - 1e-4) * self.grain
        return bound >= self.best.value - self.close

    def _raise(self, bound: float) -> None:
        known = self.best.bound
        self.best.bound = max(known, self.best.value if self._met(bound) else min(bound, self.best.value))
        if self.best.bound > known:
            self.report(self.best)

    def _look_at_clock(self) -> None:
        if time.monotonic() > self.until:
            raise OutOfTime


def _grain(capacity: Floats) -> float:
    """What all capacities are multiples of, as a power of ten; 0 where there is no such."""
    for grain in (1.0, 0.1, 0.01):
        parts = capacity / grain
        if bool(np.all(np.abs(parts - np.rint(parts)) <= 1e-9 * np.maximum(parts, 1.0))) and parts.max(initial=0) < 1e9:
            return grain
    return 0.0
