"""Deliveries that a ledger and waybills may tell of together, in parts: one sale sent in several parcels, or several
sales in one.

The parts are near in time to the whole, of the same goods between the same hands, and add up to it; no other row tells
of any of them. Whether they are it rows cannot say: the ledger is sure, and the waybills may be goods besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from graphkit.tracing.identity.loose import Loose
from graphkit.tracing.identity.telling import NEAR, Telling

_TRIED = 16  # the nearest rows that may be parts of one
_CLOSE = 1e-6


def in_parts(loose: Loose) -> tuple[list[int], frozenset[int]]:
    """Which waybills may tell of goods that ledgers tell of in other parts, in order; and all links of such."""
    sent, taken = list[int](), set[int]()
    for rows in loose.groups:
        known = [row for row in rows if _much(row) > 0]
        ledgers, waybills = loose.kinds(known)
        for wholes, pieces in ((ledgers, waybills), (waybills, ledgers)):
            for whole in sorted(wholes, key=lambda row: (-_much(row), row.times, row.link)):
                if whole.link in taken:
                    continue
                free = [row for row in pieces if row.link not in taken and _may_be_part(row, whole, loose)]
                if parts := _parts(whole, free):
                    taken |= {whole.link, *(row.link for row in parts)}
                    sent += [row.link for row in (whole, *parts) if row.kind == loose.waybill]
    return sorted(sent), frozenset(taken)


def _much(row: Telling) -> float:
    """How much it tells; 0 where its rows disagree."""
    _, least, most = row.quantity or ("", 0.0, 1.0)
    return most if least == most else 0.0


def _may_be_part(row: Telling, whole: Telling, loose: Loose) -> bool:
    near = row.times[0] - NEAR <= whole.times[1] and whole.times[0] - NEAR <= row.times[1]
    one_lot = None in (row.batch, whole.batch) or row.batch == whole.batch
    return near and one_lot and _much(row) < _much(whole) and loose.hands.alike(row.ends, whole.ends) == 2


def _parts(whole: Telling, rows: list[Telling]) -> tuple[Telling, ...]:
    """Of these rows the fewest that add up to the whole, the nearest in time first; none where none do."""
    nearest = sorted(rows, key=lambda row: (abs(row.times[0] - whole.times[0]), row.times, row.link))[:_TRIED]
    ordered = sorted(nearest, key=lambda row: (row.times, row.link))
    wanted = _much(whole)
    able = (some for some in _some(ordered) if abs(sum(map(_much, some)) - wanted) <= _CLOSE * wanted)
    return next(able, ())


def _some(rows: list[Telling]) -> Iterator[tuple[Telling, ...]]:
    """Any two or three of these rows, and more that follow each other."""
    for count in (2, 3):
        yield from combinations(rows, count)
    for count in range(4, len(rows) + 1):
        yield from (tuple(rows[begin : begin + count]) for begin in range(len(rows) - count + 1))
