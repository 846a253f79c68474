"""Everything within some hops of one entity, breadth first, with the least chain to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.ground import Ground

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Reach:
    """What was reached, nearest first: `node`, `hops`, `parent` (a place in these arrays), `link`; shape (reached,).

    The first entry is the start, with parent and link -1. Of several shortest chains to a node the one with the
    lexicographically least ids is kept. `stopped` are the entities reached that were not walked through.
    """

    node: Whole
    hops: Whole
    parent: Whole
    link: Whole
    stopped: Whole

    def chain(self, place: int) -> tuple[list[int], list[int]]:
        """The nodes from the start to this place, and the links between them."""
        nodes, links = [int(self.node[place])], []
        while self.parent[place] >= 0:
            links.append(int(self.link[place]))
            place = int(self.parent[place])
            nodes.append(int(self.node[place]))
        return nodes[::-1], links[::-1]


def reach(ground: Ground, start: int, hops: int) -> Reach:
    """Everything within `hops` links of the start; closed entities are reached, not walked through.

    Breadth-first search (Moore 1959), a whole level at a time.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b", "c"], object), "kind": np.array(["Actor"] * 3, object)}
    >>> links = {"link": ["1", "2"], "kind": ["LINKED"] * 2, "source": [0, 1], "target": [1, 2]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> found = reach(Ground(network), 0, 2)
    >>> found.node.tolist(), found.hops.tolist(), found.chain(2)
    ([0, 1, 2], [0, 1, 2], ([0, 1, 2], [0, 1]))
    """
    seen = np.zeros(len(ground.network), bool)
    seen[start] = True
    levels = [(np.array([start]), np.array([-1]), np.array([-1]))]
    stopped: list[Whole] = []
    count = 1
    while len(levels) <= hops and len(levels[-1][0]):
        level = levels[-1][0]
        places = np.arange(count - len(level), count)
        if len(levels) > 1 and ground.closed is not None:
            stopped.append(level[ground.closed[level]])
            level, places = level[~ground.closed[level]], places[~ground.closed[level]]
        levels.append(_next(ground, level, places, seen))
        count += len(levels[-1][0])
    hop = np.repeat(np.arange(len(levels)), [len(node) for node, _, _ in levels])
    node, parent, link = (np.concatenate(column) for column in zip(*levels, strict=True))
    return Reach(node, hop, parent, link, np.sort(np.concatenate([np.empty(0, np.int64), *stopped])))


def _next(ground: Ground, level: Whole, places: Whole, seen: NDArray[np.bool_]) -> tuple[Whole, Whole, Whole]:
    """The nodes one hop on that are new, in the order of their least chains; marks them as seen."""
    origin, neighbour, link = ground.step(level)
    fresh = np.flatnonzero(~seen[neighbour])
    node, first = np.unique(neighbour[fresh], return_index=True)
    order = np.argsort(first)
    entry = fresh[first[order]]
    seen[node] = True
    return node[order].astype(np.int64), places[origin[entry]], link[entry].astype(np.int64)
