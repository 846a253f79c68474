"""Which deliveries are one movement, told by several rows, as `graphkit.tracing.identity.movements` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.meant import meant
from graphkit.analyses.parties.same_hands import behind_links, same_hands

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.holders import Holders


def holders_of(store: Store, network: Network, links: NDArray[np.integer]) -> Holders:
    """Between whom these deliveries went: each holder with all entries that mean him (see `meant`).

    A waybill's alias is known by its phone to be the name beside it, and that name by a ledger to be a person.
    """
    from graphkit.tracing.identity.holders import Holders, ends_of

    ends, whom = ends_of(network, links), meant(store, network).of
    others = ends[whom[ends] != ends]
    known = same_hands(store, network).around(ends), np.stack((others, whom[others]))
    return Holders.of_goods(network, ends, np.concatenate(known, axis=1))


def told_together(store: Store, network: Network, links: NDArray[np.integer]) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, in groups, the row that tells best first."""
    from graphkit.tracing.identity.movements import matched

    holders = holders_of(store, network, links)
    return matched(network, links.astype(np.int64), holders, *behind_links(store, network))
