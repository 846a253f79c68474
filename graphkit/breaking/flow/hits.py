"""Which targets to hit where the cut is chosen: a knapsack with several limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.candidates import needed
from graphkit.breaking.flow.network import SplitNetwork
from graphkit.breaking.flow.rows import Rows
from graphkit.errors import RequestError

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_WORK = 100  # branches of the knapsack: a good plan is wanted, the bound comes from elsewhere


def best_hits(network: SplitNetwork, rows: Rows, side: Mask, low: Floats, high: Floats) -> Mask | None:
    """The hits (merged,) that take most capacity out of this cut; None where the conditions allow no plan."""
    crossing = network.crossing(side)[network.part]
    saved = network.of_targets(np.where(crossing, network.capacity[network.part], 0.0))
    return most(rows, saved, low, high)


def any_hits(rows: Rows) -> Mask:
    """The fewest hits (merged,) that keep to the conditions. Raises RequestError where there are none."""
    hit = most(rows, np.zeros(len(rows.low)), rows.low, rows.high)
    if hit is None:
        raise RequestError(
            "No plan keeps to all conditions: what must be hit costs more than the budget or a region's limit, is "
            "barred, or depends on what cannot be hit.",
            "没有满足全部条件的方案：必须打击的目标超出预算或地区限额、不许打击，或取决于不能打击的目标。",
        )
    return hit


def most(rows: Rows, worth: Floats, low: Floats, high: Floats) -> Mask | None:
    """The plan (merged,) of greatest worth between `low` and `high`, nearly; None where there is none.

    Of plans of equal worth the one with the fewest hits. Targets of no worth are hit only where others need it.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    others = np.diff((rows.matrix < 0).tocsc().indptr) > 0
    able = np.where(high > 0, worth, 0.0)
    chosen = np.flatnonzero((able > 0) & needed(rows, able) | (low > 0) | others)
    hit = np.zeros(len(worth), bool)
    if not len(chosen):
        return hit if bool(np.all(rows.limit >= 0)) else None
    scale = max(float(worth[chosen].max()), 1e-300)
    found = milp(
        1e-7 - worth[chosen] / scale,
        constraints=LinearConstraint(rows.matrix[:, chosen], -np.inf, rows.limit) if len(rows) else (),
        integrality=np.ones(len(chosen)),
        bounds=Bounds(low[chosen], high[chosen]),
        options={"mip_rel_gap": 1e-6, "node_limit": _WORK, "time_limit": 10.0},
    )
    if found.x is None:
        return None
    hit[chosen[found.x > 0.5]] = True
    return hit if rows.fits(hit) else None
