"""Payments as arcs between purses, an account in one currency each: what patterns of money are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Network
from graphkit.network.payments import incoming

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Transfers:
    """Arcs in order of their payer's purse, then of their earliest moment; columns of shape (arcs,).

    `tail` and `head` are places in `purses`, the purses (see `graphkit.network.payments.purse_of`) that pay or are
    paid. Times are microseconds, both ends of the interval in which the payment may lie; `cents` the least amount that
    is stated. `link` is the link behind an arc: rows that disagree on a payment's ends make several arcs of it.
    `unknown` counts the payments without time or amount, which are no arcs.
    """

    purses: Whole
    tail: Whole
    head: Whole
    earliest: Whole
    latest: Whole
    cents: Whole
    link: Whole
    unknown: int

    @classmethod
    def of(cls, network: Network) -> Transfers:
        """The payments of a network; what an account pays to itself moves nothing and is left out."""
        into = incoming(network)
        currency = len(network.links.currencies) + 1
        head, link = into.purse[into.payment], into.links
        tail = network.links.source[link].astype(np.int64) * currency + head % currency
        order = np.lexsort((link, into.earliest[into.payment], tail))
        payment = into.payment[order]
        purses, ends = np.unique(np.concatenate((tail[order], head[order])), return_inverse=True)
        tails, heads = np.split(ends.astype(np.int64), 2)
        return cls(
            purses, tails, heads, into.earliest[payment], into.latest[payment], into.cents[payment], link[order],
            into.unknown,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.tail)

    def take(self, arcs: Whole) -> Transfers:
        """Some of the arcs, given in order; the purses stay."""
        return Transfers(
            self.purses, self.tail[arcs], self.head[arcs], self.earliest[arcs], self.latest[arcs], self.cents[arcs],
            self.link[arcs], self.unknown,
        )  # fmt: skip
