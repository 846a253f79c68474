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
from graphkit.breaking.stoppable import run
from graphkit.breaking.task import changeable, task_of

Mask = NDArray[np.bool_]
Heard = Callable[[Mask, float], None]
_MOVES_A_SECOND = 1_500_000  # what a slow machine does, so that the clock seldom stops a search
_HOT, _COLD = 1.5, 0.1  # of the usual cost of a hit
_ROUNDS = (
    300,
    3000,
    20_000,
)  # moves a node of one annealing with and one without joining, then as long as there is work


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
        return _by_degree(problem, most), True
    cost, nodes = problem.conditions.cost, len(problem.graph)
    work, best = int(problem.time_limit * share * _MOVES_A_SECOND), float(cost[out].sum())
    reached = {True: np.inf, False: np.inf}  # the least cost with and without joining
    step = 0
    while work > 0 and best > 0:
        if time.monotonic() > until:
            return out, True
        joining = step % 2 == 0 if step < 4 or step % 5 == 4 else reached[True] <= reached[False]
        moves = min(_ROUNDS[min(step // 2, len(_ROUNDS) - 1)] * nodes, max(work, 100 * nodes))
        found = _annealed(problem, most, joining, moves, until, int(rng.integers(2**31)))
        total = float(cost[found].sum())
        reached[joining] = min(reached[joining], total)
        if total < best:
            out, best = found, total
            if heard:
                heard(out, best)
        work -= moves
        step += 1
    return out, False


def _by_degree(problem: Fragmentation, most: int) -> Mask:
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


def _annealed(problem: Fragmentation, most: int, joining: bool, moves: int, until: float, seed: int) -> Mask:
    """The best of one annealing."""
    given = problem.conditions
    unit = float(np.median(given.cost)) or 1.0
    task = task_of(problem), given.allowed, int(most), joining
    found: Mask = run(dismantle, (*task, moves, _HOT * unit, _COLD * unit, seed), until)[0]
    return found


def _largest(problem: Fragmentation, out: Mask) -> int:
    return int(sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out).max(initial=0))
