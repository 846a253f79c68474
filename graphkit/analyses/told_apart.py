"""Where a store's rows tell of payments and deliveries, and payments that two banks may have told of at two times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.analyses.chains import evidence_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.pairs import Pairs
    from graphkit.tracing.identity.told_in import Tellers, Told
    from graphkit.tracing.labels import Whole

_BATCH = 50_000


def tellers_of(store: Store, network: Network) -> Tellers:
    """Tells in which files links stand, and whose statements or which books these are."""
    from graphkit.tracing.identity.told_in import Told

    def ask(links: Iterable[int]) -> dict[int, Told]:
        evidence = evidence_of(store, network, links)
        files = {link: frozenset(row.partition("#")[0] for row in rows) for link, rows in evidence.items()}
        several = len(set(files.values())) > 1  # of one file nothing is told apart by its books
        books = _books(store, network, sorted(files)) if several else {}
        return {link: Told(files[link], books.get(link, frozenset())) for link in files}

    return ask


def _books(store: Store, network: Network, links: list[int]) -> dict[int, frozenset[str]]:
    """What the store says of whose statement or which book each of these links stands in."""
    from graphkit.model.records.movements import BOOK
    from graphkit.network.counterparts import SIDE

    keys = {link: network.keys_of(link) for link in links}
    told: dict[tuple[str, str, str], set[str]] = {}
    named = sorted({key[0] for every in keys.values() for key in every})
    for begin in range(0, len(named), _BATCH):
        for link in store.links(named[begin : begin + _BATCH]):
            books = {text for name in (SIDE, BOOK) if (text := link.properties.get(name))}
            told.setdefault((link.link, link.source, link.target), set()).update(books)
    return {link: frozenset(book for key in keys[link] for book in told.get(key, ())) for link in links}


def told_apart(store: Store, network: Network, links: Whole | None = None) -> Pairs:
    """The pairs of these payments, by default of all, that may be one, the earlier first."""
    from graphkit.tracing.identity.booked_apart import booked_apart

    chosen = network.links.of_kinds("PAID") if links is None else links
    return booked_apart(network, chosen, tellers_of(store, network))
