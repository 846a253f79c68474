"""Movements of goods, each once: what ledger, counter-ledger and waybill tell of one delivery is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.goods.one_movement import told_once
from graphkit.analyses.regions.sites import Sites, Whole
from graphkit.model.units import BY_CODE, MASS, convert
from graphkit.tracing.identity.movements import KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network


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


def measured(network: Network, links: Whole) -> tuple[Whole, Whole, list[str]]:
    """Least and most of these links, masses in kg, with their units; nan and "" where no row tells."""
    table = network.links
    names = [*table.units, ""]
    kept = [("kg", convert(1.0, name, "kg") or 1.0) if _is_mass(name) else (name, 1.0) for name in names]
    unit = table.unit[links]
    factor = np.array([scale for _, scale in kept])[unit]
    return table.quantity_min[links] * factor, table.quantity_max[links] * factor, [kept[code][0] for code in unit]


def _is_mass(name: str) -> bool:
    return name in BY_CODE and BY_CODE[name].dimension == MASS


def _first_entries(network: Network) -> Whole:
    """One entry a link, those that give no quantity too. What a party gives itself moves nothing."""
    links: Whole = network.links.of_kinds(*KINDS)
    kept = network.links.first[links] & (network.links.source[links] != network.links.target[links])
    moving: Whole = links[kept]
    return moving
