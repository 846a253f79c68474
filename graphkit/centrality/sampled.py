"""Betweenness and closeness where there are too many nodes for every source: sampled, with a bound on the error."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphkit.centrality.breadth_first import NOWHERE, grow, search
from graphkit.centrality.chunks import over_chunks
from graphkit.centrality.relations import Relations, Values
from graphkit.centrality.shortest_paths import nearness

_PATHS_AT_ONCE = 4096
_SOURCES = 256
_UNIVERSAL = 0.5  # the constant of Vapnik and Chervonenkis, as Löffler and Phillips (2009) estimate it


def betweenness(relations: Relations, error: float, doubt: float, seed: int) -> tuple[Values, float]:
    """Betweenness from sampled paths, shape (nodes,), and by how much no value is off but with probability `doubt`.

    As many paths are drawn, each between two nodes drawn at random, as keep all values within `error` at once:
    Riondato and Kornaropoulos (2016), Fast approximation of betweenness centrality through sampling. Each is searched
    from both its ends, as Borassi and Natale (2016), KADABRA is an adaptive algorithm for betweenness via random
    approximation.

    >>> chain = Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)
    >>> value, error = betweenness(chain, 0.05, 0.1, seed=1)
    >>> bool(abs(value[1] - 1) <= error), value[[0, 2]].tolist()
    (True, [0.0, 0.0])
    """
    nodes = len(relations)
    if nodes < 3:
        return np.zeros(nodes), 0.0
    scale = nodes / (nodes - 2)
    samples = paths_needed(longest(relations), error / scale, doubt)
    random = np.random.default_rng(seed)
    source, target = random.integers(0, nodes, samples), random.integers(0, nodes - 1, samples)
    target += target >= source
    draws = random.integers(1, 2**63 - 1, samples, dtype=np.int64)
    out, into = relations.out, relations.into
    total = np.zeros(nodes)

    def work(chosen: NDArray[np.int64]) -> Any:
        ends = source[chosen], target[chosen], draws[chosen]
        return _passed(out.indptr, out.neighbour, into.indptr, into.neighbour, *ends)

    for part in over_chunks(work, np.arange(samples), _PATHS_AT_ONCE):
        total += part
    return total / samples * scale, error


def paths_needed(longest: int, error: float, doubt: float) -> int:
    """How many paths must be drawn where no shortest path has more than `longest` nodes.

    >>> paths_needed(10, 0.01, 0.1)
    31513
    """
    dimension = math.floor(math.log2(max(longest - 2, 1))) + 1
    return math.ceil(_UNIVERSAL / error**2 * (dimension + math.log(1 / doubt)))


def longest(relations: Relations) -> int:
    """No shortest path has more nodes than this: in each piece twice the hops from one of its nodes; directed: all."""
    if relations.directed:
        return len(relations)
    return 2 * int(_depth(relations.out.indptr, relations.out.neighbour)) + 1


def closeness(relations: Relations, error: float, doubt: float, seed: int) -> tuple[Values, float]:
    """Closeness from distances to some sources, shape (nodes,), and how far off a mean distance may be.

    A fixed number of sources is drawn at random, whatever `error` is; but with probability `doubt` no mean distance is
    off by more than the second value. Eppstein and Wang (2004), Fast approximation of centrality.
    """
    nodes = len(relations)
    chosen = np.sort(np.random.default_rng(seed).permutation(nodes)[:_SOURCES]).astype(np.int64)
    rows, total = relations.out, np.zeros((3, nodes))
    for part in over_chunks(lambda some: _reached(rows.indptr, rows.neighbour, some), chosen, 16):
        total[:2] += part[:2]
        total[2] = np.maximum(total[2], part[2])
    own = np.zeros(nodes)
    own[chosen] = 1
    share = (nodes - 1) / np.maximum(len(chosen) - own, 1)
    bound = 2 * total[2].max(initial=0) * math.sqrt(math.log(2 * nodes / doubt) / (2 * max(len(chosen), 1)))
    return nearness(total[0] * share, total[1] * share, nodes), float(bound)


@njit(cache=True, nogil=True)
def _depth(indptr: Any, neighbour: Any) -> Any:
    """The most hops from the first node of any piece to a node of the piece."""
    nodes = len(indptr) - 1
    far, queue = np.full(nodes, NOWHERE, np.int32), np.empty(nodes, np.int32)
    most = 0
    for root in range(nodes):
        if far[root] >= 0:
            continue
        end = search(indptr, neighbour, root, far, queue)
        most = max(most, far[queue[end - 1]])
    return most


@njit(cache=True, nogil=True)
def _reached(indptr: Any, neighbour: Any, sources: Any) -> Any:
    """By node: from how many of these sources it is reached, the sum of the distances, and the greatest."""
    nodes = len(indptr) - 1
    found = np.zeros((3, nodes))
    far, queue = np.full(nodes, NOWHERE, np.int32), np.empty(nodes, np.int32)
    for source in sources:
        end = search(indptr, neighbour, source, far, queue)
        for place in range(1, end):
            node = queue[place]
            found[0, node] += 1
            found[1, node] += far[node]
            found[2, node] = max(found[2, node], far[node])
        for place in range(end):
            far[queue[place]] = NOWHERE
    return found


@njit(cache=True, nogil=True)
def _next(state: Any) -> Any:
    """A further random number, by xorshift (Marsaglia 2003)."""
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    return state ^ (state << np.uint64(17))


@njit(cache=True, nogil=True)
def _share(state: Any) -> Any:
    """A random number as a share, from 0 to below 1."""
    return float(state >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)
def _work(indptr: Any, queue: Any, begin: Any, end: Any) -> Any:
    total = 0
    for place in range(begin, end):
        total += indptr[queue[place] + 1] - indptr[queue[place]]
    return total


@njit(cache=True, nogil=True)
def _walk_back(indptr: Any, neighbour: Any, far: Any, paths: Any, node: Any, state: Any, total: Any) -> Any:
    """From a node back to where its search began, each way as likely as the others; counts those passed."""
    while far[node] > 1:
        state = _next(state)
        left = _share(state) * paths[node]
        before = node
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if far[other] == far[node] - 1:
                before = other
                left -= paths[other]
                if left < 0:
                    break
        node = before
        total[node] += 1.0
    return state


@njit(cache=True, nogil=True)
def _touches(far: Any, queue: Any, begin: Any, end: Any) -> Any:
    """Whether any of these nodes has been found by the other search."""
    found = False
    for place in range(begin, end):
        found = found or far[queue[place]] >= 0
    return found


@njit(cache=True, nogil=True)
def _middle(back: Any, paths: Any, paths_back: Any, queue: Any, begin: Any, end: Any, state: Any) -> Any:
    """A node where both searches met, as likely as there are shortest paths through it."""
    ways = 0.0
    for place in range(begin, end):
        if back[queue[place]] >= 0:
            ways += paths[queue[place]] * paths_back[queue[place]]
    left, middle = _share(state) * ways, -1
    for place in range(begin, end):
        node = queue[place]
        if back[node] >= 0:
            middle = node
            left -= paths[node] * paths_back[node]
            if left < 0:
                break
    return middle


@njit(cache=True, nogil=True)
def _passed(out: Any, out_to: Any, into: Any, into_from: Any, sources: Any, targets: Any, draws: Any) -> Any:
    """How many of the paths drawn, one for each pair, pass through each node."""
    nodes = len(out) - 1
    total = np.zeros(nodes)
    far, back = np.full(nodes, NOWHERE, np.int32), np.full(nodes, NOWHERE, np.int32)
    paths, paths_back = np.zeros(nodes), np.zeros(nodes)
    queue, queue_back = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    for pair in range(len(sources)):
        source, target, state = sources[pair], targets[pair], np.uint64(draws[pair])
        far[source], paths[source], queue[0] = 0, 1.0, source
        back[target], paths_back[target], queue_back[0] = 0, 1.0, target
        begin, end, begin_back, end_back = 0, 1, 0, 1
        met = False
        while not met and begin < end and begin_back < end_back:
            if _work(out, queue, begin, end) <= _work(into, queue_back, begin_back, end_back):
                begin, end = end, grow(out, out_to, far, paths, queue, begin, end)
                met = _touches(back, queue, begin, end)
            else:
                begin_back, end_back = (
                    end_back,
                    grow(into, into_from, back, paths_back, queue_back, begin_back, end_back),
                )
                met = _touches(far, queue_back, begin_back, end_back)
        if met:
            state = _next(state)
            middle = _middle(back, paths, paths_back, queue, begin, end, state)
            if middle not in (source, target):
                total[middle] += 1.0
            state = _walk_back(into, into_from, far, paths, middle, state, total)
            _walk_back(out, out_to, back, paths_back, middle, state, total)
        for place in range(end):
            far[queue[place]], paths[queue[place]] = NOWHERE, 0.0
        for place in range(end_back):
            back[queue_back[place]], paths_back[queue_back[place]] = NOWHERE, 0.0
    return total
