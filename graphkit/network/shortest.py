"""The chain of fewest links between two entities, searched from both ends at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from graphkit.network.ground import Ground, Mask

_FAR = -1


class _Side:
    """One end's part of the search: how far each node is from it, and the outermost level so far."""

    def __init__(self, ground: Ground, end: int) -> None:
        self.ground = ground
        self.hops = np.full(len(ground.network), _FAR, np.int16)
        self.hops[end] = 0
        self.level: NDArray[np.integer] = np.array([end])
        self.depth = 0

    def work(self) -> int:
        """How many entries the next level would read."""
        indptr = self.ground.network.both.indptr
        return int((indptr[self.level + 1] - indptr[self.level]).sum())

    def grow(self, blocked: Mask, start: int, banned: NDArray[np.integer]) -> None:
        """One level more; the steps from the start to the banned nodes are not taken, either way."""
        origin, neighbour, _ = self.ground.step(self.level)
        kept = (self.hops[neighbour] == _FAR) & ~blocked[neighbour]
        if len(banned):
            kept &= ~_banned(self.level[origin], neighbour, start, banned)
        self.level = np.unique(neighbour[kept])
        self.depth += 1
        self.hops[self.level] = self.depth


def fewest_hops(
    ground: Ground, start: int, end: int, max_hops: int, *, avoid: Sequence[int] = (), banned: Collection[int] = ()
) -> list[int] | None:
    """The nodes of the shortest chain of at most `max_hops` links, None where there is none.

    It touches no closed entity between its ends, none to `avoid`, and does not begin with a step to a `banned` one. Of
    several shortest chains it is the one with the lexicographically least ids. Bidirectional breadth-first search (Pohl
    1971), a whole level at a time on the smaller side.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b", "c"], object), "kind": np.array(["Actor"] * 3, object)}
    >>> links = {"link": ["1", "2"], "kind": ["LINKED"] * 2, "source": [0, 1], "target": [1, 2]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> fewest_hops(Ground(network), 0, 2, max_hops=6), fewest_hops(Ground(network), 0, 2, max_hops=1)
    ([0, 1, 2], None)
    """
    blocked = ground.blocked(avoid, (start, end))
    steps = np.array(sorted(banned), np.int64)
    near, far = _Side(ground, start), _Side(ground, end)
    while near.depth + far.depth < max_hops and len(near.level) and len(far.level):
        grown, other = (near, far) if near.work() <= far.work() else (far, near)
        grown.grow(blocked, start, steps)
        if np.any(other.hops[grown.level] != _FAR):
            return _least(ground, near, far, start, steps)
    return None


def _least(ground: Ground, near: _Side, far: _Side, start: int, banned: NDArray[np.integer]) -> list[int]:
    """The least of the shortest chains, once the two sides have met."""
    allowed = _on_a_chain(ground, near, far)
    chain = [start]
    length = near.depth + far.depth
    while len(chain) <= length:
        _, neighbour, _ = ground.step(np.array(chain[-1:]))
        if len(chain) == 1:
            neighbour = neighbour[~np.isin(neighbour, banned)]
        if len(chain) <= near.depth:
            fits = allowed[neighbour] == len(chain)
        else:
            fits = far.hops[neighbour] == length - len(chain)
        chain.append(int(neighbour[fits].min()))
    return chain


def _on_a_chain(ground: Ground, near: _Side, far: _Side) -> NDArray[np.int16]:
    """For each node within the near side its distance from the start where it lies on a shortest chain, else -1."""
    allowed = np.full(len(ground.network), _FAR, np.int16)
    meet = near.level[far.hops[near.level] == far.depth]
    allowed[meet] = near.depth
    for depth in range(near.depth - 1, 0, -1):
        _, neighbour, _ = ground.step(meet)
        meet = np.unique(neighbour[near.hops[neighbour] == depth])
        allowed[meet] = depth
    return allowed


def _banned(here: NDArray[np.integer], there: NDArray[np.integer], start: int, banned: NDArray[np.integer]) -> Mask:
    forth = (here == start) & np.isin(there, banned)
    back = (there == start) & np.isin(here, banned)
    return np.asarray(forth | back)
