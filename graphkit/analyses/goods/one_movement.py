"""Which deliveries are one movement, told by several rows, as `graphkit.tracing.identity.movements` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.meant import meant
from graphkit.analyses.parties.same_hands import behind_links, same_hands
from graphkit.model.nodes import BATCH
from graphkit.tracing.identity.movements import KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.holders import Holders
    from graphkit.tracing.identity.told_once import ToldOnce

_LOTS = "lots-told-4"


def holders_of(store: Store, network: Network, links: NDArray[np.integer]) -> Holders:
    """Between whom these deliveries went: each holder with all entries that mean him (see `meant`).

    A waybill's alias is known by its phone to be the name beside it, and that name by a ledger to be a person.
    """
    from graphkit.tracing.identity.holders import Holders, ends_of

    ends, whom = ends_of(network, links), meant(store, network).of
    others = ends[whom[ends] != ends]
    known = same_hands(store, network).around(ends), np.stack((others, whom[others]))
    return Holders.of_goods(network, ends, np.concatenate(known, axis=1))


def told_once(store: Store, network: Network, links: NDArray[np.integer]) -> ToldOnce:
    """Which of these deliveries are movements of their own, which tell of one together, and which may."""
    from graphkit.tracing.identity.told_once import ToldOnce

    holders = holders_of(store, network, links)
    return ToldOnce.of(network, links.astype(np.int64), holders, *behind_links(store, network))


def told_together(store: Store, network: Network, links: NDArray[np.integer]) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, in groups, the row that tells best first."""
    from graphkit.tracing.identity.movements import matched

    holders = holders_of(store, network, links)
    return matched(network, links.astype(np.int64), holders, *behind_links(store, network))


def lots_told(store: Store, network: Network) -> NDArray[np.int64]:
    """Deliveries whose own row names no lot, and the lot that another row of the same movement names; (2, links).

    Only where the row without one tells as much of the same product: a waybill of whose content nothing is told may
    have carried more than the ledger of that day says. Worked out once for each revision.
    """
    from graphkit.network.snapshot import kept

    if BATCH.name not in network.kinds:
        return np.empty((2, 0), np.int64)
    return kept(store.where, network, _LOTS, lambda: _lots_told(store, network))


def _lots_told(store: Store, network: Network) -> NDArray[np.int64]:
    table = network.links
    links = table.of_kinds(*KINDS)
    links = links[table.first[links] & (table.source[links] != table.target[links])]
    known = table.batch[links] >= 0
    open_ = ~known & (table.product[links] >= 0) & (table.quantity_max[links] > 0)
    if not known.any() or not open_.any():
        return np.empty((2, 0), np.int64)
    without, found = set(links[open_].tolist()), list[tuple[int, int]]()
    for group in told_together(store, network, links):
        lots = {int(table.batch[link]) for link in group} - {-1}
        found += [(link, lot) for lot in lots for link in group if link in without]
    return np.array(sorted(found), np.int64).reshape(-1, 2).T
