"""Between whose hands deliveries went, as far as rows tell: by number, by name, by phone or premises."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.connected import connected
from graphkit.network.network import Network
from graphkit.tracing.identity.holders import UNIDENTIFIED, Holders, ends_of
from graphkit.tracing.labels import Whole


class Hands:
    """Between whose hands goods pass: the holder, and for parties of whom only the name is known, the name."""

    def __init__(self, network: Network, holders: Holders, links: Whole) -> None:
        self._network, self._nodes = network, ends_of(network, links)
        holder = holders.of(self._nodes)
        self._holders = np.where(holder < 0, -1 - self._nodes, holder)
        unknown = network.kinds.index(UNIDENTIFIED) if UNIDENTIFIED in network.kinds else -1
        self._unknown = set(self._nodes[network.kind[self._nodes] == unknown].tolist())
        self._name: dict[int, str] = {}
        self._every, self._identities = holders, dict[int, tuple[set[str], set[str]]]()

    def same(self, one: int, other: int) -> bool:
        """Whether two ends can be the same hands."""
        if self._holder(one) == self._holder(other):
            return True
        if one not in self._unknown and other not in self._unknown:
            return False
        name = self._named(one)
        return name not in ("", "?") and name == self._named(other)

    def alike(self, one: tuple[int, int], other: tuple[int, int]) -> int:
        """At how many of the two ends two deliveries can have the same hands."""
        return sum(self.same(a, b) for a, b in zip(one, other, strict=True))

    def half_alike(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether two deliveries can have the same hands at one end, and at the other may have, under another name."""
        if self.alike(one, other) != 1:
            return False
        return not any(self._told_apart(a, b) for a, b in zip(one, other, strict=True) if not self.same(a, b))

    def _told_apart(self, one: int, other: int) -> bool:
        """Whether rows tell two hands apart: two persons, or two companies, with numbers and no name in common."""
        mine, theirs = self._identity(one), self._identity(other)
        return bool(mine[0] & theirs[0]) and not mine[1] & theirs[1]

    def _identity(self, node: int) -> tuple[set[str], set[str]]:
        """As what kinds of party the holder of a node is identified, and the names he goes by."""
        holder = self._holder(node)
        if holder not in self._identities:
            every = [node] if holder < 0 else self._every.of_one(holder).tolist()
            kinds = {each: self._network.kind_of(each) for each in every}
            parties = {each: kind for each, kind in kinds.items() if kind in PARTY_KINDS}
            self._identities[holder] = set(parties.values()) - {UNIDENTIFIED}, {self._named(each) for each in parties}
        return self._identities[holder]

    def vague(self, link: int) -> tuple[int, bool, int]:
        """Sorts deliveries: those whose ends are identified before those with names only, ledgers before waybills."""
        table = self._network.links
        ends = int(table.source[link]), int(table.target[link])
        shipped = bool(table.kind[link] == table.kind_code("SHIPPED"))
        return sum(end in self._unknown for end in ends), shipped, link

    def apart(self, nodes: NDArray[np.integer]) -> Whole:
        """A number for each of these nodes; those that can be the same hands have the same."""
        holder = np.unique(self._holders, return_inverse=True)[1].astype(np.int64)
        if self._unknown:  # else names mean nothing
            holder = self._joined(holder)
        found: Whole = holder[np.searchsorted(self._nodes, nodes)]
        return found

    def _joined(self, holder: Whole) -> Whole:
        """The numbers of holders, with those made one that share a name."""
        count, every = int(holder.max()) + 1, self._network.names.take(self._nodes)
        name, names = _codes(every)
        told = np.array([each not in ("", "?") for each in every], bool)
        found: Whole = connected(count + names, holder[told], count + name[told])[holder]
        return found

    def _holder(self, node: int) -> int:
        return int(self._holders[np.searchsorted(self._nodes, node)])

    def _named(self, node: int) -> str:
        if node not in self._name:
            self._name[node] = self._network.names[node]
        return self._name[node]


def _codes(values: list[Any]) -> tuple[Whole, int]:
    code = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([code[value] for value in values], np.int64), len(code)
