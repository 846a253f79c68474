"""Payments as legs: an account, whoever holds it and his other accounts are one purse; one currency at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graphkit.network.payments import DEFAULT_CURRENCY, currency_of
from graphkit.quantities.deliveries import OPEN, UNMARKED
from graphkit.tracing.amounts.considered import Considered, Opening
from graphkit.tracing.amounts.legs import MOVED, Legs, at_either_time, if_ever
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.told_once import ToldOnce
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Measures
from graphkit.tracing.request import ANY
from graphkit.tracing.walk.sweep import Trace
from graphkit.tracing.walk.ways import Ways


def currencies(ways: Ways, links: Whole) -> list[int]:
    """The codes of the currencies that these payments are in, that of most of them first."""
    codes, count = np.unique(currency_of(ways.links, links), return_counts=True)
    return [int(code) for code in codes[np.argsort(-count, kind="stable")]]


def payments(
    ways: Ways,
    trace: Trace,
    holders: Holders,
    links: Whole,
    currency: int,
    opened: Sequence[Opening],
    once: ToldOnce,
) -> tuple[Considered, str]:
    """The payments among these in this currency, and its name; `opened` is what accounts had before any of them.

    Of the pairs in `once` that may be one payment the later one counts in the most only; if both were, who gave had as
    much more. Money of which no row tells the currency is in the default one.
    """
    table = ways.links
    walked = np.isin(links, trace.moved)
    every = currency_of(table, links)
    names = (*table.currencies, DEFAULT_CURRENCY)
    fits = (every == currency) & (table.amount_min[links] > 0)
    kept = links[fits]
    departs, departs_latest, arrives, arrives_latest = ways.times(kept)
    legs = Legs.made(
        giver=holders.of(table.source[kept]), taker=holders.of(table.target[kept]), given=ANY, taken=ANY,
        least=table.amount_min[kept], most=table.amount_max[kept], departs=departs, departs_latest=departs_latest,
        arrives=arrives, arrives_latest=arrives_latest, mark=np.where(walked[fits], OPEN, UNMARKED), role=MOVED,
        link=kept,
    )  # fmt: skip
    legs = at_either_time(legs.take(legs.giver != legs.taker), once.misdated)
    again = np.array([*(other for _, other in once.misdated), *once.doubtful], np.int64)
    legs = if_ever(legs, np.isin(legs.link, again), ways.request.back)
    nothing = np.empty(0, np.int64)
    measures, pairs = Measures(ways.network, nothing, nothing), np.empty((2, 0), np.int64)
    aside = links[walked & ~fits & (every == currency)]
    found = Considered(legs, Legs.none(), measures, once, aside, pairs, pairs)
    own = tuple(each for each in opened if each.currency == currency)
    return replace(found, opened=own), names[currency]
