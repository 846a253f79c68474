"""Movements of goods, each once: what ledger, counter-ledger and waybill tell of one delivery is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.goods.one_movement import told_once
from graphkit.analyses.goods.packings import packings_of
from graphkit.analyses.regions.sites import Sites, Whole
from graphkit.tracing.identity.movements import KINDS
from graphkit.tracing.measures import Measures, Numbers

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

_CONTENTS = ("OF_BATCH", "OF_PRODUCT", "INPUT_OF", "OUTPUT_AS", "COUNTED_AT")


def movements(sites: Sites) -> tuple[list[tuple[int, ...]], set[int]]:
    """The deliveries, each as the links that tell of it, one with a quantity first; in order of their first link. And
    those links of which another may tell too.
    """
    network = sites.network
    links = _first_entries(network)
    once = told_once(sites.store, network, links)
    several = {link for group in once.same for link in group}
    unknown = np.isnan(network.links.quantity_max)
    told = [tuple(sorted(group, key=lambda link: (bool(unknown[link]), group.index(link)))) for group in once.same]
    unsure = {*once.doubtful, *(other for _, other in once.misdated)}
    return sorted([*told, *((link,) for link in links.tolist() if link not in several)]), unsure


def measured(store: Store, network: Network, links: Whole) -> tuple[Numbers, Numbers, list[str]]:
    """Least and most of these links, with their units; nan and "" where no row tells.

    Each product's are in one unit as far as masses and what rows say of packing convert them, else as they are told.
    """
    table, named = network.links, network.goods
    unit, goods = table.unit[links].astype(np.int64), _goods_of(network, links)
    product = np.where(goods >= 0, named.product_of[goods], -1)
    measures = Measures(network, product, unit)
    if len(mixed := measures.mixed(product, unit)):
        about = table.of_kinds(*KINDS, *_CONTENTS)
        carried = _goods_of(network, about)
        kept = (carried >= 0) & np.isin(named.product_of[carried], mixed[mixed >= 0])
        mine = np.isin(product, mixed[mixed >= 0])
        measures.pack(product[mine], goods[mine], unit[mine], packings_of(store, network)(about[kept], carried[kept]))
    factor, into = measures.as_told(unit)
    joint = measures.given_in(np.ones(len(links)), unit, product, goods)
    apart = np.isnan(joint)
    factor, into = np.where(apart, factor, joint), np.where(apart, into, measures.unit_of(product))
    names = [*measures.names, ""]
    return table.quantity_min[links] * factor, table.quantity_max[links] * factor, [names[code] for code in into]


def _goods_of(network: Network, links: Whole) -> Whole:
    """The batch, else the product, of each link; -1 where no row tells."""
    table = network.links
    return np.where(table.batch[links] >= 0, table.batch[links], table.product[links]).astype(np.int64)


def _first_entries(network: Network) -> Whole:
    """One entry a link, those that give no quantity too. What a party gives itself moves nothing."""
    links: Whole = network.links.of_kinds(*KINDS)
    kept = network.links.first[links] & (network.links.source[links] != network.links.target[links])
    moving: Whole = links[kept]
    return moving
