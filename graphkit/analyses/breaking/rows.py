"""A plan for few connected pairs or a small largest component, told row by row."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.base import Casefile, Findings
from graphkit.analyses.breaking.conditions import called, conditions_of, large_budget, named, of_limits
from graphkit.analyses.breaking.custody import left_out, taken_in
from graphkit.analyses.breaking.ground import Ground, strike_ground
from graphkit.analyses.breaking.reasons import after_successors, by_region, ending, in_time, reasons, standing
from graphkit.analyses.breaking.request import StrikeRequest
from graphkit.analyses.breaking.robust import SHARE, robust_plan
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.limits import known_link_kinds, known_node_kinds, known_target_kinds
from graphkit.analyses.parties.account_holders import seat_of
from graphkit.analyses.parties.meant import meant
from graphkit.analyses.regions.nearby import regions_near
from graphkit.breaking.fragment import fragment
from graphkit.breaking.order import objective
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.searching import NoPlan
from graphkit.breaking.sequential import one_after_another
from graphkit.errors import RequestError
from graphkit.model.answer import Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from numpy.typing import NDArray


_LEAST = 0.1  # of the time at least is for the search, however long the network took to prepare
_FIRST = 0.8  # of the time, for the plan of one night where that of one hit after another is held against it


def planned(casefile: Casefile, request: StrikeRequest) -> Findings:
    """The plan that is asked for. Raises RequestError where there is nothing to break, or no plan can be."""
    began, network, store = time.monotonic(), casefile.network(), casefile.store
    without, notes = left_out(casefile, network, request.without, request.keep_detained)
    ground = strike_ground(
        network,
        known_node_kinds(store, request.node_kinds),
        known_target_kinds(network, request.targets),
        known_link_kinds(network, request.kinds),
        request.hub_size,
        without,
        meant=meant(store, network).of,
    )
    check_ground(ground)
    regions = node_regions(casefile, ground, np.flatnonzero(ground.target)) if request.wishes.limit else {}
    conditions = conditions_of(ground, store, request.wishes, regions)
    bound = of_limits(request.wishes.limit, ground.target, regions)
    problem = Fragmentation(
        ground.graph, ground.weight, conditions, request.objective, request.until, request.time_limit, request.seed
    )
    plan, facts = _decided(ground, problem, request, began)
    told, late = reasons(ground, problem, plan, ending(plan, began + request.time_limit, request.time_limit))
    rows = rows_of(casefile, ground, problem, plan, told)
    facts |= {"by_region": by_region(rows), "firm": standing(ground, problem, plan)}
    facts["after_successors"] = after_successors(ground, problem, plan)
    if request.until is not None:
        facts["largest"] = objective(problem, plan.order)
    notes = (
        *notes,
        *taken_in(ground, store, without),
        *large_budget(conditions),
        *bound,
        *of_plan(plan, facts.get("robust")),
        *in_time(late),
    )
    return Findings(rows, notes, {**facts_of(request, plan), **facts}, network.revision)


def _decided(
    ground: Ground, problem: Fragmentation, request: StrikeRequest, began: float
) -> tuple[Plan, dict[str, Any]]:
    """The plan as asked for: on one night or one after another, for the network as it is or for drawn ones."""
    if request.robust is not None and (request.sequential or request.until is not None):
        raise RequestError("--robust takes a budget and hits on one night.", "--robust 需要预算，且为同时打击。")
    # What comes before the search and the reasons, which are worked out after it, are within the same time.
    until = began + request.time_limit - min(3.0, 0.3 * request.time_limit)
    limit = until - began
    left = max(until - time.monotonic(), _LEAST * limit)
    share = 1 - SHARE if request.robust else _FIRST if request.sequential else 1
    plan = plan_for(lambda: fragment(replace(problem, time_limit=limit * share), seconds=left * share))
    if request.sequential:
        until = ending(plan, until, limit)
        one_by_one = plan_for(lambda: one_after_another(problem, plan.bound, until))
        return one_by_one, {"one_night": min(plan.value, one_by_one.value)}
    if request.robust is None:
        return plan, {}
    plan, drawn = robust_plan(ground, problem, plan, request.robust)
    return plan, {"robust": drawn}


def plan_for(search: Callable[[], Plan]) -> Plan:
    """The plan that the search finds. Raises RequestError where there is none."""
    try:
        return search()
    except NoPlan as none:
        if not none.sure:
            raise RequestError(
                "No plan that keeps to all conditions was found in the time there was: raise --time-limit.",
                "在给定时间内没有找到满足全部条件的方案：请增大 --time-limit。",
            ) from None
        raise RequestError(
            "No set of hits keeps to the conditions and gets there: allow more targets, or ask for less.",
            "没有满足全部条件的打击方案：请放宽打击对象或目标。",
        ) from None


def node_regions(casefile: Casefile, ground: Ground, nodes: NDArray[np.integer[Any]]) -> dict[int, str]:
    """The division code of each of these nodes that has one."""
    position = {int(node): seat_of(ground.network, ground.position(int(node))) for node in nodes}
    codes = regions_near(ground.network, casefile.store, sorted(set(position.values())))
    return {node: codes[place] for node, place in position.items() if place in codes}


def rows_of(
    casefile: Casefile, ground: Ground, problem: Fragmentation, plan: Plan, told: list[dict[str, Any]]
) -> list[Row]:
    """One row a target, in the order of hitting."""
    network = ground.network
    regions = node_regions(casefile, ground, np.array(plan.order, np.int64))
    links = {node: ground.links_at(node).tolist() for node in plan.order}
    evidence = evidence_of(casefile.store, network, (link for some in links.values() for link in some))
    return [
        {
            "order": place,
            "id": named(ground, node),
            **called(ground, node),
            "region": regions.get(node, ""),
            "cost": float(problem.conditions.cost[node]),
            "gain": gain,
            **why,
            "evidence": merged(evidence[link] for link in links[node]),
        }
        for place, (node, gain, why) in enumerate(zip(plan.order, plan.gains, told, strict=True), 1)
    ]


def facts_of(request: StrikeRequest, plan: Plan) -> dict[str, Any]:
    """What stands beside the rows."""
    return {
        "objective": request.objective, "value": plan.value, "before": plan.before, "bound": plan.bound,
        "gap": round(plan.gap, 6), "optimal": plan.optimal, "truncated": plan.truncated, "seed": plan.seed,
    }  # fmt: skip


def check_ground(ground: Ground) -> None:
    if not len(ground.graph):
        raise RequestError(
            "There is no network to break: nothing is loaded that counts as an actor.", "没有可打击的网络：没有行动者。"
        )
    if not ground.target.any():
        raise RequestError("There is nothing of these kinds to hit.", "没有这些种类的打击对象。")


def of_plan(plan: Plan, drawn: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """How sure the plan is; of one for `drawn` networks, what it was chosen by."""
    if drawn:
        samples, mean = drawn["samples"], f"{drawn['mean']:.12g}"
        return (
            say(
                f"Chosen for what it leaves on average over {samples} networks drawn by the grades of their links "
                f"(mean {mean}; a link is there with a chance of 1 for A1, .8 for B2, .6 for C3, .4 for D4, .2 for E5, "
                ".5 where it cannot be judged). Value, bound and gap are of the network as the records tell it.",
                f"按等级抽取 {samples} 个网络，取平均剩余最少的方案（平均 {mean}；联系存在的机会：A1 为 1，B2 为 .8，"
                "C3 为 .6，D4 为 .4，E5 为 .2，无法判断的为 .5）。方案的值、下界和差距按全部记录计。",
            ),
        )
    if plan.optimal:
        return (say("Proved: no plan that keeps to the conditions is better.", "已证明：在这些条件下没有更好的方案。"),)
    share = f"{100 * plan.gap:.1f} %"
    return (
        say(
            f"Not proved best: {plan.value:.12g} was found, and no plan is below {plan.bound:.12g} (gap {share}).",
            f"未证明最优：找到 {plan.value:.12g}，任何方案不低于 {plan.bound:.12g}（差距 {share}）。",
        ),
    )
