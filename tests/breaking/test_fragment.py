"""Plans for few pairs and small components, held against every set of targets on small graphs."""

from __future__ import annotations

import contextlib
import signal
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graphkit.breaking.fragment as fragment_module
from graphkit.breaking import memetic
from graphkit.breaking.at_hand import at_hand
from graphkit.breaking.bounds import counted_bound
from graphkit.breaking.compiling import BOUNDS, COUNTS, SEARCHES, in_time
from graphkit.breaking.exact import prove
from graphkit.breaking.fragment import fragment
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.searching import Best, NoPlan, search
from graphkit.breaking.stoppable import run
from graphkit.breaking.swap import swap_search
from graphkit.breaking.task import task_of
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
    made = draw(conditions(nodes, tied=tied))
    made = made if until is None else replace(made, budget=np.inf)
    return Fragmentation(SimpleGraph.of(nodes, source, target), weight, made, objective, until, 4.0, 3)


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


def searched(problem: Fragmentation) -> tuple[int, ...] | None:
    """The best plan of the search alone."""
    best = Best(None, np.inf, 0.0)
    with contextlib.suppress(NoPlan):
        search(replace(problem, time_limit=0.2), best, time.monotonic() + 60, 1.0)
    return best.hit


def proved(problem: Fragmentation, start: tuple[int, ...]) -> tuple[tuple[int, ...] | None, float]:
    """The plan and the bound of the proof alone."""
    told: list[tuple[Any, ...]] = []
    prove((problem, list(start), 60.0), told.append)
    assert told[-1] == ("optimal",)
    plans = [tuple(each[1]) for each in told if each[0] == "plan"]
    return plans[-1] if plans else None, max(each[1] for each in told if each[0] == "bound")


def holds(problem: Fragmentation) -> None:
    least, found = brute.best(problem), searched(problem)
    plan, bound = proved(problem, found or ())
    if least is None:
        assert plan is None and (found is None or not problem.conditions.fits(found))
        return
    assert plan is not None
    assert problem.conditions.fits(plan) and brute.gauge(problem, plan) == pytest.approx(least)
    assert bound == pytest.approx(least) and counted_bound(problem) <= least + 1e-9
    if found is not None:
        assert problem.conditions.fits(found) and brute.gauge(problem, found) >= least - 1e-9


@FEW
@given(problems(tied=False))
def test_no_set_of_targets_is_better(problem: Fragmentation) -> None:
    holds(problem)


@FEW
@given(problems(tied=True))
def test_no_set_of_tied_targets_is_better(problem: Fragmentation) -> None:
    holds(problem)


@FEW
@given(problems(tied=False))
def test_the_search_alone_finds_the_best_of_few_targets(problem: Fragmentation) -> None:
    budget = 2.0 if problem.until is None else np.inf
    plain = replace(problem, conditions=Conditions.plain(len(problem.graph), budget))
    found = searched(plain)
    assert found is not None and brute.gauge(plain, found) == brute.best(plain)


def test_a_whole_plan() -> None:
    star = SimpleGraph.of(7, np.array([0, 0, 0, 0, 4, 5]), np.array([1, 2, 3, 4, 5, 6]))
    problem = Fragmentation(star, np.ones(7, np.int64), Conditions.plain(7, 2.0), time_limit=10)
    plan = fragment(problem)
    assert (plan.order, plan.gains) == ((0, 5), (18.0, 3.0))
    assert (plan.before, plan.value, plan.bound, plan.optimal, plan.truncated) == (21, 0, 0, True, False)
    assert fragment(problem) == plan


def test_no_plan_where_a_must_is_barred() -> None:
    pair = SimpleGraph.of(2, np.array([0]), np.array([1]))
    barred = replace(Conditions.plain(2, 1.0), allowed=np.array([True, False]), must=(1,))
    with pytest.raises(NoPlan):
        fragment(Fragmentation(pair, np.ones(2, np.int64), barred))


def test_no_plan_where_the_musts_alone_cost_too_much() -> None:
    pair = SimpleGraph.of(2, np.array([0]), np.array([1]))
    dear = Fragmentation(pair, np.ones(2, np.int64), replace(Conditions.plain(2, 1.0), must=(0, 1)))
    with pytest.raises(NoPlan):
        search(dear, Best(None, np.inf, 0.0), time.monotonic() + 60, 1.0)


def test_the_search_by_swaps_ends_where_nothing_can_come_back() -> None:
    path = SimpleGraph.of(4, np.arange(3), np.arange(1, 4))
    given = Conditions.plain(4, 1.0)
    out, may = np.array([True, True, False, False]), np.array([False, False, False, True])
    task = task_of(Fragmentation(path, np.ones(4, np.int64), given))._replace(may=may)
    found, pairs, _ = swap_search(task, out, 10, 1000, 0.5, 1, np.zeros(1, np.int64))
    assert found.tolist() == out.tolist() and pairs == 1


def _large() -> Fragmentation:
    """A ring of 1,500 with chords, whose nodes have about as many neighbours each: degree tells little; and what a plan
    for it needs, compiled.
    """
    in_time((*COUNTS, *SEARCHES["pairs"], *BOUNDS), time.monotonic() + 120)
    nodes, chance = 1500, np.random.default_rng(5)
    ring = np.arange(nodes)
    ends = np.concatenate((ring, chance.integers(nodes, size=300)))
    others = np.concatenate((np.roll(ring, -1), chance.integers(nodes, size=300)))
    return Fragmentation(
        SimpleGraph.of(nodes, ends, others), np.ones(nodes, np.int64), Conditions.plain(nodes, 60.0), time_limit=8.0
    )


@pytest.mark.parametrize("at", ["bound", "search"])
def test_ctrl_c_early_on_a_large_network_leaves_a_plan_better_than_by_degree(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    problem = _large()
    name = {"bound": "spread_bound", "search": "search"}[at]
    monkeypatch.setattr(fragment_module, name, ctrl_c)
    plan = fragment(problem)
    assert plan.truncated and len(plan.order) <= 60
    by_degree = brute.value(problem, at_hand(problem) or ())
    assert plan.value == brute.value(problem, plan.order) < 0.9 * by_degree


def test_ctrl_c_while_swaps_are_at_work_keeps_what_they_found(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, interrupted = _large(), []

    def ctrl_c(*_: object) -> None:
        interrupted.append(True)
        raise KeyboardInterrupt

    def run_and_interrupt(search: Any, given: Any, until: float) -> Any:
        task, out, _, _, *others = given
        endless = task, out, 10**12, 10**12, *others  # on a quick machine swaps would be done before Ctrl-C
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try:
            return run(search, endless, until)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    monkeypatch.setattr(memetic, "run", run_and_interrupt)
    before = signal.signal(signal.SIGALRM, ctrl_c)
    try:
        plan = fragment(problem)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert interrupted == [True] and plan.stopped
    assert plan.truncated and plan.value < 0.9 * brute.value(problem, at_hand(problem) or ())


def test_ctrl_c_before_anything_leaves_a_plan_and_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    problem = _large()
    monkeypatch.setattr(fragment_module, "in_time", ctrl_c)
    plan = fragment(problem)
    assert plan.truncated and set(plan.order) <= set(at_hand(problem) or ())
    assert plan.bound == counted_bound(problem) > 0
