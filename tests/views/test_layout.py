"""Where entities stand: nothing on top of anything else, always alike, and fast."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from graphkit.views.layout import components, distances, lengths, positions


def _links(graph: nx.Graph[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ends = np.array(sorted(graph.edges()), np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _graphs() -> dict[str, nx.Graph[int]]:
    return {
        "alone": nx.empty_graph(1),
        "separate": nx.empty_graph(7),
        "pair": nx.path_graph(2),
        "star": nx.star_graph(40),
        "tied twice over": nx.complete_bipartite_graph(2, 30),
        "everyone": nx.complete_graph(25),
        "several": nx.disjoint_union_all([nx.path_graph(30), nx.cycle_graph(12), nx.empty_graph(5)]),
        "long": nx.barabasi_albert_graph(200, 1, seed=4),
        "dense": nx.barabasi_albert_graph(150, 4, seed=4),
    }


@pytest.mark.parametrize("name", list(_graphs()))
def test_boxes_do_not_overlap(name: str) -> None:
    graph = _graphs()[name]
    boxes = np.random.default_rng(7).uniform((20, 15), (90, 50), (len(graph), 2))
    points = positions(boxes, *_links(graph))
    lacking = (boxes[:, None] + boxes) / 2 - np.abs(points[:, None] - points)
    clashing = (lacking > 0.01).all(axis=2)
    np.fill_diagonal(clashing, False)
    assert np.isfinite(points).all()
    assert not clashing.any()


def test_no_entities_at_all() -> None:
    nothing = np.zeros(0, np.int64)
    assert positions(np.zeros((0, 2)), nothing, nothing).shape == (0, 2)


def test_links_to_itself_and_parallel_links_change_nothing() -> None:
    boxes = np.full((3, 2), 20.0)
    once = positions(boxes, np.array([0, 1]), np.array([1, 2]))
    more = positions(boxes, np.array([0, 1, 1, 2, 0]), np.array([1, 2, 0, 2, 1]))
    assert np.array_equal(once, more)


def test_the_same_network_is_always_drawn_alike() -> None:
    graph = nx.barabasi_albert_graph(120, 2, seed=3)
    boxes = np.full((120, 2), 30.0)
    assert np.array_equal(positions(boxes, *_links(graph)), positions(boxes, *_links(graph)))


def test_distances_are_those_of_dijkstra() -> None:
    graph = nx.connected_watts_strogatz_graph(60, 4, 0.3, seed=5)
    source, target = _links(graph)
    length = lengths(60, source, target)
    for begin, end, each in zip(source.tolist(), target.tolist(), length.tolist(), strict=True):
        graph.edges[begin, end]["length"] = each
    expected = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    found = distances(60, source, target, length)
    assert np.allclose(found, [[expected[i][j] for j in range(60)] for i in range(60)], rtol=1e-5)


def test_a_link_is_the_longer_the_fewer_neighbours_its_ends_share() -> None:
    triangle_with_tail = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3])
    assert lengths(4, *triangle_with_tail).tolist() == pytest.approx([2**0.5, 3**0.5, 3**0.5, 2])


def test_components_by_size_then_first_entity() -> None:
    groups = components(6, np.array([4, 1]), np.array([5, 2]))
    assert [group.tolist() for group in groups] == [[1, 2], [4, 5], [0], [3]]


def test_what_is_linked_stands_nearer_than_what_is_not() -> None:
    two_rings = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    two_rings.add_edge(0, 8)
    points = positions(np.full((16, 2), 10.0), *_links(two_rings))
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    assert apart[:8, :8].max() < apart[1:8, 9:].min()


def test_a_thousand_entities_take_seconds_at_most() -> None:
    graph = nx.barabasi_albert_graph(1000, 2, seed=1)
    began = time.process_time()
    positions(np.full((1000, 2), 40.0), *_links(graph))
    assert time.process_time() - began < 6  # 1.2 s measured; the processor may be shared
