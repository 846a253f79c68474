"""Nobody is hit for nothing, and who wants the answer at once gets a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from graphkit.breaking import fragment as module
from graphkit.breaking.fragment import fragment
from graphkit.breaking.idle import without_idle
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.searching import NoPlan
from graphkit.network.simple import SimpleGraph
from tests.breaking import brute
from tests.breaking.test_fragment import FEW, problems


def achieved(problem: Fragmentation, hit: tuple[int, ...]) -> tuple[float, ...]:
    """What a plan is for: with `until` whether it gets there, else the pairs, and the largest component."""
    found = brute.components(problem, hit)
    if problem.until is not None:
        return (float(max(found, default=0) <= problem.most),)
    pairs = sum(size * (size - 1) // 2 for size in found)
    return (pairs, max(found, default=0)) if problem.objective == "largest" else (pairs,)


@FEW
@given(problems(tied=False))
def test_without_any_one_hit_the_plan_achieves_less(problem: Fragmentation) -> None:
    allowed = np.flatnonzero(problem.conditions.allowed).tolist()
    hit = tuple(allowed)
    if problem.until is not None and not achieved(problem, hit)[0]:
        return
    kept = without_idle(problem, hit)
    assert achieved(problem, kept) == achieved(problem, hit)
    for each in set(kept) - set(problem.conditions.must):
        assert achieved(problem, tuple(set(kept) - {each})) != achieved(problem, kept)


@FEW
@given(problems(tied=True))
def test_what_is_tied_stays_whole(problem: Fragmentation) -> None:
    for hit in ((), tuple(range(len(problem.graph)))):
        free = replace(problem, until=None)
        if free.conditions.fits(hit):
            kept = without_idle(free, hit)
            assert free.conditions.fits(kept)
            assert brute.value(free, kept) == brute.value(free, hit)


def test_a_budget_for_more_than_it_takes_is_not_spent() -> None:
    star = SimpleGraph.of(9, np.zeros(8, int), np.arange(1, 9))
    problem = Fragmentation(star, np.ones(9, np.int64), Conditions.plain(9, 4), time_limit=5.0)
    assert fragment(problem).order == (0,)
    assert fragment(replace(problem, objective="largest")).order == (0,)


@pytest.mark.parametrize("objective", ["pairs", "largest", "until"])
def test_ctrl_c_before_the_search_has_begun_gives_a_plan(objective: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "in_time", stop)
    path = SimpleGraph.of(30, np.arange(29), np.arange(1, 30))
    given_ = Conditions.plain(30, 3) if objective != "until" else replace(Conditions.plain(30, 3), budget=np.inf)
    until = 0.2 if objective == "until" else None
    kind = "pairs" if objective == "pairs" else "largest"
    problem = Fragmentation(path, np.ones(30, np.int64), given_, kind, until, 5.0)
    plan = fragment(problem)
    assert plan.truncated and plan.order and plan.bound <= plan.value
    assert until is None or max(brute.components(problem, plan.order)) <= problem.most


def test_no_plan_found_in_time_is_not_said_to_be_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "in_time", stop)
    monkeypatch.setattr(module, "at_hand", lambda _: None)
    pair = SimpleGraph.of(2, np.array([0]), np.array([1]))
    with pytest.raises(NoPlan) as none:
        fragment(Fragmentation(pair, np.ones(2, np.int64), Conditions.plain(2, 1)))
    assert not none.value.sure
