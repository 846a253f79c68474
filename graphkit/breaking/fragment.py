"""Taking a network apart: the search for the best plan, the proof, and what stands when clock or user ends both.

First a search (by swaps and annealing, see `memetic` and `fewest`), its work counted so that the same seed gives the
same plan; then, on networks small enough, a proof by a solver that also finds what the search missed. Larger ones get
bounds by counting and by shortest paths.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.at_hand import at_hand
from graphkit.breaking.bounds import counted_bound
from graphkit.breaking.compiling import BOUNDS, COUNTS, SEARCHES, in_time
from graphkit.breaking.fewest import fewest_hits
from graphkit.breaking.idle import without_idle
from graphkit.breaking.memetic import few_pairs
from graphkit.breaking.order import objective, ordered
from graphkit.breaking.plan import Plan
from graphkit.breaking.population import fill
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.spreads import spread_bound
from graphkit.breaking.tied import tied_plan

Mask = NDArray[np.bool_]
Say = Callable[[str], None]
_PROVABLE = 400  # nodes in the part of the network that matters, above which no proof is tried
_STATED = 300_000  # nodes times links, above which stating the problem takes too long for one
_EASY = 100  # nodes, up to which most of the time goes to the proof
_SEARCHED, _SEARCHED_EASY = 0.6, 0.15  # of the time limit, where a proof follows
_COMPILED = 0.7  # of the time limit at most goes to compiling, the first time on a machine
_BOUNDED = 0.8  # the moment, as a share of the time limit, until which bounds may be sought
_ENDING = 0.03  # of the time limit, kept for what comes after


class NoPlan(ValueError):
    """No plan keeps to the conditions; not `sure` where only none was found in the time there was."""

    def __init__(self, *, sure: bool = True) -> None:
        super().__init__("no plan")
        self.sure = sure


@dataclass
class Best:
    """The best so far: targets hit, value, bound."""

    hit: tuple[int, ...] | None
    value: float
    bound: float
    proved: bool = False
    truncated: bool = False


def fragment(problem: Fragmentation, prove: bool = True) -> Plan:
    """The plan for the problem's objective; with `until` the fewest hits, `value` being their cost.

    With `prove` off only the search is done. Raises NoPlan where no set of hits keeps to the conditions. Ctrl-C ends
    the search: the plan is the best so far.
    """
    began = time.monotonic()
    provable = prove and _provable(problem)
    bounded = problem.until is None and (not provable or len(problem.graph) > _EASY)
    needed = (*COUNTS, *SEARCHES["until" if problem.until is not None else problem.objective], *BOUNDS * bounded)
    best, late = Best(None, np.inf, 0.0), frozenset(needed)
    before_proof = _SEARCHED_EASY if len(problem.graph) <= _EASY else _SEARCHED
    share = before_proof if provable else 1 - 2 * _ENDING
    try:
        late -= in_time(needed, began + _COMPILED * problem.time_limit)
        best.bound = counted_bound(problem)
        if bounded:
            best.bound = max(best.bound, spread_bound(problem, began + _BOUNDED * problem.time_limit))
        search(problem, best, began + share * problem.time_limit, share)
        if provable and (best.value > best.bound or best.hit is None):
            _prove(problem, best, began + (1 - _ENDING) * problem.time_limit)
    except KeyboardInterrupt:
        best.truncated = True
        best.hit = best.hit or at_hand(problem)
    best.truncated = best.truncated or (bool(late) and best.value > best.bound)
    if best.hit is None:
        raise NoPlan(sure=not best.truncated)
    return plan_of(
        problem, without_idle(problem, ordered(problem, best.hit)[0]), best.bound, best.truncated, best.proved
    )


def plan_of(problem: Fragmentation, hit: tuple[int, ...], bound: float, truncated: bool, proved: bool = False) -> Plan:
    """The plan that hits these, in greedy order, with what is known of it."""
    order, gains = ordered(problem, hit)
    value = value_of(problem, hit)
    bound = min(bound, value)
    before = float(objective(problem, ()))
    return Plan(order, gains, value, before, bound, proved or bound >= value, truncated, problem.seed)


def _cost(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    return float(problem.conditions.cost[list(hit)].sum())


def value_of(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    """What the search makes small: the objective, or with `until` the cost."""
    return _cost(problem, hit) if problem.until is not None else float(objective(problem, hit))


def _take(problem: Fragmentation, best: Best, hit: tuple[int, ...]) -> None:
    value = value_of(problem, hit)
    if value < best.value:
        best.hit, best.value = hit, value


def _listed(out: Mask) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(out))


def search(problem: Fragmentation, best: Best, until: float, share: float) -> None:
    """Put the best plan found into `best`; `share` of the time limit is the work to do. Raises NoPlan."""
    part = replace(problem, time_limit=problem.time_limit * share)
    given = problem.conditions
    if not given.tied and not given.fits(given.must):
        raise NoPlan
    if given.tied or (problem.objective == "largest" and np.isfinite(given.limits).any()):
        most = problem.most if problem.until is not None else None
        _, best.truncated = tied_plan(
            part, until, most, lambda hit: _take(problem, best, tuple(sorted(hit)))
        )  # fmt: skip
        return
    if problem.until is not None:
        out, best.truncated = fewest_hits(part, problem.most, until, 1.0, lambda o, _: _take(problem, best, _listed(o)))
        if out is None:
            raise NoPlan
        _take(problem, best, _listed(out))
        return
    start = fill(given, np.argsort(-problem.graph.degree, kind="stable"))
    _take(problem, best, _listed(start))

    def heard(out: Mask, _: int) -> None:
        _take(problem, best, _listed(out))

    if problem.objective == "pairs":
        best.truncated = few_pairs(part, until, start, heard, int(best.bound), _patience(problem))[2]
        return
    # Few pairs make for small components too: where the budget breaks little of the network, better than halving does.
    half = replace(part, time_limit=part.time_limit / 2)
    middle = (time.monotonic() + until) / 2
    best.truncated = few_pairs(half, middle, start, heard, 0, _patience(problem))[2]
    _smaller(half, best, until)


def _provable(problem: Fragmentation) -> bool:
    """Whether the proof can get anywhere: on networks neither large nor dense."""
    nodes = len(problem.graph)
    return nodes <= _PROVABLE and nodes * problem.graph.links <= _STATED


def _patience(problem: Fragmentation) -> int | None:
    """After how many children without a better one to stop: soon where a proof follows."""
    return 100 if _provable(problem) else None


def _smaller(problem: Fragmentation, best: Best, until: float) -> None:
    """The largest component made small within a budget: the least size that some affordable hits reach, by halves."""
    low, high = int(best.bound), int(best.value)
    rounds = max(int(np.ceil(np.log2(max(high - low, 1)))), 1)
    while low < high:
        size = (low + high) // 2
        out, stopped = fewest_hits(replace(problem, until=0.0), size, until, 1 / rounds)
        best.truncated = best.truncated or stopped
        hit = _listed(out) if out is not None else ()
        if out is not None and problem.conditions.fits(hit):
            _take(problem, best, hit)
            high = min(int(best.value), size)
        else:
            low = size + 1


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
                _take(problem, best, tuple(told[1]))
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
