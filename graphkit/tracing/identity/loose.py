"""Deliveries between the same hands of which a ledger tells some rows and waybills others, none of them both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.network.network import Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.movements import counted, datable
from graphkit.tracing.identity.telling import Telling, Tellings
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings


@dataclass(frozen=True)
class Loose:
    """`groups` are rows of one product between the same two, in no order, with a ledger's and a waybill's in each."""

    hands: Hands
    waybill: int  # the code of its kind of link
    groups: list[list[Telling]]

    @classmethod
    def of(
        cls, network: Network, links: Whole, holders: Holders, packings: Packings, same: list[tuple[int, ...]]
    ) -> Loose:
        """Of these deliveries, of which those of `same` are one movement by `matched`: one for each that a ledger and a
        waybill do not tell of together, where rows tell how much of what it was.
        """
        kind, waybill = network.links.kind, network.links.kind_code("SHIPPED")
        whole = [link for group in same if len(set(kind[list(group)].tolist())) > 1 for link in group]
        chosen = counted(network, datable(network, links), same)
        chosen = chosen[~np.isin(chosen, np.array(whole, np.int64))]
        hands = Hands(network, holders, chosen)
        chosen, between = _of_both_kinds(network, chosen, hands, waybill)
        rows = Tellings(network, chosen.tolist(), packings).of(chosen.tolist()) if len(chosen) else []
        alike: dict[tuple[object, ...], list[Telling]] = {}
        for row, number in zip(rows, between.tolist(), strict=True):
            if row.measured:
                alike.setdefault((number, *row.much[:2]), []).append(row)
        return cls(hands, waybill, list(alike.values()))

    def kinds(self, rows: list[Telling]) -> tuple[list[Telling], list[Telling]]:
        """The ledgers' rows of these, and the waybills'."""
        ledgers, waybills = ([row for row in rows if (row.kind == self.waybill) == sent] for sent in (False, True))
        return ledgers, waybills


def _of_both_kinds(network: Network, chosen: Whole, hands: Hands, waybill: int) -> tuple[Whole, Whole]:
    """Those of these deliveries between hands for which there are both, and a number for each two hands."""
    shipped = network.links.kind[chosen] == waybill
    if shipped.all() or not shipped.any():
        return chosen[:0], chosen[:0]
    met = np.stack([hands.apart(ends[chosen]) for ends in (network.links.source, network.links.target)])
    _, between = np.unique(met, axis=1, return_inverse=True)
    kept = np.isin(between, np.intersect1d(between[shipped], between[~shipped]))
    return chosen[kept], between[kept]
