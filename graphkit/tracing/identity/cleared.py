"""Payments that a payment service and a bank may both tell of: between a balance with the service and a bank account.

The service names the balance (a wallet), the bank the service's own clearing account. Both tell of as much with the
same bank account at one time; rows do not say that the two are one, so that one payment is sure and both may be.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import EVER, NEVER, Network
from graphkit.network.payments import currency_of
from graphkit.tracing.identity.booked_apart import Tellers
from graphkit.tracing.identity.pairs import Pairs, each_once
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import DAY

_SERVICE = re.compile(r"(?i)财付通|微信支付|微信零钱|支付宝|备付金|网联清算|tenpay|wechat ?pay|alipay")
_NEAR = DAY // 144  # ten minutes, between what the two write


def cleared(network: Network, links: Whole, tellers: Tellers) -> Pairs:
    """Those of these payments that may be one, the service's row first, in order; each payment in one pair at most.

    `tellers` says where links are told.
    """
    table = network.links
    chosen = links[(table.kind[links] == table.kind_code("PAID")) & table.first[links]]
    begin, end = table.started_earliest[chosen], table.started_latest[chosen]
    usable = (begin != NEVER) & (end != EVER) & (table.amount_min[chosen] == table.amount_max[chosen])
    chosen = chosen[usable]
    clearing = _clearing(network, chosen)
    able = []
    for own, other in ((table.source, table.target), (table.target, table.source)):
        mine = chosen[clearing[own[chosen]] & ~clearing[other[chosen]]]
        alike = chosen[~clearing[own[chosen]] & np.isin(other[chosen], other[mine])]
        able += _alike(network, mine, alike, other)
    told = tellers(sorted({link for pair in able for link in pair})) if able else {}
    apart = [(one, another) for one, another in able if told[one].apart(told[another])]
    return sorted(
        each_once((abs(int(table.started_earliest[one] - table.started_earliest[two])), one, two) for one, two in apart)
    )


def _clearing(network: Network, payments: Whole) -> NDArray[np.bool_]:
    """Which entities are accounts that a payment service holds, of those with these payments; shape (entities,)."""
    table, found = network.links, np.zeros(len(network), bool)
    ends = np.zeros(len(network), bool)
    ends[table.source[payments]] = ends[table.target[payments]] = True
    holds = table.of_kinds("HOLDS")
    holds = holds[ends[table.target[holds]]]
    named = [bool(_SERVICE.search(name)) for name in network.names.take(table.source[holds])]
    found[table.target[holds[np.array(named, bool)]]] = True
    return found


def _alike(network: Network, mine: Whole, others: Whole, end: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Pairs of one of the others and one of mine that have this end, the amount and the time in common."""
    table = network.links
    every = np.concatenate((mine, others))
    currency = dict(zip(every.tolist(), currency_of(table, every).tolist(), strict=True))

    def key(link: int) -> tuple[int, int, float]:
        return int(end[link]), currency[link], round(float(table.amount_min[link]), 2)

    by_key: dict[tuple[int, int, float], list[int]] = {}
    for link in others.tolist():
        by_key.setdefault(key(link), []).append(link)
    begin, until = table.started_earliest, table.started_latest
    return [
        (one, link)
        for link in mine.tolist()
        for one in by_key.get(key(link), ())
        if begin[one] - _NEAR <= until[link] and begin[link] - _NEAR <= until[one]
    ]
