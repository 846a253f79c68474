"""Who a name turns out to be, as another row of the same movement shows, or a phone that both use.

A seller's ledger names its buyers, a waybill gives names and phones; only their own records identify them. Nothing is
merged by this: a trace steps from the one to the other, by the row that shows it, and a stock is counted once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.network import Network
from graphkit.tracing.holders import UNIDENTIFIED, Holders, meeting
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings
from graphkit.tracing.movements import KINDS, Files, matched

Tie = tuple[int, int, int]  # an entity, who it turns out to be, the link that shows that one


@dataclass(frozen=True, eq=False)
class SameHands:
    """Ties between entities that are the same hands, each both ways; shapes (ties,), sorted by `node`.

    `link` names `other`: a delivery in whose place `node` stands in another row, or the use of a phone that both use.
    """

    node: Whole
    other: Whole
    link: Whole

    @classmethod
    def of(cls, network: Network, files: Files, packings: Packings) -> SameHands:
        """Those that the network's deliveries and phones show; a name that may be several people's is nobody's."""
        identified = [kind for kind in PARTY_KINDS if kind in network.kinds and kind != UNIDENTIFIED]
        found = _ties(network, files, packings) if identified and UNIDENTIFIED in network.kinds else []
        return cls.of_columns(np.array(sorted(set(found)), np.int64).reshape(-1, 3).T)

    @classmethod
    def of_columns(cls, columns: Whole) -> SameHands:
        """From its columns, shape (3, ties), as `columns` gives them."""
        return cls(columns[0], columns[1], columns[2])

    @property
    def columns(self) -> Whole:
        """All of it as one array, shape (3, ties)."""
        return np.stack((self.node, self.other, self.link))

    def entries(self, nodes: Whole) -> tuple[Whole, Whole, Whole]:
        """The ties of these entities: place among them, other, link."""
        begin = np.searchsorted(self.node, nodes, "left")
        count = np.searchsorted(self.node, nodes, "right") - begin
        origin = np.repeat(np.arange(len(nodes)), count)
        at = np.arange(len(origin)) + (begin - np.cumsum(count) + count)[origin]
        return origin, self.other[at], self.link[at]

    def around(self, nodes: Whole) -> Whole:
        """The pairs of these entities, shape (2, ties)."""
        origin, other, _ = self.entries(nodes)
        return np.stack((nodes[origin], other))

    def meant(self, network: Network) -> Whole:
        """Who each entity of the network turns out to be, itself where nothing shows it; shape (entities,)."""
        return self.meant_of(network, np.arange(len(network)))

    def meant_of(self, network: Network, nodes: Whole) -> Whole:
        """The same of these entities."""
        found = nodes.copy()
        if UNIDENTIFIED in network.kinds:
            origin, other, _ = self.entries(nodes)
            names = network.kind[nodes[origin]] == network.kinds.index(UNIDENTIFIED)
            found[origin[names]] = other[names]
        return found


def _ties(network: Network, files: Files, packings: Packings) -> list[Tie]:
    links = network.links.of_kinds(*KINDS)
    links = links[network.links.first[links]]
    known = matched(network, links, Holders.of_deliveries(network, links), files, packings)
    shown = [*_by_movements(network, known), *_by_phones(network)]
    meant: dict[int, set[int]] = {}
    for name, other, _, _ in shown:
        meant.setdefault(name, set()).add(other)
    sure = [each for each in shown if len(meant[each[0]]) == 1]
    return [tie for name, other, of_name, of_other in sure for tie in ((name, other, of_other), (other, name, of_name))]


def _by_movements(network: Network, groups: list[tuple[int, ...]]) -> Iterator[tuple[int, int, int, int]]:
    """A name, who stands in its place in another row of the same movement, and these two rows' links."""
    unknown = network.kinds.index(UNIDENTIFIED)
    for group in groups:
        for column in (network.links.source, network.links.target):
            ends = [(int(column[link]), link) for link in group]
            known = [each for each in ends if network.kind[each[0]] != unknown]
            for name, link in ends:
                if network.kind[name] == unknown:
                    yield from ((name, other, link, shown) for other, shown in known)


def _by_phones(network: Network) -> Iterator[tuple[int, int, int, int]]:
    """A name, the party that alone is identified among those who use its phone, and the two uses."""
    names = network.of_kinds(UNIDENTIFIED)
    code = network.links.kind_code("USES")
    parties = {network.kinds.index(kind) for kind in PARTY_KINDS if kind in network.kinds and kind != UNIDENTIFIED}
    first, second = meeting(network, names, "USES")
    for name, other in zip(first.tolist(), second.tolist(), strict=True):
        if int(network.kind[other]) in parties:
            uses = [_uses(network, node, code) for node in (name, other)]
            phone = min(uses[0].keys() & uses[1].keys())
            yield name, other, uses[0][phone], uses[1][phone]


def _uses(network: Network, node: int, code: int) -> dict[int, int]:
    """The phones that a party uses, with the links that say so."""
    ends, links = network.out.of_node(node)
    kept = network.links.kind[links] == code
    return dict(zip(ends[kept].tolist(), links[kept].tolist(), strict=True))
