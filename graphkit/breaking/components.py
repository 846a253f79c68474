"""Components of what is left, compiled: which there are, what they weigh, and what taking out one more node leaves.

A node that is out has the label -1; `weight` (nodes,) int64 is what counts of a node. A component of weight `s` has
`s(s−1)/2` pairs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphkit.breaking.compiling import late
from graphkit.network.connected import connected

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

ABSENT = -1
_FRESH = -2


@njit(cache=True)
def label(indptr: Any, neighbour: Any, weight: Any, labels: Any, size: Any, free: Any) -> Any:
    """Number the components in `labels` from 0 (nodes at ABSENT stay out), their weights in `size`.

    `free` becomes the stack of the numbers not used. Returns how many those are, and the pairs.
    """
    nodes = len(labels)
    stack = np.empty(nodes, np.int64)
    for i in range(nodes):
        size[i] = 0
        if labels[i] >= 0:
            labels[i] = _FRESH
    count, pairs = 0, 0
    for i in range(nodes):
        if labels[i] != _FRESH:
            continue
        size[count] = flood(indptr, neighbour, weight, labels, i, _FRESH, count, stack)
        pairs += size[count] * (size[count] - 1) // 2
        count += 1
    left = 0
    for number in range(nodes - 1, count - 1, -1):
        free[left] = number
        left += 1
    return left, pairs


@njit(cache=True)
def flood(indptr: Any, neighbour: Any, weight: Any, labels: Any, start: Any, old: Any, new: Any, stack: Any) -> Any:
    """Give every node reached from `start` over nodes labelled `old` the label `new`; returns their weight."""
    labels[start] = new
    stack[0] = start
    top, total = 1, 0
    while top:
        top -= 1
        node = stack[top]
        total += weight[node]
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if labels[other] == old:
                labels[other] = new
                stack[top] = other
                top += 1
    return total


@njit(cache=True)
def members(indptr: Any, neighbour: Any, labels: Any, start: Any, found: Any) -> Any:
    """The nodes of the component of `start`, in `found`; returns how many. The labels are as before afterwards."""
    old = labels[start]
    labels[start] = -3
    found[0] = start
    done, count = 0, 1
    while done < count:
        node = found[done]
        done += 1
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if labels[other] == old:
                labels[other] = -3
                found[count] = other
                count += 1
    for i in range(count):
        labels[found[i]] = old
    return count


@njit(cache=True)
def without_each(indptr: Any, neighbour: Any, weight: Any, labels: Any, start: Any, work: Any, left: Any) -> Any:
    """`left[v]` = the pairs that remain of the component of `start` without v, for each v in it; returns their number.

    One depth-first search finds the parts that each cut vertex would leave: Hopcroft and Tarjan (1973), Efficient
    algorithms for graph manipulation. `work` (7, nodes) int64; the component's nodes are in `work[0]`, `work[1]` is -1
    before and after.
    """
    found, number, low, below, parent, at, cut = work
    count, node = 1, start
    found[0], number[start], low[start], parent[start], at[start] = start, 0, 0, -1, indptr[start]
    below[start], left[start], cut[start] = weight[start], 0, 0
    while node >= 0:
        if at[node] < indptr[node + 1]:
            other = neighbour[at[node]]
            at[node] += 1
            if labels[other] < 0:
                continue
            if number[other] < 0:
                number[other], low[other], parent[other], at[other] = count, count, node, indptr[other]
                below[other], left[other], cut[other] = weight[other], 0, 0
                found[count] = other
                count += 1
                node = other
            elif other != parent[node] and number[other] < low[node]:
                low[node] = number[other]
        else:
            above = parent[node]
            if above >= 0:
                low[above] = min(low[above], low[node])
                below[above] += below[node]
                if low[node] >= number[above]:
                    left[above] += below[node] * (below[node] - 1) // 2
                    cut[above] += below[node]
            node = above
    total = below[start]
    for i in range(count):
        node = found[i]
        rest = total - weight[node] - cut[node]
        left[node] += rest * (rest - 1) // 2
        number[node] = -1
    return count


def labelled(indptr: Whole, neighbour: NDArray[np.int32], weight: Whole, out: Mask) -> tuple[Whole, Whole]:
    """The label of each node, ABSENT where it is out (nodes,), and by label what each component weighs (nodes,).

    >>> from graphkit.network.simple import SimpleGraph
    >>> path = SimpleGraph.of(4, np.array([0, 1, 2]), np.array([1, 2, 3]))
    >>> out = np.array([False, True, False, False])
    >>> labels, size = labelled(path.indptr, path.neighbour, np.ones(4, np.int64), out)
    >>> labels.tolist(), size.tolist()
    ([0, -1, 1, 1], [1, 2, 0, 0])
    """
    labels = np.where(out, ABSENT, 0).astype(np.int64)
    if late("components:label"):
        return _by_scipy(indptr, neighbour, weight, out, labels)
    size, free = np.zeros(len(weight), np.int64), np.empty(len(weight), np.int64)
    label(indptr, neighbour, weight, labels, size, free)
    return labels, size


def _by_scipy(
    indptr: Whole, neighbour: NDArray[np.int32], weight: Whole, out: Mask, labels: Whole
) -> tuple[Whole, Whole]:
    nodes = len(weight)
    origin = np.repeat(np.arange(nodes), np.diff(indptr))
    kept = ~(out[origin] | out[neighbour])
    found = connected(nodes, origin[kept], neighbour[kept])[~out]
    labels[~out] = np.unique(found, return_inverse=True)[1]
    return labels, np.bincount(labels[~out], weight[~out], nodes).astype(np.int64)


def sizes(indptr: Whole, neighbour: NDArray[np.int32], weight: Whole, out: Mask) -> Whole:
    """The weights of the components without the nodes that are out, the greatest first.

    >>> from graphkit.network.simple import SimpleGraph
    >>> path = SimpleGraph.of(4, np.array([0, 1, 2]), np.array([1, 2, 3]))
    >>> sizes(path.indptr, path.neighbour, np.ones(4, np.int64), np.array([False, True, False, False])).tolist()
    [2, 1]
    """
    labels, size = labelled(indptr, neighbour, weight, out)
    return np.sort(size[: int(labels.max(initial=-1)) + 1])[::-1]
