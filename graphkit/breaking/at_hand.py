"""A plan that is at hand without a search: for who wants the answer before the search has begun."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graphkit.breaking.fewest import by_degree
from graphkit.breaking.order import objective
from graphkit.breaking.population import fill
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.tied import with_ties

_TRIED = 1000  # targets looked at where some are tied to others


def at_hand(problem: Fragmentation) -> tuple[int, ...] | None:
    """The targets with most neighbours as far as the conditions allow, or with `until` as far as is needed.

    None where that keeps to no condition or does not get there, which does not prove that nothing does.

    >>> from graphkit.breaking.problem import Conditions
    >>> from graphkit.network.simple import SimpleGraph
    >>> star = SimpleGraph.of(4, np.array([0, 0, 0]), np.array([1, 2, 3]))
    >>> at_hand(Fragmentation(star, np.ones(4, np.int64), Conditions.plain(4, 1)))
    (0,)
    """
    given = problem.conditions
    order = np.argsort(-problem.graph.degree, kind="stable")
    if given.tied:
        found = _tied(problem, order.tolist())
    elif problem.until is not None:
        found = tuple(np.flatnonzero(by_degree(problem, problem.most)).tolist())
    else:
        found = tuple(np.flatnonzero(fill(given, order)).tolist())
    reached = problem.until is None or objective(replace(problem, objective="largest"), found) <= problem.most
    return found if reached and given.fits(found) else None


def _tied(problem: Fragmentation, order: list[int]) -> tuple[int, ...]:
    given, chance = problem.conditions, np.random.default_rng(problem.seed)
    hit = with_ties(given, set(given.must), chance)
    for node in [node for node in order if given.allowed[node]][:_TRIED]:
        more = with_ties(given, hit | {node}, chance)
        if given.fits(tuple(more)):
            hit = more
    return tuple(sorted(hit))
