"""Whoever presses Ctrl-C once wants the answer now: nothing else is begun, and the best so far is told."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphkit.analyses import strike, what_if
from graphkit.analyses.breaking import flow_reasons, flow_robust
from graphkit.analyses.breaking import reasons as strike_reasons
from graphkit.breaking import fragment
from graphkit.breaking.flow import interdiction as flow

PATH: nx.Graph[int] = nx.path_graph(12)
FLOW: nx.DiGraph[str] = nx.DiGraph()
FLOW.add_weighted_edges_from([("s", "a", 3), ("s", "b", 2), ("a", "t", 2), ("b", "t", 2), ("a", "u", 1)])


@pytest.fixture
def ctrl_c(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Ctrl-C in every search, as soon as it begins; who was interrupted."""
    interrupted: list[Any] = []

    def stop(*given: Any) -> None:
        interrupted.append(given)
        raise KeyboardInterrupt

    monkeypatch.setattr(fragment, "in_time", stop)
    monkeypatch.setattr(flow, "reports", stop)
    monkeypatch.setattr(flow_robust, "reports", stop)
    return interrupted


@pytest.mark.parametrize("more", [{"robust": 20}, {"sequential": True}])
@pytest.mark.parametrize("objective", ["pairs", "flow"])
def test_no_other_search_begins(objective: str, more: dict[str, Any], ctrl_c: list[Any]) -> None:
    graph = PATH if objective == "pairs" else FLOW
    found = strike(graph, budget=2, objective=objective, time_limit=60, **more)
    assert len(ctrl_c) == 1
    assert found.rows and found.facts["value"] < found.facts["before"]
    assert found.facts["truncated"] or more == {"sequential": True}  # which is at its end at once


def test_comparing_ends_with_what_has_been_compared(ctrl_c: list[Any]) -> None:
    found = what_if(PATH, budget=2)
    assert len(ctrl_c) == 1
    assert [row["plan"] for row in found.rows][-2:] == ["one_after_another", "strike_pairs"]
    assert any("Stopped" in note for note in found.notes)


@pytest.mark.parametrize("objective", ["pairs", "flow"])
def test_a_plan_is_not_lost_while_its_reasons_are_sought(objective: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(strike_reasons, "_substitute", stop)
    monkeypatch.setattr(flow_reasons.FlowReasons, "_substitute", stop)
    found = strike(PATH if objective == "pairs" else FLOW, budget=2, objective=objective, time_limit=60)
    assert found.facts["optimal"] and found.rows[0]["alone"] > 0 and not found.rows[0]["replaced_by"]
    assert any("no time to find" in note for note in found.notes)
