"""Deliveries between the same hands that two tellers tell of, but no row of both: seller, buyer, carrier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.model.records.movements import BOOKS
from graphkit.network.network import Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.movements import counted, datable
from graphkit.tracing.identity.telling import Telling, Tellings
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings

Mask = NDArray[np.bool_]
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
        chosen = np.sort(counted(network, datable(network, links), same))
        told = _tellers(network, chosen)
        again = np.array([(first, link) for first, *others in same for link in others], np.int64).reshape(-1, 2).T
        np.bitwise_or.at(told, np.searchsorted(chosen, again[0]), _tellers(network, again[1]))
        chosen, told = (each[told != _EITHER | _CARRIER] for each in (chosen, told))
        hands = Hands(network, holders, chosen)
        between, kept = _between(network, chosen, hands, told)
        chosen, between, told = chosen[kept], between[kept], told[kept]
        rows = Tellings(network, chosen.tolist(), packings).of(chosen.tolist()) if len(chosen) else []
        alike: dict[tuple[object, ...], list[Telling]] = {}
        for row, number in zip(rows, between.tolist(), strict=True):
            if row.measured:
                alike.setdefault((number, *row.much[:2]), []).append(row)
        return cls(hands, list(alike.values()), dict(zip(chosen.tolist(), told.tolist(), strict=True)))

    def firmness(self, row: Telling) -> int:
        """Sorts rows: what a seller tells, then what a buyer tells, then what a carrier does."""
        told = self.tellers[row.link]
        return told & -told


def _tellers(network: Network, links: Whole) -> Whole:
    """Who tells of each of these deliveries."""
    table = network.links
    books = np.array([{"seller": _SELLER, "buyer": _BUYER}[side] for side in BOOKS.values()] + [_EITHER], np.int64)
    found: Whole = np.where(table.kind[links] == table.kind_code("SHIPPED"), _CARRIER, books[table.book[links]])
    return found


def _between(network: Network, links: Whole, hands: Hands, told: Whole) -> tuple[Whole, Mask]:
    """A number for each two hands that these deliveries are between, and which are between some of whose deliveries no
    one tells of all; both of shape (links,).
    """
    if not len(links) or np.bitwise_and.reduce(told):
        return links, np.zeros(len(links), bool)
    met = np.stack([hands.apart(ends[links]) for ends in (network.links.source, network.links.target)])
    _, between = np.unique(met, axis=1, return_inverse=True)
    common = np.full(int(between.max()) + 1, _EITHER | _CARRIER)
    np.bitwise_and.at(common, between, told)
    return between, common[between] == 0
