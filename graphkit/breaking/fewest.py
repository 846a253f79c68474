"""Small components: the least costly hits after which none is above a size, by annealing over labels.

The problem is known as dismantling: Braunstein et al. (2016), Network dismantling; Ren et al. (2019), Generalized
network dismantling.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.components import sizes
from graphkit.breaking.labels import anneal
from graphkit.breaking.memetic import changeable
from graphkit.breaking.problem import Fragmentation

Mask = NDArray[np.bool_]
Heard = Callable[[Mask, float], None]
_MOVES_A_SECOND = 2_000_000
_ROUNDS = ((300, 1.0), (3000, 0.7), (30_000, 0.7))  # moves a node and heat, then as many more as there is work for


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
    cost = problem.conditions.cost
    work, best = int(problem.time_limit * share * _MOVES_A_SECOND), float(cost[out].sum())
    step, nodes = 0, len(problem.graph)
    while work > 0 and best > 0:
        moves, hot = _ROUNDS[min(step, len(_ROUNDS) - 1)]
        moves = min(moves * nodes, 100_000_000, max(work, 100 * nodes))
        if time.monotonic() > until:
            return out, True
        found = _annealed(problem, most, out, moves, hot, until, int(rng.integers(2**31)))
        total = float(cost[found].sum())
        if total < best:
            out, best = found, total
            if heard:
                heard(out, best)
        work -= moves
        step += 1
    return out, False


def _annealed(problem: Fragmentation, most: int, out: Mask, moves: int, hot: float, until: float, seed: int) -> Mask:
    """One annealing, in pieces of falling heat, so that the clock is looked at between them."""
    graph, given = problem.graph, problem.conditions
    unit = float(np.median(given.cost)) or 1.0
    no_limit = np.full(len(given.limits), np.inf)
    pieces = max(moves // 4_000_000, 1)
    heats = np.geomspace(hot, 0.08, pieces + 1) * unit
    best, now = out, given.allowed
    for i in range(pieces):
        bound = (given.cost, np.inf, given.group, no_limit, changeable(given))
        now, total = anneal(
            graph.indptr, graph.neighbour, problem.weight, *bound, now, most, moves // pieces,
            heats[i], heats[i + 1], seed + i,
        )  # fmt: skip
        if total < given.cost[best].sum():
            best = now
        if time.monotonic() > until:
            break
    return best


def _largest(problem: Fragmentation, out: Mask) -> int:
    return int(sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out).max(initial=0))
