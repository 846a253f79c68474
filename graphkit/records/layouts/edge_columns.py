"""What the columns of an edge list mean, told by their names or, where it has no header, by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.records.recognition import header_key, is_known_header

_ENDS = (
    ("from", "to"), ("source", "target"), ("src", "dst"), ("src", "dest"), ("sourceid", "targetid"), ("fromid", "toid"),
    ("起点", "终点"), ("来源", "目标"), ("源", "目标"),
)  # fmt: skip
_ALSO_TIMES = (("start", "end"),)  # ends of an edge, unless another pair is there; no proof of an edge list
_ROLES = {
    "kind": ("type", "kind", "relation", "关系", "类型"),
    "started": (
        "time",
        "date",
        "timestamp",
        "datetime",
        "日期",
        "时间",
        "started",
        "startedat",
        "starttime",
        "开始时间",
    ),
    "ended": ("ended", "endedat", "endtime", "结束时间"),
    "quantity": ("quantity", "qty", "数量"),
    "unit": ("unit", "单位"),
    "amount": ("amount", "金额"),
    "currency": ("currency", "币种"),
    "weight": ("weight", "权重"),
}
_NAMES = frozenset(name for names in (*_ENDS, *_ALSO_TIMES, *_ROLES.values()) for name in names)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}.*|\d{1,2}:\d{2}.*")


@dataclass(frozen=True)
class Columns:
    """The positions of the columns by what they mean; all others are properties."""

    source: int
    target: int
    roles: dict[str, int]


def is_edge_name(name: str) -> bool:
    """Whether a column of an edge list is called so."""
    return header_key(name) in _NAMES


def columns_by_name(header: Sequence[str]) -> Columns:
    """What the columns mean by their names; the first two are the ends where no pair of names says otherwise."""
    keys = [header_key(name) for name in header]
    source, target = _pair(keys, (*_ENDS, *_ALSO_TIMES)) or (0, 1)
    roles: dict[str, int] = {}
    for role, names in _ROLES.items():
        position = next(
            (keys.index(name) for name in names if name in keys and keys.index(name) not in (source, target)), -1
        )
        if position >= 0:
            roles[role] = position
    return Columns(source, target, roles)


def _pair(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    return next(((keys.index(a), keys.index(b)) for a, b in pairs if a in keys and b in keys), None)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: not where it holds numbers, or names that occur below."""
    first, below = rows[0], rows[1:]
    if any(is_edge_name(cell) for cell in first):
        return True
    if any(_NUMBER.fullmatch(cell) for cell in first):
        return False
    named = {cell for row in below for cell in row[:2]}
    return not named.intersection(first[:2])


def looks_like_edges(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these rows are an edge list beyond doubt.

    The header names two ends and these hold no dates; or there are two or three columns, none of them one that a
    record has, and names that occur on both sides.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) < 2 for row in rows):
        return False
    header, below = rows[0], rows[1:]
    pair = _pair([header_key(name) for name in header], _ENDS)
    if pair is not None:
        ends = [row[position] for row in below for position in pair if position < len(row) and row[position]]
        return bool(ends) and not any(_DATE.fullmatch(end) for end in ends)
    return _narrow_edges(rows)


def _narrow_edges(rows: Sequence[Sequence[str]]) -> bool:
    if len({len(row) for row in rows}) != 1 or len(rows[0]) > 3:
        return False
    header = rows[0] if has_header(rows) else ()
    if any(is_known_header(name) and header_key(name) not in _NAMES for name in header):
        return False
    below = rows[1:] if header else rows
    left, right = ({row[position] for row in below} - {""} for position in (0, 1))
    if any(_DATE.fullmatch(end) for end in left | right) or any(
        len(row) > 2 and not _NUMBER.fullmatch(row[2]) for row in below
    ):
        return False
    # Names that occur on both sides prove that both columns name actors: a good part of them, not one by chance.
    return len(left & right) * 5 >= min(len(left), len(right)) and len(left & right) > 1
