"""Which stocks are one: what a holder has of a lot, or of a product where some row there names no lot."""

from __future__ import annotations

import numpy as np

from graphkit.network.sorting import among, distinct
from graphkit.tracing.amounts.considered import product_of
from graphkit.tracing.amounts.legs import Legs
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY
from graphkit.tracing.walk.ways import Mask, Ways


class Pools:
    """Which stocks are one: all lots of a product that a holder has, where some row there tells no lot."""

    def __init__(self, ways: Ways, holders: Holders, legs: Legs) -> None:
        self.ways, self.holders = ways, holders
        self.width = len(ways.product_of) + 2
        self.ghosts = holders.count + len(ways.network)  # owners from here on are unknown hands, one each
        owner, goods = np.concatenate((legs.giver, legs.taker)), np.concatenate((legs.given, legs.taken))
        vague = (owner < holders.count) & (goods != ANY) & ~ways.is_lot(goods)
        self._merged = distinct(self._key(owner[vague], goods[vague]))
        told = (owner < holders.count) & (goods != ANY)
        owner, goods = owner[told], goods[told]
        stock = self.at(owner, goods)
        self.known = distinct(stock)  # every stock that holders have
        lots = (stock != self._key(owner, goods)) & ways.is_lot(goods)
        several = np.unique(np.stack((stock[lots], goods[lots])), axis=1)[0]
        self.one = distinct(several)  # stocks of lots, some row there telling none
        self.mixed = distinct(several[1:][several[1:] == several[:-1]])  # of several lots

    def _key(self, owner: Whole, goods: Whole) -> Whole:
        return owner * self.width + goods + 1

    def at(self, owner: Whole, goods: Whole) -> Whole:
        """The stock in which these owners have these goods."""
        product = product_of(self.ways, goods)
        merged = among(self._key(owner, product), self._merged)
        return self._key(owner, np.where(merged, product, goods))

    def of(self, legs: Legs) -> tuple[Whole, Whole]:
        """The stocks that each leg leaves and comes to."""
        return self.at(legs.giver, legs.given), self.at(legs.taker, legs.taken)

    def goods(self, key: Whole) -> Whole:
        """The goods of a stock."""
        return key % self.width - 1

    def holding(self, owner: Whole) -> tuple[Whole, Whole]:
        """Every stock that each of these holders has: place among the owners, stock."""
        begin = np.searchsorted(self.known, owner * self.width)
        count = np.searchsorted(self.known, (owner + 1) * self.width) - begin
        place = np.repeat(np.arange(len(owner)), count)
        return place, self.known[np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count) + begin[place]]

    def keys_of(self, goods: Whole) -> Whole:
        """All stocks in which such goods are."""
        mine = self.goods(self.known)
        return self.known[np.isin(mine, np.concatenate((goods, product_of(self.ways, goods))))]

    def is_ghost(self, owner: Whole) -> Mask:
        """Whether these are unknown hands."""
        mask: Mask = owner >= self.ghosts
        return mask

    def one_of(self, key: Whole) -> Whole:
        """The goods that tell stocks apart, whoever has them: the lot, or the product where some row names no lot."""
        goods = self.goods(key)
        product = product_of(self.ways, goods)
        vague = distinct(product[(key // self.width < self.holders.count) & (goods != ANY) & ~self.ways.is_lot(goods)])
        return np.where(np.isin(product, vague), product, goods)
