"""A plan against what flows from sources to buyers, told row by row."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.base import Casefile, Findings
from graphkit.analyses.breaking.conditions import called, conditions_of, large_budget, named, of_limits
from graphkit.analyses.breaking.custody import left_out
from graphkit.analyses.breaking.flow_ends import no_route
from graphkit.analyses.breaking.flow_ground import Asked, FlowGround, flow_ground
from graphkit.analyses.breaking.flow_reasons import FlowReasons
from graphkit.analyses.breaking.flow_robust import robust_plan
from graphkit.analyses.breaking.flow_targets import Targets, targets_of
from graphkit.analyses.breaking.reasons import by_region, ending, in_time
from graphkit.analyses.breaking.request import StrikeRequest
from graphkit.analyses.breaking.rows import facts_of, node_regions, of_plan
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.limits import known_target_kinds
from graphkit.analyses.parties.meant import meant
from graphkit.breaking.flow.interdiction import Interdiction, interdict
from graphkit.breaking.flow.sequential import one_after_another
from graphkit.errors import RequestError
from graphkit.model.answer import Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.breaking.plan import Plan
    from graphkit.breaking.problem import Conditions

_FIRST = 0.4  # of the search's time, for the plan of one night where another is built on it
_SHARE = 0.1  # of the time limit, for what comes after the search: what each hit does alone, who could take its place


def planned(casefile: Casefile, request: StrikeRequest) -> Findings:
    """The plan that leaves least of the flow. Raises RequestError where nothing flows or no plan is possible."""
    began = time.monotonic()
    _refuse(request)
    network, store = casefile.network(), casefile.store
    without, notes = left_out(casefile, network, request.without, request.keep_detained)
    flow = flow_ground(casefile, Asked.of(request.others), without)
    targets = targets_of(flow, known_target_kinds(network, request.targets))
    ground = targets.ground
    regions = node_regions(casefile, ground, np.flatnonzero(ground.target)) if request.wishes.limit else {}
    conditions = conditions_of(ground, store, request.wishes, regions)
    bound = of_limits(request.wishes.limit, ground.target, regions)
    until = began + request.time_limit
    left = max(until - time.monotonic(), _SHARE * request.time_limit)  # the limit is for all of it
    problem = flow.problem(targets.parts, conditions, left * (1 - _SHARE), request.seed)
    plan, more = _decided(flow, targets, problem, request)
    if plan.before <= 0:
        raise no_route(request.others["origins"], request.others["ends"], meant(store, network).parties(without))
    if plan.truncated:  # by the clock, or because the user wants the answer now
        until = time.monotonic() + request.time_limit * _SHARE
    why = FlowReasons(flow, targets, problem, plan)
    plan = replace(plan, gains=why.gains(until))
    reasons, late = why.rows(until)
    rows = _rows(casefile, targets, conditions, plan, reasons)
    about = (*notes, *flow.notes, *large_budget(conditions), *bound)
    told = (*about, *(say(*note) for note in plan.notes), *of_plan(plan, more.get("robust")))
    facts = {
        **facts_of(request, plan), "unit": flow.moved.unit, "follow": flow.moved.follow,
        "headroom": flow.headroom, "by_region": by_region(rows),
        "firm": why.standing(), "after_successors": why.after_successors(), **more,
    }  # fmt: skip
    return Findings(rows, (*told, *in_time(late)), facts, network.revision)


def _decided(
    flow: FlowGround, targets: Targets, problem: Interdiction, request: StrikeRequest
) -> tuple[Plan, dict[str, Any]]:  # fmt: skip
    """The plan as asked for: on one night or one after another, for the network as it is or for drawn ones."""
    until = time.monotonic() + problem.time_limit
    more = request.sequential or request.robust is not None
    plan = interdict(replace(problem, time_limit=problem.time_limit * (_FIRST if more else 1)))
    until = ending(plan, until, request.time_limit)
    if request.sequential:
        one_by_one = one_after_another(problem, plan.bound, until)
        return one_by_one, {"one_night": min(plan.value, one_by_one.value)}
    if request.robust is None or plan.before <= 0:
        return plan, {}
    plan, drawn = robust_plan(flow, targets, problem, plan, request.robust, until)
    return plan, {"robust": drawn}


def _refuse(request: StrikeRequest) -> None:
    if request.until is not None:
        raise RequestError(
            "The objective flow takes a budget, not --until: --budget 5.",
            "目标 flow 需要预算而不是 --until：--budget 5。",
        )
    if request.node_kinds or request.kinds:
        raise RequestError(
            "--kinds and --node-kinds go with the objectives pairs and largest: what flows are deliveries or payments.",
            "--kinds、--node-kinds 只用于目标 pairs 和 largest：流动的是货物或资金往来。",
        )
    if request.sequential and request.robust is not None:
        raise RequestError("--sequential goes without --robust.", "--sequential 不能与 --robust 同用。")


def _rows(
    casefile: Casefile, targets: Targets, conditions: Conditions, plan: Plan, reasons: list[dict[str, Any]]
) -> list[Row]:  # fmt: skip
    """One row a target, in the order of hitting."""
    ground, network = targets.ground, targets.ground.network
    regions = node_regions(casefile, ground, np.array(plan.order, np.int64))
    links = {node: ground.links_at(node).tolist() for node in plan.order}
    evidence = evidence_of(casefile.store, network, (link for some in links.values() for link in some))
    return [
        {
            "order": place,
            "id": named(ground, node),
            **called(ground, node),
            "region": regions.get(node, ""),
            "cost": float(conditions.cost[node]),
            "gain": round(gain, 6),
            **why,
            "evidence": merged(evidence[link] for link in links[node]),
        }
        for place, (node, gain, why) in enumerate(zip(plan.order, plan.gains, reasons, strict=True), 1)
    ]
