"""Who lies on the shortest paths between others, and who is near to all: exact, from every source."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphkit.centrality.breadth_first import NOWHERE, grow, search
from graphkit.centrality.chunks import over_chunks
from graphkit.centrality.relations import Relations, Rows, Values


def betweenness(relations: Relations, *, weighted: bool = False) -> Values:
    """The share of the shortest paths between each two others that pass through each node, shape (nodes,).

    Freeman (1977), A set of measures of centrality based on betweenness; computed as Brandes (2001), A faster algorithm
    for betweenness centrality. `weighted`: a link is as long as 1 / weight. As networkx.betweenness_centrality.

    >>> chain = Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)
    >>> betweenness(chain).tolist()
    [0.0, 1.0, 0.0]
    """
    return _scaled(summed_dependencies(relations, np.arange(len(relations)), weighted=weighted), len(relations))


def summed_dependencies(relations: Relations, sources: NDArray[np.int64], *, weighted: bool = False) -> Values:
    """Each node's dependencies over these sources: of how many targets' shortest paths it carries what share."""
    nodes, rows = len(relations), relations.out
    if weighted:
        lengths = _lengths(rows)
        parts = over_chunks(lambda chunk: _weighted_brandes(rows.indptr, rows.neighbour, lengths, chunk), sources)
    else:
        parts = over_chunks(lambda chunk: _brandes(rows.indptr, rows.neighbour, chunk), sources)
    total = np.zeros(nodes)
    for part in parts:
        total += part
    return total


def closeness(relations: Relations, *, weighted: bool = False) -> Values:
    """How near each node is to all that reach it: the inverse of the mean distance, times the share that reaches it.

    Shape (nodes,). Freeman (1979), with the share of Wasserman and Faust (1994), Social network analysis, p. 201, for
    graphs in several pieces. Directed: distances to the node. As networkx.closeness_centrality.

    >>> closeness(Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)).round(3).tolist()
    [0.667, 1.0, 0.667]
    """
    nodes, rows = len(relations), relations.into
    lengths = _lengths(rows) if weighted else np.empty(0)
    work = _distances if weighted else _hops
    parts = over_chunks(lambda chunk: work(rows.indptr, rows.neighbour, lengths, chunk), np.arange(nodes))
    found = np.concatenate([np.empty((0, 2)), *parts])
    return nearness(found[:, 0], found[:, 1], nodes)


def nearness(reached: Values, distance: Values, nodes: int) -> Values:
    """Closeness from how many others are reached and the sum of the distances to them, each of shape (nodes,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = reached / distance * reached / max(nodes - 1, 1)
    return np.where(distance > 0, value, 0.0)


def _scaled(total: Values, nodes: int) -> Values:
    return total / ((nodes - 1) * (nodes - 2)) if nodes > 2 else total * 0.0


def _lengths(rows: Rows) -> Values:
    return 1.0 / rows.weight


@njit(cache=True, nogil=True)
def _brandes(indptr: Any, neighbour: Any, sources: Any) -> Any:
    nodes = len(indptr) - 1
    total, share = np.zeros(nodes), np.zeros(nodes)
    paths = np.zeros(nodes)
    far = np.full(nodes, NOWHERE, np.int32)
    queue = np.empty(nodes, np.int32)
    for source in sources:
        queue[0], far[source], paths[source] = source, 0, 1.0
        begin, end = 0, 1
        while begin < end:
            begin, end = end, grow(indptr, neighbour, far, paths, queue, begin, end)
        for place in range(end - 1, 0, -1):
            node = queue[place]
            carried = 0.0
            for entry in range(indptr[node], indptr[node + 1]):
                other = neighbour[entry]
                if far[other] == far[node] + 1:
                    carried += (1.0 + share[other]) / paths[other]
            share[node] = carried * paths[node]
            total[node] += share[node]
        for place in range(end):
            node = queue[place]
            far[node], paths[node], share[node] = NOWHERE, 0.0, 0.0
    return total


@njit(cache=True, nogil=True)
def _weighted_brandes(indptr: Any, neighbour: Any, length: Any, sources: Any) -> Any:
    nodes = len(indptr) - 1
    total, share, paths = np.zeros(nodes), np.zeros(nodes), np.zeros(nodes)
    far = np.full(nodes, np.inf)
    settled = np.zeros(nodes, np.bool_)
    queue = np.empty(nodes, np.int32)
    for source in sources:
        far[source], paths[source] = 0.0, 1.0
        heap = [(0.0, np.int64(source))]
        end = 0
        while len(heap) > 0:
            distance, node = heapq.heappop(heap)
            if settled[node]:
                continue
            settled[node] = True
            queue[end] = node
            end += 1
            for entry in range(indptr[node], indptr[node + 1]):
                other, reached = neighbour[entry], distance + length[entry]
                if reached < far[other]:
                    far[other], paths[other] = reached, paths[node]
                    heapq.heappush(heap, (reached, np.int64(other)))
                elif reached == far[other] and not settled[other]:
                    paths[other] += paths[node]
        for place in range(end - 1, 0, -1):
            node = queue[place]
            carried = 0.0
            for entry in range(indptr[node], indptr[node + 1]):
                other = neighbour[entry]
                if far[other] == far[node] + length[entry]:
                    carried += (1.0 + share[other]) / paths[other]
            share[node] = carried * paths[node]
            total[node] += share[node]
        for place in range(end):
            node = queue[place]
            far[node], paths[node], share[node], settled[node] = np.inf, 0.0, 0.0, False
    return total


@njit(cache=True, nogil=True)
def _hops(indptr: Any, neighbour: Any, _: Any, sources: Any) -> Any:
    """How many others each source reaches, and the sum of the distances to them."""
    nodes = len(indptr) - 1
    found = np.zeros((len(sources), 2))
    far = np.full(nodes, NOWHERE, np.int32)
    queue = np.empty(nodes, np.int32)
    for row, source in enumerate(sources):
        end = search(indptr, neighbour, source, far, queue)
        found[row, 0] = end - 1
        for place in range(end):
            found[row, 1] += far[queue[place]]
            far[queue[place]] = NOWHERE
    return found


@njit(cache=True, nogil=True)
def _distances(indptr: Any, neighbour: Any, length: Any, sources: Any) -> Any:
    nodes = len(indptr) - 1
    found = np.zeros((len(sources), 2))
    for row, source in enumerate(sources):
        far = np.full(nodes, np.inf)
        settled = np.zeros(nodes, np.bool_)
        far[source] = 0.0
        heap = [(0.0, np.int64(source))]
        while len(heap) > 0:
            distance, node = heapq.heappop(heap)
            if settled[node]:
                continue
            settled[node] = True
            found[row, 1] += distance
            found[row, 0] += 1
            for entry in range(indptr[node], indptr[node + 1]):
                other, reached = neighbour[entry], distance + length[entry]
                if reached < far[other]:
                    far[other] = reached
                    heapq.heappush(heap, (reached, np.int64(other)))
        found[row, 0] -= 1
    return found
