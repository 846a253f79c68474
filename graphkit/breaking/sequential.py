"""One hit after another, each the best given those before: what can be done when there is no one night."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from graphkit.breaking.order import objective, ordered, pairs_without_each
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation


def one_after_another(problem: Fragmentation, bound: float) -> Plan:
    """Hits in the order in which each takes away most pairs of those left, while the conditions allow; musts first.

    Of equal ones the least costly. `bound` is that of hits on one night, which no sequence falls below.
    """
    given = problem.conditions
    hit = list(ordered(problem, given.must)[0])
    while True:
        pairs, after = pairs_without_each(problem, hit)
        able = [
            int(i) for i in np.flatnonzero(given.allowed) if i not in hit and given.fits((*hit, int(i)))
        ]  # fmt: skip
        best = min(able, key=lambda i: (after[i], given.cost[i], i), default=None)
        if best is None or (after[best] >= pairs and problem.objective == "pairs"):
            break
        hit.append(best)
    values = [objective(problem, hit[:count]) for count in range(len(hit) + 1)]
    gains = tuple(float(a - b) for a, b in pairwise(values))
    value = float(values[-1])
    return Plan(
        tuple(hit), gains, value, float(values[0]), min(bound, value), value <= bound, False, problem.seed,
    )  # fmt: skip
