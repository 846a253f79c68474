"""A networkx graph becomes a network, and comes back as it was."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.errors import RequestError
from graphkit.network.from_networkx import as_network
from graphkit.network.network import Network
from graphkit.network.snapshot import arrays_of
from tests.network.memory_store import MemoryStore, link
from tests.network.test_network import LINKS, STATEMENTS

GRAPHS = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


def test_what_a_casebook_wrote_is_read_back() -> None:
    stored = Network.of(MemoryStore(STATEMENTS, [*LINKS, link("KNOWS", "person:1", "person:2")]))
    again = Network.from_networkx(stored.to_networkx())
    assert [again.name_of(i) for i in range(len(again))] == [stored.name_of(i) for i in range(len(stored))]
    for name, array in arrays_of(stored).items():
        if not name.startswith("names."):
            floating = array.dtype.kind == "f"
            assert np.array_equal(array, arrays_of(again)[name], equal_nan=floating), name


@settings(deadline=None)
@given(st.sampled_from(GRAPHS), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12), st.randoms())
def test_every_edge_is_one_link_whatever_the_order(kind: Any, pairs: list[tuple[int, int]], shuffle: Any) -> None:
    graph = kind(pairs)
    network = Network.from_networkx(graph)
    assert (len(network), len(network.links)) == (len(graph), graph.number_of_edges())
    assert len(set(network.links.ids)) == len(network.links) and network.links.first.all()
    assert bool(network.links.directed.all()) == (graph.is_directed() or not pairs)
    ends = [(int(network.ids[a]), int(network.ids[b])) for a, b in _ends(network)]
    if graph.is_directed():
        assert sorted(ends) == sorted(graph.edges())
    else:
        assert sorted(ends) == sorted(tuple(sorted(pair)) for pair in graph.edges())
    turned = kind(shuffle.sample(pairs, len(pairs)))
    for name, array in arrays_of(Network.from_networkx(turned)).items():
        assert np.array_equal(array, arrays_of(network)[name], equal_nan=array.dtype.kind == "f"), name


def _ends(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.links.source.tolist(), network.links.target.tolist(), strict=True))


def test_attributes_are_read() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="Person", name="李伟")
    graph.add_edge("a", "b", "S1", kind="SUPPLIED", quantity=5, unit="box", started_earliest="2022-01-24", weight=2)
    network = Network.from_networkx(graph)
    links = network.links
    assert (network.kind_of(0), network.kind_of(1), network.name_of(0)) == ("Person", "Actor", "李伟")
    assert (links.ids[0], links.kinds, links.units) == ("S1", ("SUPPLIED",), ("box",))
    assert (links.quantity_min[0], links.quantity_max[0], links.weight[0]) == (5, 5, 2)
    assert str(links.started_earliest.astype("datetime64[us]")[0]).startswith("2022-01-24T00:00")


def test_a_key_that_many_edges_share_is_no_id() -> None:
    graph = nx.MultiGraph()
    graph.add_edges_from([("a", "b", "friend"), ("b", "c", "friend"), ("a", "b", "kin")])
    network = Network.from_networkx(graph)
    assert list(network.links.ids) == ["LINKED:a→b#friend", "LINKED:a→b#kin", "LINKED:b→c#friend"]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), "heavy"])
@pytest.mark.parametrize("name", ["weight", "quantity", "amount_min"])
def test_a_measure_that_is_no_number_is_refused(wrong: Any, name: str) -> None:
    with pytest.raises(RequestError, match="link from a to b"):
        Network.from_networkx(nx.Graph([("a", "b", {name: wrong})]))


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(RequestError, match="called 1"):
        Network.from_networkx(nx.Graph([(1, "1")]))
    with pytest.raises(RequestError, match="not list"):
        as_network([(1, 2)])  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="started_earliest"):
        Network.from_networkx(nx.Graph([(1, 2, {"started_earliest": "soon"})]))
