"""What the reasons for a den look at, worked out once: who is licensed, what was worked up where, what moved."""

from __future__ import annotations

import numpy as np

from graphkit.analyses.den_sites import Mask, Sites, Whole, join

MOVES = ("SUPPLIED", "SHIPPED")


class Goods:
    """What the reasons look at, worked out once: licensed parties, deliveries, what was worked up where."""

    def __init__(self, sites: Sites) -> None:
        self.sites, self.network, self.links = sites, sites.network, sites.network.links
        self.moves = self.links.of_kinds(*MOVES)
        self.goods = np.where(self.links.batch >= 0, self.links.batch, self.links.product).astype(np.int64)
        self.giver = sites.group[self.links.source]
        self.taker = sites.group[self.links.target]
        self.licensed = self._licensed()
        self.licensed_sites = self._licensed_sites()
        self.made, self.used = self._worked_up()

    def _licensed(self) -> Mask:
        """Which groups hold a licence: companies whose row gives one, and who goes by the same name elsewhere."""
        columns = self.sites.store.property_columns(["licence"])
        holders = [self.network.position(node) for node in dict.fromkeys(columns["node"].tolist())]
        names = {self.network.names[holder] for holder in holders} - {""}
        parties = self.network.of_kinds("Party", "Company").tolist()
        named = [node for node in parties if self.network.names[node] in names]
        found = np.zeros(int(self.sites.group.max(initial=-1)) + 1, bool)
        found[self.sites.group[np.array([*holders, *named], np.int64)]] = True
        return found

    def _licensed_sites(self) -> Mask:
        located, site = self.sites.located
        found = np.zeros(len(self.sites), bool)
        found[site[self.licensed[self.giver[located]]]] = True
        return found

    def _worked_up(self) -> tuple[Whole, Whole]:
        """Outputs and inputs of what was worked up where nobody licensed is: site, link of goods, link of place."""
        found = []
        done = self.links.of_kinds("DONE_AT")
        site = self.sites.site[self.links.target[done]]
        done, site = done[site >= 0], site[site >= 0]
        done, site = done[~self.licensed_sites[site]], site[~self.licensed_sites[site]]
        for kind, end in (("OUTPUT_AS", self.links.source), ("INPUT_OF", self.links.target)):
            goods = self.links.of_kinds(kind)
            worked = self.links.source[done].astype(np.int64)
            at, place = join(end[goods].astype(np.int64), worked, np.arange(len(done)))
            found.append(np.stack((site[place], goods[at], done[place]), axis=1))
        return found[0], found[1]

    def product(self, goods: Whole) -> Whole:
        """The products of these goods; -1 where no row tells."""
        return np.where(goods >= 0, self.network.goods.product_of[np.maximum(goods, 0)], -1)

    def moved_to(self) -> tuple[Whole, Whole]:
        """Deliveries to who works at a site: links, sites."""
        at, site = self.sites.of_groups(self.taker[self.moves])
        return self.moves[at], site

    def moved_from(self) -> tuple[Whole, Whole]:
        """Deliveries from who works at a site: links, sites."""
        at, site = self.sites.of_groups(self.giver[self.moves])
        return self.moves[at], site

    def is_material(self, links: Whole) -> Mask:
        """Which of these links carry a product that is made into another."""
        into = self.links.of_kinds("TRANSFORMED_INTO")
        one, other = (self.product(end[into].astype(np.int64)) for end in (self.links.source, self.links.target))
        found: Mask = np.isin(self.product(self.goods[links]), one[(one >= 0) & (one != other)])
        return found


def among(one: tuple[Whole, Whole], pairs: tuple[Whole, Whole]) -> Mask:
    """Which of these pairs of numbers, given as two columns, are among others.

    >>> among((np.array([1, 2]), np.array([7, -1])), (np.array([2, 1]), np.array([-1, 8]))).tolist()
    [False, True]
    """
    width = max(int(column.max(initial=0)) for column in (one[1], pairs[1])) + 2
    found: Mask = np.isin(one[0] * width + one[1] + 1, pairs[0] * width + pairs[1] + 1)
    return found
