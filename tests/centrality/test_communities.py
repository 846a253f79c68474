"""Groups: as good as networkx finds them, the same for the same graph, and each in one piece."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphkit.centrality.communities import communities, modularity, participation, simmelian, ties_to_groups
from graphkit.centrality.relations import Relations
from tests.centrality.graphs import PUBLISHED, graphs, relations_of


def parts(graph: Any, label: Any) -> list[set[Any]]:
    """The groups as sets of nodes; those in none each in one of their own."""
    found: dict[Any, set[Any]] = {}
    for place, node in enumerate(graph):
        found.setdefault(int(label[place]) if label[place] >= 0 else ("alone", node), set()).add(node)
    return list(found.values())


@pytest.mark.parametrize("network", PUBLISHED)
def test_as_good_as_networkx(network: str) -> None:
    graph = PUBLISHED[network]()
    relations = relations_of(graph)
    label = communities(relations)
    found = modularity(relations, label)
    assert found == pytest.approx(nx.community.modularity(graph, parts(graph, label)))
    best = max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in range(5))
    assert found > best - 0.005


@settings(deadline=None, max_examples=40)
@given(graphs(directed=False))
def test_groups_hang_together_and_are_numbered_by_size(graph: Any) -> None:
    relations = relations_of(graph)
    label = communities(relations)
    assert [node for node in graph if label[node] < 0] == [node for node in graph if graph.degree(node) == 0]
    sizes = np.bincount(label[label >= 0]).tolist()
    assert sizes == sorted(sizes, reverse=True) and all(sizes)
    assert all(nx.is_connected(graph.subgraph(part)) for part in parts(graph, label))
    expected = nx.community.modularity(graph, parts(graph, label)) if graph.number_of_edges() else 0
    assert modularity(relations, label) == pytest.approx(expected)
    whole = np.zeros(len(graph), np.int64)
    assert modularity(relations, label) >= modularity(relations, whole) - 1e-9


def test_planted_groups_are_found() -> None:
    graph = nx.planted_partition_graph(6, 20, 0.5, 0.02, seed=4)
    label = communities(relations_of(graph))
    assert [len(set(label[start : start + 20].tolist())) for start in range(0, 120, 20)] == [1] * 6
    assert label.max() == 5


def test_the_order_of_links_does_not_matter() -> None:
    graph = nx.les_miserables_graph()
    relations = relations_of(graph)
    ends, weight = (relations.out.origin, relations.out.neighbour), relations.out.weight
    order = np.random.default_rng(3).permutation(len(weight))
    turned = Relations.of(len(relations), ends[1][order], ends[0][order], weight[order] / 2, directed=False)
    assert np.array_equal(communities(turned), communities(relations))


def test_the_same_in_another_process_with_another_hash_seed() -> None:
    program = (
        "import networkx as nx; from tests.centrality.graphs import relations_of;"
        "from graphkit.centrality.communities import communities;"
        "print(communities(relations_of(nx.karate_club_graph())).tolist())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert said == {f"{communities(relations_of(nx.karate_club_graph())).tolist()}\n"}


def test_a_higher_resolution_gives_smaller_groups() -> None:
    relations = relations_of(nx.karate_club_graph())
    assert communities(relations, 3.0).max() > communities(relations, 1.0).max() > communities(relations, 0.1).max()


@settings(deadline=None, max_examples=40)
@given(graphs(directed=False))
def test_participation_and_simmelian_by_their_definitions(graph: Any) -> None:
    relations = relations_of(graph)
    label = np.arange(len(graph)) % 3
    spread, shared = participation(ties_to_groups(relations, label)), simmelian(relations, label, np.arange(len(graph)))
    for node in graph:
        weights = {g: sum(t["weight"] for other, t in graph[node].items() if label[other] == g) for g in range(3)}
        total = sum(weights.values())
        expected = 1 - sum((w / total) ** 2 for w in weights.values()) if total else 0
        assert spread[node] == pytest.approx(expected)
        own = [other for other in graph[node] if label[other] == label[node]]
        counts = [len(set(graph[other]) & set(own)) for other in own]
        assert shared[node] == pytest.approx(sum(counts) / len(own) if own else 0)
