"""One hit after another on a flow, each the best given those before: the goods take what ways are left."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow import Interdiction
from graphkit.breaking.flow_network import MaximumFlow
from graphkit.breaking.flow_task import network_of
from graphkit.breaking.plan import Plan

_NOTHING = 1e-9


def one_after_another(problem: Interdiction, bound: float, until: float) -> Plan:
    """Hits in the order in which each takes away most of what still flows, while the conditions allow; musts first.

    Of equal ones the least costly. Each hit is the best there is: no target takes away more than passes through it in a
    maximum flow, so that those through which most passes are looked at first, until no other can be better. `bound` is
    that of hits on one night, which no sequence falls below. `truncated` where the clock or Ctrl-C ended the search.

    >>> from graphkit.breaking.problem import Conditions
    >>> links = [(0, 1, 6.0), (0, 2, 6.0), (1, 3, 5.0), (2, 3, 4.0)]
    >>> task = Interdiction.of(4, links, [0], [3], Conditions.plain(2, budget=2), targets=[[1], [2]])
    >>> plan = one_after_another(task, 0.0, time.monotonic() + 60)
    >>> plan.order, plan.gains, plan.value
    ((0, 1), (5.0, 4.0), 0.0)
    """
    flows = MaximumFlow(network_of(problem, np.arange(len(problem.conditions))))
    given, hit, late = problem.conditions, list[int](), False
    values = [_value(flows, hit)]
    waiting = list(given.must)
    try:
        while True:
            late = time.monotonic() > until
            best = waiting.pop(0) if waiting else None if late else _best(flows, problem, hit, values[-1])
            if best is None:
                break
            values.append(_value(flows, [*hit, best]))
            hit.append(best)
    except KeyboardInterrupt:
        late, values = True, values[: len(hit) + 1]
    gains = tuple(float(gain) for gain in -np.diff(values))
    value = values[-1]
    return Plan(
        tuple(hit), gains, value, values[0], min(bound, value), value <= bound, late, problem.seed,
    )  # fmt: skip


def _best(flows: MaximumFlow, problem: Interdiction, hit: list[int], before: float) -> int | None:
    """The target to hit next; None where none takes anything away or keeps to the conditions."""
    given = problem.conditions
    flows.value(_mask(flows, hit))
    carried = flows.network.of_targets(flows.parts())
    able = np.flatnonzero(given.allowed & (carried > _NOTHING))
    best, least = None, (before - _NOTHING, 0.0, 0)
    for each in able[np.argsort(-carried[able], kind="stable")].tolist():
        if before - carried[each] > least[0]:
            break
        if each not in hit and given.fits((*hit, each)):
            found = (_value(flows, [*hit, each]), float(given.cost[each]), each)
            best, least = (each, found) if found < least else (best, least)
    return best


def _value(flows: MaximumFlow, hit: list[int]) -> float:
    return flows.value(_mask(flows, hit))[0]


def _mask(flows: MaximumFlow, hit: list[int]) -> NDArray[np.bool_]:
    mask = np.zeros(flows.network.targets, bool)
    mask[hit] = True
    return mask
