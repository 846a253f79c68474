"""Sorting by counting, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkit.network.compiled import compiled

_SHORT = 24


@compiled
def counted(row: Any, rows: Any) -> Any:
    """The order of entries by their row, those of one row as they were, and where each row begins."""
    indptr = np.zeros(rows + 1, np.int32)
    for i in range(len(row)):
        indptr[row[i] + 1] += 1
    for i in range(rows):
        indptr[i + 1] += indptr[i]
    order, at = np.empty(len(row), np.int32), indptr[:-1].copy()
    for i in range(len(row)):
        order[at[row[i]]] = i
        at[row[i]] += 1
    return order, indptr


@compiled
def sort_rows(order: Any, indptr: Any, key: Any) -> Any:
    """Within each row by key, in place; equal ones stay as they were."""
    for row in range(len(indptr) - 1):
        begin, end = indptr[row], indptr[row + 1]
        if end - begin > _SHORT:
            piece = order[begin:end].copy()
            order[begin:end] = piece[np.argsort(key[piece], kind="mergesort")]
            continue
        for i in range(begin + 1, end):
            one = order[i]
            value, j = key[one], i
            while j > begin and key[order[j - 1]] > value:
                order[j] = order[j - 1]
                j -= 1
            order[j] = one
