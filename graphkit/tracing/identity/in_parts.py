"""Deliveries that two tell of in other parts: one sale sent in several parcels, or several sales in one.

The parts are near in time to the whole, of the same goods between the same hands, and add up to it; who tells of them
tells of no whole, and who tells of it of no part. Whether they are it rows cannot say: the seller's rows, or else the
buyer's, are sure, and the others may be goods besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from graphkit.tracing.identity.loose import Loose
from graphkit.tracing.identity.telling import NEAR, Telling

_TRIED = 16  # the nearest rows that may be parts of one
_CLOSE = 1e-6


def in_parts(loose: Loose) -> tuple[list[int], frozenset[int]]:
    """Which links may tell of goods that firmer ones tell of in other parts, in order; and all links of such."""
    unsure, taken = list[int](), set[int]()
    for rows in loose.groups:
        known = sorted((row for row in rows if _usable(row)), key=lambda row: (-_much(row), row.times, row.link))
        weeks: dict[int, dict[int, list[Telling]]] = {}  # by who tells of them
        for row in known:
            weeks.setdefault(loose.tellers[row.link], {}).setdefault(_week(row), []).append(row)
        for whole in known:
            parts = () if whole.link in taken else _parts(whole, weeks, loose, taken)
            if parts:
                taken |= {whole.link, *(row.link for row in parts)}
                sure = min((whole, *parts), key=loose.firmness) is whole
                unsure += [row.link for row in (parts if sure else (whole,))]
    return sorted(unsure), frozenset(taken)


def _usable(row: Telling) -> bool:
    """Whether it tells how much and, to the week, when."""
    return _much(row) > 0 and row.times[1] - row.times[0] <= NEAR


def _much(row: Telling) -> float:
    """How much it tells; 0 where its rows disagree."""
    _, least, most = row.quantity or ("", 0.0, 1.0)
    return most if least == most else 0.0


def _week(row: Telling) -> int:
    return row.times[0] // NEAR


def _parts(
    whole: Telling, weeks: dict[int, dict[int, list[Telling]]], loose: Loose, taken: set[int]
) -> tuple[Telling, ...]:
    """Of these rows the fewest of one teller that add up to the whole, the nearest in time; none where none do."""
    for teller in sorted(each for each in weeks if not each & loose.tellers[whole.link]):
        near = (row for week in range(_week(whole) - 2, _week(whole) + 3) for row in weeks[teller].get(week, ()))
        able = [row for row in near if row.link not in taken and _may_be_part(row, whole, loose)]
        nearest = sorted(able, key=lambda row: (abs(row.times[0] - whole.times[0]), row.times, row.link))[:_TRIED]
        for some in _some(sorted(nearest, key=lambda row: (row.times, row.link))):
            if abs(sum(map(_much, some)) - _much(whole)) <= _CLOSE * _much(whole):
                return some
    return ()


def _may_be_part(row: Telling, whole: Telling, loose: Loose) -> bool:
    near = row.times[0] - NEAR <= whole.times[1] and whole.times[0] - NEAR <= row.times[1]
    one_lot = None in (row.batch, whole.batch) or row.batch == whole.batch
    return near and one_lot and _much(row) < _much(whole) and loose.hands.alike(row.ends, whole.ends) == 2


def _some(rows: list[Telling]) -> Iterator[tuple[Telling, ...]]:
    """Any two or three of these rows, and more that follow each other."""
    for count in (2, 3):
        yield from combinations(rows, count)
    for count in range(4, len(rows) + 1):
        yield from (tuple(rows[begin : begin + count]) for begin in range(len(rows) - count + 1))
