"""Plans by trying every set of targets: what the searches and proofs are held against."""

from __future__ import annotations

from itertools import chain, combinations

import networkx as nx
import numpy as np

from graphkit.breaking.problem import Fragmentation


def graph_of(problem: Fragmentation) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(problem.graph)))
    graph.add_edges_from(zip(*(ends.tolist() for ends in problem.graph.ends()), strict=True))
    return graph


def components(problem: Fragmentation, hit: tuple[int, ...]) -> list[int]:
    """The actors of each component, by networkx."""
    graph = graph_of(problem)
    graph.remove_nodes_from(hit)
    return [int(problem.weight[list(each)].sum()) for each in nx.connected_components(graph)]


def value(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    found = components(problem, hit)
    return sum(s * (s - 1) // 2 for s in found) if problem.objective == "pairs" else max(found, default=0)


def gauge(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    """What is made small: the value, or with `until` the cost of hits that get there."""
    if problem.until is None:
        return value(problem, hit)
    assert max(components(problem, hit), default=0) <= problem.most
    return float(problem.conditions.cost[list(hit)].sum())


def best(problem: Fragmentation) -> float | None:
    """The least value over all sets that keep to the conditions, with `until` the least cost; None where none does."""
    able = np.flatnonzero(problem.conditions.allowed).tolist()
    every = chain.from_iterable(combinations(able, k) for k in range(len(able) + 1))
    fitting = [hit for hit in every if problem.conditions.fits(hit)]
    if problem.until is None:
        return min((value(problem, hit) for hit in fitting), default=None)
    enough = [hit for hit in fitting if max(components(problem, hit), default=0) <= problem.most]
    return min((float(problem.conditions.cost[list(hit)].sum()) for hit in enough), default=None)
