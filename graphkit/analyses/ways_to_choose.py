"""The ways in which people choose whom to hit, to compare with a plan: by rank, once or worked out anew, and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.fragment import fragment
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.sequential import one_after_another

if TYPE_CHECKING:
    from graphkit.analyses.flow_without import FlowWithout

Plans = Iterator[tuple[str, tuple[int, ...]]]
Values = NDArray[np.float64]
Measure = Callable[[Fragmentation, Sequence[int]], Values]
_RECOMPUTED = 20_000  # nodes, above which betweenness is not worked out anew after every hit


def ways(problem: Fragmentation, count: int, flow: FlowWithout | None) -> Plans:
    """The hits of each way to choose so many."""
    betweenness = _betweenness if len(problem.graph) <= _RECOMPUTED else None
    yield "degree", _ranked(problem, count, _degree, anew=False)
    yield "degree_recomputed", _ranked(problem, count, _degree, anew=True)
    if betweenness:
        yield "betweenness", _ranked(problem, count, betweenness, anew=False)
        yield "betweenness_recomputed", _ranked(problem, count, betweenness, anew=True)
    yield "one_after_another", one_after_another(problem, 0.0).order
    yield "strike_pairs", fragment(problem).order
    yield "strike_largest", fragment(replace(problem, objective="largest")).order
    if flow:
        yield "strike_flow", flow.plan(count, problem.time_limit, problem.seed)


def _ranked(problem: Fragmentation, count: int, measure: Measure, *, anew: bool) -> tuple[int, ...]:
    """The first so many by a measure, worked out once or anew after every hit; of equal ones the lesser id."""
    hit: list[int] = []
    able = problem.conditions.allowed.copy()
    values = measure(problem, ())
    while len(hit) < count:
        hit.append(int(np.argmax(np.where(able, values, -1.0))))
        able[hit[-1]] = False
        if anew:
            values = measure(problem, hit)
    return tuple(hit)


def _degree(problem: Fragmentation, hit: Sequence[int]) -> Values:
    low, high = _left(problem, hit)
    return np.bincount(np.concatenate((low, high)), minlength=len(problem.graph)).astype(np.float64)


def _betweenness(problem: Fragmentation, hit: Sequence[int]) -> Values:
    from graphkit.centrality.relations import Relations
    from graphkit.centrality.shortest_paths import betweenness

    return betweenness(Relations.of(len(problem.graph), *_left(problem, hit), directed=False)).round(12)


def _left(problem: Fragmentation, hit: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ends of the ties between those who are not hit."""
    mask = np.zeros(len(problem.graph), bool)
    mask[list(hit)] = True
    low, high = problem.graph.ends()
    kept = ~mask[low] & ~mask[high]
    return low[kept], high[kept]
