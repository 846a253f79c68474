"""Whom an entry means that gives no number: the one party that its phone, or its name and the goods, point to.

A seller's ledger names its buyers, in its own spelling. Followed entry by entry, such a buyer receives and never gives,
and what he gives on seems to come from nowhere. Nothing is merged by this: it says whose flows are seen together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.entities import fold
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_NAMES, _NUMBERS = ("name", "alias"), ("id_number", "uscc")
_CROWD = 20  # a phone that more use tells nothing of who is who
_SHORT = 4  # characters by which a part of a firm's name can stand for it


def numbered_ones(network: Network, store: Store, meant: Ints) -> Mask:
    """Of which entities, or of whom they mean, a row gives a number; shape (entities,)."""
    columns, found = store.property_columns(list(_NUMBERS)), np.zeros(len(network), bool)
    places = np.array([network.position(node) for node in columns["node"].tolist()], np.int64)
    found[places[places >= 0]] = True
    found[meant[found]] = True
    return found


def by_phone(network: Network, numbered: Mask, meant: Ints) -> Ints:
    """`meant` (entities,), with each entry without a number standing for the only one with a number, a resident id or
    credit code, among those who use its phone.
    """
    table, found = network.links, np.arange(len(network))
    uses = table.of_kinds("USES")
    uses = uses[np.isin(table.source[uses], network.of_kinds(*PARTY_KINDS))]
    users = defaultdict[int, set[int]](set)
    for who, phone in zip(meant[table.source[uses]].tolist(), table.target[uses].tolist(), strict=True):
        users[phone].add(who)
    pointed = defaultdict[int, set[int]](set)
    for group in users.values():
        known = {who for who in group if numbered[who]}
        for who in group - known if len(known) == 1 and len(group) <= _CROWD else ():
            pointed[who] |= known
    for who, known in pointed.items():
        if len(known) == 1:
            found[who] = next(iter(known))
    return np.asarray(found[meant], np.int64)


def by_name(network: Network, store: Store, numbered: Mask, links: Ints, meant: Ints) -> Ints:
    """`meant` (entities,), with each entry without a number standing for whom its name points to.

    That is the only one with a number who goes by it, or of whose firm's name it is part, and who moved the same
    product by these deliveries; unless both have phones, and so none in common. Where there is no such one, entries of
    one name that moved one product are one, unless by their phones they are several. Where there are several, each
    stays what it is.
    """
    products = _moved(network, links, meant)
    phoned, found = np.zeros(len(network), bool), np.arange(len(network))
    phoned[meant[network.links.source[network.links.of_kinds("USES")]]] = True
    called = _Called(network, store, meant, products)
    for party in sorted(party for party in products if not numbered[party]):
        alike = {other for other in called.alike(party) if products.get(other, set()) & products[party]}
        known = {other for other in alike if numbered[other] and not (phoned[other] and phoned[party])}
        if not known and not phoned[party] and not any(numbered[other] for other in alike):
            known = {other for other in alike if phoned[other]} or {min(alike, default=party)}
        if len(known) == 1:
            found[party] = next(iter(known))
    return np.asarray(found[found][meant], np.int64)


def _moved(network: Network, links: Ints, meant: Ints) -> dict[int, set[int]]:
    """The products that each gave or took by these deliveries."""
    table = network.links
    goods = np.where(table.batch[links] >= 0, table.batch[links], table.product[links])
    product = np.where(goods >= 0, network.goods.product_of[np.maximum(goods, 0)], -1) if len(links) else goods
    told, found = product >= 0, defaultdict[int, set[int]](set)
    for end in (table.source, table.target):
        for party, each in np.unique(np.stack((meant[end[links[told]]], product[told])), axis=1).T.tolist():
            found[party].add(each)
    return found


class _Called:
    """The names of those who moved anything, and who goes by each."""

    def __init__(self, network: Network, store: Store, meant: Ints, moving: Iterable[int]) -> None:
        self.who, self.names, self._firms = defaultdict[str, set[int]](set), defaultdict[int, set[str]](set), ""
        firms = list[str]()
        columns, moved = store.property_columns(list(_NAMES)), set(moving)
        for node, value in zip(columns["node"].tolist(), columns["value"].tolist(), strict=True):
            position, name = network.position(node), fold(str(value))
            if position < 0 or len(name) < 2 or int(meant[position]) not in moved:
                continue
            kind = network.kind_of(position)
            if kind in PARTY_KINDS:
                self.who[name].add(int(meant[position]))
                self.names[int(meant[position])].add(name)
                firms += [name] if kind == "Company" else []
        self._firms = "\n".join(sorted(set(firms)))

    def alike(self, party: int) -> Iterator[int]:
        """Who goes by a name of this party, or by a firm's name that one of its names is part of."""
        for name in sorted(self.names[party]):
            yield from self.who[name]
            for firm in self._with(name):
                yield from self.who[firm]

    def _with(self, name: str) -> Iterator[str]:
        place = self._firms.find(name) if len(name) >= _SHORT else -1
        while place >= 0:
            begin, end = self._firms.rfind("\n", 0, place) + 1, self._firms.find("\n", place)
            end = end if end >= 0 else len(self._firms)
            yield self._firms[begin:end]
            place = self._firms.find(name, end)
