"""Which administrative division each of some entities belongs to, looking only at them and what is next to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.regions.whereabouts import regions_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Arrays, Store

_KINDS = ("IN_REGION", "SEIZED_AT", "IN_CASE", "SUSPECT_IN", "SEIZED_FROM", "CONTROLS", "LOCATED_AT", "USES")
_FAR = 4  # the region of the place of another user of a party's phone
_CROWDED = 100  # what has more neighbours is not gone through
_CLOSED = ("Region",)
Whole = NDArray[np.int64]


class _Near:
    """The properties of some entities, asked for as of all."""

    def __init__(self, store: Store, nodes: list[str]) -> None:
        self._stated = store.statements(nodes)

    def property_columns(self, properties: Sequence[str]) -> Arrays:
        rows = sorted({(s.node, s.property, s.value) for s in self._stated if s.property in properties})
        names = ("node", "property", "value")
        return {name: np.array([*(row[i] for row in rows), None], object)[:-1] for i, name in enumerate(names)}


def regions_near(network: Network, store: Store, nodes: Sequence[int]) -> dict[int, str]:
    """The six-digit code of the division of each of these entities that is known to lie in one."""
    from graphkit.network.build import from_columns

    around, links = _around(network, np.unique(np.asarray(nodes, np.int64)))
    ids = network.ids.take(around)
    kinds = [network.kind_of(int(i)) for i in around]
    table = network.links
    columns: dict[str, Any] = {
        "link": np.array(table.ids.take(links), object),
        "kind": np.array([table.kinds[int(code)] for code in table.kind[links]], object),
        "source": np.searchsorted(around, table.source[links]).astype(np.int32),
        "target": np.searchsorted(around, table.target[links]).astype(np.int32),
    }
    part = from_columns({"id": np.array(ids, object), "kind": np.array(kinds, object)}, columns)
    part.links.started_earliest[:] = table.started_earliest[links]
    codes = regions_of(part, cast("Store", _Near(store, ids)))
    return {int(node): str(code) for node, code in zip(around.tolist(), codes.tolist(), strict=True) if code}


def _around(network: Network, nodes: Whole) -> tuple[Whole, Whole]:
    """The entities within reach by links that tell a region, sorted, and these links, sorted."""
    links = np.empty(0, np.int64)
    closed = np.isin(np.arange(len(network.kinds)), [network.kinds.index(k) for k in _CLOSED if k in network.kinds])
    edge = nodes
    for _ in range(_FAR):
        open_ = edge[~closed[network.kind[edge]] & (network.neighbours[edge] <= _CROWDED)] if len(links) else edge
        neighbour, link = _beside(network, open_[~closed[network.kind[open_]]])
        links = np.unique(np.concatenate((links, link)))
        edge = np.setdiff1d(neighbour, nodes)
        nodes = np.union1d(nodes, edge)
    return nodes, links


def _beside(network: Network, nodes: Whole) -> tuple[Whole, Whole]:
    """The entities next to these by links that tell a region, and these links."""
    codes = [code for code in map(network.links.kind_code, _KINDS) if code >= 0]
    if not codes:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    found = [each.ties(nodes, codes)[1:] for each in (network.ahead, network.behind)]
    neighbour, link = (np.concatenate(column).astype(np.int64) for column in zip(*found, strict=True))
    kept = np.isin(network.links.kind[link], codes)
    return neighbour[kept], link[kept]
