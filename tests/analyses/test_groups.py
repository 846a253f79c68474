"""Groups on casebooks of records, edge lists and graphs: members, bridges, regions, and what is refused."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from graphkit import analyses
from graphkit.analyses.actors.actors import actor_graph
from graphkit.analyses.actors.grouping import GROUPS
from graphkit.analyses.actors.groups_found import strengths
from graphkit.analyses.actors.ties import ties
from graphkit.errors import RequestError
from graphkit.store.base import Link, Statement
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement


def ring(letter: str, region: str) -> tuple[list[Statement], list[Link]]:
    """Four who all know one another and act in one county."""
    people = [f"person:{letter}{i}" for i in range(4)]
    stated = [statement(one, "Person", "name", one.partition(":")[2]) for one in people]
    stated += [statement(f"place:{letter}", "Place", "region", region)]
    links = [link("KNOWS", a, b) for i, a in enumerate(people) for b in people[i + 1 :]]
    return stated, [*links, *(link("CONTROLS", one, f"place:{letter}") for one in people)]


(ONE, TIES_OF_ONE), (OTHER, TIES_OF_OTHER) = ring("a", "420112"), ring("b", "350503")
BETWEEN = link("SUPPLIED", "person:a0", "person:b0", "1", on="2024-01-01")
STATED = [*ONE, *OTHER, statement("person:alone", "Person", "name", "alone")]
CASE = RowsCasefile(STATED, [*TIES_OF_ONE, *TIES_OF_OTHER, BETWEEN])


def test_members_regions_and_who_bridges() -> None:
    answer = GROUPS.ask(CASE)
    members: dict[int, set[str]] = {}
    for row in answer.rows:
        members.setdefault(row["group"], set()).add(row["name"][0])
    assert members == {1: {"a"}, 2: {"b"}}
    assert answer.facts["groups"] == 2 and answer.facts["region_overlap"] == 1.0
    bridges = {row["name"]: row for row in answer.rows if row["bridging"]}
    assert {name: row["bridges_to"] for name, row in bridges.items()} == {"a0": [2], "b0": [1]}
    assert set(BETWEEN.evidence) <= set(bridges["a0"]["evidence"])
    first = answer.rows[0]
    assert (first["size"], first["region"], first["regions"]) == (4, "420112", ["湖北省 4"])
    assert first["simmelian"] == 2  # any two of four who all know one another share the other two
    assert all(row["name"] != "alone" for row in answer.rows) and any("no tie: 1" in note for note in answer.notes)


def test_one_group_or_only_who_bridges() -> None:
    assert {row["group"] for row in GROUPS.ask(CASE, group=2).rows} == {2}
    assert [row["name"] for row in GROUPS.ask(CASE, bridging=True).rows] == ["a0", "b0"]
    assert not GROUPS.ask(CASE, bridging=True, kinds=["KNOWS"]).rows
    assert not GROUPS.ask(CASE, bridging=True, until="2023-12-31").rows
    assert len(GROUPS.ask(CASE, limit=3).rows) == 3


def test_the_order_of_rows_does_not_matter() -> None:
    turned = RowsCasefile(STATED[::-1], [*TIES_OF_ONE, *TIES_OF_OTHER, BETWEEN][::-1])
    assert GROUPS.ask(turned).rows == GROUPS.ask(CASE).rows


def test_the_hundredth_link_says_less_than_the_first() -> None:
    links = [link("SUPPLIED", "person:a0", "person:b0", str(i)) for i in range(100)]
    case = RowsCasefile([*ONE, *OTHER], [*links, link("KNOWS", "person:a1", "person:b1")])
    network = case.network()
    relations = strengths(network, ties(network, actor_graph(network)))
    weights = sorted(set(np.round(relations.out.weight, 6).tolist()))
    assert weights == [round(1 / 0.8, 6), round(1 + np.log(100), 6)]


def test_on_a_networkx_graph() -> None:
    graph = nx.barbell_graph(5, 0)
    answer = analyses.groups(graph)
    found: dict[int, set[int]] = {}
    for row in answer.rows:
        found.setdefault(row["group"], set()).add(int(row["id"]))
    assert sorted(map(sorted, found.values())) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert answer.facts["modularity"] == pytest.approx(nx.community.modularity(graph, found.values()))
    assert answer.facts["region_overlap"] is None


def test_weights_of_an_edge_list_count() -> None:
    heavy = nx.Graph([(0, 1, {"weight": 9}), (2, 3, {"weight": 9}), (0, 2, {"weight": 1}), (1, 3, {"weight": 1})])
    rows = analyses.groups(heavy).rows
    assert {row["id"]: row["group"] for row in rows} == {"0": 1, "1": 1, "2": 2, "3": 2}


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"group": 9}, "There is no group 9, but 2"), ({"resolution": 0}, "resolution"), ({"kinds": ["KNOW"]}, "KNOWS")],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(RequestError, match=told):
        GROUPS.ask(CASE, **asked)


def test_empty_and_without_links() -> None:
    assert analyses.groups(nx.Graph()).rows == []
    answer = analyses.groups(nx.empty_graph(3))
    assert (answer.rows, answer.facts["groups"], answer.facts["modularity"]) == ([], 0, 0.0)
    with pytest.raises(RequestError, match="weighs -1"):
        analyses.groups(nx.Graph([(0, 1, {"weight": -1})]))
