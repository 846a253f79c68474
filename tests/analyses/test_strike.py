"""strike as an investigator asks it: rows, facts, conditions, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from graphkit.analyses import strike, what_if
from graphkit.analyses.breaking.strike import STRIKE
from graphkit.analyses.breaking.taking_out import WHAT_IF
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

# Two rings of three, each round a dealer; the dealers share a courier, who is in custody's reach only through a phone.
STATEMENTS = [
    *(statement(f"person:{i}", "Person", "name", name) for i, name in enumerate("甲乙丙丁戊己庚", 1)),
    statement("person:8", "Person", "status", "detained"),
    statement("phone:+861", "Phone", "number", "+861"),
    statement("phone:+862", "Phone", "number", "+862"),
    statement("place:D1", "Place", "place_id", "D1"),
    statement("region:350000", "Region", "code", "350000"),
    statement("place:D1", "Place", "region", "350102"),
]
ROWS = [
    *(link("SUPPLIED", "person:1", f"person:{i}", f"S{i}", evidence=(f"f#1:{i}",)) for i in (2, 3, 4)),
    *(link("KNOWS", "person:5", f"person:{i}", f"K{i}", evidence=(f"f#2:{i}",)) for i in (6, 7)),
    link("USES", "person:1", "phone:+861", evidence=("f#3:1",)),
    link("USES", "person:5", "phone:+862", evidence=("f#3:2",)),
    link("CALLED", "phone:+861", "phone:+862", "C1", evidence=("f#4:1",)),
    link("CONTROLS", "person:1", "place:D1", evidence=("f#5:1",)),
    link("KNOWS", "person:8", "person:2", "K8", evidence=("f#2:8",)),
    link("KNOWS", "person:8", "person:7", "K9", evidence=("f#2:9",)),
]
CASE = RowsCasefile(STATEMENTS, ROWS)


def asked(**given: Any) -> Answer:
    return STRIKE.ask(CASE, time_limit=60, **{"objective": None if "until" in given else "pairs", **given})


def hits(answer: Answer) -> list[str]:
    return [row["id"] for row in answer.rows]


def test_one_hit_takes_out_the_dealer_and_what_only_he_has() -> None:
    found = asked(budget=1)
    assert hits(found) == ["person:1"]
    promised = {
        "objective": "pairs", "value": 3, "before": 21, "bound": 3, "gap": 0, "optimal": True, "truncated": False,
        "seed": 1,
    }  # fmt: skip
    assert {name: found.facts[name] for name in promised} == promised
    row = found.rows[0]
    assert (row["order"], row["kind"], row["name"], row["cost"], row["gain"]) == (1, "Person", "甲", 1, 18)
    assert row["region"] == "350102"
    assert row["evidence"] == ["f#1:2", "f#1:3", "f#1:4", "f#3:1", "f#4:1", "f#5:1"]


def test_who_is_in_custody_is_out_unless_kept() -> None:
    assert "In custody, so out before it starts: 1." in asked(budget=1).notes
    kept = asked(budget=1, keep_detained=True)
    assert kept.facts["before"] == 28 and kept.facts["value"] > 3


def test_conditions_are_kept() -> None:
    assert hits(asked(budget=1, must_not=["甲"])) == ["person:5"]
    assert "person:6" in hits(asked(budget=2, must=["person:6"]))
    assert set(hits(asked(budget=2, together=["person:1=person:3"]))) != {"person:1", "person:5"}
    after = asked(budget=2, after=["person:1=person:4"])
    assert after.facts["value"] == 3 and ("person:1" not in hits(after) or "person:4" in hits(after))
    assert "person:1" not in hits(asked(budget=2, limit=["350000=0"]))
    assert "person:1" not in hits(asked(budget=2, limit="福建省=0"))
    assert hits(asked(budget=1, cost=["person:1=2"])) == ["person:5"]
    assert asked(budget=4, cost="Person=2").facts["value"] == asked(budget=2).facts["value"]


def test_things_and_links_can_be_hit() -> None:
    calls = asked(budget=1, targets="CALLED")
    assert [(row["kind"], row["gain"]) for row in calls.rows] == [("CALLED", 12)]
    assert calls.rows[0]["evidence"] == ["f#4:1"]
    phones = asked(budget=1, targets=["Phone"])
    assert phones.facts["value"] == 9 and hits(phones)[0].startswith("phone:")


def test_the_fewest_hits() -> None:
    found = asked(until=0.3)
    assert (found.facts["objective"], found.facts["value"], found.facts["optimal"]) == ("largest", 2, True)
    assert len(hits(found)) == 2 and "person:1" in hits(found)


def test_largest_within_a_budget() -> None:
    assert asked(budget=1, objective="largest").facts["value"] == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Give either"),
        ({"budget": 1, "until": 0.1}, "Give either"),
        ({"budget": 0}, "hits nothing"),
        ({"until": 1.5}, "above 0 and below 1"),
        ({"until": 0.1, "objective": "pairs"}, "leave out"),
        ({"budget": 1, "must": ["甲"], "must_not": ["person:1"]}, "must not be hit: person:1"),
        ({"budget": 1, "must": ["甲", "乙"]}, "more than the budget of 1"),
        ({"budget": 3, "must": ["甲"], "limit": ["350000=0"]}, "in 350000 costs 1"),
        ({"budget": 1, "limit": ["350000"]}, "350000=3"),
        ({"budget": 1, "limit": ["350000=x"]}, "needs a number"),
        ({"budget": 1, "limit": ["350000=1", "350100=1"]}, "overlap"),
        ({"budget": 1, "cost": ["Person=nan"]}, "needs a number"),
        ({"budget": 1, "after": ["甲=甲"]}, "twice"),
        ({"budget": 1, "must": ["phone:+861"]}, "--targets Phone"),
        ({"budget": 1, "targets": ["Phonee"]}, "Did you mean Phone"),
        ({"budget": 1, "targets": ["Company"]}, "nothing of these kinds"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said.replace("(", r"\(")) as refused:
        asked(**given)
    assert refused.value.chinese != refused.value.english


def test_what_is_to_be_made_small_where_no_objective_is_named() -> None:
    def chosen(**given: Any) -> str:
        return str(STRIKE.ask(CASE, **{"budget": 1, "time_limit": 60, **given}).facts["objective"])

    assert chosen() == "flow"  # goods were delivered
    assert chosen(budget=None, until=0.5) == "largest"
    assert chosen(kinds=["KNOWS"]) == chosen(node_kinds=["Person"]) == chosen(targets=["Phone"]) == "pairs"
    assert strike(nx.star_graph(5), budget=1, time_limit=60).facts["objective"] == "pairs"


def test_unknown_names_are_refused() -> None:
    with pytest.raises(NotFound):
        asked(budget=1, must=["nobody"])
    with pytest.raises(NotFound):
        asked(budget=1, limit=["999999x=1"])


def test_a_budget_for_everything_is_said() -> None:
    found = asked(budget=100)
    assert found.facts["value"] == 0 and "pays for every target" in found.notes[1]


def test_why_each_target_is_in_the_plan() -> None:
    found = asked(budget=2, must=["person:1", "person:5"])
    first, second = found.rows
    assert (first["id"], first["alone"], first["left_out"]) == ("person:1", 18, 6)
    assert (second["id"], second["alone"], second["left_out"]) == ("person:5", 15, 3)
    assert second["replaced_by"] == ""  # nobody can stand in for what must be hit
    free = asked(budget=1).rows[0]
    assert (free["replaced_by"], free["replaced_by_name"], free["replaced"]) == ("person:5", "戊", 6)
    there = found.facts["by_region"][-1]
    assert (there["region"], there["hits"], there["cost"], there["ids"]) == ("350102", 1, 1.0, ["person:1"])
    assert (there["orders"], there["names"], there["evidence"]) == ([1], ["甲"], first["evidence"])


def test_successors_take_over_customers_and_suppliers() -> None:
    graph = nx.Graph([("boss", "a"), ("boss", "b"), ("boss", "c"), ("heir", "a"), ("heir", "b")])
    row = strike(graph, budget=1, must=["boss"], time_limit=60)
    assert row.rows[0]["successor"] == "heir"
    assert row.facts["value"] == 3 and row.facts["after_successors"] == 6


def test_what_stands_on_doubtful_evidence_is_said() -> None:
    weak = [replace(each, properties={"reliability": "E"}) if each.kind == "CALLED" else each for each in ROWS]
    firm = STRIKE.ask(RowsCasefile(STATEMENTS, weak), objective="pairs", budget=1, time_limit=60).facts["firm"]
    assert (firm["links"], firm["before"], firm["value"]) == (1, 9, 3)
    assert firm["ungraded"] == len(ROWS) - 3  # two links are of the one in custody


def test_robust_and_sequential_plans() -> None:
    drawn = asked(budget=1, robust=4, seed=2).facts["robust"]
    assert drawn["samples"] == 4 and drawn["least"] <= drawn["mean"] <= drawn["most"]
    one_by_one = asked(budget=2, sequential=True)
    assert one_by_one.facts["value"] >= one_by_one.facts["one_night"] == asked(budget=2).facts["value"]
    with pytest.raises(RequestError, match="robust"):
        asked(until=0.2, robust=3)


def test_what_if_compares_without_changing_anything() -> None:
    before = CASE.store.revision()
    found = WHAT_IF.ask(CASE, out=["甲"], budget=1, time_limit=20)
    plans = {row["plan"]: row for row in found.rows}
    assert plans["nothing"]["pairs"] == 21 and plans["asked"]["pairs"] == 3 and plans["asked"]["largest"] == 3
    assert plans["strike_pairs"]["pairs"] == 3 <= plans["degree_recomputed"]["pairs"]
    assert CASE.store.revision() == before
    with pytest.raises(RequestError, match="--out"):
        WHAT_IF.ask(CASE)


def test_an_empty_network_is_refused() -> None:
    with pytest.raises(RequestError, match="no network"):
        STRIKE.ask(RowsCasefile([], []), budget=1)


def test_on_a_networkx_graph() -> None:
    found = strike(nx.star_graph(5), budget=1, time_limit=60)
    assert found.rows[0]["id"] == "0" and found.facts["value"] == 0 and found.rows[0]["evidence"] == []
    loose = nx.Graph([("a", "a"), ("b", "b")])
    assert strike(loose, budget=1, time_limit=60).facts["before"] == 0


def test_the_same_seed_gives_the_same_plan_whatever_the_order_of_rows() -> None:
    turned = RowsCasefile(STATEMENTS[::-1], ROWS[::-1])
    assert STRIKE.ask(turned, objective="pairs", budget=2, time_limit=60).rows == asked(budget=2).rows


def with_regions() -> nx.Graph[int]:
    """Two stars with one tie between them, each in a province of its own; of one leaf it is not known where it is."""
    graph: nx.Graph[int] = nx.Graph([(0, 1), (0, 2), (0, 3), (0, 4), (5, 6), (5, 7), (5, 8), (5, 9), (0, 5)])
    for node in range(9):
        graph.nodes[node]["region"] = "福建省" if node < 5 else 440103
    return graph


def test_nodes_of_a_networkx_graph_can_tell_their_region() -> None:
    free = strike(with_regions(), budget=2, objective="pairs", time_limit=5)
    assert [row["id"] for row in free.rows] == ["0", "5"]
    bound = strike(with_regions(), budget=2, objective="pairs", time_limit=5, limit={"广东省": 0})
    assert [(row["id"], row["region"]) for row in bound.rows] == [("0", "350000"), ("9", "")]
    assert any("1 of the 10 targets" in note for note in bound.notes)
    assert bound.facts["value"] == 6


def test_a_limit_that_binds_nobody_is_said_and_one_of_no_division_refused() -> None:
    named = strike(with_regions(), budget=1, objective="pairs", time_limit=5, limit=["Fujian=0"])
    assert [row["id"] for row in named.rows] == ["5"]
    idle = strike(with_regions(), budget=1, objective="pairs", time_limit=5, limit=["110000=1"])
    assert any("binds nothing" in note for note in idle.notes)
    with pytest.raises(NotFound, match="No division 999999"):
        strike(with_regions(), budget=1, time_limit=5, limit=["999999=1"])


def test_names_costs_and_pairs_as_python_has_them() -> None:
    found = strike(
        with_regions(), budget=2.5, objective="pairs", time_limit=5, must=0, must_not=[5], cost={6: 0.5},
        together=[(6, 7)], limit=(("福建省", 1),),
    )  # fmt: skip
    assert {row["id"] for row in found.rows} >= {"0"} and "5" not in {row["id"] for row in found.rows}
    assert found.parameters["cost"] == ["6=0.5"] and found.parameters["together"] == ["6=7"]


def test_nodes_may_be_tuples_and_sets_of_them_plans() -> None:
    grid = nx.grid_2d_graph(3, 3)
    found = strike(grid, budget=2, objective="pairs", time_limit=5, must=[(1, 1)], together=[((0, 1), (1, 0))])
    assert "(1, 1)" in {row["id"] for row in found.rows}
    assert strike(grid, budget=1, objective="pairs", time_limit=5, without=[(1, 1)]).facts["before"] == 28
    rows = what_if(grid, plans={"middle": [(1, 1)], "corner": {(0, 1), (1, 0)}}, out=[(0, 0)]).rows
    assert {row["plan"]: row["pairs"] for row in rows} == {"nothing": 36, "asked": 28, "middle": 28, "corner": 15}


def test_nodes_of_a_plain_graph_can_be_in_custody() -> None:
    graph = nx.path_graph(6)
    graph.nodes[2]["status"] = "arrested"
    found = strike(graph, budget=1, objective="pairs", time_limit=5)
    assert found.facts["before"] == 4 and any("custody" in note for note in found.notes)
    assert strike(graph, budget=1, objective="pairs", time_limit=5, keep_detained=True).facts["before"] == 15


def test_capacities_of_a_networkx_graph_are_what_flows() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    links = [("s", "a", 3), ("a", "t", 2), ("s", "t", 1), ("s", "b", 2), ("b", "t", 2)]
    graph.add_weighted_edges_from(links, "capacity")
    found = strike(graph, budget=1, objective="flow", origins="s", ends="t", headroom=1.0, must_not=["s", "t"])
    assert found.facts["before"] == nx.maximum_flow_value(graph, "s", "t") == 5
    assert found.facts["value"] == 3
