"""Exact figures of all entities at once: by flows where a flow tells, one by one for as many as work allows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graphkit.quantities import exact_sums, leading_back
from graphkit.quantities.deliveries import UNMARKED
from graphkit.tracing.amounts.flow import Flow
from graphkit.tracing.labels import Whole

NONE, ALL = -1, -2  # in place of the entity whose figures are to be exact
_PROGRAMS = 50_000  # deliveries that all programs together may be about
_DUST = 1e-6
Exactly = Callable[[Whole, float, float], tuple[float, float, bool]]


class EachExactly:
    """Exact bounds of many sums of legs; called with a sum's place, its outer bounds and all that there is.

    Where goods can come back and count again, or change in quantity, a program by itself (`one`) is needed.
    """

    def __init__(self, flow: Flow, sums: list[Whole], one: Exactly) -> None:
        self._one, self._sums = one, sums
        bounded = [legs[~flow.unbounded[legs]] for legs in sums]
        self._bounds = exact_sums(flow.runs, flow.mark, bounded)
        self._any_amount = [bool(flow.any_amount[legs].any()) for legs in sums]
        free = np.ones(len(flow.runs.tail), bool)
        free[: len(flow.mark)] = (flow.mark != UNMARKED) & ~flow.hidden
        stops = [np.unique(flow.deliveries.target[legs]) for legs in sums]
        self._again = leading_back(flow.runs, free, stops)
        self._left = _PROGRAMS // max(len(flow.deliveries), 1)

    def __call__(self, place: int, least: float, most: float, whole: float) -> tuple[float, float, bool]:
        bounds = self._bounds[place]
        if bounds is None:
            self._left -= 1
            return self._one(self._sums[place], most, whole) if self._left >= 0 else (least, most, False)
        if self._any_amount[place]:
            return bounds.low, most, False
        most = most if self._again[place] else min(most, whole)
        high = max(bounds.low, min(bounds.high, most))
        return bounds.low, high, high - bounds.low < _DUST or (bounds.exact and bounds.high - high < _DUST)
