"""A population of plans: how it begins, breeds and stays diverse.

What two good plans have in common is kept, of the rest each target with a chance; who comes in drives out one that is
bad or much like another: Zhou, Hao and Glover (2018), Memetic search for identifying critical nodes in sparse graphs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.problem import Conditions
from graphkit.breaking.task import Mask, changeable

Population = list[tuple[int, Mask]]  # plans and their pairs
MOST = 12
_KEPT = 0.8  # the chance that a child has what only one of its parents has


def scattered(conditions: Conditions, rng: np.random.Generator) -> Mask:
    """Targets by chance."""
    return fill(conditions, rng.permutation(len(conditions)))


def fill(conditions: Conditions, order: NDArray[np.integer]) -> Mask:
    """The musts, and of the others in this order each that the conditions leave room for."""
    out = np.zeros(len(conditions), bool)
    out[list(conditions.must)] = True
    may, spent = changeable(conditions), float(conditions.cost[out].sum())
    spends = np.zeros(len(conditions.limits))
    grouped = np.flatnonzero(out & (conditions.group >= 0))
    np.add.at(spends, conditions.group[grouped], conditions.cost[grouped])
    least = float(conditions.cost[may].min()) if may.any() else np.inf
    for i in order.tolist():
        if spent + least > conditions.budget + 1e-9:
            break
        group, price = int(conditions.group[i]), float(conditions.cost[i])
        if not may[i] or spent + price > conditions.budget + 1e-9:
            continue
        if group >= 0 and spends[group] + price > conditions.limits[group] + 1e-9:
            continue
        out[i], spent = True, spent + price
        if group >= 0:
            spends[group] += price
    return out


def bred(conditions: Conditions, rng: np.random.Generator, population: Population) -> Mask:
    """What two plans by chance have in common, and most of what only one has."""
    one, other = (population[i][1] for i in rng.choice(len(population), 2, replace=False))
    only = np.flatnonzero(one ^ other)
    kept = only[rng.random(len(only)) < _KEPT]
    order = np.concatenate((np.flatnonzero(one & other), rng.permutation(kept)))
    return fill(conditions, order)


def replicas(conditions: Conditions, rng: np.random.Generator, population: Population) -> list[Mask]:
    """Plans to begin replica exchange with, the worst first; before them some by chance where these are few."""
    fresh = [scattered(conditions, rng) for _ in range(MOST - len(population))]
    return fresh + [out for _, out in sorted(population, key=lambda known: -known[0])]


def enter(population: Population, pairs: int, child: Mask) -> bool:
    """Take the child in unless it is there already or worse than all; the worst, of equals the most alike, leaves."""
    if any(pairs == known and bool((out == child).all()) for known, out in population):
        return False
    population.append((pairs, child))
    if len(population) <= MOST:
        return True
    distance = [min(int((out ^ other).sum()) for _, other in population if other is not out) for _, out in population]
    ranks = np.argsort(np.argsort([-known for known, _ in population])) * 0.6 + np.argsort(np.argsort(distance)) * 0.4
    best = min(range(len(population)), key=lambda i: population[i][0])
    ranks[best] = np.inf
    worst = int(np.argmin(ranks))
    return population.pop(worst)[1] is not child


@dataclass
class Island:
    """A population by itself, a `meeting` where it began as the best of others.

    `idle` children in a row were no better than its best.
    """

    plans: Population
    meeting: bool = False
    idle: int = 0

    @property
    def filling(self) -> bool:
        """Whether it still takes in plans by chance."""
        return not self.meeting and len(self.plans) < MOST

    @property
    def best(self) -> tuple[int, Mask]:
        """Its best plan, and the pairs of that."""
        return min(self.plans, key=lambda known: known[0])

    def take(self, pairs: int, child: Mask) -> bool:
        """Let the child enter if it is fit to."""
        better = not self.plans or pairs < self.best[0]
        self.idle = 0 if better or self.filling else self.idle + 1
        return enter(self.plans, pairs, child)
