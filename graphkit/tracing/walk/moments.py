"""Sets of moments, one for each state, each a union of intervals that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.sorting import distinct

Whole = NDArray[np.int64]


def _changes(ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return new


@dataclass(frozen=True, eq=False)
class Earliest:
    """The first moment of each state, where any later one serves too; shape (states,), ordered by key.

    >>> known, fresh = Earliest.none().add(np.array([7, 5, 7]), np.array([4, 3, 2]), np.array([1.0, 1.0, 0.5]))
    >>> known, fresh = known.add(np.array([5, 9, 7]), np.array([1, 8, 2]), np.ones(3))
    >>> fresh.tolist(), known.key.tolist(), known.lo.tolist()
    ([0, 1], [5, 7, 9], [1, 2, 8])
    """

    key: Whole
    lo: Whole

    @classmethod
    def none(cls) -> Earliest:
        """Of no state."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing)

    def add(self, key: Whole, lo: Whole, score: NDArray[np.float64]) -> tuple[Earliest, Whole]:
        """With these too, and which of them come before all others of their state, in their order.

        Of several at the same moment the firmest does, of these the first.
        """
        place = np.minimum(np.searchsorted(self.key, key), max(len(self.key) - 1, 0))
        there = self.key[place] == key if len(self.key) else np.zeros(len(key), bool)
        fresh = np.flatnonzero(~there | (lo < self.lo[place])) if len(self.key) else np.arange(len(key))
        order = fresh[np.lexsort((-score[fresh], lo[fresh], key[fresh]))]
        best = order[_changes(key[order])]
        known = there[best]
        mine = self.lo.copy()
        mine[place[best[known]]] = lo[best[known]]
        added = best[~known]
        at = np.searchsorted(self.key, key[added])
        return Earliest(np.insert(self.key, at, key[added]), np.insert(mine, at, lo[added])), np.sort(best)


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
        touched = distinct(key)
        old = np.isin(self.key, touched)
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
