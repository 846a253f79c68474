"""When each entity was there at the latest: a tie leads on whenever something is there, at the last moment too.

A sweep needs only the first moment at which something is somewhere. Whoever holds an account has what comes to it later
as well, and so have those who control a place, or turn out to be the same hands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.network.connected import connected
from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY, TIE_OF
from graphkit.tracing.walk.ways import Ways


def medium_of(carried: Whole) -> Whole:
    """Goods of whatever kind as one medium, all else as it is."""
    return np.where(carried >= ANY, ANY, carried)


def along_ties(ways: Ways, node: Whole, medium: Whole, last: Whole) -> Whole:
    """The last moments of entities in a medium, shape (entries,): the same for those that ties join in it.

    Each entity stands once for each medium.
    """
    found = last.copy()
    for each in TIE_OF:
        mine = np.flatnonzero(medium == each)
        if len(mine):
            found[mine] = _joined(ways, each, node[mine], last[mine])
    return found


def around(ways: Ways, nodes: Whole, reached: NDArray[np.integer]) -> Whole:
    """These entities, sorted, and all that ties join to them of the reached ones, which may be named several times."""
    found = edge = nodes
    mask = np.empty(0, bool)
    while len(edge):
        ends = distinct(np.concatenate([_ties(ways, each, edge)[1] for each in TIE_OF]))
        if len(ends) and not len(mask):  # only now, as there may be many
            mask = np.zeros(len(ways.network), bool)
            mask[reached] = True
        edge = np.setdiff1d(ends[mask[ends]] if len(ends) else ends, found)
        found = np.union1d(found, edge)
    return found


def _joined(ways: Ways, medium: int, nodes: Whole, last: Whole) -> Whole:
    order = np.argsort(nodes)
    origin, other = _ties(ways, medium, nodes)
    ends = nodes[origin], other
    kept = np.isin(ends[1], nodes) & ~np.isin(ends[0], ways.request.closed) & ~np.isin(ends[1], ways.request.closed)
    pairs = [order[np.searchsorted(nodes, each[kept], sorter=order)] for each in ends]
    label = connected(len(nodes), *pairs)
    most = np.full(int(label.max(initial=-1)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(most, label, last)
    return np.asarray(most[label], np.int64)


def _ties(ways: Ways, medium: int, nodes: Whole) -> tuple[Whole, Whole]:
    """By which what is with these in a medium is with others too: place among the nodes, the other."""
    if medium == ANY and ways.told is not None:  # rows tell which delivery went on, and with whom
        return np.empty(0, np.int64), np.empty(0, np.int64)
    both = (ways.network.out, ways.network.into)
    found = [ways.entries(adjacency, nodes, TIE_OF[medium])[:2] for adjacency in both]
    if medium == ANY and ways.same is not None:
        found.append(ways.allowed(ways.same.entries(nodes))[:2])
    origin, other = (np.concatenate(column) for column in zip(*found, strict=True))
    return origin, other


def by_medium(node: Whole, medium: Whole, last: Whole) -> tuple[Whole, Whole, Whole]:
    """One entry for each entity and medium, with the last of its moments: node, medium, moment."""
    width = -int(medium.min(initial=ANY)) + 1
    key = node * width - medium
    keys = distinct(key)
    most = np.full(len(keys), np.iinfo(np.int64).min)
    np.maximum.at(most, np.searchsorted(keys, key), last)
    nodes, media = np.divmod(keys, width)
    return nodes, -media, most
