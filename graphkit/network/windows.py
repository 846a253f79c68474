"""Sums over what lies before a moment, within groups: many questions at once, each by binary search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Weights at moments, in groups; all of shape (entries,) and ordered by group, then moment.

    >>> line = Timeline.of(np.array([0, 0, 1]), np.array([5, 3, 4]), np.array([10, 1, 7]))
    >>> line.until(np.array([0, 0, 0, 1]), np.array([2, 3, 5, 9])).tolist()
    [0, 1, 11, 7]
    >>> line.before(np.array([0, 1]), np.array([5, 4])).tolist()
    [1, 0]
    """

    moments: Whole  # the distinct ones, sorted
    key: Whole
    total: Whole  # of all entries before each, shape (entries + 1,)

    @classmethod
    def of(cls, group: Whole, moment: Whole, weight: Whole) -> Timeline:
        """From entries in any order."""
        order = np.lexsort((moment, group))
        moments = np.unique(moment)
        key = group[order] * (len(moments) + 1) + np.searchsorted(moments, moment[order])
        return cls(moments, key, np.concatenate(([0], np.cumsum(weight[order], dtype=np.int64))))

    def until(self, group: Whole, moment: Whole) -> Whole:
        """The weight in each of these groups at or before each of these moments."""
        return self._sum(group, np.searchsorted(self.moments, moment, "right"))

    def before(self, group: Whole, moment: Whole) -> Whole:
        """The weight in each of these groups before each of these moments."""
        return self._sum(group, np.searchsorted(self.moments, moment, "left"))

    def _sum(self, group: Whole, rank: NDArray[np.intp]) -> Whole:
        begin = group * (len(self.moments) + 1)
        ends = np.searchsorted(self.key, begin + rank), np.searchsorted(self.key, begin)
        summed: Whole = self.total[ends[0]] - self.total[ends[1]]
        return summed
