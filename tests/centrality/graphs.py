"""Random graphs and the published ones that networkx ships, as networkx graphs and as relations."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graphkit.centrality.relations import Relations

PUBLISHED = {
    "karate": nx.karate_club_graph,
    "florentine": nx.florentine_families_graph,
    "davis": nx.davis_southern_women_graph,
    "miserables": nx.les_miserables_graph,
    "krackhardt": nx.krackhardt_kite_graph,
}


@st.composite
def graphs(draw: st.DrawFn, directed: bool | None = None) -> Any:
    """Small graphs whose links weigh 1 to 4, some of them in pieces or without links."""
    kind = nx.DiGraph if (draw(st.booleans()) if directed is None else directed) else nx.Graph
    count = draw(st.integers(1, 12))
    node = st.integers(0, count - 1)
    ends = draw(st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=30))
    graph = kind()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((a, b, draw(st.sampled_from([1.0, 2.0, 4.0]))) for a, b in ends)
    return graph


def relations_of(graph: Any) -> Relations:
    """The same graph for ours; nodes in their order there."""
    place = {node: i for i, node in enumerate(graph)}
    edges = [(place[a], place[b], told.get("weight", 1.0)) for a, b, told in graph.edges(data=True)]
    source, target, weight = (np.array(column) for column in zip(*edges, strict=True)) if edges else ([], [], [])
    ends = np.asarray(source, np.int64), np.asarray(target, np.int64)
    return Relations.of(len(graph), *ends, np.asarray(weight, np.float64), directed=graph.is_directed())


def lengthened(graph: Any) -> Any:
    """The graph with the length of each link: one over its weight."""
    longer = graph.copy()
    for _, _, told in longer.edges(data=True):
        told["length"] = 1.0 / told.get("weight", 1.0)
    return longer
