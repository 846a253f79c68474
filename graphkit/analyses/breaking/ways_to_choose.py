"""The ways in which people choose whom to hit, to compare with a plan: by rank, once or worked out anew, and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.fragment import fragment
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.sequential import one_after_another

if TYPE_CHECKING:
    from graphkit.analyses.breaking.flow_without import FlowWithout

Hits = tuple[int, ...]
Way = Callable[[], Hits | Plan]
Values = NDArray[np.float64]
Measure = Callable[[Fragmentation, Sequence[int]], Values]
_RECOMPUTED = 20_000  # nodes, above which betweenness is not worked out anew after every hit


def ways(problem: Fragmentation, count: int, flow: FlowWithout | None) -> tuple[list[tuple[str, Hits]], bool]:
    """The hits of each way to choose so many, and whether these are all: Ctrl-C leaves out those still to come."""
    found = list[tuple[str, Hits]]()
    for name, choose in _ways(problem, count, flow):
        try:
            chosen = choose()
        except KeyboardInterrupt:
            return found, False
        found.append((name, chosen.order if isinstance(chosen, Plan) else chosen))
        if isinstance(chosen, Plan) and chosen.stopped:
            return found, False
    return found, True


def _ways(problem: Fragmentation, count: int, flow: FlowWithout | None) -> Iterator[tuple[str, Way]]:
    rank = partial(_ranked, problem, count)
    yield "degree", partial(rank, _degree, anew=False)
    yield "degree_recomputed", partial(rank, _degree, anew=True)
    if len(problem.graph) <= _RECOMPUTED:
        yield "betweenness", partial(rank, _betweenness, anew=False)
        yield "betweenness_recomputed", partial(rank, _betweenness, anew=True)
    yield "one_after_another", partial(one_after_another, problem, 0.0)
    yield "strike_pairs", partial(fragment, problem)
    yield "strike_largest", partial(fragment, replace(problem, objective="largest"))
    if flow:
        yield "strike_flow", partial(flow.plan, count, problem.time_limit, problem.seed)


def _ranked(problem: Fragmentation, count: int, measure: Measure, *, anew: bool) -> Hits:
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
