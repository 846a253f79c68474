"""Whom an entry means that gives no number: the one party that its phone, or its name and the goods, point to.

A seller's ledger names its buyers, in its own spelling. Followed entry by entry, such a buyer receives and never gives,
and what he gives on seems to come from nowhere. Nothing is merged by this: it says whose flows are seen together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.entities import fold
from graphkit.analyses.parties.had import had_otherwise
from graphkit.analyses.parties.parts_of_names import wholes
from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.connected import connected
from graphkit.network.sorting import distinct
from graphkit.tracing.identity.holders import CROWD

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Arrays, Store

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
NAMES, _NUMBERS = ("name", "alias"), ("id_number", "uscc")


def numbered_ones(network: Network, store: Store) -> Mask:
    """Of which entities a row gives a number; shape (entities,)."""
    columns, found = store.property_columns(list(_NUMBERS)), np.zeros(len(network), bool)
    places = network.ids.find_all(columns["node"].tolist())
    found[places[places >= 0]] = True
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
        for who in group - known if len(known) == 1 and len(group) <= CROWD else ():
            pointed[who] |= known
    for who, known in pointed.items():
        if len(known) == 1:
            found[who] = next(iter(known))
    return np.asarray(found[meant], np.int64)


def by_name(network: Network, names: Arrays, numbered: Mask, links: Ints, meant: Ints) -> Ints:
    """`meant` (entities,), with each entry without a number standing for whom its name points to.

    That is the only one with a number who goes by it, or of whose firm's name it is part, and who had the same product,
    by these deliveries or otherwise; unless both have phones, and so none in common. Where there is no such one,
    entries of one name that had one product are one, unless by their phones they are several. Where there are several,
    each stays what it is. `names` are the statements of NAMES, as `Store.property_columns` gives them.
    """
    products = Had(network, links, meant)
    phoned, found = np.zeros(len(network), bool), np.arange(len(network))
    phoned[meant[network.links.source[network.links.of_kinds("USES")]]] = True
    called, pairs = _Called(network, names, meant, products.parties, numbered), list[tuple[int, int]]()
    for party in products.parties[~numbered[products.parties]].tolist():
        others = called.alike(party)
        mine = products.of(party) if others else set[int]()
        alike = {other for other in others if products.of(other) & mine}
        known = {other for other in alike if numbered[other] and not (phoned[other] and phoned[party])}
        if not known and not phoned[party] and not any(numbered[other] for other in alike):
            known = {other for other in alike if phoned[other]}
            pairs += [(party, other) for other in alike] if not known else []
        if len(known) == 1:
            found[party] = next(iter(known))
    _join(found, pairs)
    return np.asarray(found[found][meant], np.int64)


def _join(found: Ints, pairs: list[tuple[int, int]]) -> None:
    """Those that these pairs join stand for whom one of them stands for, or for their first; where that are several,
    each for itself.
    """
    one, other = np.array(pairs, np.int64).reshape(-1, 2).T
    each = distinct(np.concatenate((one, other)))
    label = connected(len(each), np.searchsorted(each, one), np.searchsorted(each, other))
    groups = defaultdict[int, list[int]](list)
    for party, group in zip(each.tolist(), label.tolist(), strict=True):
        groups[group].append(party)
    for group in groups.values():
        goals = {int(found[party]) for party in group} - set(group) or {group[0]}
        if len(goals) == 1:
            found[group] = goals.pop()


class Had:
    """The products that each party gave, took, was found with, or works up where it controls the place."""

    def __init__(self, network: Network, links: Ints, meant: Ints) -> None:
        table = network.links
        ends = [(table.source[links], links), (table.target[links], links), had_otherwise(network)]
        who, by = (np.concatenate(column).astype(np.int64) for column in zip(*ends, strict=True))
        goods = np.where(table.batch[by] >= 0, table.batch[by], table.product[by])
        product = np.where(goods >= 0, network.goods.product_of[np.maximum(goods, 0)], -1) if len(by) else goods
        told, size = product >= 0, int(product.max(initial=0)) + 1
        pairs = distinct(meant[who[told]] * size + product[told])
        self._who, self._product = pairs // size, pairs % size
        self.parties = distinct(self._who)

    def of(self, party: int) -> set[int]:
        """The products of one party."""
        begin, end = np.searchsorted(self._who, (party, party + 1))
        return set(self._product[begin:end].tolist())


class _Called:
    """The names of those who had anything, and who goes by each."""

    def __init__(self, network: Network, columns: Arrays, meant: Ints, having: Ints, numbered: Mask) -> None:
        self._who, self._names, firms = defaultdict[str, set[int]](set), defaultdict[int, set[str]](set), set[str]()
        had = np.zeros(len(network), bool)
        had[having] = True
        places = network.ids.find_all(columns["node"].tolist())
        kept = np.flatnonzero((places >= 0) & had[meant[places]])
        for position, value in zip(places[kept].tolist(), columns["value"][kept].tolist(), strict=True):
            if len(name := fold(str(value))) < 2:
                continue
            kind = network.kind_of(position)
            if kind in PARTY_KINDS:
                self._who[name].add(int(meant[position]))
                self._names[int(meant[position])].add(name)
                firms |= {name} if kind == "Company" else set()
        asked = {name for party, names in self._names.items() if not numbered[party] for name in names}
        self._firms = defaultdict[str, list[str]](list)
        for name, firm in wholes(sorted(asked), sorted(firms)):
            self._firms[name].append(firm)

    def alike(self, party: int) -> set[int]:
        """Who else goes by a name of this party, or by a firm's name that one of its names is part of."""
        found = set[int]()
        for name in self._names[party]:
            found.update(self._who[name], *(self._who[firm] for firm in self._firms.get(name, ())))
        return found - {party}
