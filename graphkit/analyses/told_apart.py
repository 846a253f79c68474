"""Payments that two banks may have told of at two times, as a store's rows tell: see `booked_apart`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.analyses.chains import evidence_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.booked_apart import Tellers, Told
    from graphkit.tracing.identity.pairs import Pairs
    from graphkit.tracing.labels import Whole

_BATCH = 50_000


def tellers_of(store: Store, network: Network) -> Tellers:
    """Tells in which files payments stand, and whose statements these are."""
    from graphkit.network.counterparts import SIDE
    from graphkit.tracing.identity.booked_apart import Told

    def ask(links: Iterable[int]) -> dict[int, Told]:
        positions = sorted(set(links))
        evidence = evidence_of(store, network, positions)
        keys = {link: network.keys_of(link) for link in positions}
        sides: dict[tuple[str, str, str], set[str]] = {}
        named = sorted({key[0] for every in keys.values() for key in every})
        for begin in range(0, len(named), _BATCH):
            for link in store.links(named[begin : begin + _BATCH]):
                side = {link.properties[SIDE]} if link.properties.get(SIDE) else set()
                sides.setdefault((link.link, link.source, link.target), set()).update(side)
        return {
            link: Told(
                frozenset(row.partition("#")[0] for row in evidence[link]),
                frozenset(side for key in keys[link] for side in sides.get(key, ())),
            )
            for link in positions
        }

    return ask


def told_apart(store: Store, network: Network, links: Whole | None = None) -> Pairs:
    """The pairs of these payments, by default of all, that may be one: told by two banks, the earlier first, or by a
    payment service, its row first, and a bank. The second of each pair is in no other.
    """
    from graphkit.tracing.identity.booked_apart import booked_apart
    from graphkit.tracing.identity.cleared import cleared

    chosen, tellers = network.links.of_kinds("PAID") if links is None else links, tellers_of(store, network)
    booked = booked_apart(network, chosen, tellers)
    known = {other for _, other in booked}
    return sorted([*booked, *(pair for pair in cleared(network, chosen, tellers) if pair[1] not in known)])
