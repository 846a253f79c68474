"""The whole interdiction as one mixed-integer program, for networks that are small enough.

Wood (1993): each node lies before or behind the cut; an arc across it is paid for in flow unless its target is hit. The
nodes' sides are whole by themselves once the hits are, so that only the hits have to be decided.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.network import SplitNetwork
from graphkit.breaking.flow.rows import Rows

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Solved:
    """The best plan (merged,) that the program found, None where it found none, and the bound that it proves."""

    hit: Mask | None
    bound: float
    complete: bool


def solve(network: SplitNetwork, rows: Rows, most: float, seconds: float) -> Solved:
    """The best plan by HiGHS. No plan worse than `most`, the value of one that is known, is looked for."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, hstack

    relevant = _relevant(network)
    sides, arcs, targets = 2 * network.nodes + 2, len(relevant), len(rows.low)
    scale = max(float(network.capacity[relevant].max(initial=0.0)), 1e-300)
    low = np.concatenate((np.zeros(sides + arcs), rows.low))
    high = np.concatenate((np.ones(sides + arcs), rows.high))
    low[2 * network.nodes], high[2 * network.nodes + 1] = 1.0, 0.0
    paid = np.concatenate((np.zeros(sides), network.capacity[relevant] / scale, np.zeros(targets)))
    conditions = [LinearConstraint(_crossings(network, relevant, targets), -np.inf, 0.0)]
    if len(rows):
        limits = hstack((csr_matrix((len(rows), sides + arcs)), rows.matrix)).tocsr()
        conditions.append(LinearConstraint(limits, -np.inf, rows.limit))
    conditions.append(LinearConstraint(csr_matrix(paid[None, :]), -np.inf, most / scale * (1 + 1e-6) + 1e-9))
    found = milp(
        paid,
        constraints=conditions,
        integrality=np.concatenate((np.zeros(sides + arcs), np.ones(targets))),
        bounds=Bounds(low, high),
        options={"time_limit": max(seconds, 0.1), "mip_rel_gap": 1e-9},
    )
    bound = getattr(found, "mip_dual_bound", None)
    hit = None if found.x is None else np.asarray(found.x[sides + arcs :] > 0.5)
    return Solved(hit, -np.inf if bound is None else float(bound) * scale, found.status == 0)


def _relevant(network: SplitNetwork) -> Ints:
    """Arcs that can carry something: those on some way from the origin to the end."""
    ahead = _reached(network.tail, network.head, 2 * network.nodes)
    back = _reached(network.head, network.tail, 2 * network.nodes + 1)
    return np.flatnonzero(ahead[network.tail] & back[network.head] & (network.capacity > 0))


def _reached(tail: NDArray[np.int32], head: NDArray[np.int32], start: int) -> Mask:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import breadth_first_order

    size = int(max(tail.max(initial=0), head.max(initial=0), start)) + 1
    graph = csr_matrix((np.ones(len(tail)), (tail, head)), shape=(size, size))
    reached = np.zeros(size, bool)
    reached[breadth_first_order(graph, start, return_predecessors=False)] = True
    return reached


def _crossings(network: SplitNetwork, relevant: Ints, targets: int) -> object:
    """One row an arc: before at its tail, less before at its head, less paid, less hit, is at most zero."""
    from scipy.sparse import csr_matrix

    count, sides = len(relevant), 2 * network.nodes + 2
    place = np.full(len(network), -1)
    place[relevant] = np.arange(count)
    mine = place[network.part] >= 0
    each, hits = np.arange(count), place[network.part][mine]
    row = np.concatenate((each, each, each, hits))
    column = np.concatenate((
        network.tail[relevant], network.head[relevant], sides + each, sides + count + network.owner[mine]
    ))  # fmt: skip
    value = np.concatenate((np.ones(count), np.full(2 * count + len(hits), -1.0)))
    return csr_matrix((value, (row, column)), shape=(count, sides + count + targets))
