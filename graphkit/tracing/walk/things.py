"""Things with a number of their own, and whole lots: where they were seen, what they were in, who handed them on.

A bottle with a serial number goes on by the events that name it, and by those that name the carton or pallet it is in,
from when it was put in until it was taken out. There its state is the container's, and what is carried is the bottle:
the container's other contents are none of it. Where a whole container is traced its contents are.
"""

from __future__ import annotations

import numpy as np

from graphkit.model.nodes import BATCH, ITEM
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.walk.moving import all_there, moved, placed, some
from graphkit.tracing.walk.serials import INSIDE
from graphkit.tracing.walk.ways import Entries, Ways

SEEN = "OBSERVED_AT"
_FOLLOWED = (ITEM.name, BATCH.name)


def from_things(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From things, and from what they are in: places, containers, hands; from whole ones what is in them, their lot."""
    if ways.serials is None or not len(mine):
        return []
    what = np.where(labels.carried >= 0, labels.carried, labels.node)
    whole = mine[what[mine] == labels.node[mine]]
    parts = [*_beside(ways, labels, mine, what), _contents(ways, labels, whole), _lot(ways, labels, whole)]
    place, named, _ = ways.serials.deliveries.expand(labels.node[mine])
    origin, link = mine[place], named.astype(np.int64)
    ends = ways.links.source[link].astype(np.int64), ways.links.target[link].astype(np.int64)
    for node in ends[:1] if ways.request.back else ends:  # going back, who received it last is no source of it
        entries = ways.allowed((origin, node, link))
        parts.append(moved(ways, labels, entries, what[entries[0]], 1.0))
    return parts


def of_lots(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From whole lots: where they were seen, what they were in, and each thing that is of them."""
    entries = placed(mine, ways.entries(ways.network.into, labels.node[mine], "OF_BATCH"))
    entries = some(entries, ways.of_kind(entries[1], ITEM.name))
    return [*_beside(ways, labels, mine, labels.node), moved(ways, labels, entries, entries[1], 1.0)]


def seen_at(ways: Ways, labels: Labels, places: Whole) -> Labels:
    """From what is at a place to the things and lots that were seen there and may be it."""
    entries = placed(places, ways.entries(ways.network.into, labels.node[places], SEEN))
    goods = entries[1]
    possible, _, firmness = ways.match(labels.carried[entries[0]], goods)
    possible &= ways.of_product(goods) & (labels.carried[entries[0]] != goods) & ways.of_kind(goods, *_FOLLOWED)
    entries, firmness = some(entries, possible), firmness[possible]
    firmness = np.where(all_there(ways, labels, entries[0]), 1.0, firmness)
    return moved(ways, labels, entries, entries[1], firmness)


def _beside(ways: Ways, labels: Labels, mine: Whole, what: Whole) -> list[Labels]:
    """Where these were seen, and what they were in, with what they carry."""
    out, nodes = ways.network.out, labels.node[mine]
    seen, inside = (placed(mine, ways.entries(out, nodes, kind)) for kind in (SEEN, INSIDE))
    return [moved(ways, labels, seen, what[seen[0]], 1.0), _stayed(ways, labels, inside, what[inside[0]])]


def _lot(ways: Ways, labels: Labels, whole: Whole) -> Labels:
    """Going back, what a thing's lot was made of is what it was made of."""
    if not ways.request.back:
        return Labels.empty()
    entries = placed(whole, ways.entries(ways.network.out, labels.node[whole], "OF_BATCH"))
    return moved(ways, labels, entries, entries[1], 1.0)


def _contents(ways: Ways, labels: Labels, whole: Whole) -> Labels:
    """From a whole container to the things and lots in it."""
    entries = placed(whole, ways.entries(ways.network.into, labels.node[whole], INSIDE))
    entries = some(entries, ways.of_kind(entries[1], *_FOLLOWED))
    return _stayed(ways, labels, entries, entries[1], inward=True)


def _stayed(ways: Ways, labels: Labels, entries: Entries, carried: Whole, inward: bool = False) -> Labels:
    """By being inside: from when it was put in until it was taken out, or the wait is too long. What is inside waits
    by itself from when the container is traced.
    """
    origin, node, link = entries
    begin, end = ways.stay(link)
    lo, by = np.maximum(labels.lo[origin], begin), ways.waits(labels)[origin]
    hi = np.minimum(end, np.maximum(labels.hi[origin], lo) if inward else by)
    kept = np.flatnonzero((lo <= hi) & (begin <= by))
    return Labels.made(node, carried, lo, hi, link, origin, ways.scores(link)).take(kept)
