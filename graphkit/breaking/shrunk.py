"""What of a network a plan's own hits can tell of: everything else shrunk to the components that they all leave.

Whichever of the hits are carried out, what is left between them stays whole; so order, gains and what the plan lacks
without one hit are the same in the small network, and take no time on a large one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graphkit.breaking.components import labelled
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.network.simple import SimpleGraph


def shrunk(problem: Fragmentation, chosen: Sequence[int]) -> tuple[Fragmentation, int]:
    """The problem with `chosen[i]` as node `i` and each component that they leave as one node after these; and the
    pairs, the same whatever is hit, in components that none of them touches. Of these only the largest is kept.

    >>> path = SimpleGraph.of(7, np.array([0, 1, 2, 3, 5]), np.array([1, 2, 3, 4, 6]))
    >>> small, apart = shrunk(Fragmentation(path, np.ones(7, np.int64), Conditions.plain(7, 1)), [1])
    >>> small.graph.links, small.weight.tolist(), apart
    (2, [1, 1, 3, 2], 0)
    """
    graph, count, out = problem.graph, len(chosen), np.zeros(len(problem.graph), bool)
    out[list(chosen)] = True
    label, size = labelled(graph.indptr, graph.neighbour, problem.weight, out)
    place = np.zeros(len(graph), np.int64)
    place[list(chosen)] = np.arange(count)
    near = [graph.of_node(node) for node in chosen]
    ends = np.concatenate([np.empty(0, np.int32), *near])
    source = np.repeat(np.arange(count), [len(each) for each in near])
    parts = np.unique(label[ends[~out[ends]]])
    other = np.where(out[ends], place[ends], count + np.searchsorted(parts, label[ends]))
    apart = np.delete(size[: int(label.max(initial=-1)) + 1], parts)
    largest = int(apart.max(initial=0))
    weight = np.concatenate((problem.weight[list(chosen)], size[parts], [largest]))
    small = SimpleGraph.of(len(weight), source, other)
    left = int((apart * (apart - 1) // 2).sum()) - largest * (largest - 1) // 2
    return replace(problem, graph=small, weight=weight, conditions=Conditions.plain(len(weight), np.inf)), left
