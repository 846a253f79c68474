"""What hangs together: the components of a graph given by the ends of its links, by scipy's compiled search."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def connected(count: int, source: NDArray[Any], target: NDArray[Any]) -> NDArray[np.int64]:
    """A number for each of `count` nodes, the same for those that links join, whichever way they go; shape (count,).

    `source` and `target` (links,) are the ends of each link.

    >>> connected(4, np.array([2]), np.array([0])).tolist()
    [0, 1, 0, 2]
    """
    return _labels(count, source, target, strong=False)


def strongly_connected(count: int, source: NDArray[Any], target: NDArray[Any]) -> NDArray[np.int64]:
    """The same for those between which there is a way along the links in both directions.

    >>> label = strongly_connected(3, np.array([0, 1, 1]), np.array([1, 0, 2]))
    >>> label[0] == label[1], label[1] == label[2]
    (np.True_, np.False_)
    """
    return _labels(count, source, target, strong=True)


def _labels(count: int, source: NDArray[Any], target: NDArray[Any], strong: bool) -> NDArray[np.int64]:
    if not len(source):  # most often nothing is tied, and scipy takes a while to load
        return np.arange(count)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(source), np.int8), (source, target)), shape=(count, count)).tocsr()
    found = connected_components(matrix, directed=strong, connection="strong" if strong else "weak")
    return np.asarray(found[1], np.int64)
