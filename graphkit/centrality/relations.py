"""Who is related to whom, and how strongly: a graph without loops, its repeated links made one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.simple import SimpleGraph

Values = NDArray[np.float64]


def summed(nodes: int, source: NDArray[Any], target: NDArray[Any], weight: Values) -> Any:
    """A sparse matrix (nodes, nodes) in compressed rows, sorted; the weights of entries of equal ends are summed."""
    from scipy.sparse import coo_array

    matrix = coo_array((weight, (source, target)), shape=(nodes, nodes)).tocsr()
    matrix.sum_duplicates()
    matrix.sort_indices()
    return matrix


@dataclass(frozen=True, eq=False)
class Rows:
    """Neighbours of node `i`: `neighbour[indptr[i]:indptr[i + 1]]`, ascending, with the weight of the relation to each.

    Shapes: `indptr` (nodes + 1,) int64; `neighbour` (entries,) int32 and `weight` (entries,) float64.
    """

    indptr: NDArray[np.int64]
    neighbour: NDArray[np.int32]
    weight: Values

    @classmethod
    def of(cls, nodes: int, source: NDArray[Any], target: NDArray[Any], weight: Values) -> Rows:
        """From entries in any order; those of equal ends become one, their weights summed."""
        return cls.taken(summed(nodes, source, target, weight))

    @classmethod
    def taken(cls, matrix: Any) -> Rows:
        """From a sparse matrix in compressed rows, sorted and without repeated entries."""
        return cls(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data)

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @cached_property
    def origin(self) -> NDArray[np.int64]:
        """The node at which each entry begins, shape (entries,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))


@dataclass(frozen=True, eq=False)
class Relations:
    """A graph of `len(relations)` nodes: `out` along its links, `into` against them; the same where undirected.

    >>> chain = Relations.of(3, np.array([0, 1, 1]), np.array([1, 0, 2]), directed=False)
    >>> chain.out.neighbour.tolist(), chain.out.weight.tolist(), chain.links
    ([1, 0, 2, 1], [2.0, 2.0, 1.0, 1.0], 2)
    """

    out: Rows
    into: Rows
    directed: bool

    @classmethod
    def of(
        cls,
        nodes: int,
        source: NDArray[Any],
        target: NDArray[Any],
        weight: Values | None = None,
        *,
        directed: bool,
        both_ways: NDArray[np.bool_] | None = None,
    ) -> Relations:
        """From the ends of links and their weights (1 each by default), in any order; loops are left out.

        `both_ways` says which links hold in both directions where the graph is directed.
        """
        weight = np.ones(len(source)) if weight is None else weight
        kept = source != target
        source, target, weight = source[kept], target[kept], weight[kept]
        if not directed:
            return cls.undirected(summed(nodes, np.minimum(source, target), np.maximum(source, target), weight))
        turned = np.zeros(len(source), bool) if both_ways is None else both_ways[kept]
        ends = np.concatenate((source, target[turned])), np.concatenate((target, source[turned]))
        matrix = summed(nodes, *ends, np.concatenate((weight, weight[turned])))
        return cls(Rows.taken(matrix), Rows.taken(matrix.T.tocsr()), directed)

    @classmethod
    def undirected(cls, upper: Any) -> Relations:
        """From a sparse matrix that has each relation once, from the lesser node to the greater."""
        rows = Rows.taken((upper + upper.T).tocsr())
        return cls(rows, rows, directed=False)

    def __len__(self) -> int:
        return len(self.out)

    @property
    def links(self) -> int:
        """How many pairs of nodes are related; in a directed graph how many ordered pairs."""
        return len(self.out.neighbour) if self.directed else len(self.out.neighbour) // 2

    @cached_property
    def simple(self) -> SimpleGraph:
        """The graph without its directions and weights."""
        if not self.directed:
            return SimpleGraph(self.out.indptr, self.out.neighbour)
        return SimpleGraph.of(len(self), self.out.origin, self.out.neighbour)
