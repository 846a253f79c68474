"""Who a name turns out to be: another row of the same movement shows it, a phone, an address, a payment for goods.

A seller's ledger names its buyers, a waybill gives names, phones and addresses, a bank names its customers, and two
carriers' files name the same people anew; only their own records identify them. Nothing is merged by this: a trace
steps from the one to the other, by the row that shows it, and a stock is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.connected import connected
from graphkit.network.network import Network
from graphkit.network.sorting import distinct
from graphkit.tracing.identity.holders import SHARED, UNIDENTIFIED, Holders, sharing
from graphkit.tracing.identity.movements import KINDS, Files, matched
from graphkit.tracing.identity.paid_names import by_payments
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SameHands:
    """Ties between entities that are the same hands, each both ways; shapes (ties,), sorted by `node`.

    `link` names `other`: a delivery in whose place `node` stands in another row, where it has a phone or address that
    both have, or by which the account is held that paid for goods or was paid.
    `stands` is who stands for `node`: the one of those tied together who alone is identified, else their first.
    `guessed` is 1 where more than rows show ties the two, such as a name with goods that both had, else 0.
    """

    node: Whole
    other: Whole
    link: Whole
    stands: Whole
    guessed: Whole

    @classmethod
    def of(cls, network: Network, files: Files, packings: Packings) -> SameHands:
        """Those that the network's rows show; a name that may be several people's is nobody's."""
        if UNIDENTIFIED not in network.kinds:
            return cls.nobody()
        node, other, link = _ties(network, files, packings)
        return cls(node, other, link, _stands(node, other, _identified(network)), np.zeros_like(node))

    @classmethod
    def nobody(cls) -> SameHands:
        """No ties at all."""
        return cls.of_columns(np.empty((5, 0), np.int64))

    @classmethod
    def of_columns(cls, columns: Whole) -> SameHands:
        """From its columns, shape (5, ties), as `columns` gives them."""
        return cls(*columns)

    @property
    def columns(self) -> Whole:
        """All of it as one array, shape (5, ties)."""
        return np.stack((self.node, self.other, self.link, self.stands, self.guessed))

    def entries(self, nodes: Whole) -> tuple[Whole, Whole, Whole]:
        """The ties of these entities: place among them, other, link."""
        origin, at = self.at(nodes)
        return origin, self.other[at], self.link[at]

    def at(self, nodes: Whole) -> tuple[Whole, Whole]:
        """The ties of these entities: place among them, place among the ties."""
        begin = np.searchsorted(self.node, nodes, "left")
        count = np.searchsorted(self.node, nodes, "right") - begin
        origin = np.repeat(np.arange(len(nodes)), count)
        return origin, np.arange(len(origin)) + (begin - np.cumsum(count) + count)[origin]

    def around(self, nodes: Whole) -> Whole:
        """The pairs of these entities, shape (2, ties)."""
        origin, other, _ = self.entries(nodes)
        return np.stack((nodes[origin], other))

    def meant(self, network: Network) -> Whole:
        """Who each entity of the network turns out to be, itself where nothing shows it; shape (entities,)."""
        return self.meant_of(np.arange(len(network)))

    def meant_of(self, nodes: Whole) -> Whole:
        """The same of these entities."""
        if not len(self.node):
            return nodes.copy()
        at = np.minimum(np.searchsorted(self.node, nodes), len(self.node) - 1)
        found: Whole = np.where(self.node[at] == nodes, self.stands[at], nodes)
        return found


def _stands(node: Whole, other: Whole, identified: Mask) -> Whole:
    """Who stands for each of these, of all that ties lead to from it."""
    tied = distinct(node)
    start, end = np.searchsorted(tied, node), np.searchsorted(tied, other)
    group = connected(len(tied), start, end)
    known = np.flatnonzero(identified[tied])
    several = np.bincount(group[known], minlength=len(tied)) > 1
    first = np.full(len(tied), len(identified))
    np.minimum.at(first, group, tied)
    first[group[known]] = tied[known]
    stands = np.where(several[group], tied, first[group])
    direct = np.flatnonzero(identified[other])
    stands[start[direct]] = other[direct]
    stands[known] = tied[known]
    found: Whole = stands[start]
    return found


def _ties(network: Network, files: Files, packings: Packings) -> Whole:
    """The ties that are sure, shape (3, ties)."""
    links = network.links.of_kinds(*KINDS)
    links = links[network.links.first[links]]
    known = matched(network, links, Holders.of_deliveries(network, links), files, packings)
    names = network.of_kinds(UNIDENTIFIED)
    shared = [_of_parties(network, np.stack(sharing(network, names, kind))) for kind in SHARED]
    parts = [*shared, _by_movements(network, known)]
    parts.append(_whose(network, by_payments(network), np.concatenate(parts, axis=1)))
    place = np.repeat(np.arange(len(parts)), [part.shape[1] for part in parts])  # what tells best comes first
    shown = np.concatenate((np.concatenate(parts, axis=1), place[np.newaxis]))
    sure = shown[:, _sure(network, shown[0], shown[1])]
    both = np.concatenate((sure[[0, 1, 4, 3]], sure[[1, 0, 4, 2]]), axis=1)
    return _once(both)[[0, 1, 3]]


def _whose(network: Network, paid: Whole, shown: Whole) -> Whole:
    """Of who may hold an account by payments those pairs of which one is known by name, and no second such party goes
    by it that nothing shows to be the first.
    """
    identified = _identified(network)
    holder, party, _, _ = paid
    paid = paid[:, ~(identified[holder] & identified[party])]
    group = connected(len(network), shown[0], shown[1])
    pairs = np.unique(np.stack((paid[0], group[paid[1]])), axis=1)
    several = np.bincount(pairs[0], minlength=len(network)) > 1
    paid = paid[:, identified[paid[0]] | ~several[paid[0]]]
    turned = identified[paid[0]]
    return np.where(turned, paid[[1, 0, 3, 2]], paid)


def _of_parties(network: Network, shown: Whole) -> Whole:
    """Without what is no party, such as an account on a platform that uses the phone."""
    return shown[
        :, np.isin(network.kind[shown[1]], [network.kinds.index(k) for k in PARTY_KINDS if k in network.kinds])
    ]


def _sure(network: Network, name: Whole, other: Whole) -> Mask:
    """Which of these pairs may be one: who may be several identified ones is nobody for sure."""
    identified = _identified(network)
    known = identified[other]
    least, most = np.full(len(network), len(network)), np.full(len(network), -1)
    np.minimum.at(least, name[known], other[known])
    np.maximum.at(most, name[known], other[known])
    least[identified] = most[identified] = np.flatnonzero(identified)
    sure: Mask = np.minimum(least[name], least[other]) >= np.maximum(most[name], most[other])
    return sure


def _identified(network: Network) -> Mask:
    """Which entities more than a name tells."""
    mask: Mask = network.kind != network.kinds.index(UNIDENTIFIED)
    return mask


def _once(ties: Whole) -> Whole:
    """Each two entities once, by what tells best and the first link of that; sorted."""
    ties = ties[:, np.lexsort(ties[::-1])]
    new = np.ones(ties.shape[1], bool)
    new[1:] = (ties[:2, 1:] != ties[:2, :-1]).any(axis=0)
    return ties[:, new]


def _by_movements(network: Network, groups: list[tuple[int, ...]]) -> Whole:
    """A name, who stands in its place in another row of the same movement, and these two rows' links: who is
    identified, or the same name.
    """
    unknown, found = network.kinds.index(UNIDENTIFIED), list[tuple[int, int, int, int]]()
    for group in groups:
        for column in (network.links.source, network.links.target):
            ends = [(int(column[link]), link) for link in group]
            for (name, link), (other, shown) in permutations(ends, 2):
                if network.kind[name] != unknown or name == other:
                    continue
                if network.kind[other] != unknown or network.names[name] == network.names[other]:
                    found.append((name, other, link, shown))
    return np.array(found, np.int64).reshape(-1, 4).T
