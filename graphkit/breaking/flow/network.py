"""The network that an interdiction works on: directed arcs with capacities, and what each target takes out of it.

Every node is split in two, joined by an arc that carries what the node itself can pass on, so that hitting a node, like
hitting a link, is the loss of an arc. One origin before all sources and one end behind all buyers make it a plain
maximum flow (Ford and Fulkerson 1962, Flows in networks).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_PRECISION = 2.0**50  # the largest whole number that all capacities together make; sums of such are exact


@dataclass(frozen=True, eq=False)
class SplitNetwork:
    """Arcs from `tail` to `head` (arcs,) int32 with a finite `capacity` (arcs,).

    The first arcs are the nodes', in order, then the links', then those of the sources and the buyers. `endless` is
    above every sum of stated capacities: a cut that costs as much cannot be. Part `i` of a target is the arc `part[i]`,
    which is lost when the target `owner[i]` is hit; both of shape (parts,), sorted by owner.
    """

    nodes: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    capacity: Floats
    endless: float
    part: Ints
    owner: Ints
    targets: int

    def __len__(self) -> int:
        return len(self.tail)

    def left(self, hit: Mask) -> Floats:
        """Capacities once these targets (targets,) are hit."""
        capacity = self.capacity.copy()
        capacity[self.part[hit[self.owner]]] = 0.0
        return capacity

    def crossing(self, side: Mask) -> Mask:
        """Which arcs lead out of this side of a cut."""
        crossing: Mask = side[self.tail] & ~side[self.head]
        return crossing

    def of_targets(self, parts: Floats) -> Floats:
        """Sums over the parts of each target, shape (targets,)."""
        return np.bincount(self.owner, parts, self.targets).astype(np.float64)


def split(
    source: Ints, target: Ints, capacity: Floats, node_capacity: Floats, origins: Ints, ends: Ints,
    part: Ints, owner: Ints, targets: int,
) -> SplitNetwork:  # fmt: skip
    """The split network. `part` names nodes by position and link `i` by `len(node_capacity) + i`; inf is no limit."""
    nodes = len(node_capacity)
    through = _through(source, target, capacity, node_capacity, origins, ends)
    links = np.minimum(capacity, np.minimum(through[source], through[target]))
    known = np.concatenate((through, links))
    endless = 2.0 * float(known[np.isfinite(known)].sum()) + 1.0
    first, last = 2 * nodes, 2 * nodes + 1
    every = np.arange(nodes)
    order = np.argsort(owner, kind="stable")
    return SplitNetwork(
        nodes,
        np.concatenate((every, source + nodes, np.full(len(origins), first), ends + nodes)).astype(np.int32),
        np.concatenate((every + nodes, target, origins, np.full(len(ends), last))).astype(np.int32),
        np.concatenate((np.where(np.isfinite(known), known, endless), np.full(len(origins) + len(ends), endless))),
        endless,
        part[order],
        owner[order],
        targets,
    )


def _through(
    source: Ints, target: Ints, capacity: Floats, node_capacity: Floats, origins: Ints, ends: Ints
) -> Floats:  # fmt: skip
    """What a node can pass on is no more than what its links can bring and take."""
    nodes = len(node_capacity)
    into, out = np.bincount(target, capacity, nodes), np.bincount(source, capacity, nodes)
    into[origins], out[ends] = np.inf, np.inf
    return np.minimum(node_capacity, np.minimum(into, out))


class MaximumFlow:
    """Maximum flows in one network under changing capacities, by OR-Tools' push-relabel in whole numbers."""

    def __init__(self, network: SplitNetwork) -> None:
        from ortools.graph.python import max_flow

        self.network = network
        self.solved = 0
        self._scale = 2.0 ** np.floor(np.log2(_PRECISION / (network.endless * 4.0)))
        self._solver = max_flow.SimpleMaxFlow()
        none = np.zeros(len(network), np.int64)
        self._arcs = self._solver.add_arcs_with_capacity(network.tail, network.head, none)

    def cut(self, capacity: Floats) -> tuple[float, Mask]:
        """The least cut's capacity, rounded down so as not to exceed the truth, and its side (2 · nodes + 2,)."""
        first = 2 * self.network.nodes
        self._solver.set_arcs_capacity(self._arcs, np.floor(capacity * self._scale).astype(np.int64))
        if self._solver.solve(first, first + 1) != self._solver.OPTIMAL:
            raise ArithmeticError("the maximum flow was not found")
        side = np.zeros(first + 2, bool)
        side[self._solver.get_source_side_min_cut()] = True
        side[first] = True
        self.solved += 1
        return self._solver.optimal_flow() / self._scale, side

    def parts(self) -> Floats:
        """What the last flow carried over each part of a target, shape (parts,)."""
        carried: Floats = self._solver.flows(self._arcs[self.network.part]) / self._scale
        return carried

    def value(self, hit: Mask) -> tuple[float, Mask]:
        """What still flows once these targets are hit, as the sum of the cut's capacities, and the cut."""
        capacity = self.network.left(hit)
        _, side = self.cut(capacity)
        return float(capacity[self.network.crossing(side)].sum()), side
