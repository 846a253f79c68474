"""Whoever is linked to the central is central: measures that are the fixed point of passing weight along links."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkit.centrality.relations import Relations, Rows, Values

_ROUNDS = 20_000
_NEAR = 1e-13  # the change of all values together at which the rounds end
DAMPING = 0.85


class Unsettled(ArithmeticError):
    """The rounds did not come to an end: there is no one vector that they tend to."""


def eigenvector(relations: Relations, *, weighted: bool = False) -> Values:
    """Each node's part in the leading eigenvector of the links into it, shape (nodes,), of Euclidean length 1.

    Bonacich (1972), Factoring and weighting approaches to status scores and clique identification. Power iteration from
    equal values, as networkx.eigenvector_centrality, but to full precision. Raises Unsettled where it does not settle,
    as in directed graphs without cycles.

    >>> star = Relations.of(3, np.array([0, 0]), np.array([1, 2]), directed=False)
    >>> eigenvector(star).round(3).tolist()
    [0.707, 0.5, 0.5]
    """
    matrix, nodes = _matrix(relations.into, weighted=weighted), len(relations)
    value = np.full(nodes, 1.0 / max(nodes, 1))
    for _ in range(_ROUNDS):
        before = value
        value = before + matrix @ before  # shifted, so that it settles in graphs of two sides too
        value = value / (np.linalg.norm(value) or 1.0)
        if float(np.abs(value - before).sum()) < nodes * _NEAR or not nodes:
            return np.asarray(value, np.float64)
    raise Unsettled


def pagerank(relations: Relations, *, weighted: bool = False) -> Values:
    """How often one who follows links at random, and now and then starts anew, is at each node; the sum is 1.

    Brin and Page (1998), The anatomy of a large-scale hypertextual web search engine; damping 0.85. As
    networkx.pagerank (whose weights must be asked off with weight=None).

    >>> pagerank(Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)).round(3).tolist()
    [0.257, 0.486, 0.257]
    """
    out, nodes = relations.out, len(relations)
    weight = out.weight if weighted else np.ones(len(out.weight))
    given = np.bincount(out.origin, weight, minlength=nodes)
    matrix = _matrix(relations.into, weighted=weighted)
    share = np.divide(1.0, given, out=np.zeros(nodes), where=given > 0)
    idle = given == 0
    value = np.full(nodes, 1.0 / max(nodes, 1))
    for _ in range(_ROUNDS):
        before = value
        spread = float(before[idle].sum()) * DAMPING + 1.0 - DAMPING
        value = DAMPING * (matrix @ (before * share)) + spread / max(nodes, 1)
        if float(np.abs(value - before).sum()) < _NEAR:
            break
    return np.asarray(value / (value.sum() or 1.0), np.float64)


def _matrix(rows: Rows, *, weighted: bool) -> Any:
    from scipy.sparse import csr_array

    weight = rows.weight if weighted else np.ones(len(rows.weight))
    return csr_array((weight, rows.neighbour, rows.indptr), shape=(len(rows), len(rows)))
