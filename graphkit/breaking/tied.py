"""Plans where targets are tied to one another: hit together, or a higher tier only after a subordinate.

A local search over whole units: taking a target in takes in what must go with it, leaving one out leaves out what
cannot stand without it. Slower than the compiled searches, for casebooks of some thousands of entities.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.components import sizes
from graphkit.breaking.problem import Conditions, Fragmentation

Mask = NDArray[np.bool_]
Value = tuple[float, float]
_TRIALS_A_SECOND = 3000
_IDLE = 400  # trials in a row without a better plan before starting anew


def with_ties(conditions: Conditions, hit: set[int], rng: np.random.Generator) -> set[int]:
    """The targets, and what has to go with them: their mates, and one subordinate of each higher tier."""
    hit = set(hit)
    while True:
        more = {i for some in conditions.together if hit & set(some) for i in some}
        for high, low in conditions.after:
            if high in hit | more and not set(low) & (hit | more):
                able = [i for i in low if conditions.allowed[i]] or list(low)
                more.add(able[int(rng.integers(len(able)))])
        if more <= hit:
            return hit
        hit |= more


def without_ties(conditions: Conditions, hit: set[int], gone: int) -> set[int]:
    """The targets without this one and what cannot stand without it."""
    left = set(hit) - {gone}
    while True:
        less = {i for some in conditions.together if not set(some) <= left for i in some if i in left}
        less |= {high for high, low in conditions.after if high in left and not set(low) & left}
        if not less:
            return left
        left -= less


def tied_plan(
    problem: Fragmentation, until: float, most: int | None = None, heard: Callable[[set[int]], None] | None = None
) -> tuple[set[int] | None, bool]:
    """The best plan found, None where none keeps to the conditions, and whether the clock stopped the search.

    With `most` the least costly that leaves no component above so many actors.
    """
    given, rng = problem.conditions, np.random.default_rng(problem.seed)
    able = np.flatnonzero(given.allowed).tolist()
    must = set(given.must)
    best: set[int] | None = None
    best_value = (np.inf, np.inf)
    trials, idle = int(problem.time_limit * _TRIALS_A_SECOND), _IDLE
    now, value = set[int](), best_value
    while trials > 0:
        if time.monotonic() > until:
            return best, True
        trials -= 1
        if idle >= _IDLE:
            now, idle = with_ties(given, must, rng), 0
            value = _value(problem, now, most)
        other = _neighbour(given, now, must, able, rng)
        idle += 1
        if other is None:
            continue
        changed = _value(problem, other, most)
        if changed <= value or rng.random() < 0.01:
            idle = 0 if changed < value else idle
            now, value = other, changed
        if value < best_value and (most is None or not value[0]) and given.fits(sorted(now)):
            best, best_value = set(now), value
            if heard:
                heard(best)
    return best, False


def _neighbour(
    given: Conditions, now: set[int], must: set[int], able: list[int], rng: np.random.Generator
) -> set[int] | None:
    """A plan near this one that keeps to the conditions; None where the trial failed."""
    if now and rng.random() < 0.3:
        listed = sorted(now)
        other = without_ties(given, now, listed[int(rng.integers(len(listed)))])
    else:
        outside = [i for i in able if i not in now]
        if not outside:
            return None
        fresh = with_ties(given, now | {outside[int(rng.integers(len(outside)))]}, rng)
        other, added = fresh, fresh - now
        while not given.fits(sorted(other)):
            droppable = sorted(other - must - added)
            if not droppable:
                return None
            other = without_ties(given, other, droppable[int(rng.integers(len(droppable)))])
    return other if must <= other and given.fits(sorted(other)) else None


def _value(problem: Fragmentation, hit: set[int], most: int | None) -> Value:
    out = np.zeros(len(problem.graph), bool)
    out[list(hit)] = True
    found = sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out)
    cost = float(problem.conditions.cost[out].sum())
    pairs = float((found * (found - 1) // 2).sum())
    if most is not None:
        return float(np.maximum(found - most, 0).sum()), cost
    return (pairs, cost) if problem.objective == "pairs" else (float(found.max(initial=0)), pairs)
