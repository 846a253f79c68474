"""Who stands between those who do not know each other: structural holes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphkit.centrality.relations import Relations, Rows, Values


def constraint(relations: Relations, *, weighted: bool = False) -> Values:
    """How much each node's ties lead back to the same few, shape (nodes,): the less, the more of a broker; nan alone.

    Burt (1992), Structural holes. A tie is the sum of both directions. As networkx.constraint.

    >>> constraint(Relations.of(3, np.array([0, 0]), np.array([1, 2]), directed=False)).tolist()
    [0.5, 1.0, 1.0]
    """
    rows = _mutual(relations, weighted=weighted)
    return np.asarray(_constraint(rows.indptr, rows.neighbour, rows.weight), np.float64)


def effective_size(relations: Relations, *, weighted: bool = False) -> Values:
    """How many of a node's neighbours are not reached through one another, shape (nodes,); nan alone.

    Burt (1992); without weights as Borgatti (1997), Structural holes: unpacking Burt's redundancy measures. As
    networkx.effective_size of named nodes. Of all nodes at once, in a graph with directions or weights, networkx up to
    3.6 divides each tie by the strongest of the other end instead of its own, and gives values that are not Burt's.

    >>> effective_size(Relations.of(3, np.array([0, 0, 1]), np.array([1, 2, 2]), directed=False)).tolist()
    [1.0, 1.0, 1.0]
    """
    rows = _mutual(relations, weighted=weighted)
    if weighted or relations.directed:
        return np.asarray(_effective_size(rows.indptr, rows.neighbour, rows.weight), np.float64)
    degree = np.diff(rows.indptr)
    ties = _ties_among(rows.indptr, rows.neighbour)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(degree > 0, degree - 2 * ties / degree, np.nan), np.float64)


def _mutual(relations: Relations, *, weighted: bool) -> Rows:
    """Ties with the weights of both directions together."""
    out = relations.out
    weight = out.weight if weighted else np.ones(len(out.weight))
    if not relations.directed:
        return Rows(out.indptr, out.neighbour, weight)
    source = np.concatenate((out.origin, out.neighbour))
    target = np.concatenate((out.neighbour, out.origin))
    return Rows.of(len(out), source, target, np.concatenate((weight, weight)))


@njit(cache=True, nogil=True)
def _constraint(indptr: Any, neighbour: Any, weight: Any) -> Any:
    nodes = len(indptr) - 1
    found, strength = np.full(nodes, np.nan), np.zeros(nodes)
    for node in range(nodes):
        for entry in range(indptr[node], indptr[node + 1]):
            strength[node] += weight[entry]
    through = np.zeros(nodes)  # what share of the node's ties leads to each, directly and by one other
    for node in range(nodes):
        begin, end = indptr[node], indptr[node + 1]
        if begin == end or strength[node] == 0.0:
            continue
        for entry in range(begin, end):
            through[neighbour[entry]] = 0.0
        for entry in range(begin, end):
            other, share = neighbour[entry], weight[entry] / strength[node]
            through[other] += share
            for next_ in range(indptr[other], indptr[other + 1]):
                through[neighbour[next_]] += share * weight[next_] / strength[other]
        found[node] = 0.0
        for entry in range(begin, end):
            found[node] += through[neighbour[entry]] ** 2
        for entry in range(begin, end):
            other = neighbour[entry]
            through[other] = 0.0
            for next_ in range(indptr[other], indptr[other + 1]):
                through[neighbour[next_]] = 0.0
    return found


@njit(cache=True, nogil=True)
def _effective_size(indptr: Any, neighbour: Any, weight: Any) -> Any:
    nodes = len(indptr) - 1
    found = np.full(nodes, np.nan)
    strength, most = np.zeros(nodes), np.zeros(nodes)
    for node in range(nodes):
        for entry in range(indptr[node], indptr[node + 1]):
            strength[node] += weight[entry]
            most[node] = max(most[node], weight[entry])
    share = np.zeros(nodes)
    for node in range(nodes):
        begin, end = indptr[node], indptr[node + 1]
        if begin == end or strength[node] == 0.0:
            continue
        for entry in range(begin, end):
            share[neighbour[entry]] = weight[entry] / strength[node]
        found[node] = 0.0
        for entry in range(begin, end):
            other = neighbour[entry]
            redundant = 0.0
            for next_ in range(indptr[other], indptr[other + 1]):
                redundant += share[neighbour[next_]] * weight[next_] / most[other]
            found[node] += 1.0 - redundant
        for entry in range(begin, end):
            share[neighbour[entry]] = 0.0
    return found


@njit(cache=True, nogil=True)
def _ties_among(indptr: Any, neighbour: Any) -> Any:
    """How many ties there are among the neighbours of each node."""
    nodes = len(indptr) - 1
    ties = np.zeros(nodes, np.int64)
    known = np.zeros(nodes, np.bool_)
    for node in range(nodes):
        begin, end = indptr[node], indptr[node + 1]
        for entry in range(begin, end):
            known[neighbour[entry]] = True
        for entry in range(begin, end):
            other = neighbour[entry]
            for next_ in range(indptr[other], indptr[other + 1]):
                ties[node] += known[neighbour[next_]] and neighbour[next_] < other
        for entry in range(begin, end):
            known[neighbour[entry]] = False
    return ties
