"""Payments as arcs between purses, an account in one currency each: what patterns of money are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Network
from graphkit.network.payments import incoming, leaving

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Transfers:
    """Arcs in order of their payer's purse, then of their earliest moment; columns of shape (arcs,).

    `tail` and `head` are places in `purses`, the purses (see `graphkit.network.payments.purse_of`) that pay or are
    paid. Times are microseconds, both ends of the interval in which the payment may lie; `cents` the least amount that
    is stated. `link` is the link behind an arc, `payment` a number that all arcs of one payment share: rows that
    disagree on its ends make several. `unknown` counts the payments without time or amount, which are no arcs.
    """

    purses: Whole
    tail: Whole
    head: Whole
    earliest: Whole
    latest: Whole
    cents: Whole
    link: Whole
    payment: Whole
    unknown: int

    @classmethod
    def of(cls, network: Network, inward: bool = True) -> Transfers:
        """The payments of a network, as who received them sees them, or else who made them.

        What an account pays to itself moves nothing and is left out.
        """
        seen = incoming(network) if inward else leaving(network)
        currency = len(network.links.currencies) + 1
        here, link = seen.purse[seen.payment], seen.links
        other = (network.links.source if inward else network.links.target)[link].astype(np.int64)
        tail, head = (
            (other * currency + here % currency, here) if inward else (here, other * currency + here % currency)
        )
        order = np.lexsort((link, seen.earliest[seen.payment], tail))
        payment = seen.payment[order]
        purses, ends = np.unique(np.concatenate((tail[order], head[order])), return_inverse=True)
        tails, heads = np.split(ends.astype(np.int64), 2)
        return cls(
            purses, tails, heads, seen.earliest[payment], seen.latest[payment], seen.cents[payment], link[order],
            np.cumsum(network.links.first, dtype=np.int64)[link[order]], seen.unknown,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.tail)

    def take(self, arcs: Whole) -> Transfers:
        """Some of the arcs, given in order; the purses stay."""
        return Transfers(
            self.purses, self.tail[arcs], self.head[arcs], self.earliest[arcs], self.latest[arcs], self.cents[arcs],
            self.link[arcs], self.payment[arcs], self.unknown,
        )  # fmt: skip

    def once(self, arcs: Whole) -> Whole:
        """One of these arcs for each payment, the first."""
        _, first = np.unique(self.payment[arcs], return_index=True)
        return arcs[np.sort(first)]
