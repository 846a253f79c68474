"""Deliveries between the same hands that two tellers tell of, but no row of both: seller, buyer, carrier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.model.records.movements import BOOKS
from graphkit.network.network import Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.movements import counted, datable
from graphkit.tracing.identity.telling import Telling, Tellings
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings

_SELLER, _BUYER, _CARRIER = 1, 2, 4
_EITHER = _SELLER | _BUYER  # of a ledger that does not say whose it is


@dataclass(frozen=True)
class Loose:
    """`groups` are rows of one product between the same two, each group in no order; `tellers` who tells of each, as a
    sum of powers of two.
    """

    hands: Hands
    groups: list[list[Telling]]
    tellers: dict[int, int]

    @classmethod
    def of(
        cls, network: Network, links: Whole, holders: Holders, packings: Packings, same: list[tuple[int, ...]]
    ) -> Loose:
        """Of these deliveries, of which those of `same` are one movement by `matched`: one for each that not all tell
        of, where another who does not tell of it tells of another, and how much of what.
        """
        told = _tellers(network)
        for first, *others in same:
            told[first] |= np.bitwise_or.reduce(told[others])
        chosen = counted(network, datable(network, links), same)
        chosen = chosen[told[chosen] != _EITHER | _CARRIER]
        hands = Hands(network, holders, chosen)
        chosen, between = _of_several(network, chosen, hands, told)
        rows = Tellings(network, chosen.tolist(), packings).of(chosen.tolist()) if len(chosen) else []
        alike: dict[tuple[object, ...], list[Telling]] = {}
        for row, number in zip(rows, between.tolist(), strict=True):
            if row.measured:
                alike.setdefault((number, *row.much[:2]), []).append(row)
        return cls(hands, list(alike.values()), dict(zip(chosen.tolist(), told[chosen].tolist(), strict=True)))

    def apart(self, one: Telling, other: Telling) -> bool:
        """Whether nobody tells of both, who would have told of one movement once."""
        return not self.tellers[one.link] & self.tellers[other.link]

    def firmness(self, row: Telling) -> int:
        """Sorts rows: what a seller tells, then what a buyer tells, then what a carrier does."""
        told = self.tellers[row.link]
        return told & -told


def _tellers(network: Network) -> Whole:
    """Who tells of each link, if it is a delivery."""
    table = network.links
    books = np.array([{"seller": _SELLER, "buyer": _BUYER}[side] for side in BOOKS.values()] + [_EITHER], np.int64)
    found: Whole = np.where(table.kind == table.kind_code("SHIPPED"), _CARRIER, books[table.book])
    return found


def _of_several(network: Network, chosen: Whole, hands: Hands, told: Whole) -> tuple[Whole, Whole]:
    """Those of these deliveries between hands of which no one tells of all, and a number for each two hands."""
    if not len(chosen) or np.bitwise_and.reduce(told[chosen]):
        return chosen[:0], chosen[:0]
    met = np.stack([hands.apart(ends[chosen]) for ends in (network.links.source, network.links.target)])
    _, between = np.unique(met, axis=1, return_inverse=True)
    common = np.full(int(between.max()) + 1, _EITHER | _CARRIER)
    np.bitwise_and.at(common, between, told[chosen])
    kept = common[between] == 0
    return chosen[kept], between[kept]
