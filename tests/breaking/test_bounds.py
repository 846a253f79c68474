"""Bounds that need no solver, held against every plan; and plans where there was no time to compile the searches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.interdiction import Case, supply, task
from graphkit.breaking import compiling
from graphkit.breaking import order as order_module
from graphkit.breaking.flow.knapsack import exceeded, grains
from graphkit.breaking.fragment import fragment
from graphkit.breaking.order import objective, ordered
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.spreads import spread_bound
from graphkit.network.simple import SimpleGraph
from tests.breaking import brute
from tests.breaking.test_flow import solved
from tests.breaking.test_fragment import problems

SHORT = 2.0  # seconds, less than compiling takes


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0])), min_size=1, max_size=9),
       st.integers(1, 12))  # fmt: skip
def test_no_plan_exceeds_a_row_that_a_mixture_exceeds(targets: list[tuple[int, float]], limit: int) -> None:
    cost, hit = (np.array(column) for column in zip(*targets, strict=True))
    found = exceeded(cost, limit, hit, np.ones(len(cost)))
    if found is None:
        return
    at, value = found
    assert value @ hit[at] > 1
    plans = (np.arange(1 << len(at))[:, None] >> np.arange(len(at))) & 1
    assert float((plans @ value)[plans @ cost[at] <= limit].max()) <= 1 + 1e-6


def test_costs_that_are_no_multiples_have_no_grain() -> None:
    assert grains(np.array([1.0, np.pi]), 5.0) is None


def test_unequal_costs_within_tight_regions_are_bounded_closely() -> None:
    """Without rows for whole plans the bound stays several hundredths away."""
    plan = solved(task(Case(20_000, 50_000, 60, 6, dearer=True, seconds=120.0), supply(20_000, 50_000, 0)))
    assert plan.gap < 0.005


@settings(max_examples=40, deadline=None)
@given(problems(tied=False))
def test_no_plan_goes_below_the_bound_by_shortest_paths(problem: Fragmentation) -> None:
    least = brute.best(problem)
    assert least is None or spread_bound(problem, np.inf) <= least


def test_the_bound_by_shortest_paths_of_a_grid_is_more_than_nothing() -> None:
    rows, columns = np.divmod(np.arange(400), 20)
    right, below = np.flatnonzero(columns < 19), np.flatnonzero(rows < 19)
    grid = SimpleGraph.of(400, np.concatenate((right, below)), np.concatenate((right + 1, below + 20)))
    problem = Fragmentation(grid, np.ones(400, np.int64), Conditions.plain(400, 10.0))
    assert 79_800 > spread_bound(problem, np.inf) > 30_000
    assert 400 > spread_bound(replace(problem, objective="largest"), np.inf) > 150
    fewest = replace(problem, objective="largest", until=0.1, conditions=Conditions.plain(400, np.inf))
    assert 20 <= spread_bound(fewest, np.inf) <= 60  # two rows and two columns of 20, and more, do it


@pytest.mark.parametrize("goal", ["pairs", "largest"])
@pytest.mark.parametrize("backwards", [True, False])
def test_what_each_hit_takes_away_is_the_same_uncompiled(
    goal: str, backwards: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(4)
    graph = SimpleGraph.of(60, *rng.integers(0, 60, (2, 90)))
    problem = Fragmentation(graph, np.ones(60, np.int64), Conditions.plain(60, 9.0), goal)
    with monkeypatch.context() as late:
        late.setattr(compiling, "_late", set(compiling.COUNTS))
        late.setattr(order_module, "_UNCOMPILED", 0 if backwards else 10**9)
        order, gains = ordered(problem, range(0, 60, 4))
    values = [objective(problem, order[:count]) for count in range(len(order) + 1)]
    assert backwards or (order, gains) == ordered(problem, range(0, 60, 4))
    assert sorted(order) == list(range(0, 60, 4)) and [a - b for a, b in pairwise(values)] == list(gains)


FIRST = """
import json, time
import numpy as np
from graphkit.breaking.fragment import fragment
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.network.simple import SimpleGraph
graph = SimpleGraph.of(900, *np.random.default_rng(1).integers(0, 900, (2, 1500)))
for objective, until in (("pairs", None), ("largest", 0.1)):
    given = Conditions.plain(900, np.inf if until else 20.0)
    begin = time.monotonic()
    plan = fragment(Fragmentation(graph, np.ones(900, np.int64), given, objective, until, {seconds}))
    took = time.monotonic() - begin
    print(json.dumps([took, plan.value, sum(plan.gains), plan.before, len(plan.order), plan.truncated]))
"""


def test_a_short_limit_is_kept_the_first_time_on_a_machine(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST.replace("{seconds}", str(SHORT))]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()
    (took, value, gains, before, hits, truncated), fewest = map(json.loads, told)
    assert took < 1.1 * SHORT + 1.5, "the limit, and a moment for a slow machine"
    assert truncated and hits == 20 and value == before - gains < before
    assert fewest[0] < 1.1 * SHORT + 1.5 and fewest[1] == fewest[4] < 900


def test_the_same_seed_has_the_same_plan_above_what_is_proved() -> None:
    graph = SimpleGraph.of(450, *np.random.default_rng(2).integers(0, 450, (2, 700)))
    problem = Fragmentation(graph, np.ones(450, np.int64), Conditions.plain(450, 40.0), time_limit=1.0, seed=5)
    one, other = (fragment(replace(problem, time_limit=1.0)) for _ in range(2))
    assert one.truncated or other.truncated or one == other
    assert 0 < one.bound <= one.value < one.before
