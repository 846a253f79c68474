"""Movements of goods, each once: what ledger, counter-ledger and waybill tell of one delivery is put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.chains import evidence_of
from graphkit.analyses.den_sites import Sites, Whole
from graphkit.model.nodes import PARTY_KINDS
from graphkit.model.units import BY_CODE, MASS, convert
from graphkit.network.network import EVER, NEVER

if TYPE_CHECKING:
    from graphkit.network.network import Network

NEAR = 7 * 86_400_000_000  # as in `graphkit.analyses.movements`
_KINDS = ("SUPPLIED", "SHIPPED")
_PURCHASE = "SUPPLIED:purchase:"


def movements(sites: Sites) -> list[tuple[int, ...]]:
    """The deliveries, each as the links that tell of it, ledgers before waybills; in order of their first link.

    Two tell of one where giver and taker are the same, or share a name or a phone, product and quantity are equal, no
    batch differs, they lie within 7 days of one another and stand in different files.
    """
    network = sites.network
    links = _first_entries(network)
    keys = _keys(sites, links)
    order = np.lexsort((network.links.started_earliest[links], *keys))
    links, keys = links[order], tuple(key[order] for key in keys)
    fresh = np.ones(len(links), bool)
    if len(links):
        fresh[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    groups = [part.tolist() for part in np.split(links, np.flatnonzero(fresh)[1:])]
    files = _files(sites, [link for group in groups if len(group) > 1 for link in group])
    return sorted(movement for group in groups for movement in _told_apart(network, group, files))


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
    links: Whole = network.links.of_kinds(*_KINDS)
    kept = network.links.first[links] & (network.links.source[links] != network.links.target[links])
    moving: Whole = links[kept]
    return moving


def _keys(sites: Sites, links: Whole) -> tuple[Whole, ...]:
    """What links of one movement share. A link of unknown quantity or time, or a purchase, shares with none."""
    network = sites.network
    table, label = network.links, _labels(sites)
    least, _, units = measured(network, links)
    goods = np.where(table.product[links] >= 0, table.product[links], table.batch[links]).astype(np.int64)
    product = np.where(goods >= 0, network.goods.product_of[np.maximum(goods, 0)], -1)
    alone = np.isnan(least) | (table.started_earliest[links] == NEVER) | (table.started_latest[links] == EVER)
    alone |= np.array([network.links.ids[link].startswith(_PURCHASE) for link in links.tolist()], bool)
    _, unit = np.unique(np.array(units, str), return_inverse=True)
    size = np.floor(np.nan_to_num(least) * 1000 + 0.5).astype(np.int64)
    number = np.where(alone, links, -1)
    return number, size, unit, product, label[table.target[links]], label[table.source[links]]


def _labels(sites: Sites) -> Whole:
    """A number for each entity; parties that share a phone or a name have the same."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    network = sites.network
    parties = network.of_kinds(*PARTY_KINDS)
    names = np.array([network.names[party] for party in parties.tolist()], str)
    told = (names != "") & (names != "?")
    _, code = np.unique(names[told], return_inverse=True)
    count = len(network)
    width = 2 * count + len(code)
    ends = (
        np.concatenate((np.arange(count), parties[told])),
        np.concatenate((count + sites.group, 2 * count + code)),
    )
    graph = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(width, width))
    found: Whole = connected_components(graph, directed=False)[1][:count].astype(np.int64)
    return found


def _files(sites: Sites, links: list[int]) -> dict[int, frozenset[str]]:
    evidence = evidence_of(sites.store, sites.network, links)
    return {link: frozenset(row.partition("#")[0] for row in rows) for link, rows in evidence.items()}


def _told_apart(network: Network, group: list[int], files: dict[int, frozenset[str]]) -> Iterator[tuple[int, ...]]:
    """The movements that these links, alike in all but time and batch, tell of: the nearest in time go together."""
    if len(group) == 1:
        yield (group[0],)
        return
    table, found = network.links, list[list[int]]()
    shipped = table.kind_code("SHIPPED")
    for link in sorted(group, key=lambda link: (table.kind[link] == shipped, table.started_earliest[link], link)):
        near = [
            (gap, place)
            for place, movement in enumerate(found)
            if (gap := _gap(network, link, movement)) <= NEAR
            and all(files[link].isdisjoint(files[m]) for m in movement)
        ]
        if near:
            found[min(near)[1]].append(link)
        else:
            found.append([link])
    yield from (tuple(movement) for movement in found)


def _gap(network: Network, link: int, movement: list[int]) -> int:
    """How far apart in time; more than any window where their batches differ."""
    table = network.links
    batches = {int(table.batch[one]) for one in (link, *movement)} - {-1}
    begin = table.started_earliest
    return NEAR + 1 if len(batches) > 1 else abs(int(begin[link]) - int(begin[movement[0]]))
