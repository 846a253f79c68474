"""What can be hit next where hits come one after another: single targets, and sets that must be hit together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.problem import Conditions
from graphkit.network.connected import connected

Unit = tuple[int, ...]


def units(conditions: Conditions) -> list[Unit]:
    """The targets that may be hit, those hit together as one, in the order of their first.

    >>> units(Conditions(np.ones(4), 9.0, np.full(4, -1, np.int32), np.zeros(0), np.ones(4, bool), together=((1, 3),)))
    [(0,), (1, 3), (2,)]
    """
    number = one_for_each(conditions)
    order = np.argsort(number, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(number[order])) + 1)
    return [tuple(each.tolist()) for each in groups if len(each) and conditions.allowed[each].all()]


def one_for_each(conditions: Conditions) -> NDArray[np.int64]:
    """Numbers from 0 for targets, one for all that are hit together, in the order of their first; shape (targets,)."""
    pairs = np.array([(some[0], each) for some in conditions.together for each in some], np.int64).reshape(-1, 2)
    label = connected(len(conditions), *pairs.T)
    _, first, number = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number].astype(np.int64)


def ready(conditions: Conditions, unit: Unit, hit: Sequence[int]) -> bool:
    """Whether the unit can be hit next: not hit yet, each of higher tiers after a subordinate, within all limits."""
    done = set(hit)
    if done & set(unit):
        return False
    if not all(high not in unit or done & set(low) or set(unit) & set(low) for high, low in conditions.after):
        return False
    return conditions.affordable((*hit, *unit))


def musts_first(conditions: Conditions, value: Callable[[Sequence[int]], tuple[float, ...]]) -> list[int] | None:
    """What must be hit, in order, the one first that leaves least; a subordinate before it where one is needed.

    None where the conditions let none be hit next.
    """
    hit, every = list[int](), units(conditions)
    while not set(conditions.must) <= set(hit):
        missing = set(conditions.must) - set(hit)
        wanted = _needed(conditions, missing)
        able = [unit for unit in every if wanted & set(unit) and ready(conditions, unit, hit)]
        named = [unit for unit in able if missing & set(unit)] or able
        if not named:
            return None
        hit += min(named, key=lambda unit: (value((*hit, *unit)), unit))
    return hit


def _needed(conditions: Conditions, targets: set[int]) -> set[int]:
    """The targets, and all who may have to be hit before one of them."""
    mates = [set(some) for some in conditions.together] + [{high, *low} for high, low in conditions.after]
    while more := {each for some in mates if some & targets for each in some} - targets:
        targets = targets | more
    return targets
