"""Payments that belong to a delivery: between the same two, the other way round, a few days before or after.

Where goods and money are both followed, a delivery and its payment are one step: who takes it has the goods where they
arrived and the money where it was paid, going on from either. The account at the payment's other end is told, and leads
nowhere: what else it had is other money. The two are the same where the account's holder is the delivery's party,
shares a phone with it, or is shown by rows to be it.
"""

from __future__ import annotations

import numpy as np

from graphkit.network.adjacency import Adjacency
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, ENDED, FAR, MONEY
from graphkit.tracing.walk.ways import Mask, Ways


class Pairing:
    """Adds to each step that is a delivery the payment for it, and to each payment the delivery that it is for."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways

    def joined(self, found: Labels) -> Labels:
        """The labels, and those that the same steps lead to in the other medium."""
        if not self.ways.request.pairs or not len(found):
            return found
        return Labels.joined([found, self._payments(found), self._deliveries(found)])

    def _payments(self, found: Labels) -> Labels:
        """Money where it went for goods that moved, and the account at the other end of each payment."""
        mine = self._over(found, self.ways.deliveries)
        at, pays = self._accounts(found.link[mine], seller=False)
        place, payee, link = self.ways.entries(self.ways.network.out, pays, "PAID")
        mine, delivery = mine[at[place]], found.link[mine][at[place]]
        fits = self._meets(delivery, link) & self._between(delivery, payee, seller=True)
        mine, link = mine[fits], link[fits]
        gone = self._made(found, mine, self._ends(link), np.full(len(link), MONEY), link)
        other = self._made(found, mine, self._ends(link, far=False), np.full(len(link), ENDED), link)
        return Labels.joined([gone, other])

    def _deliveries(self, found: Labels) -> Labels:
        """Goods where they went for money that moved."""
        mine = self._over(found, ("PAID",))
        payment = found.link[mine]
        at, party = self._parties(self.ways.links.target[payment].astype(np.int64))
        place, buyer, link = self.ways.entries(self.ways.network.out, party, *self.ways.deliveries)
        mine, payment = mine[at[place]], payment[at[place]]
        payer = self.ways.links.source[payment].astype(np.int64)
        fits = self._meets(payment, link) & self._holds(buyer, payer) & self.ways.wanted(link)
        goods = self.ways.goods(link[fits])
        return self._made(found, mine[fits], self._ends(link[fits]), np.where(goods >= 0, goods, ANY), link[fits])

    def _over(self, found: Labels, kinds: tuple[str, ...]) -> Whole:
        link = np.maximum(found.link, 0)
        return np.flatnonzero((found.link >= 0) & np.isin(self.ways.links.kind[link], self.ways.codes(kinds)))

    def _ends(self, link: Whole, far: bool = True) -> Whole:
        """Where these links lead, as the trace goes; without `far` where they lead from."""
        ends = self.ways.links.source if self.ways.request.back == far else self.ways.links.target
        return ends[link].astype(np.int64)

    def _made(self, found: Labels, mine: Whole, node: Whole, carried: Whole, link: Whole) -> Labels:
        _, _, lo, hi, _ = self.ways.moments(link)
        paid = np.isin(self.ways.links.kind[link], self.ways.codes(("PAID",)))  # goods may take longer to come
        first, last = self._under_way(found.link[mine])
        if self.ways.request.back:
            first, last = -last, -first
        window = np.where(paid, self.ways.request.pay_window, 2 * FAR)
        lo, hi = np.maximum(lo, first - window), np.minimum(hi, last + window)
        score = np.minimum(found.score[mine], self.ways.scores(link))
        made = Labels.made(node, carried, lo, hi, link, found.parent[mine], score)
        return made.take(np.flatnonzero((made.score >= self.ways.request.least - 5e-4) & (lo <= hi)))

    def _meets(self, one: Whole, other: Whole) -> Mask:
        """Whether the two can lie no further apart than a payment and its delivery do."""
        a, b = self._under_way(one), self._under_way(other)
        window = self.ways.request.pay_window
        mask: Mask = (a[0] - window <= b[1]) & (b[0] - window <= a[1])
        return mask

    def _under_way(self, link: Whole) -> tuple[Whole, Whole]:
        """From when to when these can have been on their way, seen back the same; where it is told only when they left,
        or only when they came, then, and where neither is, at any time.
        """
        left, left_latest, came, came_latest = self.ways.times(link)
        return np.where(left > -FAR, left, came), np.where(came_latest < FAR, came_latest, left_latest)

    def _accounts(self, delivery: Whole, seller: bool) -> tuple[Whole, Whole]:
        """The accounts of each delivery's seller or buyer: places among the deliveries, accounts."""
        ends = self.ways.links.source if seller else self.ways.links.target
        at, party = self._same(ends[delivery].astype(np.int64))
        place, account, _ = self.ways.entries(self.ways.network.out, party, "HOLDS")
        return _distinct(at[place], account)

    def _parties(self, account: Whole) -> tuple[Whole, Whole]:
        """Who holds each account, and who else he is."""
        place, party, _ = self.ways.entries(self.ways.network.into, account, "HOLDS")
        at, same = self._same(party)
        return _distinct(place[at], same)

    def _same(self, party: Whole) -> tuple[Whole, Whole]:
        """Each party, those who use a phone that it uses, and who else rows show it to be."""
        out, into = self.ways.network.out, self.ways.network.into
        place, phone = self._along(out, np.arange(len(party)), party)
        place, other = self._along(into, place, phone)
        places, parties = [np.arange(len(party)), place], [party, other]
        if self.ways.same is not None:
            at, shown, _ = self.ways.allowed(self.ways.same.entries(party))
            places, parties = [*places, at], [*parties, shown]
        return _distinct(np.concatenate(places), np.concatenate(parties))

    def _along(self, adjacency: Adjacency, place: Whole, node: Whole) -> tuple[Whole, Whole]:
        at, neighbour, _ = self.ways.entries(adjacency, node, "USES")
        return place[at], neighbour

    def _between(self, delivery: Whole, account: Whole, seller: bool) -> Mask:
        """Whether each account is one of its delivery's seller (or buyer)."""
        ends = self.ways.links.source if seller else self.ways.links.target
        return self._holds(ends[delivery].astype(np.int64), account)

    def _holds(self, party: Whole, account: Whole) -> Mask:
        """Whether each party, or who else it is, holds the account."""
        place, holder = self._parties(account)
        mask = np.zeros(len(account), bool)
        mask[place[holder == party[place]]] = True
        return mask


def _distinct(place: Whole, node: Whole) -> tuple[Whole, Whole]:
    """Each pair once."""
    if not len(place):
        return place.astype(np.int64), node.astype(np.int64)
    pairs = np.unique(np.stack((place, node), axis=1), axis=0)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
