"""The task: what may be hit, at what cost, within which limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.simple import SimpleGraph

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Conditions:
    """What a plan has to keep to. Targets are numbered from 0; what they are is the objective's matter.

    `cost` (targets,) is what hitting each takes of the `budget`. `group` (targets,) int32 is the region of each, -1 for
    none, and `limits` (groups,) what each region can spend, inf where it is not limited. Only `allowed` targets
    (targets,) may be hit; those in `must` are. Targets of one set of `together` are hit all or none; the first of a
    pair of `after` is hit only if one of the second is: the higher tier only after a subordinate.

    >>> free = Conditions.plain(4, budget=2)
    >>> free.fits([0, 1]), free.fits([0, 1, 2])
    (True, False)
    """

    cost: Numbers
    budget: float
    group: NDArray[np.int32]
    limits: Numbers
    allowed: Mask
    must: tuple[int, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    after: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @classmethod
    def plain(cls, targets: int, budget: float) -> Conditions:
        """Every target may be hit at cost 1, and nothing else is asked."""
        return cls(
            np.ones(targets), budget, np.full(targets, -1, np.int32), np.zeros(0), np.ones(targets, bool)
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.cost)

    @property
    def tied(self) -> bool:
        """Whether some targets depend on others."""
        return bool(self.together or self.after)

    @property
    def simple(self) -> bool:
        """Whether only the number of hits is limited: equal costs, nothing barred, limited or tied to another."""
        even = len(self.cost) == 0 or bool(np.all(self.cost == self.cost[0]))
        return (
            even and bool(self.allowed.all()) and not self.must and not self.tied and not np.isfinite(self.limits).any()
        )

    def affordable(self, hit: Sequence[int]) -> bool:
        """Whether these targets may be hit within the budget and the limits of the regions."""
        chosen = list(hit)
        group, cost = self.group[chosen], self.cost[chosen]
        spent = np.bincount(group[group >= 0], cost[group >= 0], len(self.limits))
        return bool(
            cost.sum() <= self.budget + 1e-9 and np.all(spent <= self.limits + 1e-9) and self.allowed[chosen].all()
        )

    def fits(self, hit: Sequence[int]) -> bool:
        """Whether hitting these targets, each named once, keeps to every condition."""
        chosen = np.zeros(len(self), bool)
        chosen[list(hit)] = True
        return bool(
            self.affordable(hit)
            and chosen[list(self.must)].all()
            and all(chosen[list(some)].all() or not chosen[list(some)].any() for some in self.together)
            and all(not chosen[high] or chosen[list(low)].any() for high, low in self.after)
        )


@dataclass(frozen=True, eq=False)
class Fragmentation:
    """Take nodes out of a graph so that the actors in it fall apart. Target `i` is node `i`.

    `weight` (nodes,) int64 is 1 for an actor and 0 for what only joins actors: a phone, a place, a link that can itself
    be hit (it stands as a node between its ends). `objective` is `pairs`, the pairs of actors that are still
    connected, or `largest`, the actors in the largest component. With `until` (a share of the actors) the least costly
    hits are sought after which no component has more than that share of them, whatever the budget.
    """

    graph: SimpleGraph
    weight: NDArray[np.int64]
    conditions: Conditions
    objective: str = "pairs"
    until: float | None = None
    time_limit: float = 60.0
    seed: int = 1

    @property
    def most(self) -> int:
        """With `until`: how many actors a component may have."""
        return int((self.until or 0.0) * int(self.weight.sum()) + 1e-9)
