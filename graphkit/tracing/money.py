"""Payments as legs: an account, whoever holds it and his other accounts are one purse; one currency at a time."""

from __future__ import annotations

import numpy as np

from graphkit.network.payments import DEFAULT_CURRENCY, currency_of
from graphkit.quantities.deliveries import OPEN, UNMARKED
from graphkit.tracing.considered import Considered
from graphkit.tracing.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.legs import MOVED, Legs
from graphkit.tracing.measures import Measures
from graphkit.tracing.request import ANY
from graphkit.tracing.sweep import Trace
from graphkit.tracing.ways import Ways


def payments(ways: Ways, trace: Trace, holders: Holders, links: Whole) -> tuple[Considered, str]:
    """The payments among these, in the currency that most of those walked are in, and its name.

    Money of which no row tells the currency is in the default one.
    """
    table = ways.links
    walked = np.isin(links, trace.moved)
    every = currency_of(table, links)
    codes, count = np.unique(every[walked], return_counts=True)
    names = (*table.currencies, DEFAULT_CURRENCY)
    currency = int(codes[np.argmax(count)]) if len(codes) else len(table.currencies)
    fits = (every == currency) & (table.amount_min[links] > 0)
    kept = links[fits]
    departs, departs_latest, arrives, arrives_latest = ways.times(kept)
    legs = Legs.made(
        giver=holders.of(table.source[kept]), taker=holders.of(table.target[kept]), given=ANY, taken=ANY,
        least=table.amount_min[kept], most=table.amount_max[kept], departs=departs, departs_latest=departs_latest,
        arrives=arrives, arrives_latest=arrives_latest, mark=np.where(walked[fits], OPEN, UNMARKED), role=MOVED,
        link=kept,
    )  # fmt: skip
    legs = legs.take(legs.giver != legs.taker)
    nothing = np.empty(0, np.int64)
    measures, pairs = Measures(ways.network, nothing, nothing), np.empty((2, 0), np.int64)
    found = Considered(legs, Legs.none(), measures, [], links[walked & ~fits], pairs, pairs)
    return found, names[currency]
