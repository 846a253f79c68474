"""Who turns out to be whom, worked out once for each revision of a store: it asks for the files behind deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.chains import files_of
from graphkit.analyses.goods.packings import packings_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.movements import Files
    from graphkit.tracing.identity.same_hands import SameHands
    from graphkit.tracing.measures import Packings

_NAME = "same-hands-13"


def same_hands(store: Store, network: Network) -> SameHands:
    """The same hands of this store's network."""
    from graphkit.network.snapshot import kept
    from graphkit.tracing.identity.same_hands import SameHands

    def made() -> SameHands:
        return SameHands.of(network, *behind_links(store, network))

    return SameHands.of_columns(kept(store.where, network, _NAME, lambda: made().columns))


def behind_links(store: Store, network: Network) -> tuple[Files, Packings]:
    """What tells which rows speak of one movement, beside the network: their files, and how goods are packed."""
    return files_of(store, network), packings_of(store, network)
