"""Which deliveries name a thing with a number of its own, and which lot it is of: as EPCIS events tell."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import ITEM
from graphkit.network.adjacency import Adjacency
from graphkit.network.network import Network
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY

INSIDE = "CONTAINED_IN"
_NAMING = "SUPPLIED:epcis:"
_EACH = "|piece"  # after the thing, in the id of a delivery
_known: WeakKeyDictionary[Network, Serials | None] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Serials:
    """Shapes: `item` (links,) the thing that a delivery names, -1 none; `lot` (codes of goods,) the lot of each thing,
    -1 unknown; `holds` (codes of goods,) whether something is in it. `deliveries` leads from things to the deliveries
    that name them.
    """

    item: Whole
    lot: Whole
    holds: NDArray[np.bool_]
    deliveries: Adjacency

    @classmethod
    def of(cls, network: Network) -> Serials | None:
        """What a network's rows tell; None where they name no such thing. Worked out once for each network."""
        if ITEM.name not in network.kinds:
            return None
        if network not in _known:
            _known[network] = cls._of(network)
        return _known[network]

    @classmethod
    def _of(cls, network: Network) -> Serials:
        table, kind = network.links, network.kinds.index(ITEM.name)
        item = np.full(len(table), -1, np.int64)
        for link, thing in _named(network):
            item[link] = thing
        links = np.flatnonzero(item >= 0).astype(np.int32)
        lot = np.full(len(network.goods.product_of), -1, np.int64)
        of_batch = table.of_kinds("OF_BATCH")[::-1]
        of_batch = of_batch[network.kind[table.source[of_batch]] == kind]
        lot[table.source[of_batch]] = table.target[of_batch]
        holds = np.zeros(len(lot), bool)
        holds[table.target[table.of_kinds(INSIDE)]] = True
        return cls(item, lot, holds, Adjacency.of(len(network), item[links].astype(np.int32), links, links))

    def lots(self, goods: Whole) -> Whole:
        """The lot of each of these goods, -1 where they are no thing of a known lot."""
        return np.where(goods >= 0, self.lot[np.maximum(goods, 0)], -1)

    def contents(self, goods: Whole) -> Whole:
        """These goods, of which containers stand for whatever is in them."""
        return np.where((goods >= 0) & self.holds[np.maximum(goods, 0)], ANY, goods)

    def is_box(self, link: Whole) -> NDArray[np.bool_]:
        """Whether these deliveries are of containers."""
        item = self.item[link]
        mask: NDArray[np.bool_] = (item >= 0) & self.holds[np.maximum(item, 0)]
        return mask

    def same_lot(self, goods: Whole, other: Whole) -> NDArray[np.bool_]:
        """Whether the one is a thing and the other its lot."""
        lot, other_lot = self.lots(goods), self.lots(other)
        mask: NDArray[np.bool_] = ((lot >= 0) & (lot == other)) | ((other_lot >= 0) & (other_lot == goods))
        return mask


def _named(network: Network) -> Iterator[tuple[int, int]]:
    """Each delivery of a thing, by the id that the layout gave it, and the thing."""
    table, span = network.links, network.links.ids.beginning(_NAMING)
    things = network.of_kinds(ITEM.name) if span.start < span.stop else np.empty(0, np.int64)
    place = dict(zip(network.ids.take(things), things.tolist(), strict=True))
    ends = functools.cache(network.ids.__getitem__)
    for link in range(span.start, span.stop):
        way = f"{_NAMING}{ends(int(table.source[link]))}→{ends(int(table.target[link]))}|"
        thing = place.get(table.ids[link].removeprefix(way).partition(_EACH)[0])
        if thing is not None:
            yield link, thing
