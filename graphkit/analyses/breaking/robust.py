"""A plan that holds although some links may not be there: tried on networks drawn by the grades of their links.

Sample average approximation: Kleywegt, Shapiro and Homem-de-Mello (2002), The sample average approximation method for
stochastic discrete optimization.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graphkit.analyses.breaking.ground import Ground
from graphkit.analyses.breaking.reasons import kept_ends
from graphkit.breaking.fragment import fragment, plan_of
from graphkit.breaking.order import objective
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.searching import NoPlan
from graphkit.network.simple import SimpleGraph
from graphkit.tracing.walk.strength import grades

SHARE = 0.5  # of the time limit that the plans for the drawn networks take together


def robust_plan(ground: Ground, problem: Fragmentation, plan: Plan, samples: int) -> tuple[Plan, dict[str, Any]]:
    """Of the given plan and the best for each drawn network, the one that leaves least on average over all of them.

    A link is drawn with the chance that its grade says: A1 1, B2 .8, C3 .6, D4 .4, E5 .2, of those that cannot be
    judged .5. Beside the plan: how many networks, and the mean, least and most of the objective over them. Once the
    user has stopped a search, no other begins.
    """
    drawn = _drawn(ground, problem, samples)
    limit = problem.time_limit * SHARE * 0.9 / samples
    plans, late, stopped = {tuple(sorted(plan.order))}, plan.truncated, plan.stopped
    for each in drawn:
        if stopped:
            break
        try:
            found = fragment(replace(each, time_limit=limit), prove=False)
        except NoPlan:
            continue
        plans.add(tuple(sorted(found.order)))
        late, stopped = late or found.truncated, found.stopped
    values = {hit: [objective(each, hit) for each in drawn] for hit in sorted(plans)}
    best = min(values, key=lambda hit: (sum(values[hit]), hit))
    left = values[best]
    facts = {"samples": samples, "mean": round(float(np.mean(left)), 3), "least": min(left), "most": max(left)}
    if best != tuple(sorted(plan.order)):
        plan = plan_of(problem, best, plan.bound, late)
    return replace(plan, truncated=late, stopped=stopped), facts


def _drawn(ground: Ground, problem: Fragmentation, samples: int) -> Sequence[Fragmentation]:
    """Networks with each link there or not, by chance."""
    rng = np.random.default_rng(problem.seed)
    chance = grades(ground.network.links, ground.links)
    found = []
    for _ in range(samples):
        source, target = kept_ends(ground, rng.random(len(chance)) < chance)
        found.append(replace(problem, graph=SimpleGraph.of(len(problem.graph), source, target)))
    return found
