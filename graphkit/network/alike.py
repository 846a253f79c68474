"""Which links may tell of one payment or call, by their columns alone: equal ends and amounts, times that are near.

What is met here once in millions is then looked at row by row, see `counterparts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.units import HOME_CURRENCY

if TYPE_CHECKING:
    from graphkit.store.base import Arrays

Whole = NDArray[np.int64]

SECOND = 1_000_000  # microseconds
MINUTE, DAY = 60 * SECOND, 86_400 * SECOND
# A number that is not valid is told within its file, an end without a number by its row.
_LOCAL = re.compile(r"^([a-z]+:)[0-9a-f]{12}(?::|#.*)")


def candidates(nodes: Arrays, links: Arrays, kinds: Iterable[str], meant: Mapping[int, str]) -> list[Whole]:
    """Entries of these kinds, of equal ends and amount, whose times are near or on one day; at least two together.

    `meant`: by the position of an end the id of whom it stands for, see `unnamed_ends` and `one_account`.
    """
    each = np.asarray(links["kind"], object)
    found: list[Whole] = []
    for kind in kinds:
        entries = np.flatnonzero(np.asarray(each == kind, bool))
        if len(entries) > 1 and "started_earliest" in links:
            found += _near(nodes, links, entries, meant)
    return found


def _near(nodes: Arrays, links: Arrays, entries: Whole, meant: Mapping[int, str]) -> list[Whole]:
    begin, end = (
        np.asarray(links[f"started_{bound}"])[entries].astype("datetime64[us]") for bound in ("earliest", "latest")
    )
    dated = ~np.isnat(begin) & ~np.isnat(end)
    since, until = begin.astype(np.int64), end.astype(np.int64)
    amount = amounts(links, entries)
    usable = dated & (until - since < DAY) & (amount[0] == amount[1])
    usable &= (amount[0] >= 0) | (links["kind"][entries[0]] != "PAID")
    source, target = _end_codes(nodes, links, entries, meant)
    usable &= _met_again(source, target, amount[0].astype(np.int64))
    entries, since, wide = entries[usable], since[usable], (until > since)[usable]
    keys = [source[usable], target[usable], _codes(currencies(links, entries)), amount[0][usable]]
    order = np.lexsort((since, *keys))
    entries, since, wide = entries[order], since[order], wide[order]
    fresh = np.ones(len(entries), bool)
    fresh[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    another_day = fresh.copy()
    another_day[1:] |= since[1:] // DAY != since[:-1] // DAY
    group = np.cumsum(another_day) - 1
    by_day = np.bincount(group, weights=wide) > 0 if len(group) else np.empty(0, bool)
    fresh[1:] |= (np.diff(since) > MINUTE) & (another_day[1:] | ~by_day[group[1:]])
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


def amounts(links: Arrays, entries: Whole) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most in hundredths; -1 where none is told."""
    nothing = np.full(len(links["link"]), np.nan)
    low, high = (np.asarray(links.get(f"amount_{end}", nothing), np.float64)[entries] for end in ("min", "max"))
    return np.nan_to_num(np.round(low * 100), nan=-1.0), np.nan_to_num(np.round(high * 100), nan=-1.0)


def currencies(links: Arrays, entries: Whole) -> list[str]:
    """The currency of each of these; money that names none is at home."""
    named = links.get("currency")
    return [""] * len(entries) if named is None else [name or HOME_CURRENCY for name in named[entries].tolist()]


def _end_codes(nodes: Arrays, links: Arrays, entries: Whole, meant: Mapping[int, str]) -> tuple[Whole, Whole]:
    """Codes of the accounts or phones at either end; a number that is not valid is the same in any file."""
    ids = np.asarray(nodes["id"], object)
    both = np.concatenate([np.asarray(links[end])[entries] for end in ("source", "target")])
    distinct, which = np.unique(both, return_inverse=True)
    named = (meant.get(place, one) for place, one in zip(distinct.tolist(), ids[distinct].tolist(), strict=True))
    codes = _codes([_LOCAL.sub(r"\1", one) for one in named])[which]
    return codes[: len(entries)], codes[len(entries) :]


def _codes(texts: list[str]) -> Whole:
    number: dict[str, int] = {}
    return np.array([number.setdefault(text, len(number)) for text in texts], np.int64)


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
