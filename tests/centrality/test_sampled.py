"""Sampled values keep their bound, and are the same for the same seed."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphkit.centrality.sampled import betweenness, closeness, longest
from graphkit.centrality.shortest_paths import betweenness as exact
from graphkit.centrality.shortest_paths import closeness as exact_closeness
from tests.centrality.graphs import relations_of

GRAPHS = {
    "random": nx.gnm_random_graph(150, 300, seed=1),
    "directed": nx.gnm_random_graph(150, 500, seed=2, directed=True),
    "in pieces": nx.disjoint_union(nx.barabasi_albert_graph(80, 1, seed=3), nx.cycle_graph(40)),
    "many ways": nx.grid_2d_graph(9, 9),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_betweenness_keeps_its_bound(name: str) -> None:
    """The bound fails one time in ten thousand: never with these seeds."""
    relations = relations_of(GRAPHS[name])
    expected = exact(relations)
    for seed in range(5):
        value, error = betweenness(relations, 0.03, 1e-4, seed)
        assert error == 0.03
        assert np.abs(value - expected).max() <= error


def test_paths_of_equal_length_are_drawn_alike() -> None:
    """Through the rim of a grid there are few ways, through its middle many: counts of ways must weigh."""
    relations = relations_of(nx.grid_2d_graph(7, 7))
    value, _ = betweenness(relations, 0.006, 0.1, seed=1)
    assert np.abs(value - exact(relations)).max() < 0.006


def test_same_seed_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    relations = relations_of(GRAPHS["random"])
    first, _ = betweenness(relations, 0.02, 0.1, 7)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    again, _ = betweenness(relations, 0.02, 0.1, 7)
    other, _ = betweenness(relations, 0.02, 0.1, 8)
    assert np.array_equal(first, again) and not np.array_equal(first, other)


@pytest.mark.parametrize("name", GRAPHS)
def test_closeness_from_all_sources_is_exact(name: str) -> None:
    """Up to 256 nodes every node is a source."""
    relations = relations_of(GRAPHS[name])
    assert np.allclose(closeness(relations, 0.01, 0.1, 1)[0], exact_closeness(relations))


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "directed"])
def test_no_shortest_path_is_longer_than_said(name: str) -> None:
    pieces = [GRAPHS[name].subgraph(each) for each in nx.connected_components(GRAPHS[name])]
    assert longest(relations_of(GRAPHS[name])) >= max(nx.diameter(piece) for piece in pieces) + 1
