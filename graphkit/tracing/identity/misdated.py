"""Movements that two of seller, buyer and carrier may tell of together, had not one of them a wrong time.

A wrong year, or a day and a month that changed places, tears the two rows of one movement apart, which then looks like
two. Rows cannot tell which of the two times is mistaken, nor whether there were two movements after all: such rows are
named and not made one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.loose import Loose
from graphkit.tracing.identity.pairs import Pairs, each_once
from graphkit.tracing.identity.telling import NEAR, Telling

_EPOCH, _MICROSECOND = datetime(1970, 1, 1), timedelta(microseconds=1)


def misdated(loose: Loose, parts: frozenset[int]) -> Pairs:
    """Pairs of links of equal quantity that lie apart in time, told by two, the firmer first; each link in one pair at
    most, in order.

    Where the two do not name one lot, only times that a wrong year, or a day and a month that changed places, bring
    together make a pair. `parts` are links that add up to one another.
    """
    alike: dict[tuple[object, ...], list[Telling]] = {}
    for number, rows in enumerate(loose.groups):
        for row in rows:
            if row.link not in parts:
                alike.setdefault((number, row.much), []).append(row)
    return sorted(pair for rows in alike.values() for pair in _pairs(rows, loose))


def _pairs(rows: list[Telling], loose: Loose) -> Iterator[tuple[int, int]]:
    """The pairs among rows of one quantity between the same hands: those of slipped dates, then the nearest in time."""
    told: dict[int, list[Telling]] = {}
    for row in sorted(rows, key=lambda row: row.link):
        told.setdefault(loose.tellers[row.link], []).append(row)
    firmest = sorted(told, key=lambda tellers: loose.firmness(told[tellers][0]))
    return each_once(
        (not _slipped(one, other), abs(one.times[0] - other.times[0]), one.link, other.link)
        for some, others in combinations(firmest, 2) if not some & others
        for one in told[some] for other in told[others] if _may_be_one(one, other, loose.hands)
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
