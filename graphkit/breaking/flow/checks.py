"""Whether a task of interdiction makes sense, said before any work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.hits import any_hits
from graphkit.breaking.flow.rows import rows_of
from graphkit.errors import RequestError
from graphkit.network.connected import strongly_connected

if TYPE_CHECKING:
    from graphkit.breaking.flow.interdiction import Interdiction
    from graphkit.breaking.problem import Conditions


def check(problem: Interdiction) -> None:
    """Raises RequestError that says what makes no sense, in both languages."""
    nodes, links = len(problem.node_capacity), len(problem.capacity)
    _numbers("capacity of a link", "联系的容量", problem.capacity)
    _numbers("capacity of a node", "对象的容量", problem.node_capacity)
    for numbers, most in ((problem.source, nodes), (problem.target, nodes), (problem.origins, nodes),
                          (problem.ends, nodes), (problem.part, nodes + links)):  # fmt: skip
        _known(numbers, most)
    _ends(problem)
    _conditions(problem.conditions, int(problem.owner.max(initial=-1)) + 1)
    _limited(problem)
    any_hits(rows_of(problem.conditions))
    if not problem.time_limit > 0:
        raise RequestError("The time limit must be above zero.", "时限须大于零。")


def _numbers(en: str, zh: str, values: NDArray[np.float64]) -> None:
    wrong = np.flatnonzero(np.isnan(values) | (values < 0))
    if len(wrong):
        first = int(wrong[0])
        raise RequestError(
            f"The {en} must be a number of at least zero, not {values[first]:g} (number {first}).",
            f"{zh}须为不小于零的数，而第 {first} 个为 {values[first]:g}。",
        )


def _known(numbers: NDArray[np.int64], most: int) -> None:
    wrong = numbers[(numbers < 0) | (numbers >= most)]
    if len(wrong):
        raise RequestError(f"There is no node or link {int(wrong[0])}.", f"没有编号为 {int(wrong[0])} 的对象或联系。")


def _ends(problem: Interdiction) -> None:
    for ends, en, zh in ((problem.origins, "sources", "来源"), (problem.ends, "buyers", "买方")):
        if not len(ends):
            raise RequestError(f"There are no {en}.", f"没有{zh}。")
    both = np.intersect1d(problem.origins, problem.ends)
    if len(both):
        raise RequestError(f"Node {both[0]} is both source and buyer.", f"对象 {both[0]} 既是来源又是买方。")


def _conditions(conditions: Conditions, targets: int) -> None:
    if targets != len(conditions):
        raise RequestError(
            f"The conditions speak of {len(conditions)} targets, but there are {targets}.",
            f"条件涉及 {len(conditions)} 个目标，而实有 {targets} 个。",
        )
    _numbers("cost of a target", "目标的代价", conditions.cost)
    _numbers("limit of a region", "地区的限额", conditions.limits)
    _numbers("budget", "预算", np.array([conditions.budget]))
    named: list[Any] = [*conditions.must, *(each for some in conditions.together for each in some)]
    named += [each for high, low in conditions.after for each in (high, *low)]
    _known(np.array(named, np.int64), targets)


def _limited(problem: Interdiction) -> None:
    """Where nothing on some route limits what flows, no figure can be given."""
    endless = np.isinf(problem.node_capacity)
    links = np.isinf(problem.capacity) & endless[problem.source] & endless[problem.target]
    if not links.any():
        return
    nodes = len(endless)
    first = nodes  # one node before all endless sources and behind all endless buyers: a route becomes a circle
    origins, ends = problem.origins[endless[problem.origins]], problem.ends[endless[problem.ends]]
    source = np.concatenate((problem.source[links], np.full(len(origins), first), ends))
    target = np.concatenate((problem.target[links], origins, np.full(len(ends), first)))
    part = strongly_connected(nodes + 1, source, target)
    if bool(np.any(part[:nodes] == part[first])):
        raise RequestError(
            "Nothing limits what flows on some route from the sources to the buyers: give capacities.",
            "来源到买方的某条通路没有任何容量限制，请给出容量。",
        )
