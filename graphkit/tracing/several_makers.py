"""Lots that several hands made under one number: who has of them by rows has them from whom these rows say.

A lot's number tells where it was made as long as one hand made it. A number that somebody else puts on his goods too is
no proof; whoever can show all that he gave, or was found with, to have come by deliveries has it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.network.sorting import among, distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.measures import Measures

if TYPE_CHECKING:
    from graphkit.tracing.ways import Mask, Numbers, Ways

_FROM = ("SEIZED_FROM", "SAMPLED_FROM")


class SeveralMakers:
    """The lots that several made, and whose of them rows tell the way of: `covered` are keys of holder and lot."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.lots = _made_by_several(ways)
        self._width = len(ways.network)
        self.covered = self._covered() if len(self.lots) else np.empty(0, np.int64)

    def told(self, labels: Labels, mine: Whole, goods: Whole) -> Mask:
        """Of which of these labels, each with a lot, rows tell how the lot came to its holder, or to who was found with
        it.
        """
        found = np.zeros(len(mine), bool)
        several = np.flatnonzero(among(goods, self.lots))
        if not len(self.covered) or not len(several):
            return found
        label, lot = mine[several], goods[several]
        at, holder = self._holders(labels, label)
        known = among(self._key(holder, lot[at]), self.covered)
        found[several[at[known]]] = True
        return found

    def _holders(self, labels: Labels, label: Whole) -> tuple[Whole, Whole]:
        """Each label's holder; of a find's lot or place, with whom it was found: places among the labels, who."""
        network, links = self.ways.network, self.ways.links
        link = labels.link[label]
        find = np.where(link >= 0, links.source[link], -1)
        of_find = (link >= 0) & np.isin(links.kind[link], self.ways.codes(("OF_BATCH", "SEIZED_AT")))
        rows = np.flatnonzero(of_find)
        place, holder, _ = self.ways.stated(network.out, find[rows].astype(np.int64), *_FROM)
        others = np.flatnonzero(~of_find)
        return np.concatenate((rows[place], others)), np.concatenate((holder, labels.node[label][others]))

    def _key(self, holder: Whole, lot: Whole) -> Whole:
        return lot * self._width + _owner(self.ways, holder)

    def _covered(self) -> Whole:
        """Who made or received at least as much of a lot as he gave and was found with."""
        ways, links = self.ways, self.ways.links
        _, _, carriers = ways.network.goods.carriers.expand(self.lots)
        rows = carriers.astype(np.int64)
        moved = rows[np.isin(links.kind[rows], ways.codes(ways.deliveries))]
        line = rows[np.isin(links.kind[rows], ways.codes(("OF_BATCH",)))]
        at, holder, _ = ways.stated(ways.network.out, links.source[line].astype(np.int64), *_FROM)
        made, place, lot = _made(ways)
        ours = among(lot, self.lots)
        keys_in = np.concatenate((
            self._key(links.target[moved].astype(np.int64), self._lot(moved)), self._key(place[ours], lot[ours])
        ))  # fmt: skip
        keys_out = np.concatenate((
            self._key(links.source[moved].astype(np.int64), self._lot(moved)), self._key(holder, self._lot(line[at]))
        ))  # fmt: skip
        low, high = self._amounts(
            np.concatenate((moved, made[ours])), np.concatenate((self._lot(moved), lot[ours])),
            np.concatenate((moved, line[at])),
        )  # fmt: skip
        keys = distinct(keys_in)
        into = np.bincount(np.searchsorted(keys, keys_in), low, len(keys))
        mine = among(keys_out, keys)
        out = np.bincount(np.searchsorted(keys, keys_out[mine]), high[mine], len(keys))
        return keys[(into > 0) & (into >= out)]

    def _lot(self, link: Whole) -> Whole:
        return self.ways.links.batch[link].astype(np.int64)

    def _amounts(self, into: Whole, lot: Whole, out: Whole) -> tuple[Numbers, Numbers]:
        """The least that these brought of these lots and the most that those took, in their products' units: what no
        row tells may be nothing, or any amount.
        """
        links, product_of = self.ways.links, self.ways.network.goods.product_of
        unit = links.unit.astype(np.int64)
        measures = Measures(self.ways.network, product_of[lot].astype(np.int64), unit[into])
        low = measures.given_in(links.quantity_min[into], unit[into], product_of[lot].astype(np.int64), lot)
        gone = self._lot(out)
        high = measures.given_in(links.quantity_max[out], unit[out], product_of[gone].astype(np.int64), gone)
        return np.nan_to_num(low, nan=0.0), np.nan_to_num(high, nan=np.inf)


def _made(ways: Ways) -> tuple[Whole, Whole, Whole]:
    """What was made where: link, place, lot."""
    links = ways.links
    made = links.of_kinds("OUTPUT_AS").astype(np.int64)
    at, place, _ = ways.stated(ways.network.out, links.source[made].astype(np.int64), "DONE_AT")
    return made[at], place, links.target[made][at].astype(np.int64)


def _made_by_several(ways: Ways) -> Whole:
    """The lots that were made at places of different owners."""
    if "Transformation" not in ways.network.kinds:
        return np.empty(0, np.int64)
    _, place, lot = _made(ways)
    pairs = np.unique(np.stack((lot, _owner(ways, place))), axis=1)
    lots, count = np.unique(pairs[0], return_counts=True)
    found: Whole = lots[count > 1]
    return found


def _owner(ways: Ways, nodes: Whole) -> Whole:
    """Who each of these is; who controls it, of a place that somebody controls, the first of several."""
    found = ways.who(nodes).copy()
    at, controller, _ = ways.stated(ways.network.into, nodes, "CONTROLS")
    found[at[::-1]] = ways.who(controller)[::-1]
    return found
