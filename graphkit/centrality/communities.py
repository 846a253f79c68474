"""Groups whose members are tied more to one another than to others, and who stands between groups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphkit.centrality.relations import Relations, Rows, Values

Labels = NDArray[np.int64]

_SMALL = 200_000  # links: up to here several searches are cheap, and the best is taken
_TRIES = 8
_SEED = 1


def communities(relations: Relations, resolution: float = 1.0) -> Labels:
    """The group of each node, shape (nodes,): 0 for the largest, of equal size that of the least node; -1 without ties.

    Traag, Waltman and van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities; by networkit,
    in one thread and from fixed seeds, so that one graph always gives the same groups. Weights count; above a
    resolution of 1 groups are smaller. In small graphs the best by modularity of several searches is taken, with
    Blondel et al. (2008), Fast unfolding of communities in large networks, among them. A group hangs together.

    >>> two = Relations.of(5, np.array([0, 1, 2, 3]), np.array([1, 2, 0, 4]), directed=False)
    >>> communities(two).tolist()
    [0, 0, 0, 1, 1]
    """
    if not relations.links:
        return np.full(len(relations), -1)
    found = [_connected(relations, label) for label in _searched(relations, resolution)]
    if len(found) > 1:
        found.sort(key=lambda label: -round(modularity(relations, label, resolution), 12))
    return _numbered(relations, found[0])


def modularity(relations: Relations, label: Labels, resolution: float = 1.0) -> float:
    """How much more weight lies inside the groups than by chance with the same degrees; 0 without ties.

    Newman and Girvan (2004), Finding and evaluating community structure in networks. As networkx.community.modularity.

    >>> two = Relations.of(5, np.array([0, 1, 2, 3]), np.array([1, 2, 0, 4]), directed=False)
    >>> modularity(two, np.array([0, 0, 0, 1, 1]))
    0.375
    """
    rows = relations.out
    total = float(rows.weight.sum())
    if not total:
        return 0.0
    own = label.copy()
    alone = own < 0
    own[alone] = np.arange(alone.sum()) + own.max(initial=0) + 1
    inside = float(rows.weight[own[rows.origin] == own[rows.neighbour]].sum())
    strength = np.bincount(own[rows.origin], rows.weight)
    return inside / total - resolution * float(np.square(strength / total).sum())


def ties_to_groups(relations: Relations, label: Labels) -> Rows:
    """How strongly each node is tied to each group that it is tied to: rows of groups by node, with weights.

    >>> chain = Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)
    >>> ties_to_groups(chain, np.array([0, 0, 1])).neighbour.tolist()
    [0, 0, 1, 0]
    """
    rows = relations.out
    entries = rows.weight.copy(), label[rows.neighbour], rows.indptr.copy()  # summed up in place
    matrix = csr_array(entries, shape=(len(rows), _groups(label)))
    matrix.sum_duplicates()
    return Rows.taken(matrix)


def participation(tied: Rows) -> Values:
    """How evenly a node's ties are spread over groups, shape (nodes,): 0 where all are in one, near 1 over many.

    Guimerà and Amaral (2005), Functional cartography of complex metabolic networks. `tied` as of `ties_to_groups`.

    >>> chain = Relations.of(3, np.array([0, 1]), np.array([1, 2]), directed=False)
    >>> participation(ties_to_groups(chain, np.array([0, 0, 1]))).tolist()
    [0.0, 0.5, 0.0]
    """
    strength = np.bincount(tied.origin, tied.weight, minlength=len(tied))
    squares = np.bincount(tied.origin, np.square(tied.weight), minlength=len(tied))
    return 1.0 - np.divide(squares, np.square(strength), out=np.ones(len(tied)), where=strength > 0)


def _groups(label: Labels) -> int:
    return max(int(label.max(initial=-1)) + 1, 1)


def simmelian(relations: Relations, label: Labels, nodes: NDArray[Any]) -> Values:
    """How many of its group each of these nodes and a partner in it have in common, the mean over its ties there.

    Krackhardt (1998), Simmelian ties: super strong and sticky. Shape of `nodes`; 0 for who has no tie in its group.

    >>> triangle = Relations.of(3, np.array([0, 1, 2]), np.array([1, 2, 0]), directed=False)
    >>> simmelian(triangle, np.zeros(3, np.int64), np.array([0])).tolist()
    [1.0]
    """
    graph = relations.simple
    return np.asarray(_in_common(graph.indptr, graph.neighbour, label, np.asarray(nodes, np.int64)), np.float64)


def _searched(relations: Relations, resolution: float) -> Iterator[Labels]:
    """The groups that each search finds: one in a large graph, several in a small one."""
    import networkit as nk

    rows = relations.out
    once = rows.origin <= rows.neighbour
    ends = rows.origin[once].astype(np.uint64), rows.neighbour[once].astype(np.uint64)
    graph = nk.GraphFromCoo((rows.weight[once], ends), n=len(relations), weighted=True, directed=False)
    small = relations.links <= _SMALL
    with _one_thread(nk):
        for seed in range(_SEED, _SEED + (_TRIES if small else 1)):
            nk.setSeed(seed, False)
            yield _labels(nk.community.ParallelLeiden(graph, randomize=small, gamma=resolution))
            if small:
                yield _labels(nk.community.PLM(graph, refine=True, gamma=resolution))


def _labels(search: Any) -> Labels:
    return np.array(search.run().getPartition().getVector(), np.int64)


@contextmanager
def _one_thread(nk: Any) -> Iterator[None]:
    """With several threads the order of moves, and with it the groups, would differ from run to run."""
    before = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        yield
    finally:
        nk.setNumberOfThreads(before)


def _connected(relations: Relations, label: Labels) -> Labels:
    """The same groups, each that does not hang together parted into its pieces."""
    return np.asarray(_pieces(relations.out.indptr, relations.out.neighbour, label), np.int64)


def _numbered(relations: Relations, label: Labels) -> Labels:
    """The groups numbered by size and least node; nodes without ties are in none."""
    tied = np.diff(relations.out.indptr) > 0
    _, first, which, size = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    alone = ~tied[first] & (size == 1)
    order = np.lexsort((first, -size, alone))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return np.where(tied, number[which], -1)


@njit(cache=True, nogil=True)
def _pieces(indptr: Any, neighbour: Any, label: Any) -> Any:
    nodes = len(indptr) - 1
    piece, queue, count = np.full(nodes, -1, np.int64), np.empty(nodes, np.int64), 0
    for root in range(nodes):
        if piece[root] >= 0:
            continue
        queue[0], piece[root] = root, count
        place, end = 0, 1
        while place < end:
            node = queue[place]
            place += 1
            for entry in range(indptr[node], indptr[node + 1]):
                other = neighbour[entry]
                if piece[other] < 0 and label[other] == label[node]:
                    piece[other] = count
                    queue[end] = other
                    end += 1
        count += 1
    return piece


@njit(cache=True, nogil=True)
def _in_common(indptr: Any, neighbour: Any, label: Any, nodes: Any) -> Any:
    found, own = np.zeros(len(nodes)), np.zeros(len(indptr) - 1, np.bool_)
    for place, node in enumerate(nodes):
        ties, shared = 0, 0
        for entry in range(indptr[node], indptr[node + 1]):
            own[neighbour[entry]] = label[neighbour[entry]] == label[node]
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if own[other]:
                ties += 1
                for next_ in range(indptr[other], indptr[other + 1]):
                    shared += own[neighbour[next_]]
        for entry in range(indptr[node], indptr[node + 1]):
            own[neighbour[entry]] = False
        if ties:
            found[place] = shared / ties
    return found
