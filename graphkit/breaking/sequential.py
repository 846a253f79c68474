"""One hit after another, each the best given those before: what can be done when there is no one night."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from graphkit.breaking.order import objective, pairs_without_each
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.searching import NoPlan, value_of
from graphkit.breaking.units import Unit, musts_first, ready, units

Value = tuple[float, ...]


def one_after_another(problem: Fragmentation, bound: float, until: float = np.inf) -> Plan:
    """Hits in the order in which each leaves least, while the conditions allow; what must be hit comes first.

    Least is: fewest pairs, or the smallest largest component and then fewest pairs; of equal ones the least costly.
    What is hit together is one hit, a higher tier comes after a subordinate. With `problem.until` it goes on until no
    component is above the size. `bound` is that of hits on one night, which no sequence falls below. `truncated` where
    the moment `until` or Ctrl-C ended it. Raises NoPlan where what must be hit cannot be, or the size is not reached.

    >>> from graphkit.breaking.problem import Conditions
    >>> from graphkit.network.simple import SimpleGraph
    >>> path = SimpleGraph.of(5, np.arange(4), np.arange(1, 5))
    >>> plan = one_after_another(Fragmentation(path, np.ones(5, np.int64), Conditions.plain(5, 2)), 0.0)
    >>> plan.order, plan.gains
    ((2, 0), (8.0, 1.0))
    """
    every, late, stopped = units(problem.conditions), False, False
    hit = musts_first(problem.conditions, lambda some: _left(problem, some))
    if hit is None:
        raise NoPlan
    try:
        while not _reached(problem, hit):
            late = time.monotonic() > until
            best = None if late else _best(problem, hit, every)
            if best is None:
                break
            hit += best
    except KeyboardInterrupt:
        late = stopped = True
    if problem.until is not None and not _reached(problem, hit):
        raise NoPlan(sure=not late)
    return replace(_told(problem, tuple(hit), bound, late), stopped=stopped)


def _told(problem: Fragmentation, hit: tuple[int, ...], bound: float, late: bool) -> Plan:
    values = [objective(problem, hit[:count]) for count in range(len(hit) + 1)]
    gains = tuple(float(a - b) for a, b in pairwise(values))
    value = value_of(problem, hit)
    return Plan(hit, gains, value, float(values[0]), min(bound, value), value <= bound, late, problem.seed)


def _reached(problem: Fragmentation, hit: Sequence[int]) -> bool:
    """With `until`: whether it is done."""
    return problem.until is not None and objective(problem, hit) <= problem.most


def _left(problem: Fragmentation, hit: Sequence[int]) -> Value:
    """What these hits leave, the least being the best."""
    pairs = float(objective(replace(problem, objective="pairs"), hit))
    return (pairs,) if problem.objective == "pairs" else (float(objective(problem, hit)), pairs)


def _best(problem: Fragmentation, hit: list[int], every: list[Unit]) -> Unit | None:
    """What to hit next; None where nothing more may be hit or nothing takes any away."""
    given = problem.conditions
    pairs, after = pairs_without_each(problem, hit)
    now: Value = (float(pairs),) if problem.objective == "pairs" else (float(objective(problem, hit)), float(pairs))
    best, least = None, (now, -1.0)
    for unit in sorted(every, key=lambda unit: int(after[unit[0]]) if len(unit) == 1 else -1):
        fewest = int(after[unit[0]]) if len(unit) == 1 else 0
        if _at_least(problem, fewest) > least[0]:
            break  # of the single ones each leaves more than the one before
        if not ready(given, unit, hit):
            continue
        single = problem.objective == "pairs" and len(unit) == 1
        left = (float(fewest),) if single else _left(problem, (*hit, *unit))
        found = left, float(given.cost[list(unit)].sum())
        if found < least:
            best, least = unit, found
    return best


def _at_least(problem: Fragmentation, pairs: int) -> Value:
    """What is left at least where so many pairs are: a largest component m has at most (m - 1) / 2 of them an actor."""
    if problem.objective == "pairs":
        return (float(pairs),)
    return float(np.ceil(1 + 2 * pairs / max(int(problem.weight.sum()), 1))), float(pairs)
