"""Sets of moments, one for each state, each a union of intervals that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Intervals from `lo` to `hi` of the states `key`; shape (intervals,), ordered by key, then lo.

    >>> known, fresh = Moments.none().add(np.array([7, 7, 5]), np.array([0, 8, 3]), np.array([4, 9, 3]))
    >>> known, fresh = known.add(np.array([7, 7, 7]), np.array([1, 4, 20]), np.array([2, 8, 21]))
    >>> fresh.tolist(), list(zip(known.key.tolist(), known.lo.tolist(), known.hi.tolist()))
    ([1, 2], [(5, 3, 3), (7, 0, 9), (7, 20, 21)])
    """

    key: Whole
    lo: Whole
    hi: Whole

    @classmethod
    def none(cls) -> Moments:
        """Of no state."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing, nothing)

    def add(self, key: Whole, lo: Whole, hi: Whole) -> tuple[Moments, Whole]:
        """With these intervals too, and which of them bring something new, in their order.

        Of several that begin alike the longest does, of equal ones the first.
        """
        touched = np.unique(key)
        old = np.isin(self.key, touched, assume_unique=False)
        keys, begins, ends = (
            np.concatenate((mine[old], new)) for mine, new in ((self.key, key), (self.lo, lo), (self.hi, hi))
        )
        fresh = np.arange(len(keys)) >= int(old.sum())
        order = np.lexsort((fresh, -ends, begins, keys))
        before = _greatest_before(keys[order], ends[order])
        begins, ends = begins[order], ends[order]
        new = order[fresh[order] & ((ends > before[0]) | before[1])] - int(old.sum())
        starts = np.flatnonzero(before[1] | (begins > before[0]))
        merged = Moments(
            keys[order][starts], begins[starts], np.maximum.reduceat(ends, starts) if len(starts) else ends
        )
        return self._with(merged, ~old), np.sort(new)

    def _with(self, merged: Moments, kept: NDArray[np.bool_]) -> Moments:
        key = np.concatenate((self.key[kept], merged.key))
        order = np.argsort(key, kind="stable")
        lo, hi = (np.concatenate((mine[kept], new)) for mine, new in ((self.lo, merged.lo), (self.hi, merged.hi)))
        return Moments(key[order], lo[order], hi[order])


def _greatest_before(key: Whole, end: Whole) -> tuple[Whole, NDArray[np.bool_]]:
    """The greatest end among the entries before each of the same key, and which are the first of their key."""
    first = np.ones(len(key), bool)
    first[1:] = key[1:] != key[:-1]
    ends, rank = np.unique(end, return_inverse=True)
    group = np.cumsum(first) - 1
    running = np.maximum.accumulate(group * len(ends) + rank)
    greatest = np.zeros(len(key), np.int64)
    if len(key):
        greatest[1:] = ends[running[:-1] % len(ends)]
    return greatest, first
