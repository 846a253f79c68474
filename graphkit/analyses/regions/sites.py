"""Sites: places and addresses, who works at them, and the waybills that leave and reach them.

A place with a number and the address that waybills give for it are one site. Who a waybill names is where that row says
he is; a person's registered address makes him no worker there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import evidence_of
from graphkit.analyses.parties.meant import meant
from graphkit.analyses.parties.same_hands import same_hands
from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.connected import connected

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
_CROWD = 100  # a phone that more parties use tells nothing of who is the same


@dataclass(frozen=True, eq=False)
class Sites:
    """`site` (nodes,) gives each place its site, -1 what is no place; `place` (sites,) the place that stands for it."""

    network: Network
    store: Store
    site: Whole
    place: Whole
    address: list[str]  # as it was written, empty where no row gives one

    @classmethod
    def of(cls, network: Network, store: Store) -> Sites:
        """The sites of a network. Of the places at one address the one with a den's number stands for it."""
        places = network.of_kinds("Place")
        addresses = _property(network, store, "address", places)
        numbered = set(_property(network, store, "place_id", places))
        group = _grouped(places.tolist(), addresses)
        members: dict[int, list[int]] = {}
        for place in places.tolist():
            members.setdefault(group[place], []).append(place)
        site, chosen, told = np.full(len(network), -1, np.int64), [], []
        for number, one in enumerate(sorted(members.values())):
            site[one] = number
            chosen.append(min(one, key=lambda place: (place not in numbered, place)))
            told.append(min((text for place in one for text in addresses.get(place, ())), default=""))
        return cls(network, store, site, np.array(chosen, np.int64), told)

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def group(self) -> Whole:
        """Who is the same, by phones, rows of one movement and whom a name means: a number for each node (nodes,)."""
        links = self.network.links
        uses = links.of_kinds("USES")
        uses = uses[np.isin(links.source[uses], self.network.of_kinds(*PARTY_KINDS))]
        crowd = np.bincount(links.target[uses], minlength=len(self.network))
        uses = uses[crowd[links.target[uses]] <= _CROWD]
        count, same = len(self.network), same_hands(self.store, self.network)
        whom = meant(self.store, self.network).of
        ends = (
            np.concatenate((links.source[uses], same.node, np.arange(count))),
            np.concatenate((links.target[uses], same.other, whom)),
        )
        return connected(count, *ends)

    @cached_property
    def located(self) -> tuple[Whole, Whole]:
        """The links by which parties are at a site, and the sites."""
        links = self.network.links
        found = links.of_kinds("LOCATED_AT")
        site = self.site[links.target[found]]
        return found[site >= 0], site[site >= 0]

    @cached_property
    def sent(self) -> tuple[Whole, Whole]:
        """The waybills that leave sites: links, sites."""
        return self._waybills(self.network.links.source)

    @cached_property
    def received(self) -> tuple[Whole, Whole]:
        """The waybills that reach sites: links, sites."""
        return self._waybills(self.network.links.target)

    @cached_property
    def workers(self) -> tuple[Whole, Whole]:
        """Groups of parties that work at sites: who controls them, who sends from and receives at them; group, site."""
        links = self.network.links
        controls = links.of_kinds("CONTROLS")
        parts = [
            (self.group[links.source[controls]], self.site[links.target[controls]]),
            (self.group[links.source[self.sent[0]]], self.sent[1]),
            (self.group[links.target[self.received[0]]], self.received[1]),
        ]
        pairs = np.unique(np.stack([np.concatenate(column) for column in zip(*parts, strict=True)], axis=1), axis=0)
        kept = pairs[pairs[:, 1] >= 0]
        return kept[:, 0], kept[:, 1]

    def of_groups(self, group: Whole) -> tuple[Whole, Whole]:
        """The sites at which these groups work: places among the groups, sites."""
        return join(group, *self.workers)

    def _waybills(self, end: NDArray[np.int32]) -> tuple[Whole, Whole]:
        shipped = self.network.links.of_kinds("SHIPPED")
        located, site = self.located
        party = self.network.links.source[located]
        at, sites = join(end[shipped].astype(np.int64), party.astype(np.int64), site)
        pairs = np.unique(np.stack((shipped[at], sites), axis=1), axis=0)
        several = np.flatnonzero(np.bincount(pairs[:, 0], minlength=1)[pairs[:, 0]] > 1)
        doubtful = self._by_row(pairs[several], end)
        pairs = np.delete(pairs, several[~doubtful], axis=0)
        return pairs[:, 0], pairs[:, 1]

    def _by_row(self, pairs: Whole, end: NDArray[np.int32]) -> Mask:
        """Where a party is at several sites: whether a row of the waybill says that it was at this one."""
        located, site = self.located
        wanted = located[np.isin(self.network.links.source[located], end[pairs[:, 0]])]
        where = dict(zip(located.tolist(), site.tolist(), strict=True))
        evidence = evidence_of(self.store, self.network, [*pairs[:, 0].tolist(), *wanted.tolist()])
        party = self.network.links.source
        said = {(int(party[link]), where[link], row) for link in wanted.tolist() for row in evidence[link]}
        fits = [any((int(end[link]), at, row) in said for row in evidence[link]) for link, at in pairs.tolist()]
        return np.array(fits, bool)


def join(wanted: Whole, keys: Whole, values: Whole) -> tuple[Whole, Whole]:
    """Each wanted key with every value that stands beside it: places among the wanted, values.

    >>> [column.tolist() for column in join(np.array([7, 5]), np.array([5, 7, 5]), np.array([1, 2, 3]))]
    [[0, 1, 1], [2, 1, 3]]
    """
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    begin, end = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    count = end - begin
    at = np.repeat(np.arange(len(wanted)), count)
    entry = np.arange(len(at)) + np.repeat(begin - (np.cumsum(count) - count), count)
    return at, values[entry]


def _property(network: Network, store: Store, name: str, nodes: Whole) -> dict[int, list[str]]:
    """The values of a property of those of these nodes that have any."""
    wanted, found = set(nodes.tolist()), dict[int, list[str]]()
    columns = store.property_columns([name])
    for node, value in zip(columns["node"].tolist(), columns["value"].tolist(), strict=True):
        if (position := network.position(node)) in wanted:
            found.setdefault(position, []).append(value)
    return found


def _grouped(places: list[int], addresses: dict[int, list[str]]) -> dict[int, int]:
    """For each place the least place with which it shares an address, over any number of steps."""
    least = {place: place for place in places}

    def root(place: int) -> int:
        while least[place] != place:
            least[place] = least[least[place]]
            place = least[place]
        return place

    first: dict[str, int] = {}
    for place in places:
        for text in addresses.get(place, ()):
            one, other = root(place), root(first.setdefault(_folded(text), place))
            least[max(one, other)] = min(one, other)
    return {place: root(place) for place in places}


def _folded(address: str) -> str:
    return "".join(unicodedata.normalize("NFKC", address).casefold().split())
