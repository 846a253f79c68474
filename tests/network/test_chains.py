"""Reach, shortest and K best chains, weighted and in time order, against networkx and against trying everything."""

from __future__ import annotations

from itertools import islice, pairwise, permutations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.model.links import BY_NAME
from graphkit.network.best_chains import best_chains, finder
from graphkit.network.ground import Ground, hubs
from graphkit.network.network import EVER, NEVER, Network
from graphkit.network.reach import reach
from graphkit.network.shortest import fewest_hops
from tests.network.made import Pairs, days, network_of, pairs_of

COUNT = 9
PAIRS = pairs_of(COUNT, 24)
KINDS = ("HOLDS", "KNOWS", "PAID", "CALLED", "IN_REGION")


def _graph(pairs: Pairs, kinds: list[str] | None = None) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(COUNT))
    for i, (a, b) in enumerate(pairs):
        cost = round(BY_NAME[kinds[i]].distance * 1000) if kinds else 1
        graph.add_edge(a, b, cost=min(cost, graph.get_edge_data(a, b, {"cost": cost})["cost"]))
    return graph


@settings(deadline=None)
@given(PAIRS, st.integers(1, 6))
def test_reach_gives_the_distances_and_the_least_chains(pairs: Pairs, hops: int) -> None:
    graph, found = _graph(pairs), reach(Ground(network_of(COUNT, pairs)), 0, hops)
    expected = nx.single_source_shortest_path_length(graph, 0, hops)
    assert dict(zip(found.node.tolist(), found.hops.tolist(), strict=True)) == dict(expected)
    for place, node in enumerate(found.node.tolist()):
        nodes, links = found.chain(place)
        assert nodes == min(nx.all_shortest_paths(graph, 0, node))
        assert [set(pairs[link]) for link in links] == [set(step) for step in pairwise(nodes)]


@settings(deadline=None)
@given(PAIRS, st.sets(st.integers(2, COUNT - 1), max_size=3), st.integers(1, 7))
def test_fewest_hops_is_the_least_of_the_shortest_paths(pairs: Pairs, closed: set[int], max_hops: int) -> None:
    mask = np.zeros(COUNT, bool)
    mask[list(closed)] = True
    graph = _graph(pairs)
    graph.remove_nodes_from(closed)
    found = fewest_hops(Ground(network_of(COUNT, pairs), (), mask), 0, 1, max_hops)
    if nx.has_path(graph, 0, 1) and nx.shortest_path_length(graph, 0, 1) <= max_hops:
        assert found == min(nx.all_shortest_paths(graph, 0, 1))
    else:
        assert found is None


@settings(deadline=None)
@given(PAIRS, st.integers(1, 12), st.integers(2, 8))
def test_k_best_by_hops_are_those_of_networkx_in_order(pairs: Pairs, count: int, max_hops: int) -> None:
    expected = sorted((len(path), path) for path in nx.all_simple_paths(_graph(pairs), 0, 1, cutoff=max_hops))[:count]
    found = best_chains(finder(Ground(network_of(COUNT, pairs)), 0, 1, max_hops), 0, count)
    assert [list(chain.nodes) for chain in found] == [path for _, path in expected]


@settings(deadline=None)
@given(st.data(), PAIRS, st.integers(1, 12))
def test_k_best_by_weight_cost_what_networkx_says(data: st.DataObject, pairs: Pairs, count: int) -> None:
    kinds = data.draw(st.lists(st.sampled_from(KINDS), min_size=len(pairs), max_size=len(pairs)))
    network, graph = network_of(COUNT, pairs, kinds), _graph(pairs, kinds)
    found = best_chains(finder(Ground(network), 0, 1, COUNT, weighted=True), 0, count)
    paths = islice(nx.shortest_simple_paths(graph, 0, 1, "cost"), count) if nx.has_path(graph, 0, 1) else []
    assert [chain.cost for chain in found] == [nx.path_weight(graph, path, "cost") for path in paths]
    assert len({chain.nodes for chain in found}) == len(found)
    for chain in found:
        assert nx.path_weight(graph, chain.nodes, "cost") == chain.cost
        assert sum(round(BY_NAME[kinds[link]].distance * 1000) for link in chain.links) == chain.cost


@settings(deadline=None)
@given(st.data(), PAIRS, st.integers(1, 5))
def test_the_cheapest_within_so_many_hops(data: st.DataObject, pairs: Pairs, max_hops: int) -> None:
    kinds = data.draw(st.lists(st.sampled_from(KINDS), min_size=len(pairs), max_size=len(pairs)))
    graph = _graph(pairs, kinds)
    paths = nx.all_simple_paths(graph, 0, 1, cutoff=max_hops)
    expected = sorted((nx.path_weight(graph, path, "cost"), len(path) - 1, tuple(path)) for path in paths)
    find = finder(Ground(network_of(COUNT, pairs, kinds)), 0, 1, max_hops, weighted=True)
    found = best_chains(find, 0, 3)
    assert [(chain.cost, chain.hops, chain.nodes) for chain in found] == expected[:3]


@settings(max_examples=300, deadline=None)
@given(st.data(), pairs_of(5, 12), st.booleans(), st.integers(1, 6), st.integers(1, 4))
def test_in_time_order_against_trying_everything(
    data: st.DataObject, pairs: Pairs, weighted: bool, count: int, max_hops: int
) -> None:
    def draw(values: st.SearchStrategy[object]) -> list[object]:
        return data.draw(st.lists(values, min_size=len(pairs), max_size=len(pairs)))

    day = st.one_of(st.none(), st.integers(0, 6))
    kinds = draw(st.sampled_from(["PAID", "SUPPLIED", "HOLDS", "CALLED"]))
    begun, ended = draw(day), draw(day)
    lasting, more = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    columns = {
        "started_earliest": days(begun), "started_latest": days(_plus(begun, lasting)),
        "ended_earliest": days(ended), "ended_latest": days(_plus(ended, more)),
    }  # fmt: skip
    network = network_of(5, pairs, kinds, **columns)
    found = best_chains(finder(Ground(network), 0, 1, max_hops, weighted=weighted, in_time=True), 0, count)
    expected = _every_chain_in_time(network, pairs, kinds, weighted, max_hops)
    assert sorted(chain.cost for chain in found) == [chain.cost for chain in found]
    assert [chain.cost for chain in found] == sorted(expected.values())[:count]
    for chain in found:
        assert expected[chain.nodes] == chain.cost
        assert _feasible(network, chain.nodes, chain.links, kinds)


def _plus(values: list[int | None], more: list[int]) -> list[int | None]:
    return [None if value is None else value + extra for value, extra in zip(values, more, strict=True)]


def _every_chain_in_time(
    network: Network, pairs: Pairs, kinds: list[str], weighted: bool, max_hops: int
) -> dict[tuple[int, ...], int]:
    """The least cost of every sequence of nodes from 0 to 1 whose links can be chosen in time order."""
    best: dict[tuple[int, ...], int] = {}
    for length in range(2, min(max_hops + 1, 5) + 1):
        for middle in permutations([2, 3, 4], length - 2):
            nodes = (0, *middle, 1)
            for links in _choices(nodes, pairs):
                if _feasible(network, nodes, links, kinds):
                    cost = sum(round(BY_NAME[kinds[i]].distance * 1000) for i in links) if weighted else len(links)
                    best[nodes] = min(cost, best.get(nodes, cost))
    return best


def _choices(nodes: tuple[int, ...], pairs: Pairs) -> list[tuple[int, ...]]:
    chosen: list[tuple[int, ...]] = [()]
    for step in pairwise(nodes):
        chosen = [(*links, i) for links in chosen for i, pair in enumerate(pairs) if set(pair) == set(step)]
    return chosen


def _feasible(network: Network, nodes: tuple[int, ...], links: tuple[int, ...], kinds: list[str]) -> bool:
    """Whether days can be chosen, by trying every one."""
    columns, day = network.links, 86_400_000_000
    first = int(np.datetime64("2022-01-01", "us").astype(np.int64))
    moments = {0}
    for (here, _), i in zip(pairwise(nodes), links, strict=True):
        if kinds[i] != "HOLDS" and columns.source[i] != here:
            return False
        starts, ends = (
            _days(columns.started_earliest[i], columns.started_latest[i], first, day),
            _days(columns.ended_earliest[i], columns.ended_latest[i], first, day),
        )
        moments = {end for start in starts if any(m <= start for m in moments) for end in ends if end >= start}
    return bool(moments)


def _days(earliest: int, latest: int, first: int, day: int) -> range:
    begin = 0 if earliest == NEVER else (int(earliest) - first) // day
    return range(begin, (10 if latest == EVER else (int(latest) - first) // day) + 1)


def test_hubs_are_kinds_that_all_share_and_whoever_has_many_neighbours() -> None:
    star = network_of(8, [(0, i) for i in range(1, 8)] + [(1, 2)] * 9)
    assert hubs(star, 6).tolist() == [True] + [False] * 7
    assert not hubs(star, 7).any()
    assert fewest_hops(Ground(star, (), hubs(star, 6)), 3, 4, 6) is None
    assert fewest_hops(Ground(star), 3, 4, 6) == [3, 0, 4]
    assert fewest_hops(Ground(star, (), hubs(star, 6)), 0, 4, 6) == [0, 4]  # a hub itself may be asked about


def test_only_links_of_the_kinds_are_walked() -> None:
    network = network_of(3, [(0, 1), (0, 2), (2, 1), (0, 2)], ["PAID", "HOLDS", "HOLDS", "KNOWS"])
    assert fewest_hops(Ground(network, ("HOLDS",)), 0, 1, 6) == [0, 2, 1]
    assert Ground(network, ("HOLDS", "KNOWS")).between(0, 2).tolist() == [1, 3]
    assert Ground(network, ("KNOWS",)).between(0, 2).tolist() == [3]
