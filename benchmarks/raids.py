"""Raids on a network of meetings: who is left after so many arrests, by centralities and by plans.

After Cavallaro et al. (2020), Disrupting resilient criminal networks through data analysis: the case of Sicilian Mafia:
arrests of the most central, ranked once (one night) or anew after each arrest, against plans of `strike`. What is left
is counted by networkx.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from graphkit.breaking.fragment import fragment
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.sequential import one_after_another
from graphkit.network.simple import SimpleGraph

NETWORK, ARRESTS = "luciaetal_montagna.csv", (5, 10)
Graph = Any
Measure = Callable[[Graph], Mapping[int, float]]


def _collective_influence(graph: Graph) -> dict[int, float]:
    """Morone and Makse (2015), Influence maximization in complex networks through optimal percolation; radius 1."""
    degree = dict(graph.degree)
    return {node: (degree[node] - 1) * sum(degree[other] - 1 for other in graph[node]) for node in graph}


MEASURES: dict[str, Measure] = {
    "degree": nx.degree_centrality,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "PageRank": nx.pagerank,
    "collective influence": _collective_influence,
}


def table(data: Path, seconds: float, seed: int = 1) -> Iterator[str]:
    """The lines of the table."""
    cells = pd.read_csv(data / "covert" / NETWORK, index_col=0).to_numpy()
    graph: Graph = nx.Graph()
    graph.add_nodes_from(range(len(cells)))
    graph.add_edges_from((a, b) for a, b in np.argwhere(cells).tolist() if a != b)
    whole = _left(graph, ())
    yield f"{len(graph)} actors, {graph.number_of_edges()} ties; largest component {whole[0]}, pairs {whole[1]}"
    yield "| arrests | chosen by | largest left | its share | pairs left | their share | proved |"
    yield "|---|---|---|---|---|---|---|"
    for count in ARRESTS:
        for name, hit, proof in _chosen(graph, count, seconds, seed):
            largest, pairs = _left(graph, hit)
            shares = f"{largest / whole[0]:.3f}", f"{pairs / whole[1]:.3f}"
            yield f"| {count} | {name} | {largest} | {shares[0]} | {pairs} | {shares[1]} | {proof} |"


def _chosen(graph: Graph, count: int, seconds: float, seed: int) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Who is arrested by each way of choosing, and what is proved of it."""
    for name, measure in MEASURES.items():
        yield f"{name}, one night", _ranked(graph, count, measure, anew=False), ""
        yield f"{name}, recomputed", _ranked(graph, count, measure, anew=True), ""
    ends = np.array(list(graph.edges), np.int64).T
    ties = SimpleGraph.of(len(graph), *ends)
    ones = np.ones(len(graph), np.int64)
    problem = Fragmentation(ties, ones, Conditions.plain(len(graph), count), time_limit=seconds, seed=seed)
    yield "strike, one after another", one_after_another(problem, 0.0).order, ""
    for objective in ("pairs", "largest"):
        plan = fragment(replace(problem, objective=objective))
        proof = f"{objective} least possible" if plan.optimal else f"{objective} at least {plan.bound:g}"
        yield f"strike, {objective}, one night", plan.order, proof


def _ranked(graph: Graph, count: int, measure: Measure, *, anew: bool) -> tuple[int, ...]:
    """The most central; of equal ones the first."""
    left, hit = graph.copy(), list[int]()
    value = measure(left)
    while len(hit) < count:
        hit.append(max((node for node in graph if node not in hit), key=lambda node: (value[node], -node)))
        if anew:
            left.remove_node(hit[-1])
            value = measure(left)
    return tuple(hit)


def _left(graph: Graph, hit: tuple[int, ...]) -> tuple[int, int]:
    """Actors in the largest component, and pairs still connected."""
    remaining = graph.copy()
    remaining.remove_nodes_from(hit)
    sizes = [len(part) for part in nx.connected_components(remaining)]
    return max(sizes, default=0), sum(size * (size - 1) // 2 for size in sizes)
