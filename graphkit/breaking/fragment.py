"""Taking a network apart: the search for the best plan, the proof, and what stands when clock or user ends both.

First a good plan by swaps, so that whoever wants the answer now has one; then bounds by counting and by shortest
paths; then the search (see `searching`); on networks small enough at last a proof by a solver, which also finds what
the search missed.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from graphkit.breaking.at_hand import at_hand
from graphkit.breaking.bounds import counted_bound
from graphkit.breaking.compiling import BOUNDS, COUNTS, SEARCHES, in_time
from graphkit.breaking.idle import without_idle
from graphkit.breaking.order import objective, ordered
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.searching import Best, NoPlan, provable, search, soon, take, value_of
from graphkit.breaking.spreads import spread_bound

Order = tuple[tuple[int, ...], tuple[float, ...]]  # targets, and what each takes away
_SOON = 0.05  # of the time limit, for a good plan before the bound, of which Ctrl-C would leave nothing
_EASY = 100  # nodes, up to which most of the time goes to the proof
_SEARCHED, _SEARCHED_EASY = 0.6, 0.15  # of the time limit, where a proof follows
_COMPILED = 0.7  # of the time limit at most goes to compiling, the first time on a machine
_BOUNDED = 0.8  # the moment, as a share of the time limit, until which bounds may be sought
_ENDING = 0.03  # of the time limit, kept for what comes after


def fragment(problem: Fragmentation, prove: bool = True, seconds: float = math.inf) -> Plan:
    """The plan for the problem's objective; with `until` the fewest hits, `value` being their cost.

    With `prove` off only the search is done. Where fewer `seconds` are left than the time limit, the clock stops it
    then; the work to do is that of the time limit all the same, so that the same seed gives the same plan. Ctrl-C ends
    the search: the plan is the best so far. Raises NoPlan where no set of hits keeps to the conditions.
    """
    began, seconds = time.monotonic(), min(seconds, problem.time_limit)
    proving = prove and provable(problem)
    bounded = not proving or len(problem.graph) > _EASY
    needed = (*COUNTS, *SEARCHES["until" if problem.until is not None else problem.objective], *BOUNDS * bounded)
    best, late = Best(None, np.inf, 0.0), frozenset(needed)
    before_proof = _SEARCHED_EASY if len(problem.graph) <= _EASY else _SEARCHED
    share = before_proof if proving else 1 - 2 * _ENDING
    try:
        late -= in_time(needed, began + _COMPILED * seconds)
        best.bound = counted_bound(problem)
        if bounded:
            soon(problem, best, began + _BOUNDED * seconds, _SOON)
            best.bound = max(best.bound, spread_bound(problem, began + _BOUNDED * seconds))
        search(problem, best, began + share * seconds, share)
        if proving and (best.value > best.bound or best.hit is None):
            _prove(problem, best, began + (1 - _ENDING) * seconds)
    except KeyboardInterrupt:
        best.truncated = best.stopped = True
        best.hit, best.bound = best.hit or at_hand(problem), best.bound or counted_bound(problem)
    best.truncated = best.truncated or (bool(late) and best.value > best.bound)
    if best.hit is None:
        raise NoPlan(sure=not best.truncated)
    in_order = ordered(problem, best.hit)
    hit = without_idle(problem, in_order[0])
    in_order = in_order if hit == in_order[0] else ordered(problem, hit)
    return replace(_told(problem, in_order, best.bound, best.truncated, best.proved), stopped=best.stopped)


def plan_of(problem: Fragmentation, hit: tuple[int, ...], bound: float, truncated: bool) -> Plan:
    """The plan that hits these, in greedy order, with what is known of it."""
    return _told(problem, ordered(problem, hit), bound, truncated, False)


def _told(problem: Fragmentation, in_order: Order, bound: float, truncated: bool, proved: bool) -> Plan:
    order, gains = in_order
    value = value_of(problem, order)
    bound = min(bound, value)
    before = float(objective(problem, ()))
    return Plan(order, gains, value, before, bound, proved or bound >= value, truncated, problem.seed)


def _prove(problem: Fragmentation, best: Best, until: float) -> None:
    from graphkit.breaking.child import ChildFailed, reports

    seconds = until - time.monotonic()
    if seconds <= 0:
        best.truncated = True
        return
    ended = False
    start = list(best.hit or ())
    try:
        for told in reports("graphkit.breaking.exact:prove", (problem, start, seconds * 0.95), seconds):
            if told[0] == "bound":
                best.bound = max(best.bound, float(np.ceil(told[1] - 1e-6)) if _whole(problem) else told[1])
            elif told[0] == "plan":
                take(problem, best, tuple(told[1]))
            else:
                ended = True
            if best.value <= best.bound + 1e-9:
                ended = True
                break
    except ChildFailed:
        pass
    best.proved = ended and best.hit is not None
    if best.proved:
        best.bound = best.value
    best.truncated = not ended


def _whole(problem: Fragmentation) -> bool:
    """Whether only whole numbers can be values."""
    return problem.until is None or bool(np.all(problem.conditions.cost == np.rint(problem.conditions.cost)))
