"""Payments and calls that two tables tell of: both banks' statements of a transfer, both phones' lists of a call.

Each is one in whatever counts or adds up. Nothing that was asserted is rewritten: stores keep both links, and the rows
of both stand behind the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.units import HOME_CURRENCY
from graphkit.network.repeats import Key

if TYPE_CHECKING:
    from graphkit.store.base import Arrays, Link, Store

Whole = NDArray[np.int64]

_SECOND = 1_000_000
_MINUTE, _DAY = 60 * _SECOND, 86_400 * _SECOND
_BATCH = 50_000
# A number that is not valid is told within its file, an end without a number by its row.
_LOCAL = re.compile(r"^([a-z]+:)[0-9a-f]{12}(?::|#.*)")


@dataclass(frozen=True)
class Rule:
    """When two links of a kind tell of one event: how far apart their seconds may lie, what else must be equal."""

    apart: int  # microseconds
    equal: tuple[str, ...] = ()


RULES = {"PAID": Rule(30 * _SECOND), "CALLED": Rule(0, ("duration_s",))}


@dataclass(frozen=True)
class Event:
    """What one link tells of a payment or call: when, with what to compare, and in which tables it stands."""

    entry: int
    key: Key
    begin: int
    end: int
    told: tuple[str | None, ...]
    tables: frozenset[tuple[str, str]]  # file, sheet

    @property
    def order(self) -> tuple[int, int, Key]:
        """The exact ones first."""
        return self.end - self.begin, self.begin, self.key

    def fits(self, other: Event, rule: Rule) -> bool:
        """Whether the two can be one event: different tables, times that agree, nothing that differs.

        Two sheets of one file need the time of day: only different files tell the same day's payment for another.
        """
        if self.tables & other.tables or any(None not in pair and pair[0] != pair[1] for pair in self._beside(other)):
            return False
        if self.begin == self.end and other.begin == other.end:
            return _instants_agree(self.begin, other.begin, rule.apart)
        same_file = {file for file, _ in self.tables} & {file for file, _ in other.tables}
        return not same_file and self.begin <= other.end and other.begin <= self.end

    def _beside(self, other: Event) -> Iterator[tuple[str | None, str | None]]:
        return zip(self.told, other.told, strict=True)


def _instants_agree(one: int, other: int, apart: int) -> bool:
    """Within so much of one another, or one told only to the minute in which the other lies."""
    to_the_minute = (one % _MINUTE == 0 or other % _MINUTE == 0) and one // _MINUTE == other // _MINUTE
    return abs(one - other) <= apart or to_the_minute


def counted_once(store: Store, nodes: Arrays, links: Arrays) -> tuple[Arrays, dict[Key, tuple[Key, ...]]]:
    """The links' columns with one entry for each such event, and under which keys the store has those left out.

    Of m rows in one table and n in another as many are kept as the greater of the two.
    """
    candidates = _candidates(nodes, links)
    if not candidates:
        return links, {}
    told = _told(store, nodes, links, np.concatenate(candidates))
    left, stands, times = np.zeros(len(links["link"]), bool), {}, dict[int, tuple[int, int]]()
    for entries in candidates:
        rule = RULES[str(links["kind"][entries[0]])]
        for first, *others in one_event([told[i] for i in entries.tolist() if i in told], rule):
            if others:
                left[[other.entry for other in others]] = True
                stands[first.key] = tuple(other.key for other in others)
                times[first.entry] = _span([first, *others])
    return _without(links, left, times), stands


def one_event(events: Sequence[Event], rule: Rule) -> list[list[Event]]:
    """Events that tell of one together, the exact ones first: each joins the first with which it fits throughout.

    >>> a, b = frozenset({("a", "1")}), frozenset({("b", "1")})
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


def _candidates(nodes: Arrays, links: Arrays) -> list[Whole]:
    """Entries of equal ends and amount whose times are near or on one day, where there are at least two."""
    kinds = np.asarray(links["kind"], object)
    found: list[Whole] = []
    for kind in RULES:
        entries = np.flatnonzero(np.asarray(kinds == kind, bool))
        if len(entries) > 1 and "started_earliest" in links:
            found += _near(nodes, links, entries)
    return found


def _near(nodes: Arrays, links: Arrays, entries: Whole) -> list[Whole]:
    begin, end = (
        np.asarray(links[f"started_{bound}"])[entries].astype("datetime64[us]") for bound in ("earliest", "latest")
    )
    dated = ~np.isnat(begin) & ~np.isnat(end)
    since, until = begin.astype(np.int64), end.astype(np.int64)
    amount = _amounts(links, entries)
    usable = dated & (until - since < _DAY) & (amount[0] == amount[1])
    usable &= (amount[0] >= 0) | (links["kind"][entries[0]] != "PAID")
    source, target = _end_codes(nodes, links, entries)
    usable &= _met_again(source, target, amount[0].astype(np.int64))
    entries, since, wide = entries[usable], since[usable], (until > since)[usable]
    keys = [source[usable], target[usable], _codes(_currencies(links, entries)), amount[0][usable]]
    order = np.lexsort((since, *keys))
    entries, since, wide = entries[order], since[order], wide[order]
    fresh = np.ones(len(entries), bool)
    fresh[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    another_day = fresh.copy()
    another_day[1:] |= since[1:] // _DAY != since[:-1] // _DAY
    group = np.cumsum(another_day) - 1
    by_day = np.bincount(group, weights=wide) > 0 if len(group) else np.empty(0, bool)
    fresh[1:] |= (np.diff(since) > _MINUTE) & (another_day[1:] | ~by_day[group[1:]])
    begins = np.flatnonzero(fresh)
    ends = np.append(begins[1:], len(entries))
    several = np.flatnonzero(ends - begins > 1)
    return [entries[begin:end] for begin, end in zip(begins[several], ends[several], strict=True)]


def _met_again(*columns: Whole) -> NDArray[np.bool_]:
    """Which entries agree in all these columns with another one; by a hash, so that a few more may be there."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed)
    same = mixed[order][1:] == mixed[order][:-1]
    again = np.zeros(len(mixed), bool)
    again[order[1:][same]] = True
    again[order[:-1][same]] = True
    return again


def _amounts(links: Arrays, entries: Whole) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most in hundredths; -1 where none is told."""
    nothing = np.full(len(links["link"]), np.nan)
    low, high = (np.asarray(links.get(f"amount_{end}", nothing), np.float64)[entries] for end in ("min", "max"))
    return np.nan_to_num(np.round(low * 100), nan=-1.0), np.nan_to_num(np.round(high * 100), nan=-1.0)


def _currencies(links: Arrays, entries: Whole) -> list[str]:
    named = links.get("currency")
    return [""] * len(entries) if named is None else [name or HOME_CURRENCY for name in named[entries].tolist()]


def others_number(nodes: NDArray[np.object_], links: Arrays) -> NDArray[np.bool_]:
    """Of entries in order of their id: which only share their number with the one before, and are another event.

    Banks count from 1 alike: who gives and who takes both differ. The same two the other way round are in dispute.
    """
    apart = np.zeros(len(links["link"]), bool)
    kinds = np.asarray(links["kind"], object)
    entries = np.flatnonzero(np.asarray((kinds == "PAID") | (kinds == "CALLED"), bool))
    entries = entries[links["link"][entries] == links["link"][entries - 1]] if len(entries) else entries
    entries = entries[entries > 0]
    if len(entries):
        ends, before = (_ends(nodes, links, which) for which in (entries, entries - 1))
        turned = (ends[0] == before[1]) & (ends[1] == before[0])
        apart[entries] = (ends[0] != before[0]) & (ends[1] != before[1]) & ~turned
    return apart


def _ends(nodes: NDArray[np.object_], links: Arrays, entries: Whole) -> list[NDArray[np.object_]]:
    """The ids of both ends; a number that is not valid is the same in any file."""
    ends = (nodes[links[end][entries]].tolist() for end in ("source", "target"))
    return [np.array([_LOCAL.sub(r"\1", one) for one in end], object) for end in ends]


def _end_codes(nodes: Arrays, links: Arrays, entries: Whole) -> tuple[Whole, Whole]:
    """Codes of the accounts or phones at either end; a number that is not valid is the same in any file."""
    ids = np.asarray(nodes["id"], object)
    both = np.concatenate([np.asarray(links[end])[entries] for end in ("source", "target")])
    distinct, which = np.unique(both, return_inverse=True)
    codes = _codes([_LOCAL.sub(r"\1", one) for one in ids[distinct].tolist()])[which]
    return codes[: len(entries)], codes[len(entries) :]


def _codes(texts: list[str]) -> Whole:
    number: dict[str, int] = {}
    return np.array([number.setdefault(text, len(number)) for text in texts], np.int64)


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
            tables = frozenset(_table(row) for link in contents[key] for row in link.evidence)
            found[entry] = Event(entry, key, begin, end, told, tables)
    return found


def _agreed(contents: Sequence[Link], name: str) -> str | None:
    return next((link.properties[name] for link in contents if name in link.properties), None)


def _table(row: str) -> tuple[str, str]:
    file, _, place = row.partition("#")
    return file, place.rpartition(":")[0]


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
