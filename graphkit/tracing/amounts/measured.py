"""Figures of what was traced: of goods by the deliveries around every stock it led to, of money by payments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from graphkit.model.nodes import ACCOUNT
from graphkit.network.network import Network
from graphkit.network.sorting import among, distinct
from graphkit.quantities.deliveries import MARKED
from graphkit.tracing.amounts.considered import Considered, Opening, considered, product_of
from graphkit.tracing.amounts.figures import OWN, Figures
from graphkit.tracing.amounts.flow import flow_of
from graphkit.tracing.amounts.legs import MOVED
from graphkit.tracing.amounts.money import currencies, payments
from graphkit.tracing.identity.booked_apart import Tellers, booked_apart
from graphkit.tracing.identity.cleared import cleared
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.movements import Files
from graphkit.tracing.identity.told_once import ToldOnce
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Measures, Packings
from graphkit.tracing.walk.start import stands_for
from graphkit.tracing.walk.sweep import Trace
from graphkit.tracing.walk.ways import Ways

MOST_DELIVERIES = 200_000  # beyond, bounds of what is shown look at its own deliveries alone


def goods_figures(
    ways: Ways, trace: Trace, start: int, files: Files, packings: Packings, shown: Sequence[int] = ()
) -> Figures | None:
    """Of the goods that were traced. Where a trace went over too many deliveries only those of `shown` are looked at,
    and what the others have may be of any kind: bounds hold, but are wider. Without `shown` all is looked at, and every
    way that goods may have gone unseen, as exact figures want it.
    """
    network = ways.network
    if ways.serials is not None and ways.serials.holds[start]:
        return None  # how much of what is in a container is not told by its own number
    moved = trace.walked[np.isin(ways.links.kind[trace.walked], ways.codes(ways.deliveries))]
    partial = bool(shown) and len(moved) > MOST_DELIVERIES
    ends = [shown] if partial else [ways.links.source[moved], ways.links.target[moved], trace.node]
    begun = _each(network, *ends, [start], stands_for(ways, start))
    nodes = Holders.of_goods(network, begun, _known(ways, begun)).nodes
    links = _around(ways, nodes, ways.deliveries)
    every = _each(network, nodes, ways.links.source[links], ways.links.target[links])
    holders = Holders.of_goods(network, every, _known(ways, every))
    known, away = distinct(holders.of(nodes)), np.empty(0, np.int64)
    if partial and not ways.request.back and network.kind_of(start) not in OWN:
        gone = holders.of(ways.links.source[links]) == holders.of(np.array([start]))
        gone &= ~among(holders.of(ways.links.target[links]), known)
        away, links = links[gone], links[~gone]

    once = ToldOnce.of(network, links, holders, files, packings)
    found = considered(ways, trace, holders, links, once, packings)
    if partial:
        found = replace(_apart(found, known, holders, ways), known=known, sent=_sent(ways, found.measures, away))
    flow = flow_of(ways, trace, holders, start, found, always=not shown)
    if flow is None:
        return None
    figures = Figures(ways, holders, start, found, flow)
    if not found.by_weight:
        return figures
    plain = found.without_weights()
    plainly = flow_of(ways, trace, holders, start, plain, always=not shown)
    return replace(figures, by_rows=Figures(ways, holders, start, plain, plainly)) if plainly else figures


def _apart(found: Considered, known: Whole, holders: Holders, ways: Ways) -> Considered:
    """Going forward, what those got of whom not all is looked at does not show what they had: it goes to nobody."""
    legs = found.legs
    if ways.request.back:
        return found
    others = np.flatnonzero((legs.role == MOVED) & (legs.taker < holders.count) & ~among(legs.taker, known))
    taker = legs.taker.copy()
    taker[others] = holders.count + ways.links.target[legs.link[others]]  # as finds are, which pass nothing on
    return replace(found, legs=legs.but(taker=taker))


def _sent(ways: Ways, measures: Measures, links: Whole) -> dict[int, float]:
    """How much went by these deliveries, by unit; infinite, under -1, where rows do not tell, or it may be made up."""
    goods, amount = ways.goods(links), ways.links.quantity_max[links]
    product, unit = product_of(ways, goods), ways.links.unit[links].astype(np.int64)
    given, units = measures.given_in(amount, unit, product, goods), measures.unit_of(product)
    made = len(links) > 0 and "Transformation" in ways.network.kinds
    if made or np.isnan(given).any() or (units < 0).any():
        return {-1: np.inf}
    names, place = np.unique(units, return_inverse=True)
    return dict(zip(names.tolist(), np.bincount(place, given, len(names)).tolist(), strict=True))


def _known(ways: Ways, nodes: Whole) -> Whole | None:
    return ways.same.around(nodes) if ways.same is not None else None


def _each(network: Network, *nodes: ArrayLike) -> Whole:
    """All of these entities, each once, in order."""
    mask = np.zeros(len(network), bool)
    for some in nodes:
        mask[np.asarray(some, np.int64)] = True
    return np.flatnonzero(mask)


def _around(ways: Ways, nodes: Whole, kinds: Sequence[str]) -> Whole:
    """The links of these kinds from and to these entities, each once, in order."""
    network = ways.network
    return distinct(np.concatenate([ways.entries(each, nodes, *kinds)[2] for each in (network.out, network.into)]))


def money_figures(
    ways: Ways, trace: Trace, start: int, openings: Callable[[Whole], Sequence[Opening]], tellers: Tellers
) -> list[Figures]:
    """Of the money that was traced, each currency by itself: what is changed into another is not told by rows.

    `openings` tells what accounts had before any row, `tellers` in whose files payments stand.
    """
    network = ways.network
    paid = trace.walked[np.isin(ways.links.kind[trace.walked], ways.codes(("PAID",)))]
    if not len(paid):
        return []
    known = ways.same.around if ways.same is not None else None
    begun = _each(network, ways.links.source[paid], ways.links.target[paid], [start], stands_for(ways, start))
    nodes = Holders.of_money(network, begun, known).nodes
    links = _around(ways, nodes, ("PAID",))
    every = _each(network, nodes, ways.links.source[links], ways.links.target[links])
    holders = Holders.of_money(network, every, known)
    figures, opened = list[Figures](), openings(nodes[ways.of_kind(nodes, ACCOUNT.name)])
    once = ToldOnce([], booked_apart(network, links, tellers), [other for _, other in cleared(network, links, tellers)])
    for code in currencies(ways, paid):
        found, currency = payments(ways, trace, holders, links, code, opened, once)
        flow = flow_of(ways, trace, holders, start, found)
        if flow and (flow.mark == MARKED).any():
            figures.append(Figures(ways, holders, start, found, flow, currency))
    return figures
