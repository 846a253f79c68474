"""Payments as each account sees them, every payment counted once, and what of them is passed on in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import EVER, NEVER, Links, Network, Times
from graphkit.network.windows import Timeline

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
DEFAULT_CURRENCY = "CNY"


@dataclass(frozen=True, eq=False)
class Payments:
    """What came into accounts, or went out of them; columns of shape (payments,), sorted by account.

    `purse` is an account and a currency, see `purse_of`. `cents` are hundredths, so that sums are exact. `links` and
    `payment`, of shape (entries,), are the links behind the payments: rows that disagree on a payment's other end give
    it several. Payments without a time or an amount are not here; `unknown` is how many.
    """

    purse: Whole
    earliest: Whole
    latest: Whole
    cents: Whole
    links: Whole
    payment: Whole
    unknown: int

    def behind(self, chosen: Mask) -> tuple[Whole, Whole]:
        """The purses and links of the payments that are chosen, one entry a link."""
        kept = chosen[self.payment]
        return self.purse[self.payment[kept]], self.links[kept]


def purse_of(network: Network, purse: int) -> tuple[int, str]:
    """The account's position and the currency."""
    account, code = divmod(purse, len(network.links.currencies) + 1)
    return account, (*network.links.currencies, DEFAULT_CURRENCY)[code]


def incoming(network: Network) -> Payments:
    """Payments by the account that received them, each at the least amount that is stated."""
    return _payments(network, network.links.target, np.fmin, network.links.amount_min)


def outgoing(network: Network) -> Payments:
    """Payments by the account that made them, each at the greatest amount that is stated."""
    return _payments(network, network.links.source, np.fmax, network.links.amount_max)


def leaving(network: Network) -> Payments:
    """Payments by the account that made them, each at the least amount that is stated."""
    return _payments(network, network.links.source, np.fmin, network.links.amount_min)


def followed(into: Payments, out: Payments, window: int) -> tuple[Whole, Mask]:
    """What went out of the purse of each incoming payment while it may have been passed on; which outgoing ones did so.

    One may follow another where moments within their times allow it, the later at most `window` microseconds on.
    """
    going = Timeline.of(out.purse, out.earliest, out.cents), Timeline.of(out.purse, out.latest, out.cents)
    sums = going[0].until(into.purse, into.latest + window) - going[1].before(into.purse, into.earliest)
    one = np.ones(len(into.purse), np.int64)
    arriving = Timeline.of(into.purse, into.earliest, one), Timeline.of(into.purse, into.latest, one)
    before = arriving[0].until(out.purse, out.latest) - arriving[1].before(out.purse, out.earliest - window)
    return sums, before > 0


def _payments(network: Network, end: NDArray[np.int32], extreme: np.ufunc, amount: NDArray[np.float64]) -> Payments:
    table = network.links
    links = _between_accounts(table)
    account, number = end[links].astype(np.int64), _numbers(table, links)
    order = np.lexsort((number, account))
    links, account, number = links[order], account[order], number[order]
    first = _first(account, number)
    least = np.fmin.reduceat(table.amount_min[links], first) if len(first) else np.empty(0)
    stated = extreme.reduceat(amount[links], first) if len(first) else np.empty(0)
    earliest, latest = _times(table, links, first)
    known = (least > 0) & (earliest != EVER) & (latest != NEVER)
    cents = np.floor(stated[known] * 100 + 0.5).astype(np.int64)
    payment = np.cumsum(known)[_member(first, len(links))] - 1
    kept = known[_member(first, len(links))]
    purse = account[first] * (len(table.currencies) + 1) + _currency(table, links, first)
    return Payments(
        purse[known], earliest[known], latest[known], cents, links[kept], payment[kept], int(np.sum(~known))
    )


def _between_accounts(table: Links) -> Whole:
    """What an account pays to itself moves nothing."""
    paid = table.of_kinds("PAID")
    between: Whole = paid[table.source[paid] != table.target[paid]]
    return between


def _numbers(table: Links, links: Whole) -> Whole:
    """One number a payment: links of one id are one payment, but for those of which each tells of others."""
    return np.cumsum(table.first, dtype=np.int64)[links]


def _first(account: Whole, number: Whole) -> Whole:
    fresh = np.ones(len(account), bool)
    fresh[1:] = (account[1:] != account[:-1]) | (number[1:] != number[:-1])
    return np.flatnonzero(fresh)


def _member(first: Whole, count: int) -> Whole:
    """For each entry which payment it belongs to."""
    return np.repeat(np.arange(len(first)), np.diff(np.append(first, count)))


def _times(table: Links, links: Whole, first: Whole) -> tuple[Times, Times]:
    """The earliest and latest moment of each payment; EVER and NEVER where none is stated."""
    earliest, latest = table.started_earliest[links], table.started_latest[links]
    if not len(first):
        return earliest, latest
    return (
        np.minimum.reduceat(np.where(earliest == NEVER, EVER, earliest), first),
        np.maximum.reduceat(np.where(latest == EVER, NEVER, latest), first),
    )


def _currency(table: Links, links: Whole, first: Whole) -> Whole:
    """Codes of currencies, the least stated; money without a currency is in the default one."""
    last = len(table.currencies)
    codes = table.currency[links].astype(np.int64)
    codes[codes < 0] = last
    least = np.minimum.reduceat(codes, first) if len(first) else codes
    return np.where(least == last, _default(table), least)


def currency_of(table: Links, links: Whole) -> Whole:
    """The code of each link's currency; of money that names none the default one's, or the number of currencies."""
    codes = table.currency[links].astype(np.int64)
    return np.where(codes < 0, _default(table), codes)


def _default(table: Links) -> int:
    known = DEFAULT_CURRENCY in table.currencies
    return table.currencies.index(DEFAULT_CURRENCY) if known else len(table.currencies)
