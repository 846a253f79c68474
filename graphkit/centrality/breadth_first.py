"""Breadth-first search (Moore 1959), as compiled loops that others take in: by whole search, or level by level.

`far` (nodes,) int32 is the number of links from where the search began, NOWHERE where it has not been; `queue` (nodes,)
has the nodes in the order in which they were found. Whoever searches again clears what is in the queue.
"""

from __future__ import annotations

from typing import Any

from numba import njit

NOWHERE = -1


@njit(inline="always")
def search(indptr: Any, neighbour: Any, source: Any, far: Any, queue: Any) -> Any:
    """Finds all that can be reached from a node, and gives how many these are, itself included."""
    far[source], queue[0] = 0, source
    end, place = 1, 0
    while place < end:
        node = queue[place]
        place += 1
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if far[other] < 0:
                far[other] = far[node] + 1
                queue[end] = other
                end += 1
    return end


@njit(inline="always")
def grow(indptr: Any, neighbour: Any, far: Any, paths: Any, queue: Any, begin: Any, end: Any) -> Any:
    """One more level, whose `paths` (nodes,) count the shortest ways to each node; gives where the next level ends.

    The nodes of the level before stand in the queue from `begin` to `end`.
    """
    last = end
    for place in range(begin, end):
        node = queue[place]
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if far[other] < 0:
                far[other] = far[node] + 1
                queue[last] = other
                last += 1
            if far[other] == far[node] + 1:
                paths[other] += paths[node]
    return last
