"""One hit after another: each is the best that the conditions then allow, held against every choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from graphkit.breaking.flow.interdiction import Interdiction
from graphkit.breaking.flow.sequential import one_after_another as on_a_flow
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.searching import NoPlan
from graphkit.breaking.sequential import one_after_another
from graphkit.breaking.units import ready, units
from graphkit.errors import RequestError
from graphkit.network.simple import SimpleGraph
from tests.breaking import brute
from tests.breaking.test_fragment import FEW, problems


def left(problem: Fragmentation, hit: tuple[int, ...]) -> tuple[float, ...]:
    found = brute.components(problem, hit)
    pairs = sum(size * (size - 1) // 2 for size in found)
    return (pairs,) if problem.objective == "pairs" else (max(found, default=0), pairs)


@FEW
@given(problems(tied=True))
def test_each_hit_leaves_least_of_those_that_can_be_hit_then(problem: Fragmentation) -> None:
    problem = replace(problem, conditions=replace(problem.conditions, must=()))
    try:
        plan = one_after_another(problem, 0.0)
    except NoPlan:
        assert problem.until is not None
        return
    given_, hit = problem.conditions, tuple[int, ...]()
    assert given_.fits(plan.order)
    while len(hit) < len(plan.order):
        able = [unit for unit in units(given_) if ready(given_, unit, hit)]
        taken = next(unit for unit in able if set(unit) == set(plan.order[len(hit) : len(hit) + len(unit)]))
        assert left(problem, (*hit, *taken)) == min(left(problem, (*hit, *unit)) for unit in able)
        hit += taken
    if problem.until is None:
        able = [unit for unit in units(given_) if ready(given_, unit, hit)]
        assert all(left(problem, (*hit, *unit)) >= left(problem, hit) for unit in able)
        assert plan.value == brute.value(problem, plan.order)
    else:
        assert max(brute.components(problem, plan.order), default=0) <= problem.most


@FEW
@given(problems(tied=True))
def test_musts_are_hit_after_their_subordinates(problem: Fragmentation) -> None:
    try:
        plan = one_after_another(replace(problem, until=None), 0.0)
    except NoPlan:
        return
    assert problem.conditions.fits(plan.order)
    for high, low in problem.conditions.after:
        if high in plan.order:
            unit = next(unit for unit in units(problem.conditions) if high in unit)
            before = set(plan.order[: plan.order.index(high)]) | set(unit)
            assert before & set(low)


def test_the_largest_component_is_made_small_even_where_pairs_would_choose_another() -> None:
    """Node 0 leaves 4 + 4 + 1, node 5 six and singles: fewer pairs, but a larger largest component."""
    edges = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 7), (5, 8), (5, 9), (5, 10), (5, 11), (5, 12)]
    source, target = (np.array(side) for side in zip(*edges, strict=True))
    graph = SimpleGraph.of(13, source, target)
    problem = Fragmentation(graph, np.ones(13, np.int64), Conditions.plain(13, 1), "largest")
    best = min(brute.value(problem, (node,)) for node in range(13))
    assert one_after_another(problem, 0.0).value == best


def test_precedence_and_pairs_on_a_flow() -> None:
    links = [(0, 1, 6.0), (0, 2, 6.0), (0, 3, 1.0), (1, 4, 5.0), (2, 4, 4.0), (3, 4, 1.0)]
    tied = replace(Conditions.plain(3, budget=2), after=((0, (2,)),))
    task = Interdiction.of(5, links, [0], [4], tied, targets=[[1], [2], [3]])
    assert on_a_flow(task, 0.0, np.inf).order == (1, 2)  # target 0 waits for 2, and then there is no budget for it
    more = replace(task, conditions=replace(tied, budget=3))
    assert on_a_flow(more, 0.0, np.inf).order == (1, 2, 0)
    both = replace(task, conditions=replace(Conditions.plain(3, budget=2), together=((0, 2),)))
    assert set(on_a_flow(both, 0.0, np.inf).order) == {0, 2}
    circle = replace(Conditions.plain(3, budget=3), after=((0, (1,)), (1, (0,))), must=(0,))
    with pytest.raises(RequestError, match="one after another"):
        on_a_flow(replace(task, conditions=circle), 0.0, np.inf)
