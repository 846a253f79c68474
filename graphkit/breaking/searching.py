"""The search for the best plan: a good one soon, then better ones as long as there is work to do.

Its work is counted, so that the same seed gives the same plan; see `memetic` for few pairs, `fewest` for small
components, `tied` where targets depend on others.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.compiling import late
from graphkit.breaking.fewest import fewest_hits
from graphkit.breaking.memetic import Search, few_pairs
from graphkit.breaking.order import objective
from graphkit.breaking.population import fill
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.stoppable import Stopped
from graphkit.breaking.tied import tied_plan
from graphkit.breaking.ways import WAYS

Mask = NDArray[np.bool_]
_PROVABLE = 400  # nodes in the part of the network that matters, above which no proof is tried
_STATED = 300_000  # nodes times links, above which stating the problem takes too long for one


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
    stopped: bool = False


def _cost(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    return float(problem.conditions.cost[list(hit)].sum())


def value_of(problem: Fragmentation, hit: tuple[int, ...]) -> float:
    """What the search makes small: the objective, or with `until` the cost."""
    return _cost(problem, hit) if problem.until is not None else float(objective(problem, hit))


def take(problem: Fragmentation, best: Best, hit: tuple[int, ...]) -> None:
    """Make these the best where they are better."""
    value = value_of(problem, hit)
    if value < best.value:
        best.hit, best.value = hit, value


def soon(problem: Fragmentation, best: Best, until: float, share: float) -> None:
    """A plan better than the one by most neighbours, by swaps, before anything begins that takes long.

    Where targets are tied or limited for small components, or the fewest hits are sought, the search itself begins
    with such a plan.
    """
    if problem.until is not None or problem.conditions.tied or not problem.conditions.fits(problem.conditions.must):
        return
    search, start = Search(replace(problem, time_limit=problem.time_limit * share), until), _begun(problem, best)
    if not late("swap:swap_search"):
        try:
            out, _ = search.improve(start, WAYS[0])
        except Stopped as stopped:
            take(problem, best, _listed(stopped.found[0]))
            raise
        take(problem, best, _listed(out))


def _begun(problem: Fragmentation, best: Best) -> Mask:
    """The best plan so far, at first the one of most neighbours."""
    if best.hit is None:
        take(problem, best, _listed(fill(problem.conditions, np.argsort(-problem.graph.degree, kind="stable"))))
    out = np.zeros(len(problem.graph), bool)
    out[list(best.hit or ())] = True
    return out


def _listed(out: Mask) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(out))


def search(problem: Fragmentation, best: Best, until: float, share: float) -> None:
    """Put the best plan found into `best`; `share` of the time limit is the work to do. Raises NoPlan."""
    part = replace(problem, time_limit=problem.time_limit * share)
    given = problem.conditions

    def heard(out: Mask, _: float) -> None:
        take(problem, best, _listed(out))

    if not given.tied and not given.fits(given.must):
        raise NoPlan
    if given.tied or (problem.objective == "largest" and np.isfinite(given.limits).any()):
        most = problem.most if problem.until is not None else None
        _, best.truncated = tied_plan(
            part, until, most, lambda hit: take(problem, best, tuple(sorted(hit)))
        )  # fmt: skip
        return
    if problem.until is not None:
        out, best.truncated = fewest_hits(part, problem.most, until, 1.0, heard)
        if out is None:
            raise NoPlan
        take(problem, best, _listed(out))
        return
    start = _begun(problem, best)
    if problem.objective == "pairs":
        best.truncated = few_pairs(part, until, start, heard, int(best.bound), _patience(problem))[2]
        return
    # Few pairs make for small components too: where the budget breaks little of the network, better than halving does.
    half = replace(part, time_limit=part.time_limit / 2)
    middle = (time.monotonic() + until) / 2
    best.truncated = few_pairs(half, middle, start, heard, 0, _patience(problem))[2]
    _smaller(half, best, until)


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
            take(problem, best, hit)
            high = min(int(best.value), size)
        else:
            low = size + 1


def provable(problem: Fragmentation) -> bool:
    """Whether the proof can get anywhere: on networks neither large nor dense."""
    nodes = len(problem.graph)
    return nodes <= _PROVABLE and nodes * problem.graph.links <= _STATED


def _patience(problem: Fragmentation) -> int | None:
    """After how many children without a better one to stop: soon where a proof follows."""
    return 100 if provable(problem) else None
