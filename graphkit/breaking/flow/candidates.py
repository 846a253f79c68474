"""Which targets a plan of greatest worth can need: where many may be hit and few will be, most can be left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.rows import Rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_STEPS = 24  # costs by which targets are compared
_SLACK = 1e-9


def needed(rows: Rows, worth: Floats) -> Mask:
    """Without which targets (merged,) there still is a plan of greatest `worth` (merged,): false for those.

    One target stands behind another where it is worth no more, costs no less, and counts against the same limits. Where
    all that stand before it would together with it exceed a limit, one of them is not hit, and can be hit in its stead.
    So the knapsack loses nothing. Targets on which other conditions hang are all needed.

    >>> from graphkit.breaking.flow.rows import rows_of
    >>> from graphkit.breaking.problem import Conditions
    >>> needed(rows_of(Conditions.plain(4, budget=2)), np.array([1.0, 3.0, 2.0, 5.0])).tolist()
    [False, True, False, True]
    """
    first, cost, plain = _plain(rows)
    found = ~plain
    for limits in np.unique(first[plain], axis=0):
        alike = np.flatnonzero(plain & (first == limits).all(axis=1))
        found[alike] = _within(worth[alike], cost[alike], float(rows.limit[limits].min()))
    return found


def _plain(rows: Rows) -> tuple[Ints, Floats, Mask]:
    """The limits that each target counts against (merged, 2), by what, and where only such hold it; else void."""
    matrix = rows.matrix.tocsc()
    count, begins = np.diff(matrix.indptr), matrix.indptr[:-1]
    lesser = np.unique(rows.matrix.nonzero()[0][rows.matrix.data < 0])
    odd = np.isin(np.arange(len(rows)), lesser) | (np.arange(len(rows)) >= rows.stated)
    plain = (count >= 1) & (count <= 2) & (rows.low == 0)
    places = np.column_stack((begins, begins + count - 1)).clip(0, max(len(matrix.data) - 1, 0))
    if not len(matrix.data):
        return np.zeros_like(places), np.zeros(len(plain)), np.zeros(len(plain), bool)
    cost, limits = matrix.data[places], matrix.indices[places].astype(np.int64)
    plain &= ~odd[limits].any(axis=1) & (cost[:, 0] == cost[:, 1]) & (cost[:, 0] > 0)
    return limits, cost[:, 0], plain


def _within(worth: Floats, cost: Floats, limit: float) -> Mask:
    """Which targets do not stand behind others that fill the limit by themselves."""
    order = np.lexsort((cost, -worth))
    price, kept = cost[order], np.ones(len(order), bool)
    steps = np.unique(price)
    for step in steps if len(steps) <= _STEPS else np.quantile(steps, np.linspace(0, 1, _STEPS), method="lower"):
        before = np.cumsum(np.where(price <= step, price, 0.0)) - np.where(price <= step, price, 0.0)
        kept &= (price < step) | (before + price <= limit + _SLACK)
    found = np.zeros(len(order), bool)
    found[order] = kept
    return found
