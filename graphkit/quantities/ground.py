"""The part of the flow network that can lead to what is asked: all that lies before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.quantities.deliveries import UNMARKED, Ints, Mask
from graphkit.quantities.runs import Runs, parts_of


@dataclass(frozen=True, eq=False)
class Bounds:
    """The least and the most of marked goods; `exact` where some history reaches each of them, else they are outer."""

    low: float
    high: float
    exact: bool


@dataclass(frozen=True, eq=False)
class Ground:
    """What one kind of goods can flow in: the arcs that stay of that kind, and where it enters.

    Shapes: `tail`, `head`, `capacity` (arcs kept,), `enters` (nodes,) in whole parts, `before` (nodes,) the nodes from
    which the goal can be reached, `kept` (arcs kept,) their positions in the network.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    enters: Ints
    before: Mask
    kept: Ints


def ground(runs: Runs, mark: NDArray[np.int8], side: int, goals: Ints) -> Ground:
    """All that goods of this kind can flow in on their way to the goal nodes; what is of unknown kind is with them."""
    free = np.ones(len(runs.tail), bool)
    free[: len(mark)] = mark == 0
    before = reaching(runs, free, goals)
    kept = np.flatnonzero(free & before[runs.tail] & before[runs.head])
    return Ground(
        runs.tail[kept], runs.head[kept], runs.capacity[kept], entering(runs, mark, side), before, kept
    )  # fmt: skip


def entering(runs: Runs, mark: NDArray[np.int8], side: int) -> Ints:
    """How much of this kind or of unknown kind enters at each node, in whole parts; shape (nodes,)."""
    found = np.zeros(runs.nodes, np.int64)
    known = runs.entry >= 0
    opened = runs.unseen + (runs.opening if side == UNMARKED else 0)
    np.add.at(found, runs.entry[known], opened[known])
    given = np.flatnonzero(mark == side)
    np.add.at(found, runs.head[given], parts_of(runs.given.arriving[given], runs.units))
    return found


def reaching(runs: Runs, free: Mask, goals: Ints) -> Mask:
    """The nodes from which a goal can be reached along free arcs; shape (nodes,)."""
    return _spread(runs.nodes, runs.head[free], runs.tail[free], goals)


def reached(runs: Runs, free: Mask, starts: Ints) -> Mask:
    """The nodes that can be reached from these along free arcs; shape (nodes,)."""
    return _spread(runs.nodes, runs.tail[free], runs.head[free], starts)


def _spread(nodes: int, tail: Ints, head: Ints, starts: Ints) -> Mask:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    tails = np.concatenate((tail, np.full(len(starts), nodes)))
    heads = np.concatenate((head, starts))
    matrix: Any = csr_array((np.ones(len(tails), np.int8), (tails, heads)), shape=(nodes + 1, nodes + 1))
    found = np.zeros(nodes + 1, bool)
    found[breadth_first_order(matrix, nodes, directed=True, return_predecessors=False)] = True
    return found[:nodes]
