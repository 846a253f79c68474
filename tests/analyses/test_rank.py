"""Ranking: the measures on networks of any kind, roles on a small supply, change over time, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import graphkit
from graphkit import analyses
from graphkit.analyses.actors.actors import actor_graph
from graphkit.analyses.actors.ranking import RANK
from graphkit.analyses.actors.ties import ties
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Row
from graphkit.network.network import Network
from graphkit.store.base import Link, Statement
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import MemoryStore, link, statement

CAVEAT = "does not prove"


def named(kind: str, *nodes: str) -> list[Statement]:
    return [statement(node, kind, "name", node.partition(":")[2]) for node in nodes]


# A den makes, a wholesaler spreads, two shops sell, one buyer is known; a mule moves the money; a courier carries.
PEOPLE = named("Person", *(f"person:{name}" for name in ("maker", "agent", "shop1", "shop2", "buyer", "mule", "boss")))
STATEMENTS = [
    *PEOPLE,
    *named("Company", "company:registered", "company:courier"),
    statement("company:registered", "Company", "type", "manufacturer"),
    statement("place:den", "Place", "type", "storage"),
    statement("transformation:1", "Transformation", "number", "1"),
    *(statement(f"account:{i}", "Account", "number", str(i)) for i in (1, 2, 3)),
    statement("phone:1", "Phone", "number", "1"),
    statement("region:1", "Region", "code", "1"),
    statement("seizure:1", "Seizure", "number", "1"),
]
LINKS = [
    link("CONTROLS", "person:maker", "place:den"),
    link("DONE_AT", "transformation:1", "place:den", on="2024-01-02"),
    link("SUPPLIED", "person:maker", "person:agent", "1", on="2024-01-05", quantity=100.0, unit="box"),
    link("SUPPLIED", "person:maker", "person:agent", "2", on="2024-02-05", quantity=100.0, unit="box"),
    link("SUPPLIED", "person:agent", "person:shop1", "3", on="2024-01-10", quantity=50.0, unit="box"),
    link("SUPPLIED", "person:agent", "person:shop2", "4", on="2024-03-10", quantity=50.0, unit="box"),
    link("SUPPLIED", "person:shop1", "person:buyer", "5", on="2024-03-11", quantity=1.0, unit="box"),
    link("SUPPLIED", "company:registered", "person:maker", "6", on="2024-01-01", quantity=9.0, unit="kg"),
    link("SHIPPED", "person:agent", "person:shop1", "7", on="2024-01-10", properties={"carrier": "courier"}),
    link("PAID", "account:1", "account:2", "8", on="2024-01-12", amount=1000.0, currency="CNY"),
    link("PAID", "account:2", "account:3", "9", on="2024-01-13", amount=900.0, currency="CNY"),
    link("HOLDS", "person:shop1", "account:1"),
    link("HOLDS", "person:mule", "account:2"),
    link("HOLDS", "person:boss", "account:3"),
    link("USES", "person:boss", "phone:1"),
    link("USES", "person:maker", "phone:1"),
    link("IN_REGION", "place:den", "region:1"),
    link("SEIZED_FROM", "seizure:1", "person:shop1", on="2024-03-01"),
]
CASE = RowsCasefile(STATEMENTS, LINKS)


def ranked(**asked: Any) -> dict[str, Row]:
    rows = RANK.ask(CASE, **asked).rows
    return {row["id"].partition(":")[2]: row for row in rows}


def test_roles_follow_from_the_flows_with_reason_and_rows() -> None:
    rows = ranked()
    assert {name: row["role"] for name, row in rows.items()} == {
        "maker": "maker", "agent": "wholesaler", "shop1": "retailer", "shop2": "buyer", "buyer": "buyer",
        "mule": "money handler", "boss": None, "registered": "maker", "courier": "carrier",
    }  # fmt: skip
    assert rows["agent"]["reason"] == "supplied by 1; supplies 2, of whom 1 supply others"
    assert all(
        row["reason"] and row["evidence"] for row in rows.values() if row["role"] and row["name"] != "registered"
    )
    paid = {one for each in LINKS if each.kind == "PAID" for one in each.evidence}
    assert paid <= set(rows["mule"]["evidence"])
    assert "place:den" in rows["maker"]["reason"]


def test_who_supplies_and_is_supplied_by_nobody_known_is_a_source() -> None:
    links = [each for each in LINKS if each.kind == "SUPPLIED" and each.source != "company:registered"]
    rows = {row["id"]: row for row in RANK.ask(RowsCasefile(STATEMENTS, links)).rows}
    assert rows["person:maker"]["role"] == "source"


def test_entries_of_one_name_and_phone_are_one_actor() -> None:
    """Ledgers name the agent without an id; his phone tells that he is the one."""
    known = [*STATEMENTS, *named("Party", "party:f:agent"), statement("party:f:agent", "Party", "name", "agent")]
    split = [
        link("SUPPLIED", "party:f:agent", "person:shop1", "3") if each.link == "SUPPLIED:3" else each for each in LINKS
    ]
    tied = [link("USES", end, "phone:9") for end in ("party:f:agent", "person:agent")]
    known = [one for one in known if not (one.node == "party:f:agent" and one.value == "f:agent")]
    case = RowsCasefile([*known, statement("phone:9", "Phone", "number", "9")], [*split, *tied])
    roles = {row["id"]: row["role"] for row in RANK.ask(case).rows}
    assert roles["person:agent"] == "wholesaler" and "party:f:agent" not in roles
    apart = RowsCasefile([*known, statement("phone:9", "Phone", "number", "9")], [*split, tied[0]])
    assert {row["id"]: row["role"] for row in RANK.ask(apart).rows}["party:f:agent"] != "wholesaler"


def test_actors_are_tied_by_what_they_have_and_by_what_passes_between_it() -> None:
    network = CASE.network()
    found = ties(network, actor_graph(network))
    ids = network.ids.take(found.nodes)
    pairs = {
        (ids[a], ids[b]): (weight, both)
        for a, b, weight, both in zip(
            found.source.tolist(), found.target.tolist(), found.weight.tolist(), found.both_ways.tolist(), strict=True
        )
    }
    assert pairs["person:shop1", "person:mule"] == (1.0, False)  # his account paid the other's
    assert pairs["person:boss", "person:maker"] == (1.0, True)  # one phone
    assert not any("region" in end or "place" in end for pair in pairs for end in pair)
    relations = found.relations(directed=True)
    assert relations.links == len({*pairs, ("person:maker", "person:boss")})


def test_what_a_thing_shared_by_several_is_worth() -> None:
    people = named("Person", "person:a", "person:b", "person:c")
    links = [link("USES", one.node, "phone:1") for one in people]
    case = RowsCasefile([*people, statement("phone:1", "Phone", "number", "1")], links)
    rows = RANK.ask(case, by="weighted_degree").rows
    assert [row["value"] for row in rows] == [1.0, 1.0, 1.0]
    assert [row["rank"] for row in rows] == [1, 1, 1]
    rows = RANK.ask(case, by="degree", hub_size=2).rows
    assert [row["value"] for row in rows] == [0.0] * 3


def test_kinds_times_and_who_is_left_out() -> None:
    assert ranked(by="weighted_degree", kinds=["SUPPLIED"])["agent"]["value"] == 4
    assert ranked(by="weighted_degree", kinds=["SUPPLIED"], until="2024-01-31")["agent"]["value"] == 2
    assert ranked(by="weighted_degree", kinds=["SUPPLIED"], since="2024-03-10")["agent"]["value"] == 1
    assert "agent" not in ranked(without=["person:agent"])
    phones = ranked(by="degree", node_kinds=["Person", "Phone"])
    assert phones["1"]["kind"] == "Phone" and phones["1"]["value"] > 0


def test_direction_counts_only_where_asked_for() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    for directed in (False, True):
        expected = nx.betweenness_centrality(graph if directed else graph.to_undirected())
        found = analyses.rank(graph, directed=directed)
        assert {row["id"]: row["value"] for row in found.rows} == expected


def test_a_link_that_holds_both_ways_does_so_in_a_directed_network() -> None:
    people = named("Person", "person:a", "person:b", "person:c")
    links = [link("KNOWS", "person:b", "person:a"), link("SUPPLIED", "person:b", "person:c", "1")]
    rows = RANK.ask(RowsCasefile(people, links), directed=True).rows
    assert {row["id"]: row["value"] for row in rows} == {"person:a": 0.0, "person:b": 0.5, "person:c": 0.0}


@pytest.mark.parametrize(
    ("by", "peer"),
    [
        ("betweenness", nx.betweenness_centrality),
        ("closeness", nx.closeness_centrality),
        ("degree", nx.degree_centrality),
    ],
)
def test_on_a_networkx_graph_as_networkx_has_it(by: str, peer: Any) -> None:
    graph = nx.karate_club_graph()
    answer = analyses.rank(graph, by=by)
    expected = peer(graph)
    assert {row["id"]: pytest.approx(row["value"]) for row in answer.rows} == {str(n): v for n, v in expected.items()}
    values = [row["value"] for row in answer.rows]
    assert values == sorted(values, reverse=True)
    assert any(CAVEAT in note for note in answer.notes)
    assert (answer.facts["actors"], answer.facts["ties"], answer.facts["method"]) == (34, 78, "exact")


def test_brokers_with_the_least_constraint_stand_first_and_those_alone_last() -> None:
    graph = nx.star_graph(4)
    graph.add_node("alone")
    rows = analyses.rank(graph, by="constraint").rows
    assert (rows[0]["id"], rows[0]["value"]) == ("0", 0.25)
    assert (rows[-1]["id"], rows[-1]["value"]) == ("alone", None)


def test_bridges_are_rows_with_both_ends() -> None:
    answer = RANK.ask(CASE, by="bridges", kinds=["SUPPLIED"])
    rows = {(row["id"], row["other"]): row for row in answer.rows}
    assert len(rows) == 5
    bridge = rows["person:agent", "person:maker"]
    assert bridge["value"] == 2 * 4 and answer.rows[0] == bridge
    supplies = [each for each in LINKS if each.link in ("SUPPLIED:1", "SUPPLIED:2")]
    assert bridge["evidence"] == sorted(one for each in supplies for one in each.evidence)
    assert [column.name for column in answer.columns][:2] == ["rank", "id"]


def test_cut_vertices_alone_are_listed() -> None:
    rows = RANK.ask(CASE, by="articulation-points", kinds=["SUPPLIED"]).rows
    assert [(row["name"], row["value"]) for row in rows] == [("agent", 8), ("maker", 4), ("shop1", 4)]


def test_how_ranks_change_between_periods() -> None:
    answer = RANK.ask(CASE, by="weighted_degree", kinds=["SUPPLIED"], period="month")
    rows = {(row["period"], row["name"]): row for row in answer.rows}
    assert [row["name"] for row in answer.rows if row["period"] == "2024-02"] == ["agent", "maker"]
    assert {period for period, _ in rows} == {"2024-01", "2024-02", "2024-03"}
    assert rows["2024-01", "maker"]["rank"] == 1 and rows["2024-01", "maker"]["change"] is None
    assert rows["2024-03", "shop1"]["change"] is None  # he had no tie in February
    assert rows["2024-03", "agent"]["change"] == 0
    assert ("2024-03", "maker") not in rows


def test_how_ranks_change_after_each_seizure() -> None:
    answer = RANK.ask(CASE, by="weighted_degree", kinds=["SUPPLIED"], after_seizures=True)
    rows = {(row["period"], row["name"]): row for row in answer.rows}
    assert {period for period, _ in rows} == {"../2024-03-01", "2024-03-01/.."}
    before, after = rows["../2024-03-01", "shop1"], rows["2024-03-01/..", "shop1"]
    assert (before["value"], after["value"]) == (1, 1) and after["change"] == before["rank"] - after["rank"]
    assert "maker" not in {name for period, name in rows if period == "2024-03-01/.."}


def test_at_most_so_many_are_listed_and_the_rest_is_said() -> None:
    answer = analyses.rank(nx.path_graph(5), limit=2)
    assert len(answer.rows) == 2
    assert any("2 of 5" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"by": "betweeness"}, "Did you mean betweenness"),
        ({"by": "degree", "weighted": True}, "weighted_degree"),
        ({"by": "bridges", "period": "month"}, "over time"),
        ({"period": "month", "after_seizures": True}, "either"),
        ({"kinds": ["SUPLIED"]}, "SUPPLIED"),
        ({"node_kinds": ["Persn"]}, "Person"),
        ({"since": "soon"}, "since"),
        ({"since": "2024-02-01", "until": "2024-01-01"}, "later than"),
        ({"limit": 0}, "at least 1"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_nearest_fix(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(RequestError, match=told):
        RANK.ask(CASE, **asked)


def test_networks_that_a_measure_does_not_fit() -> None:
    with pytest.raises(NotFound, match="nobody"):
        RANK.ask(CASE, without=["nobody"])
    with pytest.raises(RequestError, match="between a and b weighs 0"):
        analyses.rank(nx.Graph([("a", "b", {"weight": 0})]), by="weighted_degree")
    with pytest.raises(RequestError, match="pagerank"):
        analyses.rank(nx.DiGraph([("a", "b"), ("b", "c")]), by="eigenvector", directed=True)
    with pytest.raises(RequestError, match="time"):
        analyses.rank(nx.path_graph(3), period="year")
    with pytest.raises(RequestError, match="seizure"):
        analyses.rank(nx.path_graph(3), after_seizures=True)


def test_empty_and_single() -> None:
    assert analyses.rank(nx.Graph()).rows == []
    for by in ("betweenness", "closeness", "eigenvector", "pagerank", "k_core", "effective_size", "bridges"):
        rows = analyses.rank(nx.Graph({"a": {}}), by=by).rows
        assert len(rows) == (by != "bridges")


def test_the_order_of_rows_does_not_matter() -> None:
    turned = RowsCasefile(STATEMENTS[::-1], LINKS[::-1])
    for by in ("betweenness", "pagerank", "bridges"):
        assert RANK.ask(turned, by=by).rows == RANK.ask(CASE, by=by).rows


def test_a_thing_between_two_things_joins_all_who_have_them() -> None:
    people = named("Person", "person:a", "person:b", "person:c", "person:d")
    phones = [statement(f"phone:{i}", "Phone", "number", str(i)) for i in (1, 2)]
    links: list[Link] = [link("USES", f"person:{name}", "phone:1") for name in "ab"]
    links += [link("USES", f"person:{name}", "phone:2") for name in "cd"]
    links += [link("CALLED", "phone:1", "phone:2", "1")]
    network = Network.of(MemoryStore([*people, *phones], links))
    found = ties(network, actor_graph(network))
    drawn = nx.Graph(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert nx.is_isomorphic(drawn, nx.complete_graph(4))
    assert sorted(found.weight.tolist()) == [0.25] * 4 + [1.0] * 2


SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample data is not here")
FIRST = {
    "natajaran_cocaine": ["Kay"],
    "morselli_cielnet": ["N2", "N1"],
    "morselli_siren": ["1"],
    "morselli_togo": ["1"],
}


@needs_shared
@pytest.mark.parametrize("network", FIRST)
def test_published_covert_networks(network: str, tmp_path: Path) -> None:
    """The key players that the literature names, by values that networkx gives for the matrix read by pandas."""
    import pandas as pd

    file = SHARED / "covert" / f"{network}.csv"
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(file, layout="matrix")
    rows = casebook.rank().rows
    assert [row["id"] for row in rows[: len(FIRST[network])]] == FIRST[network]
    assert all(row["evidence"] for row in rows if row["value"])
    matrix = pd.read_csv(file, index_col=0)
    matrix.index = matrix.columns = [str(name) for name in matrix.columns]
    graph = nx.Graph(nx.from_pandas_adjacency(matrix, create_using=nx.DiGraph))
    expected = nx.betweenness_centrality(graph)
    assert {row["id"]: pytest.approx(row["value"]) for row in rows} == {str(node): v for node, v in expected.items()}


def test_a_movement_that_several_rows_tell_of_weighs_once() -> None:
    """The seller's ledger, the buyer's and the waybill tell of one delivery; another follows a month later."""
    told = {"quantity": 50.0, "unit": "box"}
    rows = [
        link("SUPPLIED", "person:agent", "person:shop1", "s", on="2024-01-10", evidence=("a#1:2",), **told),
        link("SUPPLIED", "person:agent", "person:shop1", "b", on="2024-01-11", evidence=("b#1:2",), **told),
        link("SHIPPED", "person:agent", "person:shop1", "w", on="2024-01-10", evidence=("c#1:2",)),
        link("SUPPLIED", "person:agent", "person:shop1", "t", on="2024-02-10", evidence=("a#1:3",), **told),
    ]
    found = RANK.ask(RowsCasefile(PEOPLE, rows), by="weighted_degree", limit=1)
    assert found.rows[0]["value"] == 2
    assert RANK.ask(RowsCasefile(PEOPLE, rows), by="weighted_degree", since="2024-02-01", limit=1).rows[0]["value"] == 1
