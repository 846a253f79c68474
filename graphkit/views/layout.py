"""Where the entities of a page stand, computed before it is written, so that it opens at once and always alike.

Stress majorisation (Gansner, Koren, North 2004) from a start by pivots (Brandes, Pich 2006): entities stand as far
apart as the chains between them are long. A link is the longer, the fewer neighbours its ends have in common (the
subset model of Gansner et al.), so that what belongs together comes to stand together. Boxes that overlap are then
pushed apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.views.packing import packed, spread

Matrix = NDArray[np.float32]
Points = NDArray[np.float64]
Ends = NDArray[np.int64]

_ROOM = 7.0  # how many times the boxes' own area the drawing covers
_ROUNDS = 50
_NEAREST = 1e-4  # the square of the least distance told apart
_PIVOTS = 40
_BLOCK = 4_000_000  # entries worked on at a time


def positions(boxes: Points, source: Ends, target: Ends) -> Points:
    """The centre of each entity's box, shape (entities, 2), given the boxes' widths and heights and who is linked.

    >>> points = positions(np.full((3, 2), 20.0), np.array([0]), np.array([1]))
    >>> points.shape, bool(abs(points[0] - points[2]).max() >= 20)
    ((3, 2), True)
    """
    groups = components(len(boxes), source, target)
    parts = [_component(boxes[group], *_inside(group, len(boxes), source, target)) for group in groups]
    placed = np.zeros((len(boxes), 2))
    for group, points in zip(groups, packed(parts, [boxes[group] for group in groups]), strict=True):
        placed[group] = points
    return placed


def components(count: int, source: Ends, target: Ends) -> list[Ends]:
    """The entities that hang together, the largest group first, then the one with the first entity."""
    label = np.arange(count)
    while True:
        least = label.copy()
        np.minimum.at(least, source, label[target])
        np.minimum.at(least, target, label[source])
        least = least[least]
        if np.array_equal(least, label):
            break
        label = least
    groups = [np.flatnonzero(label == each) for each in np.unique(label)]
    return sorted(groups, key=lambda group: (-len(group), int(group[0])))


def _inside(group: Ends, count: int, source: Ends, target: Ends) -> tuple[Ends, Ends]:
    """The links of one group, as places in it, each pair of ends once."""
    place = np.full(count, -1)
    place[group] = np.arange(len(group))
    own = (place[source] >= 0) & (source != target)
    low, high = np.minimum(place[source[own]], place[target[own]]), np.maximum(place[source[own]], place[target[own]])
    pairs = np.unique(low * len(group) + high)
    return pairs // len(group), pairs % len(group)


def _component(boxes: Points, source: Ends, target: Ends) -> Points:
    if len(boxes) == 1:
        return np.zeros((1, 2))
    far = distances(len(boxes), source, target, lengths(len(boxes), source, target))
    points = _turned(_stress(_start(far), far).astype(np.float64))
    return spread(points * _scale(points, boxes, source, target), boxes)


def _scale(points: Points, boxes: Points, source: Ends, target: Ends) -> float:
    """As large as the boxes need; larger where the drawing is thin, so that they fit between the ends of a link."""
    extent = np.maximum(np.ptp(points, axis=0), 0.25 * np.ptp(points))
    room = float((boxes.prod(axis=1).sum() * _ROOM / extent.prod()) ** 0.5)
    between = float(np.median(np.linalg.norm(points[source] - points[target], axis=1)))
    return max(room, min(2 * room, 1.1 * float(boxes[:, 0].mean()) / max(between, 1e-9)))


def lengths(count: int, source: Ends, target: Ends) -> NDArray[np.float32]:
    """How long each link should be: the root of the number of neighbours that only one of its ends has."""
    beside = np.zeros((count, count), np.float32)
    beside[source, target] = beside[target, source] = 1
    degree = beside.sum(axis=1)
    common = (beside @ beside)[source, target]
    own: NDArray[np.float32] = np.sqrt(np.maximum(degree[source] + degree[target] - 2 * common, 1))
    return own.astype(np.float32)


def distances(count: int, source: Ends, target: Ends, length: NDArray[np.float32]) -> Matrix:
    """The lengths of the shortest chains between all of a group that hangs together (Bellman 1958, all at once).

    >>> distances(3, np.array([0, 1]), np.array([1, 2]), np.ones(2, np.float32))[0].tolist()
    [0.0, 1.0, 2.0]
    """
    begin, end = np.concatenate((source, target)), np.concatenate((target, source))
    order = np.argsort(end, kind="stable")
    begin, cost = begin[order], np.concatenate((length, length))[order][:, None]
    first = np.searchsorted(end[order], np.arange(count))
    far = np.full((count, count), np.inf, np.float32)
    np.fill_diagonal(far, 0)
    width = max(1, _BLOCK // max(len(begin), 1))
    for left in range(0, count, width):
        block = far[:, left : left + width]
        while True:
            nearer = np.minimum(block, np.minimum.reduceat(block[begin] + cost, first, axis=0))
            if np.array_equal(nearer, block):
                break
            block[:] = nearer
    return far


def _start(far: Matrix) -> Matrix:
    """A first drawing from the distances to a few entities far apart; a little shaken, so that none coincide."""
    pivots = [int(far.max(axis=1).argmax())]
    nearest = far[pivots[0]].copy()
    for _ in range(min(_PIVOTS, len(far)) - 1):
        pivots.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, far[pivots[-1]])
    squared = far[:, pivots].astype(np.float64) ** 2
    centred = -(squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()) / 2
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :2] if vectors.shape[1] > 1 else np.hstack((vectors, vectors))
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(2)] < 0, -1, 1)
    points = centred @ axes
    points *= float(far.max()) / max(float(np.ptp(points, axis=0).max()), 1e-9)
    shaken = np.random.default_rng(1).normal(scale=0.05 * float(far.max()) / len(far) ** 0.5, size=points.shape)
    return np.asarray(points + shaken, np.float32)


def _stress(points: Matrix, far: Matrix) -> Matrix:
    """Move every entity to where its distances to all others are kept best, near ones counting more; many times."""
    apart = far + np.eye(len(far), dtype=np.float32)
    weight = 1 / apart**2
    np.fill_diagonal(weight, 0)
    pull = weight * far
    total = weight.sum(axis=1)[:, None]
    push = np.empty_like(far)
    for _ in range(_ROUNDS):
        square = (points**2).sum(axis=1)
        np.matmul(points * -2, points.T, out=push)  # worked on in place, for there is one number a pair
        push += square
        push += square[:, None]
        np.sqrt(np.maximum(push, _NEAREST, out=push), out=push)
        np.divide(pull, push, out=push)
        points = (weight @ points + push.sum(axis=1)[:, None] * points - push @ points) / total
    return points


def _turned(points: Points) -> Points:
    """Turned so that the drawing is wide rather than high."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    axes = axes[:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(2)] < 0, -1, 1)
    return np.asarray(points @ axes)
