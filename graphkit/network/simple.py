"""A simple undirected graph: no direction, no loops, no parallel links, as most measures of networks are defined on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class SimpleGraph:
    """Neighbours of node `i`: `neighbour[indptr[i]:indptr[i + 1]]`, ascending.

    Shapes: `indptr` (nodes + 1,) int64, `neighbour` (2 · links,) int32; every link stands at both its ends.

    >>> triangle = SimpleGraph.of(3, np.array([0, 1, 2, 1]), np.array([1, 2, 0, 1]))
    >>> triangle.neighbour.tolist(), triangle.degree.tolist(), len(triangle), triangle.links
    ([1, 2, 0, 2, 0, 1], [2, 2, 2], 3, 3)
    """

    indptr: NDArray[np.int64]
    neighbour: NDArray[np.int32]

    @classmethod
    def of(cls, nodes: int, source: NDArray[Any], target: NDArray[Any]) -> SimpleGraph:
        """From the ends of links, in any order and direction; loops are left out, parallel links count once."""
        low, high = np.minimum(source, target).astype(np.int64), np.maximum(source, target).astype(np.int64)
        key = np.unique((low * max(nodes, 1) + high)[low != high])
        low, high = np.divmod(key, max(nodes, 1))
        both = np.sort(np.concatenate((key, high * max(nodes, 1) + low)))
        indptr = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(both // max(nodes, 1), minlength=nodes), out=indptr[1:])
        return cls(indptr, (both % max(nodes, 1)).astype(np.int32))

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def links(self) -> int:
        """How many links there are, each counted once."""
        return len(self.neighbour) // 2

    @property
    def degree(self) -> NDArray[np.int64]:
        """How many neighbours each node has, shape (nodes,)."""
        return np.diff(self.indptr)

    def ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The two ends of each link, the lesser first, in order; each of shape (links,)."""
        origin = np.repeat(np.arange(len(self)), self.degree)
        once = origin < self.neighbour
        return origin[once], self.neighbour[once].astype(np.int64)

    def of_node(self, node: int) -> NDArray[np.int32]:
        """The neighbours of one node, ascending."""
        return self.neighbour[int(self.indptr[node]) : int(self.indptr[node + 1])]

    def part(self, kept: NDArray[np.bool_]) -> SimpleGraph:
        """The graph of the kept nodes, shape (nodes,), numbered anew in their order."""
        place = np.cumsum(kept) - 1
        low, high = self.ends()
        inside = kept[low] & kept[high]
        return SimpleGraph.of(int(kept.sum()), place[low[inside]], place[high[inside]])
