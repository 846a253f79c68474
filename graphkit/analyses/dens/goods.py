"""What the reasons for a den look at, worked out once: who is licensed, what was worked up where, what moved."""

from __future__ import annotations

import re
from functools import cached_property

import numpy as np

from graphkit.analyses.regions.sites import Mask, Sites, Whole, join

MOVES = ("SUPPLIED", "SHIPPED")
# A product that is called so is made into another or put round it; 大包装 and 单包装 are packs of what is finished.
_MATERIAL = re.compile(
    r"原料|原粉|原药粉|辅料|中间体|包材|胶囊壳|空心?胶囊|说明书|标签|铝箔|(?<![大小独单双立简精散原新旧盒袋瓶])包装"
    r"|\braw\b|\bpackag\w*|\bpacking\b|\bempty capsules?\b|\bcapsule shells?\b|\bleaflets?\b|(?<!-)\blabels?\b",
    re.IGNORECASE,
)


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
        found: Mask = np.isin(self.product(self.goods[links]), self.materials)
        return found

    @cached_property
    def materials(self) -> Whole:
        """Products that are made into another. What is itself made, as goods packed again under another name are, is
        one only if most of those who receive it work it up: the others buy it as it is.
        """
        into = self.links.of_kinds("TRANSFORMED_INTO")
        one, other = (self.product(end[into].astype(np.int64)) for end in (self.links.source, self.links.target))
        used, made = one[(one >= 0) & (one != other)], np.unique(other)
        bought = np.unique(np.stack((self.product(self.goods[self.moves]), self.taker[self.moves])), axis=1)
        at, group = join(self.used[:, 0], self.sites.workers[1], self.sites.workers[0])
        works = among((bought[0], bought[1]), (self.product(self.goods[self.used[at, 1]]), group))
        size = len(self.network.goods.product_of) + 1
        count = [np.bincount(bought[0][kept] + 1, minlength=size) for kept in (works, ~works)]
        sold = np.flatnonzero(count[0] < count[1]) - 1
        return np.setdiff1d(used, np.intersect1d(made, sold))

    def called_material(self, links: Whole) -> Mask:
        """Which of these links carry a product whose name alone says that it is raw or packing material."""
        product = self.product(self.goods[links])
        called = [each for each in np.unique(product[product >= 0]).tolist() if names_material(self._name(each))]
        found: Mask = np.isin(product, called) & ~self.is_material(links)
        return found

    def _name(self, product: int) -> str:
        """What a product is called, also where only links name it."""
        beyond = product - len(self.network)
        return self.network.goods.others[beyond] if beyond >= 0 else self.network.name_of(product)


def names_material(name: str) -> bool:
    """Whether a product is called raw or packing material.

    >>> names_material("西布曲明原料"), names_material("减肥胶囊包装盒"), names_material("empty capsules size 0")
    (True, True, True)
    >>> names_material("减肥胶囊"), names_material("感冒灵（大包装）")
    (False, False)
    """
    return _MATERIAL.search(name) is not None


def among(one: tuple[Whole, Whole], pairs: tuple[Whole, Whole]) -> Mask:
    """Which of these pairs of numbers, given as two columns, are among others.

    >>> among((np.array([1, 2]), np.array([7, -1])), (np.array([2, 1]), np.array([-1, 8]))).tolist()
    [False, True]
    """
    width = max(int(column.max(initial=0)) for column in (one[1], pairs[1])) + 2
    found: Mask = np.isin(one[0] * width + one[1] + 1, pairs[0] * width + pairs[1] + 1)
    return found
