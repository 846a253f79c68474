"""Lots that several hands made under one number: who has of them by rows has them from whom these rows say.

A lot's number tells where it was made as long as one hand made it. A number that somebody else puts on his goods too is
no proof; whoever made or received, as rows tell, all that he gave or was found with, has it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.network.sorting import among, distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.measures import Measures

if TYPE_CHECKING:
    from graphkit.tracing.walk.ways import Mask, Numbers, Ways

_FROM = ("SEIZED_FROM", "SAMPLED_FROM")
_NOTHING = 1e-9  # what sums are off by, as a share


def way_told(ways: Ways, labels: Labels, mine: Whole, goods: Whole) -> Mask:
    """Of which of these labels, each with a lot that several made, rows tell how it came to its holder, or to who was
    found with it.
    """
    found = np.zeros(len(mine), bool)
    lots = _made_by_several(ways, distinct(goods))
    several = np.flatnonzero(among(goods, lots)) if len(lots) else np.empty(0, np.int64)
    if len(several):
        at, holder = _holders(ways, labels, mine[several])
        known = among(_key(ways, holder, goods[several][at]), _covered(ways, lots))
        found[several[at[known]]] = True
    return found


def _made_by_several(ways: Ways, lots: Whole) -> Whole:
    """Which of these lots were made at places of different owners."""
    _, place, lot = _made(ways, lots)
    pairs = np.unique(np.stack((lot, _owner(ways, place))), axis=1)
    found, count = np.unique(pairs[0], return_counts=True)
    several: Whole = found[count > 1]
    return several


def _made(ways: Ways, lots: Whole) -> tuple[Whole, Whole, Whole]:
    """What of these lots was made where: link, place, lot."""
    of, transformation, link = ways.stated(ways.network.into, lots, "OUTPUT_AS")
    at, place, _ = ways.stated(ways.network.out, transformation, "DONE_AT")
    return link[at], place, lots[of[at]]


def _holders(ways: Ways, labels: Labels, label: Whole) -> tuple[Whole, Whole]:
    """Each label's holder; of a find's lot or place, with whom it was found: places among the labels, who."""
    links, link = ways.links, labels.link[label]
    of_find = (link >= 0) & np.isin(links.kind[link], ways.codes(("OF_BATCH", "SEIZED_AT")))
    rows, others = np.flatnonzero(of_find), np.flatnonzero(~of_find)
    place, holder, _ = ways.stated(ways.network.out, links.source[link[rows]].astype(np.int64), *_FROM)
    return np.concatenate((rows[place], others)), np.concatenate((holder, labels.node[label][others]))


def _covered(ways: Ways, lots: Whole) -> Whole:
    """Keys of who by any time may have made or received at least as much of one of these lots as he gave by then, or
    was found with.
    """
    links = ways.links
    origin, _, carriers = ways.carriers.expand(lots)
    rows, lot = carriers.astype(np.int64), lots[origin]
    moved, line = (np.isin(links.kind[rows], ways.codes(kinds)) for kinds in (ways.deliveries, ("OF_BATCH",)))
    made, place, made_lot = _made(ways, lots)
    at, holder, _ = ways.stated(ways.network.out, links.source[rows[line]].astype(np.int64), *_FROM)
    into = np.concatenate((rows[moved], made)), np.concatenate((lot[moved], made_lot))
    out = np.concatenate((rows[moved], rows[line][at])), np.concatenate((lot[moved], lot[line][at]))
    takers = np.concatenate((links.target[rows[moved]].astype(np.int64), place))
    givers = np.concatenate((links.source[rows[moved]].astype(np.int64), holder))
    taken, given = _key(ways, takers, into[1]), _key(ways, givers, out[1])
    low, high = _amounts(ways, into, out)
    keys = distinct(taken[low > 0])
    came, went = among(taken, keys), among(given, keys)
    times = np.concatenate((ways.times(into[0][came])[2], ways.times(out[0][went])[1]))
    owner, amount = np.concatenate((taken[came], given[went])), np.concatenate((low[came], -high[went]))
    lacking = _lacking(owner, times, amount)
    covered: Whole = keys[~among(keys, lacking)]
    return covered


def _lacking(owner: Whole, time: Whole, amount: Numbers) -> Whole:
    """Who gave (below zero) more than came to him until then, whatever came later; of one moment what came is first."""
    order = np.lexsort((amount <= 0, time, owner))
    owner, amount = owner[order], amount[order]
    lacking = [owner[np.isinf(amount)]]
    sums = np.cumsum(np.where(np.isinf(amount), 0.0, amount))
    first = np.searchsorted(owner, owner)
    stock = sums - np.where(first > 0, sums[first - 1], 0.0)
    return distinct(np.concatenate((*lacking, owner[stock < -_NOTHING * np.maximum(np.abs(sums), 1.0)])))


def _amounts(ways: Ways, into: tuple[Whole, Whole], out: tuple[Whole, Whole]) -> tuple[Numbers, Numbers]:
    """The least that the first links brought of their lots, and the most that the others took, in the lots' units:
    what no row tells may be nothing, or any amount.
    """
    links, product_of = ways.links, ways.network.goods.product_of
    product, unit = [product_of[lot].astype(np.int64) for _, lot in (into, out)], links.unit
    measures = Measures(ways.network, product[0], unit[into[0]].astype(np.int64))
    low, high = (
        measures.given_in(amount[link], unit[link].astype(np.int64), which, lot)
        for amount, (link, lot), which in zip(
            (links.quantity_min, links.quantity_max), (into, out), product, strict=True
        )
    )
    return np.nan_to_num(low, nan=0.0), np.nan_to_num(high, nan=np.inf)


def _key(ways: Ways, holder: Whole, lot: Whole) -> Whole:
    return lot * len(ways.network) + _owner(ways, holder)


def _owner(ways: Ways, nodes: Whole) -> Whole:
    """Who each of these is; who controls it, of a place that somebody controls, the first of several."""
    found = ways.who(nodes).copy()
    at, controller, _ = ways.stated(ways.network.into, nodes, "CONTROLS")
    found[at[::-1]] = ways.who(controller)[::-1]
    return found
