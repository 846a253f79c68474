"""Seizures and samples: goods that were found, with whom and where."""

from __future__ import annotations

import numpy as np

from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, FAR
from graphkit.tracing.walk.ways import Numbers, Ways

WITH = ("SEIZED_FROM", "SEIZED_AT", "SAMPLED_FROM")


def begun(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From a find that the trace begins at. Back: the goods were with the holder then; forward: the rest of the lots,
    at whatever time, for what was found went no further.
    """
    return [part for label in mine.tolist() for part in _begun(ways, int(labels.node[label]), label)]


def _begun(ways: Ways, node: int, label: int) -> list[Labels]:
    here = np.array([node])
    line = ways.stated(ways.network.out, here, "OF_BATCH", "OF_PRODUCT")[2]
    _, holder, tie = ways.entries(ways.network.out, here, *WITH)
    goods = ways.goods(line)
    carried = distinct(goods)
    ties, held = np.repeat(tie, len(carried)), np.tile(carried, len(tie))
    at = Labels.made(np.repeat(holder, len(carried)), held, *_when(ways, ties), ties, label, ways.scores(ties))
    nodes = (goods < len(ways.network)) & ways.is_lot(goods) & ~np.isin(line, ways.without)
    lots, first = np.unique(goods[nodes], return_index=True)
    of_lot = line[nodes][first]
    mark = lots if ways.request.back else np.full(len(lots), ANY)
    return [at, Labels.made(lots, mark, *_when(ways, of_lot), of_lot, label, ways.scores(of_lot))]


def _when(ways: Ways, link: Whole) -> tuple[Whole, Whole]:
    return ways.held(link) if ways.request.back else (np.full(len(link), -FAR), np.full(len(link), FAR))


def found(ways: Ways, labels: Labels, mine: Whole) -> tuple[Whole, Whole, Whole, Numbers]:
    """Seizures and samples that found such goods, of the product asked for, with these holders: label, find, its tie
    to the holder, firmness.
    """
    holder, find, tie = ways.entries(ways.network.into, labels.node[mine], *WITH)
    at, _, line = ways.stated(ways.network.out, find, "OF_PRODUCT", "OF_BATCH")
    goods = ways.goods(line)
    possible, _, firmness = ways.match(labels.carried[mine[holder[at]]], goods)
    possible &= ways.of_product(goods)
    return mine[holder[at]][possible], find[at][possible], tie[at][possible], firmness[possible]


def ended(ways: Ways, labels: Labels, mine: Whole) -> tuple[Whole, Whole, Whole]:
    """From finds that a lot led to: with whom and where they were."""
    origin, node, link = ways.entries(ways.network.out, labels.node[mine], *WITH)
    return mine[origin], node, link
