"""Leaving targets out of a knapsack must lose nothing, and must make it small."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.breaking.flow.candidates import needed
from graphkit.breaking.flow.hits import most
from graphkit.breaking.flow.rows import Rows, rows_of
from graphkit.breaking.problem import Conditions


@st.composite
def knapsacks(draw: st.DrawFn) -> tuple[Rows, np.ndarray]:
    """Up to eight targets with costs, worths, regions, some hit together or after others."""
    count = draw(st.integers(1, 8))
    several = st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0]), min_size=count, max_size=count)
    place = st.integers(0, count - 1)
    conditions = Conditions(
        cost=np.array(draw(several)),
        budget=draw(st.sampled_from([1.0, 2.0, 3.5])),
        group=np.array(draw(st.lists(st.integers(-1, 1), min_size=count, max_size=count)), np.int32),
        limits=np.array([draw(st.sampled_from([0.0, 1.0, 2.0])), 1.5]),
        allowed=np.ones(count, bool),
        must=(),
        together=tuple(draw(st.lists(st.tuples(place, place).filter(lambda two: two[0] != two[1]), max_size=1))),
        after=tuple((one, (other,)) for one, other in draw(st.lists(st.tuples(place, place), max_size=1))),
    )
    rows = rows_of(conditions)
    worth = draw(st.lists(st.integers(0, 4), min_size=len(rows.low), max_size=len(rows.low)))
    return rows, np.array(worth, float)


@settings(max_examples=150, deadline=None)
@given(knapsacks())
def test_the_best_plan_needs_no_target_that_is_left_out(task: tuple[Rows, np.ndarray]) -> None:
    rows, worth = task
    plans = [np.array(plan, bool) for plan in product((False, True), repeat=len(worth))]
    allowed = [plan for plan in plans if rows.fits(plan)]
    without = [plan for plan in allowed if not (plan & ~needed(rows, worth)).any()]
    assert max(worth[plan].sum() for plan in without) == max(worth[plan].sum() for plan in allowed)


def test_of_many_alike_only_the_few_that_fit_are_left() -> None:
    random = np.random.default_rng(5)
    count, limits = 30_000, np.full(31, 3.0)
    conditions = Conditions(
        cost=np.ones(count), budget=10.0, group=random.integers(0, 31, count).astype(np.int32), limits=limits,
        allowed=np.ones(count, bool), must=(), together=(), after=(),
    )  # fmt: skip
    rows, worth = rows_of(conditions), random.integers(1, 100, count).astype(float)
    left = needed(rows, worth)
    assert left.sum() == 31 * 3
    hit = most(rows, worth, rows.low, rows.high)
    assert hit is not None
    best = [np.sort(worth[conditions.group == region])[-3:] for region in range(31)]
    assert worth[hit].sum() == np.sort(np.concatenate(best))[-10:].sum()
