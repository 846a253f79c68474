"""How many others a node is linked to, and how strongly."""

from __future__ import annotations

import numpy as np

from graphkit.centrality.relations import Relations, Rows, Values


def degree(relations: Relations) -> Values:
    """The share of all others that each node is linked to, shape (nodes,); directed: links in and out together.

    Freeman (1979), Centrality in social networks: conceptual clarification. As networkx.degree_centrality.

    >>> star = Relations.of(3, np.array([0, 0]), np.array([1, 2]), directed=False)
    >>> degree(star).tolist()
    [1.0, 0.5, 0.5]
    """
    if len(relations) < 2:
        return np.ones(len(relations))  # as networkx has it
    count = sum(np.diff(rows.indptr) for rows in _sides(relations))
    return np.asarray(count / (len(relations) - 1), np.float64)


def weighted_degree(relations: Relations) -> Values:
    """The sum of the weights of each node's links, shape (nodes,).

    Barrat et al. (2004), The architecture of complex weighted networks (there: strength).

    >>> weighted_degree(Relations.of(2, np.array([0, 0]), np.array([1, 1]), directed=False)).tolist()
    [2.0, 2.0]
    """
    sums = [np.bincount(rows.origin, rows.weight, minlength=len(rows)) for rows in _sides(relations)]
    return np.asarray(sum(sums), np.float64)


def _sides(relations: Relations) -> list[Rows]:
    return [relations.out, relations.into] if relations.directed else [relations.out]
