"""Who turns out to be whom, worked out once for each revision of a store: it asks for the files behind deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import files_of
from graphkit.analyses.packings import packings_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.holders import Holders
    from graphkit.tracing.measures import Packings
    from graphkit.tracing.movements import Files
    from graphkit.tracing.same_hands import SameHands

_NAME = "same-hands-8"


def same_hands(store: Store, network: Network) -> SameHands:
    """The same hands of this store's network."""
    from graphkit.network.snapshot import kept
    from graphkit.tracing.same_hands import SameHands

    def made() -> SameHands:
        return SameHands.of(network, *behind_links(store, network))

    return SameHands.of_columns(kept(store.where, network, _NAME, lambda: made().columns))


def holders_of(store: Store, network: Network, links: NDArray[np.integer]) -> Holders:
    """Between whom these deliveries went: each holder with all names that rows show to be his.

    A waybill's alias is known by its phone to be the name beside it, and that name by a ledger to be a person.
    """
    from graphkit.tracing.holders import Holders, ends_of

    ends = ends_of(network, links)
    return Holders.of_goods(network, ends, same_hands(store, network).around(ends))


def told_together(store: Store, network: Network, links: NDArray[np.integer]) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, in groups, the row that tells best first."""
    from graphkit.tracing.movements import matched

    holders = holders_of(store, network, links)
    return matched(network, links.astype(np.int64), holders, *behind_links(store, network))


def behind_links(store: Store, network: Network) -> tuple[Files, Packings]:
    """What tells which rows speak of one movement, beside the network: their files, and how goods are packed."""
    return files_of(store, network), packings_of(store, network)
