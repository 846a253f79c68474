"""In which order to hit, and what each hit takes away: the greedy order, each the one whose loss then leaves least."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.compiling import late, usable
from graphkit.breaking.components import labelled, without_each
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.shrunk import shrunk

Whole = NDArray[np.int64]
_UNCOMPILED = 20_000  # nodes and links looked at, up to which it is quick without compiling


def objective(problem: Fragmentation, hit: Sequence[int]) -> int:
    """The objective once these are hit: pairs still connected, or actors in the largest component."""
    _, size = _components(problem, hit)
    return int((size * (size - 1) // 2).sum()) if problem.objective == "pairs" else int(size.max(initial=0))


def pairs_without_each(problem: Fragmentation, hit: Sequence[int]) -> tuple[int, Whole]:
    """With these hit: the pairs, and the pairs there would be were one node more hit, for each node (nodes,)."""
    graph, weight = problem.graph, problem.weight
    labels, size = _components(problem, hit)
    pairs = int((size * (size - 1) // 2).sum())
    table, left = np.empty((7, len(graph)), np.int64), np.zeros(len(graph), np.int64)
    table[1] = -1
    found = np.full(len(graph), pairs, np.int64)
    parts, numbers, begins = usable(without_each), *np.unique(labels, return_index=True)
    for start in begins[numbers >= 0].tolist():
        count = parts(graph.indptr, graph.neighbour, weight, labels, start, table, left)
        inside = table[0, :count]
        whole = int(size[labels[start]])
        found[inside] = pairs - whole * (whole - 1) // 2 + left[inside]
    return pairs, found


def ordered(problem: Fragmentation, chosen: Sequence[int]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The targets in greedy order of the pairs they take away, higher tiers after one of their subordinates; gains.

    Gains are in the unit of the objective, each what the hit takes away given the hits before it.
    """
    targets = sorted(chosen)
    small, _ = shrunk(problem, targets)
    if late("components:without_each") and len(targets) * (len(small.graph) + small.graph.links) > _UNCOMPILED:
        return _by_degree(problem, targets)
    left, order, gains = list(range(len(targets))), list[int](), list[float]()
    value = objective(small, ())
    while left:
        _, after = pairs_without_each(small, order)
        hit = [targets[i] for i in order]
        ready = [i for i in left if _ready(problem.conditions, targets[i], hit)] or left
        best = min(ready, key=lambda i: (after[i], i))
        left.remove(best)
        order.append(best)
        now = int(after[best]) if problem.objective == "pairs" else objective(small, order)
        gains.append(float(value - now))
        value = now
    return tuple(targets[i] for i in order), tuple(gains)


def _by_degree(problem: Fragmentation, chosen: Sequence[int]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The targets with most neighbours first, where there was no time to compile what the greedy order needs.

    What each takes away is counted backwards, putting them back one by one.
    """
    left, order = sorted(chosen, key=lambda i: (-int(problem.graph.degree[i]), i)), list[int]()
    while left:
        order.append(left.pop(next((k for k, i in enumerate(left) if _ready(problem.conditions, i, order)), 0)))
    labels, size = (part.tolist() for part in _components(problem, order))
    part, values = list(range(len(size))), [sum(s * (s - 1) // 2 for s in size)]
    greatest = max(size, default=0)

    def root(number: int) -> int:
        while part[number] != number:
            part[number] = number = part[part[number]]
        return number

    for node in reversed(order):
        labels[node] = mine = len(part)
        part.append(mine)
        size.append(int(problem.weight[node]))
        pairs = values[-1]
        for other in problem.graph.of_node(node).tolist():
            theirs = root(labels[other]) if labels[other] >= 0 else mine
            if theirs != mine:
                pairs += size[mine] * size[theirs]
                size[mine] += size[theirs]
                part[theirs] = mine
        greatest = max(greatest, size[mine])
        values.append(pairs if problem.objective == "pairs" else greatest)
    if problem.objective != "pairs":
        values[0] = objective(problem, order)
    values.reverse()
    return tuple(order), tuple(float(a - b) for a, b in pairwise(values))


def _ready(conditions: Conditions, target: int, hit: Sequence[int]) -> bool:
    return all(any(i in hit for i in low) for high, low in conditions.after if high == target)


def _components(problem: Fragmentation, hit: Sequence[int]) -> tuple[Whole, Whole]:
    """The label of each node, ABSENT where hit, and the weight of each component by label."""
    out = np.zeros(len(problem.graph), bool)
    out[list(hit)] = True
    return labelled(problem.graph.indptr, problem.graph.neighbour, problem.weight, out)
