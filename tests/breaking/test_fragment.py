"""Plans for few pairs and small components, held against every set of targets on small graphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.breaking.fragment import NoPlan, fragment
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.network.simple import SimpleGraph
from tests.breaking import brute

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def problems(draw: st.DrawFn, *, tied: bool) -> Fragmentation:
    nodes = draw(st.integers(2, 8))
    pair = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    ends = draw(st.lists(pair, min_size=1, max_size=14))
    source, target = (np.array(side) for side in zip(*ends, strict=True))
    weight = np.array(draw(st.lists(st.sampled_from([1, 1, 1, 0]), min_size=nodes, max_size=nodes)), np.int64)
    objective = draw(st.sampled_from(["pairs", "largest"]))
    until = draw(st.sampled_from([None, None, 0.3, 0.6])) if objective == "largest" else None
    return Fragmentation(
        SimpleGraph.of(nodes, source, target), weight, draw(conditions(nodes, tied=tied)), objective, until, 4.0, 3
    )


@st.composite
def conditions(draw: st.DrawFn, nodes: int, *, tied: bool) -> Conditions:
    def column(values: list[float]) -> list[float]:
        return draw(st.lists(st.sampled_from(values), min_size=nodes, max_size=nodes))

    node = st.integers(0, nodes - 1)
    sets = st.lists(node, min_size=2, max_size=3, unique=True).map(tuple)
    orders = st.tuples(node, st.lists(node, min_size=1, max_size=2, unique=True).map(tuple))
    return Conditions(
        cost=np.array(column([1.0, 1.0, 2.0, 0.5])),
        budget=draw(st.sampled_from([1.0, 2.0, 3.5, np.inf])),
        group=np.array(column([-1, 0, 1]), np.int32),
        limits=np.array(draw(st.sampled_from([[np.inf, np.inf], [1.0, np.inf], [1.0, 2.0]]))),
        allowed=np.array(column([True, True, True, False]), bool),
        must=tuple(draw(st.lists(node, max_size=1))) if draw(st.booleans()) else (),
        together=tuple(draw(st.lists(sets, max_size=1))) if tied else (),
        after=tuple(each for each in draw(st.lists(orders, max_size=2)) if each[0] not in each[1]) if tied else (),
    )


def holds(problem: Fragmentation) -> None:
    least = brute.best(problem)
    if least is None:
        with pytest.raises(NoPlan):
            fragment(problem)
        return
    plan = fragment(problem)
    assert plan.optimal and plan.value == plan.bound == pytest.approx(least)
    assert problem.conditions.fits(plan.order)
    if problem.until is None:
        assert brute.value(problem, plan.order) == plan.value
        assert sum(plan.gains) == plan.before - plan.value
    else:
        assert max(brute.components(problem, plan.order), default=0) <= problem.most


@FEW
@given(problems(tied=False))
def test_no_set_of_targets_is_better(problem: Fragmentation) -> None:
    holds(problem)


@FEW
@given(problems(tied=True))
def test_no_set_of_tied_targets_is_better(problem: Fragmentation) -> None:
    holds(problem)
