"""What a plan has to keep to, told to a constraint program."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.problem import Conditions

SCALE = 1000  # costs are whole thousandths


def thousandths(cost: NDArray[np.float64]) -> list[int]:
    """Costs as whole numbers."""
    return [int(each) for each in np.rint(cost * SCALE)]


def require(model: Any, hit: list[Any], given: Conditions) -> None:
    """Tell the model what a plan has to keep to."""
    cost = thousandths(given.cost)
    if np.isfinite(given.budget):
        model.add(sum(c * x for c, x in zip(cost, hit, strict=True)) <= int(given.budget * SCALE + 1e-6))
    for group, limit in enumerate(given.limits.tolist()):
        if np.isfinite(limit):
            inside = np.flatnonzero(given.group == group).tolist()
            model.add(sum(cost[i] * hit[i] for i in inside) <= int(limit * SCALE + 1e-6))
    for i in np.flatnonzero(~given.allowed).tolist():
        model.add(hit[i] == 0)
    for i in given.must:
        model.add(hit[i] == 1)
    for some in given.together:
        for other in some[1:]:
            model.add(hit[some[0]] == hit[other])
    for high, low in given.after:
        model.add_bool_or([hit[high].negated(), *(hit[i] for i in low)])
