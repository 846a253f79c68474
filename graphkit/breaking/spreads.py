"""A bound on pairs for networks of any size, by the shortest paths between actors.

Two actors stay connected unless something on each path between them is hit. So a hit can part no more pairs than have
it on the share of their paths that is looked at: the pairs looked at, less the greatest loads that the budget can buy,
are left at least. That is a feasible dual of the path formulation of the critical node problem (Di Summa, Grosso and
Locatelli 2012, Branch and cut algorithms for detecting critical nodes in undirected graphs), with each pair shared
out over its shortest paths as in betweenness (Brandes 2001). Which pairs to look at is a game: hits go where most load
is, pairs stay out whose paths are hit more than once on average; what both do on average over the rounds closes in on
the best (Brown 1951, Iterative solution of games by fictitious play).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphkit.breaking.compiling import late
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.stoppable import run
from graphkit.breaking.task import Numbers, task_of

_ROUNDS, _FEWEST = 100, 3
_WORK = 12_000_000  # links looked at for each second of the time limit
_SAFE = 1 - 1e-9


def spread_bound(problem: Fragmentation, until: float) -> float:
    """The least objective of any plan, with `problem.until` the least cost; 0 where that would take too long to tell.

    >>> from graphkit.breaking.problem import Conditions
    >>> from graphkit.network.simple import SimpleGraph
    >>> whole = SimpleGraph.of(6, *np.nonzero(np.ones((6, 6))))
    >>> spread_bound(Fragmentation(whole, np.ones(6, np.int64), Conditions.plain(6, 1)), np.inf)
    10.0
    """
    actors = max(int(problem.weight.sum()), 1)
    if problem.until is not None:
        room = _most_pairs(actors, max(problem.most, 1))
        cost = _played(problem, until, lambda pairs, load: _enough(problem, load, pairs - room))
        whole = bool(np.all(problem.conditions.cost == np.rint(problem.conditions.cost)))
        return float(np.ceil(cost - 1e-6)) if whole else cost
    pairs = float(np.ceil(_played(problem, until, lambda pairs, load: _affordable(problem, load, pairs)) - 1e-6))
    if problem.objective == "pairs":
        return pairs
    return float(np.ceil(1 + 2 * pairs / actors)) if pairs else 0.0


def _most_pairs(actors: int, most: int) -> int:
    """How many pairs there can be where no component has more than `most` actors."""
    full, rest = divmod(actors, most)
    return full * most * (most - 1) // 2 + rest * (rest - 1) // 2


Reply = Callable[[float, Numbers], tuple[Numbers, float]]  # from pairs and loads to hits, in shares, and the bound


def _played(problem: Fragmentation, until: float, reply: Reply) -> float:
    """The best of the bounds that the rounds give."""
    task, nodes = task_of(problem), len(problem.conditions)
    rounds = min(_ROUNDS, int(_WORK * problem.time_limit) // max(nodes * (nodes + len(task.neighbour)), 1))
    if late("spreads:loads") or rounds < _FEWEST:
        return 0.0
    bound, pairs, load, hit = 0.0, 0.0, np.zeros(nodes), np.zeros(nodes)
    for number in range(1, rounds + 1):
        newest = 2 / (number + 1)  # later rounds weigh more
        more, added = run(loads, (task.indptr, task.neighbour, task.weight, hit), until)
        if time.monotonic() > until:
            break
        pairs, load = pairs + newest * (more - pairs), load + newest * (added - load)
        bought, least = reply(pairs, load)
        hit += newest * (bought - hit)
        bound = max(bound, least * _SAFE)
    return bound


def _affordable(problem: Fragmentation, load: Numbers, pairs: float) -> tuple[Numbers, float]:
    """The hits of the greatest load that the budget buys, the last one in part, and the pairs that they leave."""
    hits = _first(_by_price(problem, load), problem.conditions.cost, problem.conditions.budget)
    return hits, pairs - float(load @ hits)


def _enough(problem: Fragmentation, load: Numbers, pairs: float) -> tuple[Numbers, float]:
    """The least costly hits whose load is that of so many pairs, the last one in part, and what they cost."""
    hits = _first(_by_price(problem, load), load, pairs)
    return hits, float(problem.conditions.cost @ hits)


def _by_price(problem: Fragmentation, load: Numbers) -> NDArray[np.int64]:
    """The targets that paths lead through, those of most load for their cost first."""
    able = np.flatnonzero(problem.conditions.allowed & (load > 0))
    price = load[able] / np.maximum(problem.conditions.cost[able], 1e-300)
    ordered: NDArray[np.int64] = able[np.argsort(-price, kind="stable")]
    return ordered


def _first(order: NDArray[np.int64], size: Numbers, limit: float) -> Numbers:
    """The first of these, in shares (targets,), until their sizes come to the limit."""
    shares = np.zeros(len(size))
    before = np.cumsum(size[order]) - size[order]
    shares[order] = np.clip((limit - before) / np.maximum(size[order], 1e-300), 0.0, 1.0)
    return shares


@njit(cache=True, nogil=True)
def loads(indptr: Any, neighbour: Any, weight: Any, hit: Any, stop: Any) -> Any:
    """The pairs looked at, and how many of these each node (nodes,) ends or lies between, paths being equally likely.

    They are those whose paths have less than one of the hits (nodes,), these being shares, on average.
    """
    nodes = len(weight)
    distance, ways, share, met = np.full(nodes, -1), np.zeros(nodes), np.zeros(nodes), np.zeros(nodes)
    queue, load, pairs = np.empty(nodes, np.int64), np.zeros(nodes), 0.0
    for start in range(nodes):
        if weight[start] == 0 or stop[0]:
            continue
        queue[0], distance[start], ways[start], count, done = start, 0, 1.0, 1, 0
        while done < count:
            node = queue[done]
            done += 1
            met[node] = met[node] / ways[node] + hit[node]
            for entry in range(indptr[node], indptr[node + 1]):
                other = neighbour[entry]
                if distance[other] < 0:
                    distance[other] = distance[node] + 1
                    queue[count] = other
                    count += 1
                if distance[other] == distance[node] + 1:
                    ways[other] += ways[node]
                    met[other] += met[node] * ways[node]
        reached = 0.0
        for place in range(count - 1, 0, -1):
            node = queue[place]
            looked = weight[start] * weight[node] if met[node] < 1 else 0
            through = share[node] + looked
            reached += looked
            load[node] += through / 2
            for entry in range(indptr[node], indptr[node + 1]):
                other = neighbour[entry]
                if distance[other] == distance[node] - 1:
                    share[other] += through * ways[other] / ways[node]
            distance[node] = -1
            share[node] = ways[node] = met[node] = 0.0
        load[start] += reached / 2
        distance[start] = -1
        share[start] = ways[start] = met[start] = 0.0
        pairs += reached / 2
    return pairs, load
