"""Payments and calls that two tables tell of: both banks' statements of a transfer, both phones' lists of a call.

Each is one in whatever counts or adds up. Nothing that was asserted is rewritten: stores keep both links, and the rows
of both stand behind the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphkit.network.alike import MINUTE, SECOND, candidates
from graphkit.network.one_account import one_account
from graphkit.network.repeats import Key
from graphkit.network.unnamed_ends import ends_meant, is_unnamed

if TYPE_CHECKING:
    from graphkit.store.base import Arrays, Link, Store

Whole = NDArray[np.int64]

_BATCH = 50_000
SIDE = "told_by"  # the property that says whose statement a row stands in


@dataclass(frozen=True)
class Rule:
    """When two links of a kind tell of one event: how far apart their seconds may lie, what else must be equal."""

    apart: int  # microseconds
    equal: tuple[str, ...] = ()


RULES = {"PAID": Rule(30 * SECOND), "CALLED": Rule(0, ("duration_s",))}


class Table(NamedTuple):
    """Where an event is told. A statement told from one side has a side: many accounts' may stand on one sheet, and
    what passed between two of them then stands there twice.
    """

    file: str
    sheet: str
    side: str = ""

    def may_repeat(self, other: Table) -> bool:
        """Whether two rows of one day in these are rather two events: one file, and not its two sides."""
        return self.file == other.file and (not self.side or not other.side or self.side == other.side)


@dataclass(frozen=True)
class Event:
    """What one link tells of a payment or call: when, with what to compare, and in which tables it stands."""

    entry: int
    key: Key
    begin: int
    end: int
    told: tuple[str | None, ...]
    tables: frozenset[Table]
    unnamed: bool = False  # an end of it is told by its row alone

    @property
    def order(self) -> tuple[bool, int, int, Key]:
        """Those first that tell both ends, then the exact ones."""
        return self.unnamed, self.end - self.begin, self.begin, self.key

    def fits(self, other: Event, rule: Rule) -> bool:
        """Whether the two can be one event: different tables, times that agree, nothing that differs.

        Two sheets of one file need the time of day: only different files, or the statements of giver and taker in one,
        tell the same day's payment for another.
        """
        if self.tables & other.tables or any(None not in pair and pair[0] != pair[1] for pair in self._beside(other)):
            return False
        if self.begin == self.end and other.begin == other.end:
            return _instants_agree(self.begin, other.begin, rule.apart)
        same_list = any(one.may_repeat(two) for one in self.tables for two in other.tables)
        return not same_list and self.begin <= other.end and other.begin <= self.end

    def _beside(self, other: Event) -> Iterator[tuple[str | None, str | None]]:
        return zip(self.told, other.told, strict=True)


def _instants_agree(one: int, other: int, apart: int) -> bool:
    """Within so much of one another, or one told only to the minute in which the other lies."""
    to_the_minute = (one % MINUTE == 0 or other % MINUTE == 0) and one // MINUTE == other // MINUTE
    return abs(one - other) <= apart or to_the_minute


def counted_once(
    store: Store, nodes: Arrays, links: Arrays, properties: Arrays
) -> tuple[Arrays, dict[Key, tuple[Key, ...]]]:
    """The links' columns with one entry for each such event, and under which keys the store has those left out.

    Of m rows in one table and n in another as many are kept as the greater of the two.
    """
    same = one_account(nodes, properties)
    ids = {account: same[place] for place, account in zip(same, np.asarray(nodes["id"], object)[[*same]], strict=True)}
    unnamed = {place: ids.get(account, account) for place, account in ends_meant(store, nodes, links).items()}
    alike = candidates(nodes, links, RULES, same | unnamed)
    if not alike:
        return links, {}
    told = _told(store, nodes, links, np.concatenate(alike))
    left, stands, times = np.zeros(len(links["link"]), bool), {}, dict[int, tuple[int, int]]()
    for entries in alike:
        rule = RULES[str(links["kind"][entries[0]])]
        for first, *others in one_event([told[i] for i in entries.tolist() if i in told], rule):
            if others:
                left[[other.entry for other in others]] = True
                stands[first.key] = tuple(other.key for other in others)
                times[first.entry] = _span([first, *others])
    return _without(links, left, times), stands


def one_event(events: Sequence[Event], rule: Rule) -> list[list[Event]]:
    """Events that tell of one together, the exact ones first: each joins the first with which it fits throughout.

    >>> a, b = frozenset({Table("a", "1")}), frozenset({Table("b", "1")})
    >>> day = Event(2, ("c", "", ""), 0, 86_399_000_000, (), b)
    >>> noon, one = (Event(i, (str(i), "", ""), t, t, (), a) for i, t in enumerate((43_200_000_000, 46_800_000_000)))
    >>> [[event.entry for event in group] for group in one_event([day, noon, one], RULES["PAID"])]
    [[0, 2], [1]]
    """
    found: list[list[Event]] = []
    for event in sorted(events, key=lambda each: each.order):
        known = next((group for group in found if all(event.fits(other, rule) for other in group)), None)
        if known is None:
            found.append([event])
        else:
            known.append(event)
    return found


def _told(store: Store, nodes: Arrays, links: Arrays, entries: Whole) -> dict[int, Event]:
    """What the store says of these entries; without those of which it says several things."""
    ids = np.asarray(nodes["id"], object)
    ends = (ids[np.asarray(links[end])[entries]].tolist() for end in ("source", "target"))
    keys = dict(zip(entries.tolist(), zip(links["link"][entries].tolist(), *ends, strict=True), strict=True))
    contents: dict[Key, list[Link]] = {}
    named = sorted({key[0] for key in keys.values()})
    for start in range(0, len(named), _BATCH):
        for link in store.links(named[start : start + _BATCH]):
            contents.setdefault((link.link, link.source, link.target), []).append(link)
    times = [np.asarray(links[f"started_{bound}"]).astype("datetime64[us]") for bound in ("earliest", "latest")]
    found = {}
    for entry, key in keys.items():
        begin, end = (int(column[entry].astype(np.int64)) for column in times)
        if key in contents:  # a batch or the like under another id is none of these kinds
            equal = RULES[contents[key][0].kind].equal
            told = tuple(_agreed(contents[key], name) for name in equal)
            tables = frozenset(
                _table(row, link.properties.get(SIDE, "")) for link in contents[key] for row in link.evidence
            )
            found[entry] = Event(entry, key, begin, end, told, tables, any(map(is_unnamed, key[1:])))
    return found


def _agreed(contents: Sequence[Link], name: str) -> str | None:
    return next((link.properties[name] for link in contents if name in link.properties), None)


def _table(row: str, side: str) -> Table:
    file, _, place = row.partition("#")
    return Table(file, place.rpartition(":")[0], side)


def _span(events: Sequence[Event]) -> tuple[int, int]:
    """When it was: what all of them allow, else from the first of them to the last."""
    begin, end = max(each.begin for each in events), min(each.end for each in events)
    return (begin, end) if begin <= end else (end, begin)


def _without(links: Arrays, left: NDArray[np.bool_], times: dict[int, tuple[int, int]]) -> Arrays:
    columns: dict[str, Any] = dict(links)
    for place, bound in enumerate(("started_earliest", "started_latest")):
        moments = np.asarray(links[bound]).astype("datetime64[us]").copy()
        moments[list(times)] = np.array([span[place] for span in times.values()], "datetime64[us]")
        columns[bound] = moments
    return {name: np.asarray(column)[~left] for name, column in columns.items()}
