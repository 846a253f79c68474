"""Small components: the least costly hits after which none is above a size.

The problem is known as dismantling: Braunstein et al. (2016), Network dismantling; Ren et al. (2019), Generalized
network dismantling.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.compiling import late
from graphkit.breaking.components import sizes
from graphkit.breaking.dismantle import dismantle
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.stoppable import Stopped, run
from graphkit.breaking.task import changeable, task_of

Mask = NDArray[np.bool_]
Heard = Callable[[Mask, float], None]
_MOVES_A_SECOND = 1_500_000  # what a slow machine does, so that the clock seldom stops a search
# Whether to join labels, and from which to which temperature in usual costs of a hit: hot where groups overlap much.
_WAYS = ((True, 1.5, 0.1), (False, 1.5, 0.1), (True, 6.0, 0.6))
_ROUNDS = (300, 3000, 20_000)  # moves a node of one annealing of each way, then as long as there is work
_OTHERS = 5  # every fifth annealing goes to the ways in turn, the others to the best so far


def fewest_hits(
    problem: Fragmentation, most: int, until: float, share: float = 1.0, heard: Heard | None = None
) -> tuple[Mask | None, bool]:
    """The least costly hits found that leave no component above `most` actors, and whether the clock stopped it.

    None where even hitting all that may be hit does not do it. `share` of the time limit is the work to do.
    """
    rng = np.random.default_rng(problem.seed)
    out = problem.conditions.allowed.copy()
    if _largest(problem, out) > most:
        return None, False
    if late("dismantle:dismantle"):
        return by_degree(problem, most), True
    cost, nodes = problem.conditions.cost, len(problem.graph)
    work, best = int(problem.time_limit * share * _MOVES_A_SECOND), float(cost[out].sum())
    reached, step = [np.inf] * len(_WAYS), 0
    while work > 0 and best > 0:
        if time.monotonic() > until:
            return out, True
        which = _way(reached, step)
        moves = min(_ROUNDS[min(step // len(_WAYS), len(_ROUNDS) - 1)] * nodes, max(work, 100 * nodes))
        try:
            found = _annealed(problem, most, _WAYS[which], moves, until, int(rng.integers(2**31)))
        except Stopped as stopped:
            if heard:
                heard(stopped.found[0], float(cost[stopped.found[0]].sum()))
            raise
        total = float(cost[found].sum())
        reached[which] = min(reached[which], total)
        if total < best:
            out, best = found, total
            if heard:
                heard(out, best)
        work -= moves
        step += 1
    return out, False


def _way(reached: list[float], step: int) -> int:
    """Each way twice, then the one that reached most, time and again another."""
    if step < 2 * len(reached):
        return step % len(reached)
    return step // _OTHERS % len(reached) if step % _OTHERS == _OTHERS - 1 else int(np.argmin(reached))


def by_degree(problem: Fragmentation, most: int) -> Mask:
    """The musts, and of the others as few of those with most neighbours as it takes, found by halves."""
    given = problem.conditions
    able = np.flatnonzero(changeable(given))
    order = able[np.argsort(-problem.graph.degree[able], kind="stable")]
    few, many = 0, len(order)
    while few < many:
        count = (few + many) // 2
        enough = _largest(problem, _out(given, order[:count])) <= most
        few, many = (few, count) if enough else (count + 1, many)
    return _out(given, order[:few])


def _out(given: Conditions, hit: NDArray[np.int64]) -> Mask:
    out = np.zeros(len(given), bool)
    out[list(given.must)] = True
    out[hit] = True
    return out


def _annealed(
    problem: Fragmentation, most: int, way: tuple[bool, float, float], moves: int, until: float, seed: int
) -> Mask:
    """The best of one annealing."""
    given, (joining, hot, cold) = problem.conditions, way
    unit = float(np.median(given.cost)) or 1.0
    task = task_of(problem), given.allowed, int(most), joining
    found: Mask = run(dismantle, (*task, moves, hot * unit, cold * unit, seed), until)[0]
    return found


def _largest(problem: Fragmentation, out: Mask) -> int:
    return int(sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out).max(initial=0))
