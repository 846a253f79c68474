"""Every measure is what networkx gives, on random graphs and on published networks."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphkit.centrality.brokerage import constraint, effective_size
from graphkit.centrality.cores import k_core
from graphkit.centrality.cuts import articulation_points, bridges
from graphkit.centrality.degrees import degree, weighted_degree
from graphkit.centrality.relations import Relations
from graphkit.centrality.shortest_paths import betweenness, closeness
from graphkit.centrality.spectral import Unsettled, eigenvector, pagerank
from tests.centrality.graphs import PUBLISHED, graphs, lengthened, relations_of

Ours = Callable[[Relations], Any]
Theirs = Callable[[Any], dict[Any, float]]


def effective_by_definition(graph: Any, weight: str | None) -> dict[Any, float]:
    """From networkx's weights, as its documentation defines it.

    Its own values for weighted and directed graphs divide by the highest weight of the wrong one of the two neighbours.
    """
    share = partial(nx.algorithms.structuralholes.normalized_mutual_weight, graph, weight=weight)
    around = {node: set(nx.all_neighbors(graph, node)) for node in graph}
    return {
        node: sum(1 - sum(share(node, w) * share(v, w, norm=max) for w in around[node]) for v in around[node])
        if around[node]
        else math.nan
        for node in graph
    }


MEASURES: dict[str, tuple[Ours, Theirs]] = {
    "degree": (degree, nx.degree_centrality),
    "weighted_degree": (weighted_degree, lambda g: dict(g.degree(weight="weight"))),
    "betweenness": (betweenness, nx.betweenness_centrality),
    "betweenness, weighted": (
        lambda r: betweenness(r, weighted=True),
        lambda g: nx.betweenness_centrality(lengthened(g), weight="length"),
    ),
    "closeness": (closeness, nx.closeness_centrality),
    "closeness, weighted": (
        lambda r: closeness(r, weighted=True),
        lambda g: nx.closeness_centrality(lengthened(g), distance="length"),
    ),
    "pagerank": (pagerank, lambda g: nx.pagerank(g, weight=None, tol=1e-14, max_iter=10_000)),
    "pagerank, weighted": (
        lambda r: pagerank(r, weighted=True),
        lambda g: nx.pagerank(g, tol=1e-14, max_iter=10_000),
    ),
    "k_core": (k_core, nx.core_number),
    "constraint": (constraint, nx.constraint),
    "constraint, weighted": (lambda r: constraint(r, weighted=True), lambda g: nx.constraint(g, weight="weight")),
    "effective_size": (effective_size, lambda g: effective_by_definition(g, None)),
    "effective_size, weighted": (
        lambda r: effective_size(r, weighted=True),
        lambda g: effective_by_definition(g, "weight"),
    ),
}  # fmt: skip


def check(name: str, graph: Any) -> None:
    ours, theirs = MEASURES[name]
    expected = theirs(graph)
    assert np.allclose(ours(relations_of(graph)), [expected[node] for node in graph], atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("network", PUBLISHED)
def test_on_published_networks(name: str, network: str) -> None:
    check(name, PUBLISHED[network]())


@pytest.mark.parametrize("name", MEASURES)
@settings(deadline=None, max_examples=60)
@given(graphs())
def test_on_random_graphs(name: str, graph: Any) -> None:
    check(name, graph)


@pytest.mark.parametrize("network", PUBLISHED)
@pytest.mark.parametrize("weight", [None, "weight"])
def test_eigenvector(network: str, weight: str | None) -> None:
    graph = PUBLISHED[network]()
    expected = nx.eigenvector_centrality(graph, max_iter=100_000, tol=1e-12, weight=weight)
    found = eigenvector(relations_of(graph), weighted=weight is not None)
    assert np.allclose(found, [expected[node] for node in graph], atol=1e-8)


@pytest.mark.parametrize("network", PUBLISHED)
def test_effective_size_is_what_networkx_gives_without_weights(network: str) -> None:
    expected = nx.effective_size(PUBLISHED[network]())
    assert np.allclose(effective_size(relations_of(PUBLISHED[network]())), list(expected.values()))


def test_eigenvector_of_a_chain_of_command_does_not_settle() -> None:
    with pytest.raises(Unsettled):
        eigenvector(relations_of(nx.DiGraph([(0, 1), (1, 2)])))


def parted(graph: Any) -> int:
    """How many pairs of nodes are in different pieces."""
    sizes = [len(piece) for piece in nx.connected_components(graph)]
    return (len(graph) ** 2 - sum(size**2 for size in sizes)) // 2


@settings(deadline=None, max_examples=150)
@given(graphs(directed=False))
def test_cut_vertices_and_bridges_part_as_many_pairs_as_taking_them_out_shows(graph: Any) -> None:
    relations = relations_of(graph)
    without = [graph.subgraph(set(graph) - {node}) for node in graph]
    before = [graph.subgraph(nx.node_connected_component(graph, node) - {node}) for node in graph]
    assert articulation_points(relations).tolist() == [parted(each) for each in before]
    cut = set(nx.articulation_points(graph))
    assert {node for node in graph if articulation_points(relations)[node] > 0} == cut and len(without) == len(graph)
    found = bridges(relations)
    ends = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert sorted(ends) == sorted(tuple(sorted(edge)) for edge in nx.bridges(graph))
    for edge, pairs in zip(ends, found.parted.tolist(), strict=True):
        one, other = nx.Graph(graph), graph.copy()
        other.remove_edge(*edge)
        assert pairs == parted(other) - parted(one)


def test_sums_do_not_depend_on_the_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    relations = relations_of(nx.gnm_random_graph(700, 1500, seed=1))
    several = betweenness(relations)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert np.array_equal(betweenness(relations), several)


def test_repeated_links_and_links_to_oneself() -> None:
    ends = np.array([0, 0, 1, 1]), np.array([1, 1, 2, 1])
    undirected = Relations.of(3, *ends, directed=False)
    assert (undirected.links, weighted_degree(undirected).tolist()) == (2, [2, 3, 1])
    directed = Relations.of(3, *ends, directed=True, both_ways=np.array([True, False, False, False]))
    assert directed.links == 3 and directed.simple.links == 2
    assert directed.into.neighbour.tolist() == [1, 0, 1]
