"""Who holds goods as one: a place with those who control it, a waybill's party with whom it shares a phone or premises.

A waybill names its parties by a name, a phone and an address, a ledger by a number; both tell of the same hands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY, REGION
from graphkit.network.adjacency import Adjacency
from graphkit.network.connected import connected
from graphkit.network.network import Network
from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Whole

UNIDENTIFIED = PARTY.name
SHARED = ("USES", "LOCATED_AT")  # what tells that two are the same hands: a phone; an address, with a name in common
CROWD = 20  # a phone or premises that more use tells nothing about who is who


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
    def of_money(cls, network: Network, accounts: Whole, known: Callable[[Whole], Whole] | None = None) -> Holders:
        """Those who hold money: an account, and whoever holds it with all other accounts that he has.

        `known` gives the pairs (2, ties) of parties and who they turn out to be.
        """
        code, ties, around = network.links.kind_code("HOLDS"), [np.empty((2, 0), np.int64)], accounts
        if known is not None:  # an account that rows tell in part, or a wallet of whoever uses the phone
            ties.append(known(accounts))
            around = distinct(np.concatenate((accounts, ties[-1][1])))
        for adjacency in (network.into, network.out) if code >= 0 else ():
            origin, other, link = adjacency.expand(around)
            kept = network.links.kind[link] == code
            ties.append(np.stack((around[origin[kept]], other[kept].astype(np.int64))))
            around = distinct(np.concatenate((around, ties[-1][1])))
            if known is not None:
                ties.append(known(around))
                around = distinct(np.concatenate((around, ties[-1][1])))
        return cls(network, accounts, np.concatenate(ties, axis=1))

    def of(self, nodes: NDArray[np.integer]) -> Whole:
        """The holder of each of these entities, -1 of those it knows nothing of."""
        held: Whole = self._label[self._place[nodes]]
        return held

    def alone(self, nodes: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which of these entities are the only one that their holder is."""
        mask: NDArray[np.bool_] = self._sizes[self.of(nodes)] <= 1
        return mask

    @cached_property
    def _sizes(self) -> Whole:
        return np.append(np.bincount(self._label[1:], minlength=self.count), 1)  # the last of what it knows nothing of

    def of_one(self, holder: int) -> Whole:
        """The entities that are this holder, in order."""
        nodes, labels = self._by_holder
        begin, end = np.searchsorted(labels, (holder, holder + 1))
        return nodes[begin:end]

    @cached_property
    def _by_holder(self) -> tuple[Whole, Whole]:
        order = np.argsort(self._label[1:], kind="stable")
        return self.nodes[order], self._label[1:][order]


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
    for kind in SHARED:
        first, second, _, _ = sharing(network, nodes, kind)
        yield np.stack((first, second))


def sharing(network: Network, nodes: Whole, kind: str) -> tuple[Whole, Whole, Whole, Whole]:
    """Those of these entities, and others, that share what a link of this kind leads to, as `meeting` gives them.

    Either of the two is known by name only; at one address they have that name in common too.
    """
    unknown = network.kinds.index(UNIDENTIFIED) if UNIDENTIFIED in network.kinds else -1
    found = meeting(network, nodes, kind) if unknown >= 0 else (np.empty(0, np.int64),) * 4
    fits = (network.kind[found[0]] == unknown) | (network.kind[found[1]] == unknown)
    if kind == "LOCATED_AT":
        name = _names(network, np.concatenate(found[:2]))
        fits &= name[: len(fits)] == name[len(fits) :]
    first, second, link, other = (column[fits] for column in found)
    return first, second, link, other


def _names(network: Network, nodes: Whole) -> Whole:
    """A number for the name of each of these entities."""
    each, place = np.unique(nodes, return_inverse=True)
    names = network.names.take(each)
    code = {name: number for number, name in enumerate(dict.fromkeys(names))}
    found: Whole = np.array([code[name] for name in names], np.int64)[place]
    return found


def meeting(network: Network, nodes: Whole, kind: str) -> tuple[Whole, Whole, Whole, Whole]:
    """Those of these entities, and any others, that a link of this kind leads to one and the same thing.

    Gives the one, the other, and the link of each. What many are led to tells nothing and is left out.
    """
    nothing = np.empty(0, np.int64)
    if not len(nodes):
        return (nothing,) * 4
    origin, thing, mine_by = _led(network, nodes, kind)
    if REGION.name in network.kinds:  # what an address names that says no more than the province
        kept = network.kind[thing] != network.kinds.index(REGION.name)
        origin, thing, mine_by = origin[kept], thing[kept], mine_by[kept]
    mine = nodes[origin]
    things = distinct(thing)
    place, user, user_by = _leading(network, things, kind)
    few = _users(place, user, len(things)) <= CROWD
    place, user, user_by = place[few[place]], user[few[place]], user_by[few[place]]
    begin = np.searchsorted(place, np.arange(len(things) + 1))
    at = np.searchsorted(things, thing)
    count = (begin[1:] - begin[:-1])[at]
    origin = np.repeat(np.arange(len(mine)), count)
    offset = np.arange(len(origin)) - np.repeat(np.cumsum(count) - count, count)
    taken = np.repeat(begin[:-1][at], count) + offset
    apart = mine[origin] != user[taken]
    origin, taken = origin[apart], taken[apart]
    return mine[origin], user[taken], mine_by[origin], user_by[taken]


def _led(network: Network, nodes: Whole, kind: str) -> tuple[Whole, Whole, Whole]:
    """What these entities use, or where they are: place among them, thing, link. Where goods were seized from somebody
    he was, and at a place that he controls.
    """
    found = [_along(network, network.out, nodes, kind)]
    if kind == "LOCATED_AT":
        found.append(_along(network, network.out, nodes, "CONTROLS"))
        place, seizure, by = _along(network, network.into, nodes, "SEIZED_FROM")
        at, site, _ = _along(network, network.out, seizure, "SEIZED_AT")
        found.append((place[at], site, by[at]))
    place, thing, link = (np.concatenate(column) for column in zip(*found, strict=True))
    return place, thing, link


def _leading(network: Network, things: Whole, kind: str) -> tuple[Whole, Whole, Whole]:
    """Who uses these things, or is there: place among them, in order, entity, link."""
    found = [_along(network, network.into, things, kind)]
    if kind == "LOCATED_AT":
        found.append(_along(network, network.into, things, "CONTROLS"))
        place, seizure, _ = _along(network, network.into, things, "SEIZED_AT")
        at, holder, by = _along(network, network.out, seizure, "SEIZED_FROM")
        found.append((place[at], holder, by))
    place, user, link = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((link, user, place))
    return place[order], user[order], link[order]


def _along(network: Network, adjacency: Adjacency, nodes: Whole, kind: str) -> tuple[Whole, Whole, Whole]:
    place, other, link = adjacency.expand(nodes)
    kept = network.links.kind[link] == network.links.kind_code(kind)
    return place[kept], other[kept].astype(np.int64), link[kept].astype(np.int64)


def _users(place: Whole, user: Whole, count: int) -> Whole:
    """How many different ones lead to each of so many things; sorted by both."""
    new = np.ones(len(place), bool)
    new[1:] = (place[1:] != place[:-1]) | (user[1:] != user[:-1])
    return np.bincount(place[new], minlength=count)
