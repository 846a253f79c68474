"""How low the flow can at most be brought: the limits of a plan priced into the network.

Where hitting costs a price instead of counting against limits, the best cut pays for each of its arcs the lesser of its
capacity and the price of its loss: a maximum flow gives it. Less what the limits are worth at these prices, it is a
bound on every plan (Lagrangian relaxation of Wood 1993, Deterministic network interdiction). The best prices maximise
the bound, a concave function that every cut found bounds from above: cutting planes (Kelley 1960), asked between the
best prices so far and those that the planes suggest (Ben-Ameur and Neto 2007, Acceleration of cutting-plane and column
generation algorithms).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.network import MaximumFlow
from graphkit.breaking.flow.rows import Rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_INHERITED = 60  # cuts that a case takes over
_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Cut:
    """One cut: its origin's `side` in packed bits, and what it `costs` beside its hits.

    It hits `which` merged targets, each by its `share` (1 unless only some of its parts are hit), and so takes `spent`
    (rows,) of the limits.
    """

    side: NDArray[np.uint8]
    costs: float
    which: Ints
    share: Floats
    spent: Floats


@dataclass(eq=False)
class Bound:
    """The best bound found where the hits between `low` and `high` are free, and the `prices` (rows,) that give it.

    A plan that hits a target is worse than the bound by at least what its price is `dearer` (merged,) than what the
    flow behind the bound carries over it. `ceiling` is what no prices can exceed, as the cuts met so far show;
    `weights` says of which of them the limit of the bound is a mixture.
    """

    low: Floats
    high: Floats
    prices: Floats
    value: float = -np.inf
    ceiling: float = np.inf
    dearer: Floats = field(default_factory=lambda: np.zeros(0))
    weights: Floats = field(default_factory=lambda: np.zeros(0))
    cuts: list[Cut] = field(default_factory=list)

    def mixture(self) -> Floats:
        """How far the mixture of cuts hits each merged target, from 0 to 1."""
        mixed = np.zeros(len(self.low))
        for weight, cut in zip(self.weights.tolist(), self.cuts, strict=False):
            mixed[cut.which] += weight * cut.share
        return mixed


class Relaxation:
    """Bounds for one network under some conditions, whatever hits are settled."""

    def __init__(self, flows: MaximumFlow, rows: Rows) -> None:
        self.flows, self.network, self.rows = flows, flows.network, rows
        self._capacity = self.network.capacity[self.network.part]
        self._whole = self.network.of_targets(self._capacity)
        self._share = self._capacity / np.maximum(self._whole[self.network.owner], _TINY)

    def ask(self, bound: Bound, prices: Floats) -> Mask:
        """Works out the bound at these prices, keeps the cut, and returns the side of it that the origin is on."""
        price = self.rows.prices(prices)
        taken = (bound.low == 1) | ((bound.high == 1) & (price < 0))
        fee = np.where((bound.high == 1)[self.network.owner], price[self.network.owner] * self._share, np.inf)
        capacity = self.network.left(taken)
        left = capacity[self.network.part]
        np.minimum.at(capacity, self.network.part, fee.clip(0.0))
        cost, side = self.flows.cut(capacity)
        value = cost + float(price[taken].sum() - prices @ self.rows.limit)
        if value > bound.value:
            bound.value, bound.prices = value, prices
            bound.dearer = price - self.network.of_targets(self.flows.parts())
        bound.cuts.append(self._cut(side, taken, left > fee))
        return side

    def _cut(self, side: Mask, taken: Mask, cheaper: Mask) -> Cut:
        network = self.network
        crossing = network.crossing(side)
        lost = cheaper & crossing[network.part] & ~taken[network.owner]
        crossing[network.part[lost | taken[network.owner]]] = False
        hits = network.of_targets(np.where(lost, self._share, 0.0)) + taken
        which = np.flatnonzero(hits)
        costs = float(network.capacity[crossing].sum())
        return Cut(np.packbits(side), costs, which, hits[which], self.rows.spent(hits))

    def leave_out(self, bound: Bound, above: float) -> None:
        """Bars the targets that no plan below this value hits."""
        hopeless = (bound.low < bound.high) & (bound.value + bound.dearer >= above)
        bound.high = np.where(hopeless, 0.0, bound.high)

    def sharpen(self, bound: Bound) -> bool:
        """Adds rows that the mixture of cuts does not keep to; whether there are any."""
        rows = self.rows.sharpened(bound.mixture(), self._whole)
        if rows is None:
            return False
        self.rows = rows
        bound.prices = np.pad(bound.prices, (0, len(rows) - len(bound.prices)))
        bound.cuts = [replace(cut, spent=rows.matrix[:, cut.which] @ cut.share) for cut in bound.cuts]
        bound.ceiling = np.inf
        return True

    def settled(self, bound: Bound, chosen: int, hit: bool) -> Bound:
        """What is known of the bound once a target is settled to be hit or not: the weightiest cuts, put right."""
        low, high = bound.low.copy(), bound.high.copy()
        low[chosen] = high[chosen] = float(hit)
        child = Bound(low, high, bound.prices)
        weights = np.zeros(len(bound.cuts))
        weights[: len(bound.weights)] = bound.weights
        kept = np.lexsort((-np.arange(len(weights)), -weights))[:_INHERITED]
        child.cuts = [self._put_right(bound.cuts[i], chosen, hit) for i in np.sort(kept).tolist()]
        return child

    def _put_right(self, cut: Cut, chosen: int, hit: bool) -> Cut:
        share = float(cut.share[cut.which == chosen].sum())
        if share == float(hit):
            return cut
        network, more = self.network, float(hit) - share
        own = network.part[np.searchsorted(network.owner, chosen) : np.searchsorted(network.owner, chosen, "right")]
        side = np.unpackbits(cut.side, count=2 * network.nodes + 2).astype(bool)
        crossing = side[network.tail[own]] & ~side[network.head[own]]
        others = cut.which != chosen
        return Cut(
            cut.side,
            cut.costs - more * float(network.capacity[own[crossing]].sum()),
            np.append(cut.which[others], [chosen] if hit else []).astype(np.int64),
            np.append(cut.share[others], [1.0] if hit else []),
            cut.spent + more * self.rows.column(chosen),
        )

    def plan(self, bound: Bound, most: float) -> Floats:
        """The prices at which the cuts so far leave the highest bound; sets its ceiling and its mixture of cuts."""
        from scipy.optimize import linprog

        slope = np.array([cut.spent for cut in bound.cuts]) - self.rows.limit
        costs = np.array([cut.costs for cut in bound.cuts])
        scale = max(most, _TINY)
        found = linprog(
            np.concatenate(([-1.0], np.zeros(len(self.rows)))),
            A_ub=np.column_stack((np.ones(len(costs)), -slope)),
            b_ub=costs / scale,
            bounds=[(None, 2.0)] + [(0.0, None)] * len(self.rows),
            method="highs",
        )
        if found.x is None:
            return bound.prices
        bound.ceiling = min(-float(found.fun) * scale, bound.ceiling)
        bound.weights = -np.asarray(found.ineqlin.marginals)
        prices: Floats = np.maximum(np.asarray(found.x[1:]), 0.0) * scale
        return prices
