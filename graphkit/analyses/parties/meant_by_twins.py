"""Whom a name means by what it moved: two files tell of one movement, and one of them names him otherwise.

Where seller's and buyer's ledgers name one end alike, and product, batch and quantity are equal and the times near, the
other end is one too, though the one calls him by his nickname, or counts in cartons what the other counts in boxes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.tracing.identity.movements import KINDS, PURCHASE, Places
from graphkit.tracing.identity.telling import NEAR, in_smallest

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.tracing.identity.movements import Files
    from graphkit.tracing.measures import Packings

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_PARTS = 1e6  # of a unit, by which quantities are told apart


def by_twins(network: Network, links: Ints, meant: Ints, numbered: Mask, files: Files, packings: Packings) -> Ints:
    """`meant` (entities,), with each entry without a number standing for whom the twins of its movements name.

    Only where all twins name one, who has a number or is named by more than one twin. `links` are deliveries.
    """
    named = defaultdict[int, Counter[int]](Counter)
    for one, other in _twins(network, links, meant, files, packings):
        for loose, known in ((one, other), (other, one)):
            if not numbered[loose] and (numbered[known] or loose < known):
                named[loose][known] += 1
    found = np.arange(len(network))
    for loose in sorted(named):
        (other, count), *more = named[loose].most_common()
        if not more and (numbered[other] or count > 1):
            found[loose] = other
    return np.asarray(found[found][meant], np.int64)


def _twins(
    network: Network, links: Ints, meant: Ints, files: Files, packings: Packings
) -> list[tuple[int, int]]:  # fmt: skip
    """Pairs of different ends of two links that tell of one movement but for that end."""
    table = network.links
    chosen = _batched(network, links)
    if not len(chosen):
        return []
    unit, much = in_smallest(network, chosen, packings)
    pairs = []
    for same, other in ((table.source, table.target), (table.target, table.source)):
        keys = np.stack((meant[same[chosen]], table.batch[chosen], unit, np.round(much * _PARTS)), axis=1)
        order = np.lexsort((chosen, table.started_earliest[chosen], *keys.T))
        ordered, keys = chosen[order], keys[order]
        alike = np.all(keys[1:] == keys[:-1], axis=1)
        alike &= table.started_earliest[ordered[1:]] - NEAR <= table.started_latest[ordered[:-1]]
        alike &= meant[other[ordered[1:]]] != meant[other[ordered[:-1]]]
        near = np.flatnonzero(alike)
        places = Places(network, np.concatenate((ordered[near], ordered[near + 1])).tolist(), files)
        for one, next_ in zip(ordered[near].tolist(), ordered[near + 1].tolist(), strict=True):
            if places.two(one, next_):
                pairs.append((int(meant[other[one]]), int(meant[other[next_]])))
    return pairs


def _batched(network: Network, links: Ints) -> Ints:
    """Those of these deliveries that name a batch and a quantity; what victims say they bought stands by itself."""
    table = network.links
    chosen = links[np.isin(table.kind[links], [table.kind_code(kind) for kind in KINDS])]
    chosen = chosen[(table.batch[chosen] >= 0) & (table.quantity_max[chosen] > 0)]
    bought = table.ids.beginning(PURCHASE)
    kept: Ints = chosen[(chosen < bought.start) | (chosen >= bought.stop)]
    return kept
