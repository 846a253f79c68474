"""Compiling the searches before the clock starts: some seconds the first time on a machine, then it is read."""

from __future__ import annotations

import numpy as np

from graphkit.breaking.dismantle import dismantle
from graphkit.breaking.labels import anneal
from graphkit.breaking.order import ordered
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.swap import swap_search
from graphkit.network.simple import SimpleGraph


def warm_up() -> None:
    """Run each compiled search once on a path of four nodes."""
    graph = SimpleGraph.of(4, np.arange(3), np.arange(1, 4))
    problem = Fragmentation(graph, np.ones(4, np.int64), Conditions.plain(4, 1.0))
    given, out = problem.conditions, np.array([False, True, False, False])
    task = (
        graph.indptr,
        graph.neighbour,
        problem.weight,
        given.cost,
        1.0,
        given.group,
        given.limits,
        given.allowed,
        out,
    )
    stop = np.zeros(1, np.int64)
    swap_search(*task, 1, 1, 0.5, 1, stop)
    anneal(*task, 0.5, 1, 1.0, 0.5, 1, stop)
    dismantle(*task[:4], given.allowed, out, 2, True, 1, 1.0, 0.5, 1, stop)
    ordered(problem, [1])
