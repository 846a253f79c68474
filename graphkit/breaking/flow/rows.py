"""The conditions of a plan as linear inequalities over its targets, those hit together being one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.knapsack import exceeded, grains
from graphkit.breaking.problem import Conditions
from graphkit.breaking.units import one_for_each

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Rows:
    """`matrix` (rows, merged) times a plan (merged,) of zeros and ones is at most `limit` (rows,).

    `merged` (targets,) says which merged target each target is part of. Merged targets with `high` 0 may not be hit,
    those with `low` 1 must be; both (merged,).
    """

    matrix: csr_matrix
    limit: Floats
    merged: Ints
    low: Floats
    high: Floats
    stated: int  # of the rows are stated, the further ones follow from them

    def __len__(self) -> int:
        return len(self.limit)

    def spent(self, hit: Floats) -> Floats:
        """What a plan, whole or in parts, takes of each limit."""
        taken: Floats = self.matrix @ hit
        return taken

    def prices(self, prices: Floats) -> Floats:
        """What each merged target takes of the limits, at these prices (rows,) of the limits."""
        priced: Floats = self.matrix.T @ prices
        return priced

    def column(self, merged: int) -> Floats:
        """What one merged target takes of each limit."""
        return np.asarray(self.matrix[:, [merged]].todense(), np.float64).ravel()

    def marginal(self, worth: Floats) -> Floats:
        """Prices to begin with: of the limit on most targets, what the last hit that it allows is worth at its cost."""
        prices = np.zeros(len(self))
        spans = np.diff(self.matrix.indptr)
        if not len(spans) or not spans.max():
            return prices
        row = int(np.argmax(spans))
        place = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        cost = np.maximum(self.matrix.data[place], _SLACK)
        rate = worth[self.matrix.indices[place]] * self.high[self.matrix.indices[place]] / cost
        order = np.argsort(-rate, kind="stable")
        last = int(np.searchsorted(np.cumsum(cost[order]), self.limit[row]))
        prices[row] = rate[order[min(last, len(order) - 1)]]
        return prices

    def sharpened(self, hit: Floats, size: Floats) -> Rows | None:
        """With further rows that whole plans keep to and this one, in parts, does not; None where none was found.

        `size` (merged,) says which targets matter most.
        """
        from scipy.sparse import csr_matrix, vstack

        found = [self._exceeded(row, hit, size) for row in range(self.stated)]
        kept = [each for each in found if each is not None]
        if not kept:
            return None
        shape = (1, self.matrix.shape[1])
        more = [csr_matrix((value, (np.zeros(len(at), int), at)), shape=shape) for at, value in kept]
        limit = np.concatenate((self.limit, np.ones(len(kept))))
        return Rows(vstack((self.matrix, *more)).tocsr(), limit, self.merged, self.low, self.high, self.stated)

    def _exceeded(self, row: int, hit: Floats, size: Floats) -> tuple[Ints, Floats] | None:
        """A row of limit 1 that follows from this one, as places and values."""
        span = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        at, cost, limit = self.matrix.indices[span].astype(np.int64), self.matrix.data[span], float(self.limit[row])
        if not len(cost) or cost.min() < 0 or limit <= 0:
            return None
        whole = grains(cost, limit)
        found = None if whole is None else exceeded(*whole, hit[at] * (self.high[at] > 0), size[at])
        return None if found is None else (at[found[0]], found[1])

    def fits(self, hit: Mask) -> bool:
        """Whether a plan keeps to every condition."""
        within = hit >= self.low, hit <= self.high, self.spent(hit.astype(float)) <= self.limit + _SLACK
        return all(bool(each.all()) for each in within)


def rows_of(conditions: Conditions) -> Rows:
    """The budget, the limits of regions, and one row for each target that comes only after others."""
    from scipy.sparse import csr_matrix

    merged = one_for_each(conditions)
    count = int(merged.max(initial=-1)) + 1
    row, column, value, limits = _budgets(conditions, merged)
    for high, low in conditions.after:
        ends = sorted({int(merged[each]) for each in low})
        if int(merged[high]) not in ends:
            row += [len(limits)] * (len(ends) + 1)
            column += [int(merged[high]), *ends]
            value += [1.0, *[-1.0] * len(ends)]
            limits.append(0.0)
    matrix = csr_matrix((value, (row, column)), shape=(len(limits), count))
    barred = np.bincount(merged[~conditions.allowed], minlength=count) > 0
    bound = np.bincount(merged[np.array(conditions.must, np.int64)], minlength=count) > 0
    return Rows(matrix, np.array(limits), merged, bound.astype(float), (~barred).astype(float), len(limits))


def _budgets(conditions: Conditions, merged: Ints) -> tuple[list[int], list[int], list[float], list[float]]:
    """Rows, columns and values of the limits on cost; equal places add up."""
    row: list[int] = []
    column: list[int] = []
    value: list[float] = []
    limits: list[float] = []
    regions = [conditions.group == group for group in range(len(conditions.limits))]
    masks = [np.ones(len(merged), bool), *regions]
    for mask, limit in zip(masks, [conditions.budget, *conditions.limits.tolist()], strict=True):
        if np.isfinite(limit):
            members = np.flatnonzero(mask & (conditions.cost != 0))
            row += [len(limits)] * len(members)
            column += merged[members].tolist()
            value += conditions.cost[members].tolist()
            limits.append(float(limit))
    return row, column, value, limits
