"""Several columns for what a record has once: 户籍所在地 and 现住址, 寄件公司 and 寄件联系人, 订单状态 and 退款状态.

The record goes by the one that says where somebody is, who he is, or that nothing came of it; where that is empty, by
the next. The other columns stay as properties, as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import Recognised, header_key, meaning

if TYPE_CHECKING:
    import polars as pl

    from graphkit.model.fields import Field
    from graphkit.model.records import RecordKind
    from graphkit.records.reading.tables import RawTable

_ACTUAL = re.compile(r"现|实际|常住|居住|暂住|经营|营业|生产|仓库|current|actual|residence|lives|business|office")
_FORMAL = re.compile(r"户籍|户口|籍贯|注册|登记|身份证|registered|household|permanent")
_FIRM = re.compile(r"公司|单位|企业|company|firm")
_AS_BEFORE = r"^同(?:户籍|户口|注册|登记|身份证).*$"  # 同户籍地


def with_chosen(raw: RawTable, recognised: Recognised) -> tuple[RawTable, Recognised, list[str]]:
    """The table with each such field in the column to go by, filled up from the others; and notes that say so."""
    notes: list[str] = []
    for field, places in _told_twice(raw.header, recognised):
        by = _preferred(raw.header, places)
        cell = _void_first(by, field.void) if field.void else _first_filled(raw.cells, by)
        raw = replace(raw, cells=raw.cells.with_columns(cell.alias(f"c{by[0]}")))
        recognised = Recognised(recognised.kind, {**recognised.columns, field.name: by[0]})
        first, others = raw.header[by[0]], ", ".join(raw.header[place] for place in by[1:])
        notes.append(
            say(
                f"[{raw.sheet}] {field.name} is {first}, where that says nothing {others}; the others are kept too",
                f"[{raw.sheet}] “{field.zh}”取“{first}”，为空时取“{others}”；其余各列照样保留",
            )
        )
    return raw, recognised, notes


def _told_twice(header: Sequence[str], recognised: Recognised) -> Iterator[tuple[Field, list[int]]]:
    """The fields for one value that more than one column may tell, each with these columns."""
    taken = set(recognised.columns.values())
    meant = {place: meaning(text, recognised.kind) for place, text in enumerate(header) if text and place not in taken}
    for field in _chosen_fields(recognised.kind):
        more = [place for place, name in meant.items() if name == field.name]
        if field.name in recognised.columns and more:
            yield field, [recognised.columns[field.name], *more]


def _chosen_fields(kind: RecordKind) -> Iterator[Field]:
    """Who somebody is, where, by which phone; and what says that nothing came of it."""
    parties = {name for one in kind.nodes if one.is_party for name in (one.name, one.phone, one.address)}
    for field in kind.every_field:
        if not field.many and (field.name in parties or field.void):
            yield field


def _preferred(header: Sequence[str], places: Sequence[int]) -> list[int]:
    """The columns, the one to go by first: where somebody is before where he is registered, a man before his firm."""

    def rank(place: int) -> int:
        key = header_key(header[place])
        return 0 if _ACTUAL.search(key) else 2 if _FORMAL.search(key) or _FIRM.search(key) else 1

    return sorted(places, key=rank)


def _first_filled(cells: pl.DataFrame, places: Sequence[int]) -> pl.Expr:
    import polars as pl

    from graphkit.records.normalise.text import filled, trimmed

    written = [filled(trimmed(cells[f"c{place}"])) for place in places]
    told = [column.set(column.str.contains(_AS_BEFORE).fill_null(value=False), None) for column in written]
    return pl.coalesce(*(pl.lit(column) for column in told), f"c{places[0]}")


def _void_first(places: Sequence[int], void: str) -> pl.Expr:
    import polars as pl

    columns = [pl.col(f"c{place}").str.strip_chars() for place in places]
    return pl.coalesce(*(pl.when(column.str.contains(void)).then(column) for column in columns), *columns)
