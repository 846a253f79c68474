"""Movements that a ledger and a waybill may tell of together, had not one of them a wrong time.

A wrong year, or a day and a month that changed places, tears the two rows of one movement apart, which then looks like
two. Rows cannot tell which of the two times is mistaken, nor whether there were two movements after all: such rows are
named and not made one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from graphkit.network.network import Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.movements import counted, datable
from graphkit.tracing.identity.pairs import Pairs, each_once
from graphkit.tracing.identity.telling import NEAR, Telling, Tellings
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings

_EPOCH, _MICROSECOND = datetime(1970, 1, 1), timedelta(microseconds=1)


def misdated(
    network: Network, links: Whole, holders: Holders, packings: Packings, same: list[tuple[int, ...]]
) -> Pairs:
    """Pairs of a ledger's and a waybill's link between the same hands, of equal goods and quantity, that no other row
    tells of and that lie apart in time; each link in one pair at most, in order.

    `same` are the groups of links that are one movement by `matched`. Where the two do not name one lot, only times
    that a wrong year, or a day and a month that changed places, bring together make a pair.
    """
    kind, waybill = network.links.kind, network.links.kind_code("SHIPPED")
    whole = [link for group in same if len(set(kind[list(group)].tolist())) > 1 for link in group]
    chosen = counted(network, datable(network, links), same)
    chosen = chosen[~np.isin(chosen, np.array(whole, np.int64))]
    shipped = kind[chosen] == waybill
    if shipped.all() or not shipped.any():
        return []
    hands = Hands(network, holders, chosen)
    met = np.stack([hands.apart(ends[chosen]) for ends in (network.links.source, network.links.target)])
    _, between = np.unique(met, axis=1, return_inverse=True)
    both = np.intersect1d(between[shipped], between[~shipped])
    chosen, between = chosen[np.isin(between, both)], between[np.isin(between, both)]
    rows = Tellings(network, chosen.tolist(), packings).of(chosen.tolist())
    alike: dict[tuple[object, ...], list[Telling]] = {}
    for row, number in zip(rows, between.tolist(), strict=True):
        if row.measured:
            alike.setdefault((number, row.much), []).append(row)
    found = (pair for each in alike.values() for pair in _pairs(each, waybill, hands))
    return sorted(found)


def _pairs(rows: list[Telling], waybill: int, hands: Hands) -> Iterator[tuple[int, int]]:
    """The pairs among rows of one quantity between the same hands: those of slipped dates, then the nearest in time."""
    ledgers, waybills = ([row for row in rows if (row.kind == waybill) == sent] for sent in (False, True))
    return each_once(
        (not _slipped(one, other), abs(one.times[0] - other.times[0]), one.link, other.link)
        for one in ledgers for other in waybills if _may_be_one(one, other, hands)
    )  # fmt: skip


def _may_be_one(one: Telling, other: Telling, hands: Hands) -> bool:
    of_a_lot = one.batch is not None and one.batch == other.batch
    return one.agrees(other) and (of_a_lot or _slipped(one, other)) and hands.alike(one.ends, other.ends) == 2


def _slipped(one: Telling, other: Telling) -> bool:
    """Whether the dates are near each other with another year, or with day and month the other way round."""
    first, second = (_EPOCH + each.times[0] * _MICROSECOND for each in (one, other))
    read = [_on(first, second.year), _swapped(first), _on(second, first.year), _swapped(second)]
    pairs = zip(read, (second, second, first, first), strict=True)
    return any(near is not None and abs((near - day) / _MICROSECOND) <= NEAR for near, day in pairs)


def _on(day: datetime, year: int) -> datetime | None:
    return _made(day, year, day.month, day.day)


def _swapped(day: datetime) -> datetime | None:
    return _made(day, day.year, day.day, day.month)


def _made(day: datetime, year: int, month: int, of_month: int) -> datetime | None:
    """The day with another date, None where there is no such date.

    >>> _made(datetime(2022, 3, 5, 10), 2022, 5, 3), _made(datetime(2022, 3, 25), 2022, 25, 3)
    (datetime.datetime(2022, 5, 3, 10, 0), None)
    """
    try:
        return day.replace(year=year, month=month, day=of_month)
    except ValueError:
        return None
