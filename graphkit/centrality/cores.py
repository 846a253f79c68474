"""How deep inside the densest part of the graph a node lies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphkit.centrality.relations import Relations, Values


def k_core(relations: Relations) -> Values:
    """The greatest k such that the node is in a part where everyone has k neighbours in it, shape (nodes,).

    Seidman (1983), Network structure and minimum degree; Batagelj and Zaversnik (2003), An O(m) algorithm for cores
    decomposition. As networkx.core_number: of a directed graph, ties in and out both count, a mutual one twice.

    >>> k_core(Relations.of(4, np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]), directed=False)).tolist()
    [2.0, 2.0, 2.0, 1.0]
    >>> k_core(Relations.of(3, np.array([0, 1, 1]), np.array([1, 0, 2]), directed=True)).tolist()
    [2.0, 2.0, 1.0]
    """
    out, into = relations.out, relations.into
    if not relations.directed:
        return np.asarray(_peeled(out.indptr, out.neighbour), np.float64)
    order = np.argsort(np.concatenate((out.origin, into.origin)), kind="stable")
    neighbour = np.concatenate((out.neighbour, into.neighbour))[order]
    return np.asarray(_peeled(out.indptr + into.indptr, neighbour), np.float64)


@njit(cache=True, nogil=True)
def _peeled(indptr: Any, neighbour: Any) -> Any:
    """Take away the node of fewest neighbours, again and again; nodes stand in order of how many they have left."""
    nodes = len(indptr) - 1
    core = indptr[1:] - indptr[:-1]
    most = core.max() if nodes else 0
    begin = np.zeros(most + 2, np.int64)
    for node in range(nodes):
        begin[core[node] + 1] += 1
    begin = np.cumsum(begin)
    free = begin.copy()
    order, place = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    for node in range(nodes):
        place[node] = free[core[node]]
        order[place[node]] = node
        free[core[node]] += 1
    for step in range(nodes):
        node = order[step]
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if core[other] > core[node]:
                first = max(begin[core[other]], step + 1)
                swapped, here = order[first], place[other]
                order[first], order[here] = other, swapped
                place[other], place[swapped] = first, here
                begin[core[other]] = first + 1
                core[other] -= 1
    return core
