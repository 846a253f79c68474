"""Whose account it is, where a bank gives a name only: two names that trade with one another, and pay at the time.

A bank's list names its customers, a ledger or a waybill names who gave and who took. One name may be anybody's; where
both names of a payment are those of a delivery the other way round, within days, it is the payment for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.network import Network
from graphkit.network.sorting import distinct, matches
from graphkit.network.timetable import FAR
from graphkit.network.windows import Timeline
from graphkit.tracing.identity.movements import KINDS
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import Request


@dataclass(frozen=True, eq=False)
class _Deals:
    """Links with the party at the end that takes goods or pays, and the party at the other."""

    link: Whole
    taker: Whole
    giver: Whole


def by_payments(network: Network) -> Whole:
    """A holder of an account, a party of his name at the same end of a delivery that was paid, and twice the link by
    which the account is his; shape (4, pairs), each pair as often as it is found.
    """
    (paid, *by), moved = _payments(network), _deliveries(network)
    ends = [paid.taker, paid.giver, moved.taker, moved.giver]
    nodes = distinct(np.concatenate(ends)) if len(paid.link) and len(moved.link) else np.empty(0, np.int64)
    if not len(nodes):
        return np.empty((4, 0), np.int64)
    name = _names(network, nodes)
    payment, delivery = _meeting(network, paid, moved, *(_pairs(name, nodes, deals) for deals in (paid, moved)))
    takers = np.stack((paid.taker[payment], moved.taker[delivery], by[0][payment], by[0][payment]))
    givers = np.stack((paid.giver[payment], moved.giver[delivery], by[1][payment], by[1][payment]))
    pairs = np.concatenate((takers, givers), axis=1)
    return pairs[:, pairs[0] != pairs[1]]


def _payments(network: Network) -> tuple[_Deals, Whole, Whole]:
    """Payments between accounts, once for each two who hold them, and the links by which these do."""
    table = network.links
    holds, paid = table.of_kinds("HOLDS"), table.of_kinds("PAID")
    parties = [network.kinds.index(kind) for kind in PARTY_KINDS if kind in network.kinds]
    holds = holds[np.isin(network.kind[table.source[holds]], parties)].astype(np.int64)
    holds = holds[np.argsort(table.target[holds], kind="stable")]
    account = table.target[holds]
    at, payer = matches(table.source[paid], account)
    paid = paid[at]
    at, payee = matches(table.target[paid], account)
    payers, payees = holds[payer[at]], holds[payee]
    source = table.source.astype(np.int64)
    return _Deals(paid[at].astype(np.int64), source[payers], source[payees]), payers, payees


def _deliveries(network: Network) -> _Deals:
    table = network.links
    moved = table.of_kinds(*KINDS).astype(np.int64)
    return _Deals(moved, table.target[moved].astype(np.int64), table.source[moved].astype(np.int64))


def _names(network: Network, nodes: Whole) -> Whole:
    """A number for the name of each entity of the network, -1 where none is told or it is none of these."""
    names = network.names.take(nodes)
    code = {name: number for number, name in enumerate(dict.fromkeys(names)) if name not in ("", "?")}
    found = np.full(len(network), -1)
    found[nodes] = [code.get(name, -1) for name in names]
    return found


def _pairs(name: Whole, nodes: Whole, deals: _Deals) -> Whole:
    """A number for the two names of each deal, -1 where one is not told or both are the same."""
    taker, giver = name[deals.taker], name[deals.giver]
    told = (taker >= 0) & (giver >= 0) & (taker != giver)
    return np.where(told, taker * (len(nodes) + 1) + giver, -1)


def _meeting(network: Network, paid: _Deals, moved: _Deals, one: Whole, other: Whole) -> tuple[Whole, Whole]:
    """A payment and a delivery for each four parties who by name and time can be two: places in both."""
    keep = np.flatnonzero(one >= 0), np.flatnonzero(other >= 0)
    keys = np.intersect1d(one[keep[0]], other[keep[1]])
    keep = keep[0][np.isin(one[keep[0]], keys)], keep[1][np.isin(other[keep[1]], keys)]
    (first, of_payment), (second, of_delivery) = (
        np.unique(np.stack((key[at], deals.taker[at], deals.giver[at])), axis=1, return_inverse=True)
        for key, at, deals in ((one, keep[0], paid), (other, keep[1], moved))
    )
    left, right = matches(first[0], second[0])
    if not len(left):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    begin, end = _times(network, moved.link[keep[1]])
    count = np.ones(len(begin), np.int64)
    starts, ends = Timeline.of(of_delivery, begin, count), Timeline.of(of_delivery, end, count)
    pair, payment = matches(np.arange(len(first[0]))[left], np.sort(of_payment))
    payment = np.argsort(of_payment, kind="stable")[payment]
    group, (early, late) = right[pair], _times(network, paid.link[keep[0]][payment])
    window = Request.pay_window
    near = starts.until(group, late + window) - ends.before(group, early - window) > 0
    chosen = np.unique(pair[near], return_index=True)[1]
    delivery = np.unique(of_delivery, return_index=True)[1][group[near][chosen]]
    return keep[0][payment[near][chosen]], keep[1][delivery]


def _times(network: Network, links: Whole) -> tuple[Whole, Whole]:
    """When these began: what is not known is out of all reach."""
    table = network.links
    begin, end = table.started_earliest[links], table.started_latest[links]
    known = (begin > -FAR) & (end < FAR)
    return np.where(known, begin, FAR), np.where(known, end, FAR)
