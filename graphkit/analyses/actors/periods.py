"""Cutting the time of a network into periods, and saying which links belong to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.period import moment
from graphkit.errors import RequestError
from graphkit.network.ground import TIES
from graphkit.network.network import EVER, NEVER

if TYPE_CHECKING:
    from graphkit.network.network import Network

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1)
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Period:
    """From `begin` up to and including `end`, in microseconds since 1970; `label` is what it is called."""

    label: str
    begin: int = NEVER
    end: int = EVER

    def links(self, network: Network) -> Mask:
        """Which links may lie in the period, shape (links,): those without a time always may."""
        table = network.links
        latest = np.where(table.ended_latest == EVER, table.started_latest, table.ended_latest)
        return np.asarray((table.started_earliest <= self.end) & (latest >= self.begin))


def period_of(since: str | None, until: str | None) -> Period:
    """The period between two days or instants, both included. Raises RequestError for what is no time."""
    begin, end = moment("since", since, NEVER), moment("until", until, EVER)
    if begin > end:
        raise RequestError(f"since {since} is after until {until}.", f"起始 {since} 晚于截止 {until}。")
    return Period(f"{since or '..'}/{until or '..'}" if since or until else "", begin, end)


def calendar(network: Network, length: str, within: Period) -> list[Period]:
    """The months, quarters or years in which anything happened, in order; those between them too."""
    span = _span(network, within)
    if span is None:
        return []
    first, last = (_EPOCH + timedelta(microseconds=moment) for moment in span)
    months = _MONTHS[length]
    count = first.year * 12 + (first.month - 1) // months * months
    found = []
    while count <= last.year * 12 + last.month - 1:
        begin, end = _month(count), _month(count + months) - timedelta(microseconds=1)
        bounds = max(_microseconds(begin), within.begin), min(_microseconds(end), within.end)
        found.append(Period(_label(begin, length), *bounds))
        count += months
    return found


def between_seizures(network: Network, within: Period) -> list[Period]:
    """The time before the first day of seizures, and from each such day until the next."""
    table = network.links
    days = table.started_earliest[table.of_kinds("SEIZED_FROM", "SEIZED_AT")]
    days = np.unique(days[(days > NEVER) & (days >= within.begin) & (days <= within.end)] // _us(_DAY)) * _us(_DAY)
    bounds = [within.begin, *days.tolist(), within.end]
    names = ["..", *(_day(day) for day in days.tolist()), ".."]
    periods = []
    for place, (begin, end) in enumerate(pairwise(bounds)):
        last = end if place == len(days) else end - 1
        periods.append(Period(f"{names[place]}/{names[place + 1]}", begin, last))
    return periods


def untimed_flows(network: Network) -> int:
    """How many links of kinds that happen at a time have none: they count in every period."""
    table = network.links
    flows = [kind for kind in table.kinds if kind not in TIES and kind != "LINKED"]
    links = table.of_kinds(*flows)
    unknown = (table.started_earliest[links] == NEVER) & (table.started_latest[links] == EVER)
    return int((unknown & table.first[links]).sum())


def _span(network: Network, within: Period) -> tuple[int, int] | None:
    """The first and the last moment of anything that happened in the period."""
    table = network.links
    flows = [kind for kind in table.kinds if kind not in TIES] or list(table.kinds)
    links = table.of_kinds(*flows)
    moments = np.concatenate((table.started_earliest[links], table.started_latest[links]))
    moments = moments[(moments != NEVER) & (moments != EVER)]
    moments = moments[(moments >= within.begin) & (moments <= within.end)]
    return (int(moments.min()), int(moments.max())) if len(moments) else None


def _month(count: int) -> datetime:
    return datetime(count // 12, count % 12 + 1, 1)


def _label(begin: datetime, length: str) -> str:
    names = {"month": f"{begin:%Y-%m}", "quarter": f"{begin.year}-Q{(begin.month + 2) // 3}", "year": f"{begin:%Y}"}
    return names[length]


def _day(moment: int) -> str:
    return f"{_EPOCH + timedelta(microseconds=moment):%Y-%m-%d}"


def _microseconds(moment: datetime) -> int:
    return _us(moment - _EPOCH)


def _us(length: timedelta) -> int:
    return length // timedelta(microseconds=1)
