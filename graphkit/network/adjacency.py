"""Who is next to whom, as compressed sparse rows: the neighbours of node `i` stand in one slice of one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.sorting import by_row

Positions = NDArray[np.int64]
Ends = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Adjacency:
    """Neighbours and links of node `i`: `neighbour[indptr[i]:indptr[i + 1]]` and `link[…]`, by neighbour, then link.

    Shapes: `indptr` (nodes + 1,) int64; `neighbour` and `link` (entries,) int32 positions of nodes and links.

    >>> chain = Adjacency.of(3, np.array([0, 1]), np.array([1, 2]), np.array([0, 1]))
    >>> origin, neighbour, link = chain.expand(np.array([1, 0]))
    >>> origin.tolist(), neighbour.tolist(), link.tolist()
    ([0, 1], [2, 1], [1, 0])
    """

    indptr: NDArray[np.int64]
    neighbour: NDArray[np.int32]
    link: NDArray[np.int32]

    @classmethod
    def of(cls, nodes: int, source: Ends, target: Ends, link: Ends) -> Adjacency:
        """From one entry a link and direction, whose columns have one length."""
        if len(link) and not bool(np.all(link[1:] >= link[:-1])):
            by_link = np.argsort(link, kind="stable")
            source, target, link = source[by_link], target[by_link], link[by_link]
        order, indptr = by_row(source, nodes, target)
        return cls(indptr.astype(np.int64), target[order].astype(np.int32), link[order].astype(np.int32))

    @classmethod
    def both_ways(cls, nodes: int, source: NDArray[np.int32], target: NDArray[np.int32]) -> Adjacency:
        """Each link seen from both its ends; a link of a node to itself is seen once."""
        link = np.arange(len(source), dtype=np.int32)
        back = np.flatnonzero(source != target)
        ends = np.concatenate((source, target[back])), np.concatenate((target, source[back]))
        return cls.of(nodes, *ends, np.concatenate((link, link[back])))

    def expand(self, nodes: NDArray[Any]) -> tuple[Positions, NDArray[np.int32], NDArray[np.int32]]:
        """All entries of these nodes, in their order: where in `nodes` each starts, its neighbour, its link."""
        begin = self.indptr[nodes]
        count = self.indptr[nodes + 1] - begin
        origin = np.repeat(np.arange(len(nodes)), count)
        before = np.cumsum(count) - count
        entry = np.arange(len(origin)) + (begin - before)[origin]
        return origin, self.neighbour[entry], self.link[entry]

    def of_node(self, node: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The neighbours and links of one node."""
        piece = slice(int(self.indptr[node]), int(self.indptr[node + 1]))
        return self.neighbour[piece], self.link[piece]

    def distinct_neighbours(self) -> NDArray[np.int32]:
        """How many different neighbours each node has, itself not counted; shape (nodes,)."""
        nodes = len(self.indptr) - 1
        origin = np.repeat(np.arange(nodes), np.diff(self.indptr))
        fresh = self.neighbour != origin
        fresh[1:] &= (self.neighbour[1:] != self.neighbour[:-1]) | (origin[1:] != origin[:-1])
        return np.bincount(origin[fresh], minlength=nodes).astype(np.int32)
