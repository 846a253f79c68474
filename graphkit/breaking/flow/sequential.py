"""One hit after another on a flow, each the best given those before: the goods take what ways are left."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.interdiction import Interdiction
from graphkit.breaking.flow.network import MaximumFlow
from graphkit.breaking.flow.task import network_of
from graphkit.breaking.plan import Plan
from graphkit.breaking.units import Unit, musts_first, ready, units
from graphkit.errors import RequestError

_NOTHING = 1e-9


def one_after_another(problem: Interdiction, bound: float, until: float) -> Plan:
    """Hits in the order in which each takes away most of what still flows, while the conditions allow; musts first.

    Of equal ones the least costly. What is hit together is one hit, a higher tier comes after a subordinate. Each hit
    is the best there is: no target takes away more than passes through it in a maximum flow, so that those through
    which most passes are looked at first, until no other can be better. `bound` is that of hits on one night, which no
    sequence falls below. `truncated` where the clock or Ctrl-C ended the search. Raises RequestError where what must be
    hit cannot be.

    >>> from graphkit.breaking.problem import Conditions
    >>> links = [(0, 1, 6.0), (0, 2, 6.0), (1, 3, 5.0), (2, 3, 4.0)]
    >>> task = Interdiction.of(4, links, [0], [3], Conditions.plain(2, budget=2), targets=[[1], [2]])
    >>> plan = one_after_another(task, 0.0, time.monotonic() + 60)
    >>> plan.order, plan.gains, plan.value
    ((0, 1), (5.0, 4.0), 0.0)
    """
    flows = MaximumFlow(network_of(problem, np.arange(len(problem.conditions))))
    every, late, stopped = units(problem.conditions), False, False
    hit = musts_first(problem.conditions, lambda some: (_value(flows, some),))
    if hit is None:
        raise RequestError(
            "What must be hit cannot be hit one after another: each comes only after another, or the limits forbid it.",
            "须打击的对象无法逐个打击：彼此互为先后，或超出限额。",
        )
    values = [_value(flows, hit[:count]) for count in range(len(hit) + 1)]
    try:
        while not (late := time.monotonic() > until):
            best = _best(flows, problem, hit, values[-1], every)
            if best is None:
                break
            values += [_value(flows, (*hit, *best[: count + 1])) for count in range(len(best))]
            hit += best
    except KeyboardInterrupt:
        late, stopped, values = True, True, values[: len(hit) + 1]
    gains = tuple(float(gain) for gain in -np.diff(values))
    value = values[-1]
    return Plan(
        tuple(hit), gains, value, values[0], min(bound, value), value <= bound, late, problem.seed,
        stopped=stopped,
    )  # fmt: skip


def _best(
    flows: MaximumFlow, problem: Interdiction, hit: list[int], before: float, every: list[Unit]
) -> Unit | None:  # fmt: skip
    """What to hit next; None where nothing takes anything away or keeps to the conditions."""
    given = problem.conditions
    flows.value(_mask(flows, hit))
    carried = flows.network.of_targets(flows.parts())
    most = {unit: float(carried[list(unit)].sum()) for unit in every}
    best, least = None, (before - _NOTHING, 0.0)
    for unit in sorted(every, key=lambda unit: -most[unit]):
        if most[unit] <= _NOTHING or before - most[unit] > least[0]:
            break
        if ready(given, unit, hit):
            found = _value(flows, (*hit, *unit)), float(given.cost[list(unit)].sum())
            best, least = (unit, found) if found < least else (best, least)
    return best


def _value(flows: MaximumFlow, hit: Sequence[int]) -> float:
    return flows.value(_mask(flows, hit))[0]


def _mask(flows: MaximumFlow, hit: Sequence[int]) -> NDArray[np.bool_]:
    mask = np.zeros(flows.network.targets, bool)
    mask[list(hit)] = True
    return mask
