"""Few pairs: a population of plans, bred, and improved by swaps and by annealing.

After Zhou, Hao and Glover (2018), Memetic search for identifying critical nodes in sparse graphs: what two good plans
have in common is kept, of the rest each target with a chance; then the child is improved. Which way of improving is
used is learnt in the run, since swaps suit networks that fall into small parts, annealing those where one large part
remains.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.components import sizes
from graphkit.breaking.labels import anneal
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.stoppable import run
from graphkit.breaking.swap import swap_search

Mask = NDArray[np.bool_]
_POPULATION = 12
_WORK_A_SECOND = 8_000_000  # nodes looked at
_KEPT = 0.8  # the chance that a child has what only one of its parents has
_CUTS, _JOINS = 0.3, 0.3


@dataclass(frozen=True)
class Way:
    """A way to improve a child: annealing of `moves` a node (0: none) from `hot` plus `share` of the nodes; swaps."""

    moves: int
    hot: float
    share: float
    patience: int


WAYS = (
    Way(0, 0.0, 0.0, 3000), Way(10_000, 0.0, 0.3, 3000), Way(0, 0.0, 0.0, 20_000), Way(30_000, 0.0, 0.3, 2000),
    Way(2000, 1.5, 0.0, 2000), Way(6000, 6.0, 0.0, 2000), Way(10_000, 6.0, 0.05, 2000),
)  # fmt: skip


@dataclass
class Search:
    """One search: its problem, its chance, its clock and how much work it may still do."""

    problem: Fragmentation
    until: float
    rng: np.random.Generator = field(init=False)
    work: int = field(init=False)
    truncated: bool = False

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.problem.seed)
        self.work = int(self.problem.time_limit * _WORK_A_SECOND)

    def improve(self, out: Mask, way: Way) -> tuple[Mask, int]:
        """The plan after annealing and swaps, and its pairs."""
        graph, weight, conditions = self.problem.graph, self.problem.weight, self.problem.conditions
        may = changeable(conditions)
        bound = (conditions.cost, conditions.budget, conditions.group, conditions.limits, may)
        moves, hot = way.moves * len(graph), way.hot + way.share * len(graph)
        task = (graph.indptr, graph.neighbour, weight, *bound)
        if moves:
            out, _ = run(anneal, (*task, out, _JOINS, moves, hot, 0.3, self._seed()), self.until)
        out, pairs, done = run(swap_search, (*task, out, way.patience, self.work, _CUTS, self._seed()), self.until)
        self.work -= int(done) + moves // 4
        return out, int(pairs)

    def over(self) -> bool:
        """Whether to stop: for the work is done, or the clock says so."""
        self.truncated = self.truncated or (self.work > 0 and time.monotonic() > self.until)
        return self.work <= 0 or self.truncated

    def _seed(self) -> int:
        return int(self.rng.integers(2**31))


def few_pairs(
    problem: Fragmentation,
    until: float,
    start: Mask,
    heard: Callable[[Mask, int], None] | None = None,
    goal: int = 0,
    patience: int = 1_000_000,
) -> tuple[Mask, int, bool]:
    """The best plan found, its pairs, and whether the clock stopped the search; `heard` is told of each better one.

    `start` keeps to the conditions; the search ends at `goal` pairs, below which nothing can be, or after `patience`
    children in a row that were no better.
    """
    search = Search(problem, until)
    population: list[tuple[int, Mask]] = []
    gain, used = np.ones(len(WAYS)), np.full(len(WAYS), 1.0)
    best, value, idle = start, _pairs(problem, start), 0
    while not search.over() and value > goal and idle < patience:
        fresh = len(population) < _POPULATION
        which = len(population) % len(WAYS) if fresh else _choose(search, gain / used)
        child = _scattered(search) if fresh else _bred(search, population)
        before = search.work
        child, pairs = search.improve(child, WAYS[which])
        entered = _enter(population, pairs, child)
        used[which] += (before - search.work) / 1e5
        gain[which] += 4.0 * (pairs < value) + 0.2 * entered
        idle += 1
        if pairs < value:
            best, value, idle = child, pairs, 0
            if heard:
                heard(best, value)
    return best, value, search.truncated


def changeable(conditions: Conditions) -> Mask:
    """What may go out and come back: what is allowed and not a must."""
    may = conditions.allowed.copy()
    may[list(conditions.must)] = False
    return may


def _pairs(problem: Fragmentation, out: Mask) -> int:
    found = sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out)
    return int((found * (found - 1) // 2).sum())


def _choose(search: Search, rate: NDArray[np.float64]) -> int:
    """A way by its success, all with some chance."""
    share = 0.2 / len(rate) + 0.8 * rate / rate.sum()
    return int(search.rng.choice(len(rate), p=share / share.sum()))


def _scattered(search: Search) -> Mask:
    """Targets by chance."""
    return fill(search.problem.conditions, search.rng.permutation(len(search.problem.graph)))


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


def _bred(search: Search, population: list[tuple[int, Mask]]) -> Mask:
    one, other = (population[i][1] for i in search.rng.choice(len(population), 2, replace=False))
    only = np.flatnonzero(one ^ other)
    kept = only[search.rng.random(len(only)) < _KEPT]
    order = np.concatenate((np.flatnonzero(one & other), search.rng.permutation(kept)))
    return fill(search.problem.conditions, order)


def _enter(population: list[tuple[int, Mask]], pairs: int, child: Mask) -> bool:
    """Take the child in unless it is there already or worse than all; the worst, of equals the most alike, leaves."""
    if any(pairs == known and bool((out == child).all()) for known, out in population):
        return False
    population.append((pairs, child))
    if len(population) <= _POPULATION:
        return True
    distance = [min(int((out ^ other).sum()) for _, other in population if other is not out) for _, out in population]
    ranks = np.argsort(np.argsort([-known for known, _ in population])) * 0.6 + np.argsort(np.argsort(distance)) * 0.4
    best = min(range(len(population)), key=lambda i: population[i][0])
    ranks[best] = np.inf
    worst = int(np.argmin(ranks))
    return population.pop(worst)[1] is not child
