"""A problem as the compiled searches read it: arrays of one type each, so that every search is compiled once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.problem import Conditions, Fragmentation

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Task(NamedTuple):
    """The network, what counts of each node (nodes,), and what a plan has to keep to.

    `indptr` (nodes + 1,) and `neighbour` (2 · links,) are those of a SimpleGraph; `cost`, `group` and `may`, what may
    go out and come back, are (nodes,), `limits` (groups,).
    """

    indptr: Whole
    neighbour: NDArray[np.int32]
    weight: Whole
    cost: Numbers
    group: NDArray[np.int32]
    limits: Numbers
    may: Mask
    budget: float


def task_of(problem: Fragmentation) -> Task:
    """The problem with the types that the searches are compiled for.

    >>> from graphkit.network.simple import SimpleGraph
    >>> pair = SimpleGraph.of(2, np.array([0]), np.array([1]))
    >>> task_of(Fragmentation(pair, np.ones(2, int), Conditions.plain(2, 1))).budget
    1.0
    """
    graph, given = problem.graph, problem.conditions
    return Task(
        np.ascontiguousarray(graph.indptr, np.int64), np.ascontiguousarray(graph.neighbour, np.int32),
        np.ascontiguousarray(problem.weight, np.int64), np.ascontiguousarray(given.cost, np.float64),
        np.ascontiguousarray(given.group, np.int32), np.ascontiguousarray(given.limits, np.float64),
        changeable(given), float(given.budget),
    )  # fmt: skip


def changeable(conditions: Conditions) -> Mask:
    """What may go out and come back: what is allowed and not a must."""
    may = conditions.allowed.copy()
    may[list(conditions.must)] = False
    return may
