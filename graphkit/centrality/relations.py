"""Who is related to whom, and how strongly: a graph without loops, its repeated links made one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.simple import SimpleGraph

Values = NDArray[np.float64]


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
        key = source.astype(np.int64) * max(nodes, 1) + target
        order = np.argsort(key, kind="stable")
        key = key[order]
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if len(key) else np.empty(0, np.int64)
        summed = np.add.reduceat(weight[order], first) if len(first) else np.empty(0, np.float64)
        origin, neighbour = np.divmod(key[first], max(nodes, 1))
        indptr = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(origin, minlength=nodes), out=indptr[1:])
        return cls(indptr, neighbour.astype(np.int32), summed.astype(np.float64))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
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
        turned = np.ones(len(source), bool) if not directed else np.zeros(len(source), bool)
        if both_ways is not None:
            turned |= both_ways[kept]
        ends = np.concatenate((source, target[turned])), np.concatenate((target, source[turned]))
        out = Rows.of(nodes, *ends, np.concatenate((weight, weight[turned])))
        if not directed:
            return cls(out, out, directed)
        return cls(out, Rows.of(nodes, out.neighbour, out.origin, out.weight), directed)

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
