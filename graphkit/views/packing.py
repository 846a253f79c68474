"""Pushing boxes apart until none overlap, and setting separate groups beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

Places = NDArray[np.int64]

_ROUNDS = 80
_STEPS = 8  # pushes before looking anew for who is near whom
_MARGIN = 30.0
_TOUCH = 1e-3  # boxes that overlap by less than this only touch
_GAP = 40.0
_PROPORTION = 1.35  # width to height of the whole


def spread(points: Points, boxes: Points) -> Points:
    """The points moved as little as is simple so that boxes of these widths and heights around them do not overlap.

    >>> spread(np.array([[0.0, 0.0], [5.0, 0.0]]), np.full((2, 2), 10.0)).round(1).tolist()
    [[-2.5, 0.0], [7.5, 0.0]]
    """
    points = points.copy()
    for _ in range(_ROUNDS):
        first, second = _near(points, boxes)
        moved = sum(_push(points, boxes, first, second) for _ in range(_STEPS))
        if not moved:
            break
    return points


def _near(points: Points, boxes: Points) -> tuple[Places, Places]:
    """The pairs of boxes that overlap, or could after a few pushes."""
    near: NDArray[np.bool_] | bool = True
    for axis in (0, 1):
        at, half = points[:, axis].astype(np.float32), boxes[:, axis].astype(np.float32) / 2 + _MARGIN / 2
        near = near & (np.abs(at[:, None] - at) < half[:, None] + half)
    first, second = np.nonzero(np.triu(near, 1))
    return first, second


def _push(points: Points, boxes: Points, first: Places, second: Places) -> int:
    """Move each pair of overlapping boxes apart, half the way each, along the axis on which less is needed."""
    apart = points[first] - points[second]
    lacking = (boxes[first] + boxes[second]) / 2 - np.abs(apart)
    clash = (lacking > _TOUCH).all(axis=1)
    first, second, apart, lacking = first[clash], second[clash], apart[clash], lacking[clash]
    along = (np.arange(2) == lacking.argmin(axis=1)[:, None]) * np.where(apart < 0, -0.5, 0.5) * lacking
    for axis in (0, 1):
        move = np.bincount(first, along[:, axis], len(points)) - np.bincount(second, along[:, axis], len(points))
        points[:, axis] += move
    return len(first)


def packed(parts: Sequence[Points], boxes: Sequence[Points]) -> list[Points]:
    """Each group moved so that they stand in rows, in their order, and the whole is somewhat wider than high."""
    sizes = [_extent(points, box) for points, box in zip(parts, boxes, strict=True)]
    area = sum((high - low + _GAP).prod() for low, high in sizes)
    width = max([(area * _PROPORTION) ** 0.5, *((high - low)[0] for low, high in sizes)])
    corner, tall, placed = np.zeros(2), 0.0, []
    for points, (low, high) in zip(parts, sizes, strict=True):
        if corner[0] > 0 and corner[0] + (high - low)[0] > width:
            corner, tall = np.array([0.0, corner[1] + tall + _GAP]), 0.0
        placed.append(points - low + corner)
        corner[0] += (high - low)[0] + _GAP
        tall = max(tall, float((high - low)[1]))
    return placed


def _extent(points: Points, boxes: Points) -> tuple[Points, Points]:
    """The lower and upper corner of what the boxes cover."""
    return (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)
