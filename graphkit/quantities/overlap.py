"""Which part of one row of intervals lies in which of another: how goods that stand in a queue meet the demand."""

from __future__ import annotations

import numpy as np

from graphkit.quantities.deliveries import Ints


def overlaps(first: tuple[Ints, Ints, Ints], second: tuple[Ints, Ints, Ints], ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of pieces of two rows that meet, and how much: (pairs,) each.

    A row is given as (group, item, amount), ordered by group; within a group its pieces lie one after the other. `ends`
    (groups,) is a length that no group of either row exceeds.

    >>> row = lambda *amounts: (np.zeros(len(amounts), int), np.arange(len(amounts)), np.array(amounts))
    >>> [part.tolist() for part in overlaps(row(3, 4), row(5, 1), np.array([7]))]
    [[0, 1, 1], [0, 0, 1], [3, 2, 1]]
    """
    offset = np.cumsum(ends) - ends
    begins, stops = _laid(first, offset)
    begins_too, stops_too = _laid(second, offset)
    points = np.concatenate((stops, stops_too))
    order = np.argsort(points, kind="stable")  # two sorted columns are merged
    mine = order < len(stops)
    one: Ints = np.cumsum(mine) - mine
    two = np.arange(len(order)) - one
    right = points[order]
    left = np.concatenate(([0], right[:-1]))[: len(right)]
    kept = (one < len(begins)) & (two < len(begins_too))
    one, two, left, right = one[kept], two[kept], left[kept], right[kept]
    much = right - np.maximum(left, np.maximum(begins[one], begins_too[two]))
    meets = much > 0
    return first[1][one[meets]], second[1][two[meets]], much[meets]


def _laid(row: tuple[Ints, Ints, Ints], offset: Ints) -> tuple[Ints, Ints]:
    """Where each piece begins and ends on one line on which the groups lie one after the other."""
    group, _, amount = row
    ends = np.cumsum(amount)
    before = np.zeros(len(offset), np.int64)
    first = np.ones(len(group), bool)
    first[1:] = group[1:] != group[:-1]
    before[group[first]] = (ends - amount)[first]
    placed = ends - before[group] + offset[group]
    return placed - amount, placed
