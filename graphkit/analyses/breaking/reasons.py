"""Why each target is in a plan, what would take its place, and how much of the plan stands on what is doubtful."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.conditions import called, named
from graphkit.analyses.breaking.ground import Ground
from graphkit.breaking.order import objective, pairs_without_each
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.shrunk import shrunk
from graphkit.model.answer import Row
from graphkit.model.language import say
from graphkit.model.regions import english_name, full_name
from graphkit.network.simple import SimpleGraph
from graphkit.tracing.walk.strength import doubtful, ungraded

_SOON = 0.1  # of the time limit: what may still be worked out for who wants the answer now
_TRIED = 200  # candidates looked at for a substitute, where the objective must be worked out for each


def reasons(
    ground: Ground, problem: Fragmentation, plan: Plan, until: float = math.inf
) -> tuple[list[dict[str, Any]], int]:
    """For each target in order: what it takes away alone, what remains without it, its best substitute, its successor.

    `alone`: what hitting only it takes away. `left_out`: the objective after the plan without it. `replaced_by`: who
    is best hit in its stead, and `replaced` the objective then. `successor`: who is nearest to taking its place, as
    having most neighbours in common with it (of equal ones in the greatest share of its own), of those not hit.
    Substitutes are sought until the moment `until` of the monotonic clock; the number says for how many they were not.
    """
    found, late = list[dict[str, Any]](), 0
    small, apart = shrunk(problem, plan.order)
    apart = apart if problem.objective == "pairs" else 0
    every, before = range(len(plan.order)), objective(small, ())
    for place, target in enumerate(plan.order):
        substitute, then = None, 0
        if until == -math.inf or (place and time.monotonic() > until):
            late += 1
        else:
            try:
                substitute, then = _substitute(problem, tuple(each for each in plan.order if each != target), target)
            except KeyboardInterrupt:
                until, late = -math.inf, late + 1
        successor = successor_of(ground, problem.graph, target, plan.order)
        found.append({
            "alone": float(before - objective(small, (place,))),
            "left_out": float(apart + objective(small, [each for each in every if each != place])),
            **who("replaced_by", ground, substitute),
            "replaced": None if substitute is None else float(then),
            **who("successor", ground, successor),
        })  # fmt: skip
    return found, late


def ending(plan: Plan, until: float, limit: float) -> float:
    """The moment `until` which there is time after the search, sooner where the user has stopped it."""
    return min(until, time.monotonic() + _SOON * limit) if plan.stopped else until


def in_time(late: int) -> tuple[str, ...]:
    """The note that for so many hits there was no time to find a substitute."""
    if not late:
        return ()
    return (
        say(
            f"For the last {late} hits there was no time to find who is best hit in their stead: --time-limit.",
            f"最后 {late} 个对象来不及查找替代目标：--time-limit。",
        ),
    )


def who(what: str, ground: Ground, node: int | None) -> dict[str, str]:
    """Id and name of the target under this heading; empty for nobody."""
    if node is None:
        return {what: "", f"{what}_name": ""}
    return {what: named(ground, node), f"{what}_name": called(ground, node)["name"]}


def after_successors(ground: Ground, problem: Fragmentation, plan: Plan) -> float:
    """The objective once the successor of each actor hit has taken over his ties to those who remain."""
    source, target = problem.graph.ends()
    more: list[tuple[int, int]] = []
    remain = np.ones(len(problem.graph), bool)
    remain[list(plan.order)] = False
    for node in plan.order:
        successor = successor_of(ground, problem.graph, node, plan.order)
        if successor is not None:
            near = problem.graph.of_node(node)
            more += [(successor, other) for other in near[remain[near]].tolist()]
    extra = np.array(more, np.int64).reshape(-1, 2)
    graph = SimpleGraph.of(
        len(problem.graph), np.concatenate((source, extra[:, 0])), np.concatenate((target, extra[:, 1]))
    )
    return float(objective(replace(problem, graph=graph), plan.order))


def successor_of(ground: Ground, graph: SimpleGraph, node: int, hit: Sequence[int]) -> int | None:
    """The actor not hit who has most customers, suppliers and ties in common with this one; None without any."""
    if not ground.actor[node]:
        return None
    near = graph.of_node(node)
    beside = np.concatenate([np.empty(0, np.int32), *(graph.of_node(int(other)) for other in near)])
    common = np.bincount(beside, minlength=len(graph))
    common[[node, *hit]] = 0
    common[~ground.actor] = 0
    most = int(common.max(initial=0))
    if not most:
        return None
    among = np.flatnonzero(common == most)
    return int(among[np.argmin(graph.degree[among])])


def standing(ground: Ground, problem: Fragmentation, plan: Plan) -> dict[str, Any]:
    """What the plan achieves where links graded below C3 are left out, and how many links cannot be judged.

    `links` counts those left out, `ungraded` those without a grade or graded F or 6; `share` is the share of the
    objective that the plan takes away then, beside `share_with_all`.
    """
    links = ground.network.links
    weak = doubtful(links, ground.links)
    source, target = kept_ends(ground, ~weak)
    firm = replace(problem, graph=SimpleGraph.of(len(problem.graph), source, target))
    before, value = objective(firm, ()), objective(firm, plan.order)
    whole = objective(problem, ())
    return {
        "links": int(weak.sum()),
        "ungraded": int(ungraded(links, ground.links).sum()),
        "before": float(before),
        "value": float(value),
        "share": _share(before, value),
        "share_with_all": _share(whole, objective(problem, plan.order)),
    }


def by_region(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What each region has to do: whom it hits, in which place of the whole order, at what cost, on which rows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["region"], []).append(row)
    return [
        {
            "region": region,
            "region_name": say(english_name(region), full_name(region)),
            "hits": len(own),
            "cost": sum(row["cost"] for row in own),
            "orders": [row["order"] for row in own],
            "ids": [row["id"] for row in own],
            "names": [row["name"] for row in own],
            "evidence": list(dict.fromkeys(each for row in own for each in row["evidence"])),
        }
        for region, own in sorted(found.items())
    ]


def kept_ends(ground: Ground, kept: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ends in the graph of these links of the ground; a link that stands as a node is two."""
    place = {int(link): node for node, links in ground.routes.items() for link in links}
    ends = ground.ends[kept]
    between = np.array([place.get(int(link), -1) for link in ground.links[kept]], np.int64)
    direct = between < 0
    source = np.concatenate((ends[direct, 0], ends[~direct, 0], ends[~direct, 1]))
    target = np.concatenate((ends[direct, 1], between[~direct], between[~direct]))
    return source, target


def _share(before: int, value: int) -> float | None:
    return round(1 - value / before, 6) if before else None


def _substitute(problem: Fragmentation, rest: tuple[int, ...], target: int) -> tuple[int | None, int]:
    """The best target to hit in the stead of this one, and the objective then; None where nothing else may be."""
    given = problem.conditions
    _, after = pairs_without_each(problem, rest)
    fitting = (
        int(i)
        for i in np.argsort(after, kind="stable")
        if given.allowed[i] and i != target and i not in rest and given.fits((*rest, int(i)))
    )
    able = list(islice(fitting, 1 if problem.objective == "pairs" else _TRIED))
    if not able:
        return None, 0
    if problem.objective == "pairs":
        return able[0], int(after[able[0]])
    values = [(objective(problem, (*rest, i)), i) for i in able]
    value, best = min(values)
    return best, value
