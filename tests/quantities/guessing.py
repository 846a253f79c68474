"""Every way in whole numbers in which the records of a tiny ledger can be explained, and the cheapest of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.quantities.reconciliation import Weights

Stocks = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """Deliveries (from, to, quantity, moment) that arrive when they leave, counts (stock, quantity, moment)."""

    stops: int
    deliveries: tuple[tuple[int, int, int, int], ...]
    counts: tuple[tuple[int, int, int], ...] = ()
    deviation: float = 0.0


def cheapest(case: Case, weights: Weights, tilt: dict[int, float] | None = None) -> float:
    """The least cost; `tilt` adds to what unseen supply of a stop costs. A usual movement is one unit here."""
    best = float("inf")
    for quantities, cost in _corrected(case, weights):
        if cost < best:
            best = min(best, cost + _explained(case, quantities, weights, tilt or {}))
    return best


def _corrected(case: Case, weights: Weights) -> Iterator[tuple[Stocks, float]]:
    recorded = tuple(much for _, _, much, _ in case.deliveries)
    if not (weights.corrections and case.deviation):
        yield recorded, 0.0
        return
    off = min(weights.furthest * case.deviation, 3)
    choices = (range(max(0, round(much - off * much)), round(much + off * much) + 1) for much in recorded)
    for quantities in itertools.product(*choices):
        yield quantities, sum(abs(a - b) / (case.deviation * b) for a, b in zip(quantities, recorded, strict=True))


def _explained(case: Case, quantities: Stocks, weights: Weights, tilt: dict[int, float]) -> float:
    moments = sorted({each[3] for each in case.deliveries} | {each[2] for each in case.counts})

    def happened(at: int) -> tuple[list[int], list[int], list[int]]:
        came, went, needed = [0] * case.stops, [0] * case.stops, [0] * case.stops
        for (source, target, _, moment), much in zip(case.deliveries, quantities, strict=True):
            if moment == at:
                came[target] += much
                went[source] += much
        for stop, much, moment in case.counts:
            if moment == at:
                needed[stop] = much
        return came, went, needed

    @cache
    def least(place: int, stock: Stocks, pool: int) -> float:
        """From this moment on, with so much in stock, and so much on its way unseen."""
        if place == len(moments):
            return 0.0
        came, went, needed = happened(moments[place])
        found = float("inf")
        most = [a + b for a, b in zip(went, needed, strict=True)]
        for supply, moved in _entering(most, pool if weights.moves is not None else 0):
            cost = sum(much * (weights.supply + tilt.get(s, 0.0)) for s, much in enumerate(supply))
            cost += (weights.moves or 0.0) * sum(moved)
            have = [a + b + c + d - e for a, b, c, d, e in zip(stock, came, supply, moved, went, strict=True)]
            if cost >= found or min(have) < 0:
                continue
            rest = pool - sum(moved)
            for before, aside in _leaving(have, weights):
                kept = _counted(case, moments[place], before)
                for after, more in _leaving(kept, weights) if kept is not None and any(needed) else [(kept, 0)]:
                    if after is not None:
                        found = min(found, cost + least(place + 1, tuple(after), rest + aside + more))
        return found

    return least(0, (0,) * case.stops, 0)


def _leaving(stock: list[int], weights: Weights) -> Iterator[tuple[list[int], int]]:
    """What is left after some of it has left unseen for other stocks, and how much that was."""
    for left in itertools.product(*(range(much + 1 if weights.moves is not None else 1) for much in stock)):
        yield [a - b for a, b in zip(stock, left, strict=True)], sum(left)


def _entering(most: list[int], pool: int) -> Iterator[tuple[Stocks, Stocks]]:
    """What comes in unseen at one moment, from outside and from other stocks: never before it is needed."""
    for moved in itertools.product(*(range(min(much, pool) + 1) for much in most)):
        if sum(moved) <= pool:
            for supply in itertools.product(*(range(a - b + 1) for a, b in zip(most, moved, strict=True))):
                yield supply, moved


def _counted(case: Case, at: int, after: list[int]) -> list[int] | None:
    """What is there after the moment's counts: never less than counted; what was more has gone."""
    kept = list(after)
    for stop, much, moment in case.counts:
        if moment == at:
            if kept[stop] < much:
                return None
            kept[stop] = much
    return kept
