"""Nodes and links without which a piece of the graph falls apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphkit.centrality.relations import Relations, Values


@dataclass(frozen=True, eq=False)
class Bridges:
    """Links whose loss parts a piece in two: their ends (bridges,), and how many pairs of nodes each parts."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    parted: Values


def articulation_points(relations: Relations) -> Values:
    """How many pairs of others are parted when a node is taken out, shape (nodes,): above 0 for cut vertices alone.

    Hopcroft and Tarjan (1973), Efficient algorithms for graph manipulation. The nodes above 0 are those of
    networkx.articulation_points.

    >>> articulation_points(Relations.of(4, np.array([0, 1, 1]), np.array([1, 2, 3]), directed=False)).tolist()
    [0.0, 3.0, 0.0, 0.0]
    """
    graph = relations.simple
    return np.asarray(_cut(graph.indptr, graph.neighbour)[0], np.float64)


def bridges(relations: Relations) -> Bridges:
    """The links whose loss parts a piece in two, by their ends, and how many pairs of nodes each parts.

    Tarjan (1974), A note on finding the bridges of a graph. As networkx.bridges.

    >>> found = bridges(Relations.of(4, np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]), directed=False))
    >>> found.source.tolist(), found.target.tolist(), found.parted.tolist()
    ([2], [3], [3.0])
    """
    graph = relations.simple
    _, above, below, piece = _cut(graph.indptr, graph.neighbour)
    node = np.flatnonzero(above >= 0)
    low, high = np.minimum(node, above[node]), np.maximum(node, above[node])
    order = np.lexsort((high, low))
    parted = (below[node] * (piece[node] - below[node])).astype(np.float64)
    return Bridges(low[order], high[order], parted[order])


@njit(cache=True, nogil=True)
def _cut(indptr: Any, neighbour: Any) -> Any:
    """Depth-first search without recursion.

    Gives, by node: the pairs parted without it; the node above it where the link to that is a bridge (else -1); how
    many nodes hang below it; how many its piece has.
    """
    nodes = len(indptr) - 1
    seen, low = np.full(nodes, -1, np.int64), np.zeros(nodes, np.int64)
    above, bridge = np.full(nodes, -1, np.int64), np.full(nodes, -1, np.int64)
    below, piece = np.ones(nodes, np.int64), np.zeros(nodes, np.int64)
    hanging, squares = np.zeros(nodes, np.int64), np.zeros(nodes, np.float64)
    entry, stack = indptr[:-1].copy(), np.empty(nodes, np.int64)
    order, parted = np.empty(nodes, np.int64), np.zeros(nodes, np.float64)
    count = 0
    for root in range(nodes):
        if seen[root] >= 0:
            continue
        first, height = count, 1
        stack[0], seen[root], low[root], order[count] = root, count, count, root
        count += 1
        while height:
            node = stack[height - 1]
            if entry[node] < indptr[node + 1]:
                other = neighbour[entry[node]]
                entry[node] += 1
                if seen[other] < 0:
                    above[other] = node
                    seen[other], low[other], order[count] = count, count, other
                    count += 1
                    stack[height] = other
                    height += 1
                elif other != above[node]:
                    low[node] = min(low[node], seen[other])
                continue
            height -= 1
            upper = above[node]
            if upper < 0:
                continue
            low[upper] = min(low[upper], low[node])
            below[upper] += below[node]
            if low[node] > seen[upper]:
                bridge[node] = upper
            if low[node] >= seen[upper]:  # what hangs here is parted from all else without the node above
                hanging[upper] += below[node]
                squares[upper] += float(below[node]) ** 2
        size = count - first
        for place in range(first, count):
            node = order[place]
            piece[node] = size
            rest = float(size - 1 - hanging[node])
            parted[node] = ((size - 1.0) ** 2 - squares[node] - rest**2) / 2.0
    return parted, bridge, below, piece
