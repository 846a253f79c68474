"""What the columns of an edge list mean, told by their names or, where it has no header, by their cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from graphkit.records.recognition import header_key, is_known_header

_ENDS = (
    ("from", "to"), ("source", "target"), ("src", "dst"), ("src", "dest"), ("sourceid", "targetid"), ("fromid", "toid"),
    ("起点", "终点"), ("来源", "目标"), ("源", "目标"),
)  # fmt: skip
# How studies of networks call the ends. No names of their own: many a table has a column `id`.
_TIES = (("id", "tieid"), ("id", "alterid"), ("ego", "alter"), ("egoid", "alterid"), ("node1", "node2"))
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
_CODE = re.compile(r"[A-Za-z]{0,3}[+-]?\d[\w./:+-]*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-_/].*)?")
_NAMED = re.compile(r"(?:^|[\W_])(?i:id|name|code|account|number|no|person|node|actor)$|[a-z]I[Dd]$|[号名人者账]")
_FEWEST, _COMPARED = 3, 50
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


def columns_by_name(header: Sequence[str], ends: tuple[int, int] | None = None) -> Columns:
    """What the columns mean by their names; where these name no ends, `ends` are, by default the first two."""
    source, target = ends_by_name(header) or ends or (0, 1)
    return Columns(source, target, _roles([header_key(name) for name in header], source, target))


def ends_by_name(header: Sequence[str]) -> tuple[int, int] | None:
    """The two columns whose names say that they are the ends."""
    return _pair([header_key(name) for name in header], (*_ENDS, *_TIES, *_ALSO_TIMES))


def ends_by_content(header: Sequence[str], values: Sequence[AbstractSet[str]]) -> tuple[int, int] | None:
    """The two columns that name the same actors: the pair with most in common; None where the first two may be it.

    `values` are the distinct cells of each column. Measures have much in common too: years and columns that the header
    does not call names or numbers of something are none.
    """
    if _in_common(values[0], values[1]):
        return None
    able = [
        place
        for place, name in enumerate(header[:_COMPARED])
        if header_key(name) not in _NAMES and _names_actors(name, values[place])
    ]
    pairs = [(_in_common(values[a], values[b]), -a, -b) for a, b in itertools.combinations(able, 2)]
    count, left, right = max(pairs, default=(0, 0, 0))
    return (-left, -right) if count else None


def _names_actors(name: str, values: AbstractSet[str]) -> bool:
    if all(_YEAR.fullmatch(value) or _DATE.fullmatch(value) for value in values):
        return False
    return _NAMED.search(name) is not None or not any(_NUMBER.fullmatch(value) for value in values)


def _in_common(left: AbstractSet[str], right: AbstractSet[str]) -> int:
    """How many names stand in both columns; none where it is a few by chance."""
    count = len(left & right)
    return count if count >= _FEWEST and 2 * count >= min(len(left), len(right)) else 0


def _roles(keys: Sequence[str], source: int, target: int) -> dict[str, int]:
    roles: dict[str, int] = {}
    for role, names in _ROLES.items():
        position = next(
            (keys.index(name) for name in names if name in keys and keys.index(name) not in (source, target)), -1
        )
        if position >= 0:
            roles[role] = position
    return roles


def _pair(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    return next(((keys.index(a), keys.index(b)) for a, b in pairs if a in keys and b in keys), None)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: not where it holds numbers, or names that occur below."""
    first, below = rows[0], rows[1:]
    if any(is_edge_name(cell) for cell in first) or ends_by_name(first) or _names_over_codes(first, below) > 1:
        return True
    if any(_NUMBER.fullmatch(cell) for cell in first):
        return False
    named = {cell for row in below for cell in row[:2]}
    return not named.intersection(first[:2])


def _names_over_codes(first: Sequence[str], below: Sequence[Sequence[str]]) -> int:
    """How many columns begin with a word and go on with nothing but numbers or codes."""
    columns = ([row[place] for row in below if place < len(row) and row[place]] for place in range(len(first)))
    return sum(
        bool(name and cells) and not _CODE.fullmatch(name) and all(_CODE.fullmatch(cell) for cell in cells)
        for name, cells in zip(first, columns, strict=True)
    )


def looks_like_edges(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these rows are an edge list beyond doubt.

    The header names two ends and these hold no dates; or there are two or three columns, none of them one that a
    record has, and names that occur on both sides.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) < 2 for row in rows):
        return False
    header, below = rows[0], rows[1:]
    pair = _pair([header_key(name) for name in header], (*_ENDS, *_TIES))
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
