"""Which administrative division an entity belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY
from graphkit.model.regions import resolve
from graphkit.tracing.identity.holders import CROWD

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

UNKNOWN = 0
_BY_ADDRESS = ("Place", "Company", "Seizure")
# What places a party, at the same time the firmer first: the place that it controls, goods seized from it, its case.
_ACTING = (("SUSPECT_IN", "source"), ("SEIZED_FROM", "target"), ("CONTROLS", "source"))
Regions = NDArray[np.int32]


def regions_of(network: Network, store: Store) -> Regions:
    """The six-digit division code of each entity, shape (nodes,), 0 where it is unknown.

    As stated; else by its address, by the place or case that a seizure belongs to. A party is where it was last seen
    acting, not where it is registered: else where a waybill puts it, or whoever uses its phone. A company that was not
    seen acting is at its address.
    """
    codes = _stated(network, store)
    regions = _codes_of_regions(network)
    codes[regions != UNKNOWN] = regions[regions != UNKNOWN]
    _follow(network, codes, "IN_REGION", regions)
    _from_addresses(network, store, codes)
    _follow(network, codes, "SEIZED_AT", codes)
    _follow(network, codes, "IN_CASE", codes)
    _last_acting(network, codes)
    _by_waybill(network, codes)
    return codes


def _stated(network: Network, store: Store) -> Regions:
    codes = np.zeros(len(network), np.int32)
    columns = store.property_columns(["region"])
    for node, value in zip(columns["node"][::-1], columns["value"][::-1], strict=True):  # of several the least stays
        if len(value) == 6 and value.isascii() and value.isdigit():
            codes[network.position(node)] = int(value)
    return codes


def _codes_of_regions(network: Network) -> Regions:
    codes = np.zeros(len(network), np.int32)
    for i in network.of_kinds("Region"):
        code = network.ids[int(i)].partition(":")[2]
        codes[i] = int(code) if len(code) == 6 and code.isascii() and code.isdigit() else UNKNOWN
    return codes


def _from_addresses(network: Network, store: Store, codes: Regions) -> None:
    wanted = np.zeros(len(network), bool)
    wanted[network.of_kinds(*_BY_ADDRESS)] = True
    wanted &= codes == UNKNOWN
    if not wanted.any():
        return
    columns = store.property_columns(["address"])
    for node, value in zip(columns["node"], columns["value"], strict=True):
        position = network.position(node)
        if wanted[position] and codes[position] == UNKNOWN:
            codes[position] = int(resolve(value) or UNKNOWN)


def _follow(network: Network, codes: Regions, kind: str, known: Regions) -> None:
    """Entities without a region take that of the entity at the other end of their link of this kind."""
    links = network.links.of_kinds(kind)[::-1]
    source, target = network.links.source[links], network.links.target[links]
    fits = (codes[source] == UNKNOWN) & (known[target] != UNKNOWN)
    codes[source[fits]] = known[target[fits]]


def _last_acting(network: Network, codes: Regions) -> None:
    found = []
    for firmness, (kind, end) in enumerate(_ACTING):
        links = network.links.of_kinds(kind)
        ends = network.links.source[links], network.links.target[links]
        party, other = ends if end == "source" else ends[::-1]
        time = network.links.started_earliest[links]
        found.append(np.stack([party, time, np.full(len(links), firmness), -links, codes[other]]))
    party, time, firmness, place, code = np.concatenate(found, axis=1)
    order = np.lexsort((place, firmness, time, party))
    order = order[code[order] != UNKNOWN]
    codes[party[order]] = code[order]  # the last entry of each party stays


def _by_waybill(network: Network, codes: Regions) -> None:
    """Who is known by name only is where a waybill says; so is who uses the same phone and was seen nowhere else."""
    links, named = network.links, network.of_kinds(PARTY.name)
    located, uses = links.of_kinds("LOCATED_AT")[::-1], links.of_kinds("USES")[::-1]
    located, known = located[np.isin(links.source[located], named)], codes.copy()
    known[links.source[located]] = np.where(
        codes[links.source[located]] == UNKNOWN, codes[links.target[located]], codes[links.source[located]]
    )
    few = np.bincount(links.target[uses], minlength=len(network)) <= CROWD
    uses = uses[few[links.target[uses]]]
    told = uses[np.isin(links.source[uses], named) & (known[links.source[uses]] != UNKNOWN)]
    phone = np.zeros(len(network), np.int32)
    phone[links.target[told]] = known[links.source[told]]
    asking = uses[(known[links.source[uses]] == UNKNOWN) & (phone[links.target[uses]] != UNKNOWN)]
    known[links.source[asking]] = phone[links.target[asking]]
    codes[:] = known
