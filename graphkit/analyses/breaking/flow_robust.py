"""A plan against a flow that holds although some movements may not be true: tried on networks drawn by their grades.

Sample average approximation, as for what stays connected: see `strike_robust`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.reasons import ending
from graphkit.breaking.child import Report, reports
from graphkit.breaking.flow.interdiction import Interdiction
from graphkit.breaking.flow.network import MaximumFlow
from graphkit.breaking.flow.task import network_of, search
from graphkit.breaking.plan import Plan
from graphkit.tracing.walk.strength import grades

if TYPE_CHECKING:
    from graphkit.analyses.breaking.flow_ground import FlowGround
    from graphkit.analyses.breaking.flow_targets import Targets

Hits = tuple[int, ...]
_OWN, _LEAST = 0.9, 0.05  # of that, for searching; seconds at least for each network
_SEARCHED = 0.7  # of the time there is, for plans for the drawn networks; the rest is for trying each on all


def robust_plan(
    flow: FlowGround, targets: Targets, problem: Interdiction, plan: Plan, samples: int, until: float
) -> tuple[Plan, dict[str, Any]]:
    """Of the given plan and the best for each drawn network, the one that leaves least on average over all of them.

    A movement is in a network where any link that tells of it is drawn, with the chance that the link's grade says: A1
    1, B2 .8, C3 .6, D4 .4, E5 .2, and .5 where it cannot be judged. Beside the plan: how many networks, and the mean,
    least and most of what still flows. `truncated` where the clock came before every plan was found and
    tried on all. Once the user has stopped a search, no other begins.
    """
    drawn = list(_drawn(flow, targets, problem, samples))
    planned, unsettled, stopped = list[Hits](), plan.stopped, plan.stopped
    if not plan.stopped:
        planned, unsettled, stopped = _planned(drawn, (until - time.monotonic()) * _SEARCHED)
        until = ending(replace(plan, stopped=stopped), until, problem.time_limit)
    tried = dict.fromkeys((tuple(sorted(plan.order)), *planned))
    flows = [MaximumFlow(network_of(each, np.arange(len(each.conditions)))) for each in drawn]
    values: dict[Hits, list[float]] = {}
    try:
        for hit in tried:
            if values and time.monotonic() > until:
                break
            values[hit] = [each.value(_mask(hit, each))[0] for each in flows]
    except KeyboardInterrupt:
        if not values:
            raise
    best = min(values, key=lambda hit: (round(sum(values[hit]), 6), hit))
    facts = {
        "samples": samples, "mean": round(float(np.mean(values[best])), 3), "least": round(min(values[best]), 6),
        "most": round(max(values[best]), 6),
    }  # fmt: skip
    late = plan.truncated or unsettled or len(values) < len(tried)
    if best == tuple(sorted(plan.order)):
        return replace(plan, truncated=late), facts
    return _told(problem, plan, best, late), facts


def plans(payload: tuple[list[Interdiction], float], report: Report) -> None:
    """What the process of its own does: a plan for each of these tasks, in turn, in so many seconds together."""
    tasks, seconds = payload
    until = time.monotonic() + seconds
    for number, each in enumerate(tasks):
        share = (until - time.monotonic()) / (len(tasks) - number)  # what one leaves is for those after it
        search(replace(each, time_limit=max(share, _LEAST)), lambda plan, number=number: report((number, plan)))  # type: ignore[misc]


def _planned(drawn: list[Interdiction], seconds: float) -> tuple[list[Hits], bool, bool]:
    """The plans for the drawn networks; whether the search for some did not end by itself; whether Ctrl-C ended it."""
    stopped = False
    found: dict[int, Plan] = {}
    try:
        for number, plan in reports("graphkit.analyses.breaking.flow_robust:plans", (drawn, seconds * _OWN), seconds):
            found[number] = plan
    except KeyboardInterrupt:
        stopped = True  # what has been found is tried all the same
    unsettled = len(found) < len(drawn) or any(plan.truncated for plan in found.values())
    return sorted({tuple(sorted(plan.order)) for plan in found.values()}), unsettled, stopped


def _drawn(flow: FlowGround, targets: Targets, problem: Interdiction, samples: int) -> Iterator[Interdiction]:
    """The task on networks with each link there or not, by chance."""
    rng = np.random.default_rng(problem.seed)
    told = np.array(flow.links(np.arange(len(flow.source))), np.int64)
    chance = grades(flow.network.links, told)
    for _ in range(samples):
        there = set(told[rng.random(len(told)) < chance].tolist())
        thinned = flow.by(flow.moved.told_by(there.__contains__))
        yield thinned.problem(targets.parts, problem.conditions, problem.time_limit, problem.seed)


def _told(problem: Interdiction, plan: Plan, hit: Sequence[int], late: bool) -> Plan:
    """The plan of these hits, on the network as the records tell it."""
    from graphkit.breaking.flow.order import by_size, shares

    flows = MaximumFlow(network_of(problem, np.arange(len(problem.conditions))))
    flows.value(np.zeros(flows.network.targets, bool))
    size = flows.network.of_targets(flows.parts())
    order = by_size(list(hit), size, problem.conditions.after)
    value = flows.value(_mask(hit, flows))[0]
    return replace(
        plan, order=tuple(order), gains=tuple(shares(flows, order, size, plan.before)), value=value,
        optimal=plan.bound >= value, truncated=late,
    )  # fmt: skip


def _mask(hit: Sequence[int], flows: MaximumFlow) -> NDArray[np.bool_]:
    mask = np.zeros(flows.network.targets, bool)
    mask[list(hit)] = True
    return mask
