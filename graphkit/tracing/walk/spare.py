"""Columns as long as a network that are used again: all zero but where they are written, and given back so.

A trace that reaches a hundred entities of a million must not pay for a million, nor for fresh memory of that length.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_KEPT = 4  # of one length and type
_MANY = 8  # from one entry written in so many on, clearing all of a column is quicker
_spare: dict[tuple[int, str], list[NDArray[Any]]] = {}


def zeros(size: int, kind: Any) -> NDArray[Any]:
    """A column of zeros.

    >>> column = zeros(3, np.int32)
    >>> column[1] = 7
    >>> give_back(np.array([1]), column)
    >>> zeros(3, np.int32).tolist()
    [0, 0, 0]
    """
    waiting = _spare.get((size, np.dtype(kind).str))
    return waiting.pop() if waiting else np.zeros(size, kind)


def give_back(written: NDArray[Any], *columns: NDArray[Any]) -> None:
    """Columns for others to use, of which only these entries, and nobody else, have been written to."""
    for column in columns:
        if len(written) * _MANY > len(column):
            column[:] = 0
        else:
            column[written] = 0
        key = len(column), column.dtype.str
        if key not in _spare and len(_spare) >= _KEPT:
            _spare.clear()
        waiting = _spare.setdefault(key, [])
        if len(waiting) < _KEPT:
            waiting.append(column)
