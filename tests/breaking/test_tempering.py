"""Replica exchange: what it finds on a ring, and that its plans keep to the budget."""

from __future__ import annotations

import numpy as np
import pytest

from graphkit.breaking.cooling import Cooling
from graphkit.breaking.memetic import few_pairs
from graphkit.breaking.population import fill
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.task import task_of
from graphkit.breaking.tempering import Tempering
from graphkit.network.simple import SimpleGraph


def ring(nodes: int, hits: int, seconds: float = 1.0) -> Fragmentation:
    """Each actor knows the two next on either side: two neighbours make a cut, and equal arcs are best."""
    at = np.arange(nodes)
    graph = SimpleGraph.of(nodes, np.concatenate((at, at)), np.concatenate(((at + 1) % nodes, (at + 2) % nodes)))
    return Fragmentation(graph, np.ones(nodes, np.int64), Conditions.plain(nodes, hits), "pairs", None, seconds, 1)


def test_the_best_met_keeps_to_the_budget_where_the_replicas_need_not() -> None:
    problem = ring(48, 8)
    rng = np.random.default_rng(1)
    starts = [fill(problem.conditions, rng.permutation(48)) for _ in range(6)]
    tempering = Tempering(task_of(problem), Cooling(40.0, 2.0, 9.0), starts, 1.0, rng)
    found = [out for _ in range(20) if (out := tempering.round(np.inf)) is not None]
    assert found and all(out.sum() <= 8 for out in found)
    assert max(int(plan.sum()) for plan in tempering.plans) <= 10


def test_a_search_with_work_to_spare_goes_on_by_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rounds, once = ring(24, 4, 4.0), list[int](), Tempering.round
    monkeypatch.setattr(Tempering, "round", lambda self, until: rounds.append(len(self.plans)) or once(self, until))
    out, pairs, stopped = few_pairs(problem, np.inf, fill(problem.conditions, np.arange(24)))
    assert (int(out.sum()), pairs, stopped) == (4, 2 * 45, False)
    assert len(rounds) > 50 and set(rounds) == {12}
