"""Hits that a plan does not need: put back, they join nothing that the other hits part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.components import labelled
from graphkit.breaking.problem import Fragmentation


def without_idle(problem: Fragmentation, hit: tuple[int, ...]) -> tuple[int, ...]:
    """The hits but for those without which the plan achieves as much; of these the first are kept, the last looked at.

    As much is: as few pairs, and for the objective `largest` as small a largest component too; with `until` no
    component above the size. What must be hit, and what others depend on, stays. So nobody is arrested for nothing.

    >>> from graphkit.breaking.problem import Conditions
    >>> from graphkit.network.simple import SimpleGraph
    >>> star = SimpleGraph.of(4, np.array([0, 0, 0]), np.array([1, 2, 3]))
    >>> without_idle(Fragmentation(star, np.ones(4, np.int64), Conditions.plain(4, 3)), (0, 1, 2))
    (0,)
    """
    parts, given, kept = _Parts(problem, hit), problem.conditions, dict.fromkeys(hit)
    must = set(given.must)
    most = problem.most if problem.until is not None else None
    for node in reversed(hit):
        if node in must or not parts.idle(node, most):
            continue
        if not given.tied or given.fits([each for each in kept if each != node]):
            parts.put_back(node)
            del kept[node]
    return tuple(kept)


class _Parts:
    """The components that are left, and who puts back what joins them."""

    def __init__(self, problem: Fragmentation, hit: tuple[int, ...]) -> None:
        self.graph, self.weight = problem.graph, problem.weight
        out = np.zeros(len(problem.graph), bool)
        out[list(hit)] = True
        self.label: NDArray[np.int64]
        self.label, size = labelled(self.graph.indptr, self.graph.neighbour, self.weight, out)
        self.size: list[int] = size.tolist()
        self.part = list(range(len(self.size)))
        self.none = problem.objective == "largest" and not any(self.size)  # who is left alone is more than nobody

    def idle(self, node: int, most: int | None) -> bool:
        """Whether the node back would join no two actors, or with `most` no more than so many."""
        near = [self.size[part] for part in self._near(node)]
        joined = sum(near) + int(self.weight[node])
        return joined <= max([0 if self.none else 1, *near]) if most is None else joined <= most

    def put_back(self, node: int) -> None:
        near = self._near(node)
        self.label[node] = len(self.part)
        self.size.append(int(self.weight[node]) + sum(self.size[part] for part in near))
        self.part.append(len(self.part))
        for part in near:
            self.part[part] = len(self.part) - 1

    def _near(self, node: int) -> list[int]:
        labels = self.label[self.graph.of_node(node)]
        return sorted({self._root(int(label)) for label in labels if label >= 0})

    def _root(self, number: int) -> int:
        while self.part[number] != number:
            self.part[number] = number = self.part[self.part[number]]
        return number
