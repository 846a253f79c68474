"""Rows that every whole plan within one limit keeps to, and a mixture of plans does not.

Two targets of cost 3 within a limit of 4 are no plan, though half of each and more would be. The row that a mixture
exceeds most is found among its own targets by asking a knapsack again and again (Boyd 1994, Fenchel cutting planes for
integer programs); then the other targets are lifted into it, each by what room it leaves (Balas 1975, Facets of the
knapsack polytope).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_GRAINS = (1.0, 0.5, 0.1, 0.01)  # of what costs may be multiples
_LARGEST = 2000  # grains in a limit
_ASKED = 60  # knapsacks asked for one row
_OWN, _LIFTED = 60, 400  # targets of a mixture looked at, and lifted
_EXCESS = 1e-3  # by how much a row must be exceeded
_SLACK = 1e-9


def grains(cost: Floats, limit: float) -> tuple[Ints, int] | None:
    """Costs and limit as whole numbers of a grain; None where there is no such.

    >>> grains(np.array([1.5, 2.0]), 4.3)
    (array([3, 4]), 8)
    """
    for grain in _GRAINS:
        whole = np.rint(cost / grain)
        if limit / grain <= _LARGEST and np.all(np.abs(whole * grain - cost) <= _SLACK):
            return whole.astype(np.int64), int(limit / grain + _SLACK)
    return None


def exceeded(cost: Ints, limit: int, hit: Floats, size: Floats) -> tuple[Ints, Floats] | None:
    """Targets and their values, which no plan adds up above 1 and the mixture `hit` (targets,) does; None if none.

    The larger of the other targets by `size` (targets,) are lifted first.

    >>> at, value = exceeded(np.array([3, 3, 3]), 4, np.array([0.7, 0.6, 0.0]), np.ones(3))
    >>> at.tolist(), value.tolist()
    ([0, 1, 2], [1.0, 1.0, 1.0])
    """
    own = np.flatnonzero((hit > 1e-6) & (cost > 0) & (cost <= limit))
    own = own[np.argsort(-hit[own], kind="stable")][:_OWN]
    if not np.any(hit[own] < 1 - 1e-6):
        return None
    value = _separated(cost[own], limit, hit[own])
    if value is None:
        return None
    free = np.flatnonzero((hit <= 1e-6) & (cost > 0) & (cost <= limit))
    others = free[np.argsort(-size[free], kind="stable")][:_LIFTED]
    lifted, most = _lifted(value, cost[own], cost[others], limit)
    at, values = np.concatenate((own, others)), np.concatenate((value, lifted)) / most
    return at[values > _SLACK], values[values > _SLACK]


def _separated(cost: Ints, limit: int, hit: Floats) -> Floats | None:
    """Values (own,) whose sum over the mixture exceeds 1 most, over no plan; None where it cannot."""
    from scipy.optimize import linprog

    plans = np.eye(len(cost))
    for _ in range(_ASKED):
        value = np.maximum(linprog(-hit, plans, np.ones(len(plans)), method="highs").x, 0.0)
        if value @ hit <= 1 + _EXCESS:
            return None
        most, plan = _fullest(value, cost, limit)
        if most <= 1 + 1e-7:
            return np.asarray(value, np.float64)
        plans = np.vstack((plans, plan))
    value = value / most
    return np.asarray(value, np.float64) if value @ hit > 1 + _EXCESS else None


def _fullest(value: Floats, cost: Ints, limit: int) -> tuple[float, Floats]:
    """The plan (own,) of greatest value within the limit, and that value: a knapsack by dynamic programming."""
    best, taken = np.zeros(limit + 1), np.zeros((len(value), limit + 1), bool)
    for i, (worth, price) in enumerate(zip(value.tolist(), cost.tolist(), strict=True)):
        other = best[: limit + 1 - price] + worth
        taken[i, price:] = other > best[price:] + _SLACK
        best[price:] = np.maximum(best[price:], other)
    plan, room = np.zeros(len(value)), limit
    for i in range(len(value) - 1, -1, -1):
        if taken[i, room]:
            plan[i], room = 1.0, room - int(cost[i])
    return float(best[limit]), plan


def _lifted(value: Floats, cost: Ints, others: Ints, limit: int) -> tuple[Floats, float]:
    """Values of the others, one after another the most that no plan then adds up higher, and the highest sum."""
    best = np.zeros(limit + 1)
    for worth, price in zip(value.tolist(), cost.tolist(), strict=True):
        best[price:] = np.maximum(best[price:], best[: limit + 1 - price] + worth)
    most, found = max(float(best[limit]), _SLACK), np.zeros(len(others))
    for i, price in enumerate(others.tolist()):
        found[i] = max(most - float(best[limit - price]), 0.0)
        best[price:] = np.maximum(best[price:], best[: limit + 1 - price] + found[i])
    return found, max(float(best[limit]), most)
