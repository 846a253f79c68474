"""What no plan can fall below, by counting: cheap, for networks of any size."""

from __future__ import annotations

import numpy as np

from graphkit.breaking.components import sizes
from graphkit.breaking.problem import Fragmentation


def counted_bound(problem: Fragmentation) -> float:
    """A bound on the objective, or with `until` on the cost.

    A node of d neighbours leaves at most d parts of the one it was in, so that with the affordable nodes of most
    neighbours hit there are at most so many components; of that many, equal ones have fewest pairs.
    """
    graph, weight, given = problem.graph, problem.weight, problem.conditions
    out = np.zeros(len(graph), bool)
    before = len(sizes(graph.indptr, graph.neighbour, weight, out))
    able = np.flatnonzero(given.allowed)
    if not len(able):
        return _even(int(weight.sum()), before, problem.objective) if problem.until is None else 0.0
    parts = np.sort(np.maximum(graph.degree[able] - 1, 0))[::-1]
    if problem.until is not None:
        return _fewest(problem, before, parts)
    hits = affordable(problem, able)
    actors = int(weight.sum()) - min(hits, int(weight[able].sum()))
    return _even(actors, before + int(parts[:hits].sum()), problem.objective)


def affordable(problem: Fragmentation, able: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """How many of these the budget can buy at most."""
    spent = np.cumsum(np.sort(problem.conditions.cost[able]))
    return int(np.searchsorted(spent, problem.conditions.budget + 1e-9, side="right"))


def _even(actors: int, parts: int, objective: str) -> float:
    """The objective with so many actors in so many parts as equal as can be."""
    if parts <= 0 or actors <= 0:
        return 0.0
    small, more = divmod(actors, parts)
    if objective == "largest":
        return float(small + (more > 0))
    return float(more * (small + 1) * small // 2 + (parts - more) * small * (small - 1) // 2)


def _fewest(problem: Fragmentation, before: int, parts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
    """The least cost of so many hits that there can be components enough for all actors."""
    cost = np.sort(problem.conditions.cost[problem.conditions.allowed])
    actors, most = int(problem.weight.sum()), max(problem.most, 1)
    hits = np.arange(len(parts) + 1)
    room = (before + np.concatenate(([0], np.cumsum(parts)))) * most
    enough = np.flatnonzero(room >= actors - hits)
    return float(cost[: int(enough[0])].sum()) if len(enough) else 0.0
