"""Who holds goods as one: a place with those who control it, a waybill's party with whom it shares a phone or premises.

A waybill names its parties by a name, a phone and an address, a ledger by a number; both tell of the same hands.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY, REGION
from graphkit.network.connected import connected
from graphkit.network.network import Network
from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Whole

UNIDENTIFIED = PARTY.name
_CROWD = 20  # a phone or premises that more use tells nothing about who is who


class Holders:
    """The holder of each of some entities, as a number from 0; entities outside have none (-1).

    Holders are numbered by their first entity. Going by `pairs` (2, ties) the ends of each tie are one.
    """

    def __init__(self, network: Network, nodes: Whole, pairs: Whole) -> None:
        self.network = network
        self.nodes = distinct(np.concatenate((nodes, pairs.ravel())))
        self._place = np.zeros(len(network), np.int32)  # where each stands among these, from 1
        self._place[self.nodes] = np.arange(1, len(self.nodes) + 1)
        label = connected(len(self.nodes), *(self._place[pairs] - 1))
        self._label = np.concatenate(([-1], label))
        self.count = int(label.max(initial=-1)) + 1

    @classmethod
    def of_goods(cls, network: Network, nodes: Whole, known: Whole | None = None) -> Holders:
        """Those who hold goods: these parties and places, and who is one with them, by `known` pairs (2, ties) too."""
        more = np.empty((2, 0), np.int64) if known is None else known
        ties = [more, *_controls(network, nodes), *_shared(network, nodes)]
        return cls(network, nodes, np.concatenate(ties, axis=1))

    @classmethod
    def of_deliveries(cls, network: Network, links: NDArray[np.integer]) -> Holders:
        """Those between whom these deliveries went."""
        return cls.of_goods(network, ends_of(network, links))

    @classmethod
    def of_money(cls, network: Network, accounts: Whole) -> Holders:
        """Those who hold money: an account, and whoever holds it with all other accounts that he has."""
        code, ties, around = network.links.kind_code("HOLDS"), [np.empty((2, 0), np.int64)], accounts
        for adjacency in (network.into, network.out) if code >= 0 else ():
            origin, other, link = adjacency.expand(around)
            kept = network.links.kind[link] == code
            ties.append(np.stack((around[origin[kept]], other[kept].astype(np.int64))))
            around = distinct(ties[-1][1])
        return cls(network, accounts, np.concatenate(ties, axis=1))

    def of(self, nodes: NDArray[np.integer]) -> Whole:
        """The holder of each of these entities, -1 of those it knows nothing of."""
        held: Whole = self._label[self._place[nodes]]
        return held


def ends_of(network: Network, links: NDArray[np.integer]) -> Whole:
    """The entities at either end of these links, each once, in order."""
    return distinct(np.concatenate((network.links.source[links], network.links.target[links]))).astype(np.int64)


def _controls(network: Network, nodes: Whole) -> Iterator[Whole]:
    """A place and its controllers; those of the places that these control too."""
    code = network.links.kind_code("CONTROLS")
    if code < 0:
        return
    around = nodes
    for adjacency in (network.out, network.into, network.out):
        origin, other, link = adjacency.expand(around)
        kept = network.links.kind[link] == code
        found = np.stack((around[origin[kept]], other[kept].astype(np.int64)))
        yield found
        around = distinct(np.concatenate((nodes, found[1])))


def _shared(network: Network, nodes: Whole) -> Iterator[Whole]:
    """Users of one phone, and those of one name at one address, where either is known by name only."""
    unknown = network.kinds.index(UNIDENTIFIED) if UNIDENTIFIED in network.kinds else -1
    if unknown < 0:
        return
    for kind, named in (("USES", False), ("LOCATED_AT", True)):
        first, second = meeting(network, nodes, kind)
        fits = (network.kind[first] == unknown) | (network.kind[second] == unknown)
        first, second = first[fits], second[fits]
        if named:
            alike = [
                network.name_of(a) == network.name_of(b) for a, b in zip(first.tolist(), second.tolist(), strict=True)
            ]
            first, second = first[alike], second[alike]
        yield np.stack((first, second))


def meeting(network: Network, nodes: Whole, kind: str) -> tuple[Whole, Whole]:
    """Those of these entities, and any others, that a link of this kind leads to one and the same thing."""
    code, nothing = network.links.kind_code(kind), np.empty(0, np.int64)
    if code < 0 or not len(nodes):
        return nothing, nothing
    origin, thing, link = network.out.expand(nodes)
    kept = network.links.kind[link] == code
    if REGION.name in network.kinds:  # what an address names that says no more than the province
        kept &= network.kind[thing] != network.kinds.index(REGION.name)
    mine, thing = nodes[origin[kept]].astype(np.int64), thing[kept].astype(np.int64)
    things = distinct(thing)
    place, user, link = network.into.expand(things)
    kept = network.links.kind[link] == code
    place, user = place[kept], user[kept].astype(np.int64)
    few = np.bincount(place, minlength=len(things)) <= _CROWD
    place, user = place[few[place]], user[few[place]]
    begin = np.searchsorted(place, np.arange(len(things) + 1))
    at = np.searchsorted(things, thing)
    count = (begin[1:] - begin[:-1])[at]
    first = np.repeat(mine, count)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
    second = user[np.repeat(begin[:-1][at], count) + offset]
    other = first != second
    return first[other], second[other]
