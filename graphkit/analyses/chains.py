"""Saying a chain: its entities, its links, the rows that state them, and what it was not led through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.movements import Files

_NAMED = 10
_BATCH = 50_000
_KEPT = 200_000  # links of one network whose rows are kept in memory
_known: WeakKeyDictionary[Network, dict[int, tuple[str, ...]]] = WeakKeyDictionary()


def evidence_of(store: Store, network: Network, links: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The rows that state each of these links of the network, sorted; of a payment told twice the rows of both.

    The store is asked for each link once.
    """
    positions, known = sorted(set(links)), _known.setdefault(network, {})
    unknown = [i for i in positions if i not in known]
    found: dict[int, tuple[str, ...]] = {}
    for begin in range(0, len(unknown), _BATCH):
        found |= _asked(store, network, unknown[begin : begin + _BATCH])
    known.update(islice(found.items(), max(0, _KEPT - len(known))))
    return {i: known.get(i) or found.get(i, ()) for i in positions}


def _asked(store: Store, network: Network, links: Sequence[int]) -> dict[int, tuple[str, ...]]:
    keys = {i: network.keys_of(i) for i in links}
    rows: dict[tuple[str, str, str], set[str]] = {}
    for link in store.links(sorted({key[0] for every in keys.values() for key in every})):
        rows.setdefault((link.link, link.source, link.target), set()).update(link.evidence)
    return {
        i: tuple(sorted((row for key in every for row in rows.get(key, ())), key=reference_order))
        for i, every in keys.items()
    }


def files_of(store: Store, network: Network) -> Files:
    """Tells which files state links."""

    def ask(links: Iterable[int]) -> dict[int, frozenset[str]]:
        evidence = evidence_of(store, network, links)
        return {link: frozenset(one.partition("#")[0] for one in rows) for link, rows in evidence.items()}

    return ask


def reference_order(reference: str) -> tuple[str, str, int, str]:
    """Sorts references by file, sheet, row number.

    >>> sorted(["a#1:10", "a#1:9"], key=reference_order)
    ['a#1:9', 'a#1:10']
    """
    place, _, row = reference.rpartition(":")
    file, _, sheet = place.partition("#")
    return file, sheet, int(row) if row.isdecimal() else 0, row


def merged(evidence: Iterable[Sequence[str]]) -> list[str]:
    """All references of several facts, each once, sorted."""
    return sorted({reference for rows in evidence for reference in rows}, key=reference_order)


def kinds_of(network: Network, links: Iterable[int]) -> list[str]:
    """The kinds of these links."""
    return [network.links.kinds[int(network.links.kind[i])] for i in links]


def hub_notes(network: Network, hubs: Sequence[int]) -> tuple[str, ...]:
    """Which hubs were met and not walked through, the largest first."""
    if not len(hubs):
        return ()
    ordered = sorted((-int(network.neighbours[i]), int(i)) for i in hubs)
    named = ", ".join(f"{describe(network, i)} ({-count})" for count, i in ordered[:_NAMED])
    more = len(ordered) - _NAMED
    rest, rest_zh = (f" and {more} more", f"等共 {len(ordered)} 个") if more > 0 else ("", "")
    return (
        say(
            f"Hubs not walked through (neighbours): {named}{rest}; --through-hubs walks through them.",
            f"未穿过的枢纽（相邻对象数）：{named}{rest_zh}；--through-hubs 可穿过。",
        ),
    )


def describe(network: Network, position: int) -> str:
    """An entity by its id, and its name where that says more."""
    node, name = network.ids[position], network.name_of(position)
    return node if name in node else f"{node} {name}"


def goods_id(network: Network, code: int) -> str:
    """The id of goods by their code, also of those that only links name."""
    return network.ids[code] if code < len(network) else network.goods.others[code - len(network)]
