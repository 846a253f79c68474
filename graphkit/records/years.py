"""Dates that lack their year, or half of it: 5月1日, 23-05-01. They are read where the table makes the year certain.

The year of a day stands in a line between the rows, in the header, the title, the sheet's name, the file's name or in
the dates above in the same column: the nearest decides. Two digits are a year where the other years of the table agree
with just one order of year, month and day, or where the column itself does: one part hardly changes, as years do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.model.fields import FieldType
from graphkit.model.language import say
from graphkit.records.normalise.short_dates import Bare, bare_date, full_year, is_day, may_lack_year, short_date
from graphkit.records.periods import Period, periods_in, year_of

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

Order = tuple[int, int, int]  # where year, month and day stand

BORN = "birth_date"  # no title tells when somebody was born
_ORDERS: tuple[Order, ...] = ((0, 1, 2), (2, 1, 0), (2, 0, 1))
_STEADY, _VARIED = 2, 5  # values of a part that hardly changes, and of one that does
_LONGEST = 20  # characters of a line between the rows that says of which year they are


def with_years(raw: RawTable, recognised: Recognised, file: str) -> tuple[RawTable, list[str]]:
    """The table with the year written into each date that lacks it and whose year is certain; and notes that say so."""
    times = [one for one in recognised.kind.every_field if one.type is FieldType.TIME and one.name != BORN]
    places = [recognised.columns[one.name] for one in times if one.name in recognised.columns]
    lacking = [place for place in places if may_lack_year(raw.cells[f"c{place}"]).any()]
    if not lacking:
        return raw, []
    raw, sections = _sections(raw)
    named = _named_periods(raw, file)
    full = {year for place in places for cell in _texts(raw, place) if (year := full_year(cell))}
    years = full | {year for period in chain(*named.values()) for year in range(period[0][0], period[1][0] + 1)}
    notes: list[str] = []
    for place in lacking:
        raw, short = _short_read(raw, place, years)
        raw, bare = _bare_read(raw, place, named, sections)
        notes += [*short, *bare]
    return raw, notes


def _texts(raw: RawTable, place: int) -> list[str]:
    return [cell for cell in raw.cells[f"c{place}"].unique(maintain_order=True).to_list() if cell]


def _named_periods(raw: RawTable, file: str) -> dict[str, list[Period]]:
    """The periods that header, title, sheet and file name, the nearest first."""
    named = {
        say("the header", "表头"): raw.header,
        say("the title", "标题"): [text for line in raw.above for text in line],
        say("the name of the sheet", "工作表名"): [raw.sheet],
        say("the name of the file", "文件名"): [Path(file).stem],
    }
    found = {where: [one for text in texts for one in periods_in(text)] for where, texts in named.items()}
    return {where: periods for where, periods in found.items() if periods}


def _sections(raw: RawTable) -> tuple[RawTable, list[str | None]]:
    """The table without lines that only say of which year the rows below are, and for each row what is said so."""
    import polars as pl

    from graphkit.records.reading.grid import columns_of

    columns = columns_of(raw.cells)
    lone = pl.sum_horizontal(pl.col(columns).is_not_null()) == 1
    short = pl.coalesce(columns).str.len_chars() <= _LONGEST
    texts = raw.cells.select(pl.when(lone & short).then(pl.coalesce(columns)).alias("said"))["said"].to_list()
    said = [text if text and "年" in text and periods_in(text) else None for text in texts]
    lines = pl.Series([text is not None for text in said], dtype=pl.Boolean)
    below = pl.Series(said, dtype=pl.String).forward_fill().filter(~lines)
    return replace(raw, cells=raw.cells.filter(~lines)), below.to_list()


def _short_read(raw: RawTable, place: int, years: set[int]) -> tuple[RawTable, list[str]]:
    """Two-digit years of a column written out, where one order of year, month and day alone is possible."""
    dates = {text: date for text in _texts(raw, place) if (date := short_date(text))}
    order = _order([date.parts for date in dates.values() if not date.sure], years)
    orders = {text: _ORDERS[0] if date.sure else order for text, date in dates.items()}
    written = {text: date.written(held) for text, date in dates.items() if (held := orders[text])}
    if not written:
        return raw, []
    text, full = next(iter(written.items()))
    note = say(
        f"[{raw.sheet}] {raw.header[place]}: years of two digits are 20…, {text} is {full}",
        f"[{raw.sheet}] “{raw.header[place]}”：两位数年份按 20xx 年读取，{text} 即 {full}",
    )
    cells = raw.cells.with_columns(_replaced(raw.cells[f"c{place}"], written))
    return replace(raw, cells=cells), [note]


def _order(dates: Sequence[tuple[int, int, int]], years: set[int]) -> Order | None:
    """The one order in which all these are days near the years that are known; None where there is none or several."""
    if not dates:
        return None
    possible = [
        order for order in _ORDERS if all(is_day(2000 + d[order[0]], d[order[1]], d[order[2]] or -1) for d in dates)
    ]
    if years:
        possible = [o for o in possible if all(min(years) - 1 <= 2000 + d[o[0]] <= max(years) + 1 for d in dates)]
    else:
        possible = [order for order in possible if _steady(dates, order)]
    return possible[0] if len(possible) == 1 else None


def _steady(dates: Sequence[tuple[int, int, int]], order: Order) -> bool:
    """Whether the part for the year hardly changes while that for the day does."""
    years, days = {date[order[0]] for date in dates}, {date[order[2]] for date in dates}
    return max(years) - min(years) < _STEADY and len(days) >= _VARIED


def _bare_read(
    raw: RawTable, place: int, named: Mapping[str, list[Period]], sections: Sequence[str | None]
) -> tuple[RawTable, list[str]]:
    """Days without a year written out, by the nearest that says of which year they are."""
    import polars as pl

    column = raw.cells[f"c{place}"].to_list()
    found = {text: date for text in _texts(raw, place) if (date := bare_date(text))}
    dates = _month_first(found, chinese=any(not text.isascii() for text in raw.header))
    if not dates:
        return raw, []
    where, periods = next(iter(named.items()), ("", []))
    said = {text: periods_in(text) for text in set(filter(None, sections))}
    years = [
        year_of(dates[cell].parts[0], said.get(section or "") or periods) if cell in dates else None
        for cell, section in zip(column, sections, strict=True)
    ]
    if not said and not periods:
        where, years = say("the dates above", "上方日期"), _carried(column, dates)
    written = [
        f"{year}-{dates[cell].parts[0]}-{dates[cell].parts[1]} {dates[cell].clock}".strip() if year else cell
        for cell, year in zip(column, years, strict=True)
    ]
    if written == column:
        return raw, []
    taken = ", ".join(str(year) for year in sorted(set(filter(None, years))))
    where = say("the lines between the rows", "行间标题") if said else where
    note = say(
        f"[{raw.sheet}] {raw.header[place]}: dates without a year are of {taken}, as {where} says",
        f"[{raw.sheet}] “{raw.header[place]}”：未写年份的日期按{where}取 {taken} 年",
    )
    cells = raw.cells.with_columns(pl.Series(f"c{place}", written, dtype=pl.String))
    return replace(raw, cells=cells), [note]


def _month_first(dates: Mapping[str, Bare], *, chinese: bool) -> dict[str, Bare]:
    """The dates with the month first: in a Chinese table it is, elsewhere some day above 12 must show the order."""
    unsure = [date.parts for date in dates.values() if not date.sure]
    month_first = chinese or any(second > 12 for _, second in unsure)
    day_first = not chinese and any(first > 12 for first, _ in unsure)
    if unsure and month_first == day_first:
        dates = {text: date for text, date in dates.items() if date.sure}
    turned = {t: d if d.sure or month_first else replace(d, parts=d.parts[::-1]) for t, d in dates.items()}
    return {text: date for text, date in turned.items() if is_day(2000, date.parts[0], date.parts[1] or -1)}


def _carried(column: Sequence[str | None], dates: Mapping[str, Bare]) -> list[int | None]:
    """The year of the nearest full date above each date without one, provided that the column's days then go up."""
    year: int | None = None
    years: list[int | None] = []
    days: list[tuple[int, ...]] = []
    for cell in column:
        year = (full_year(cell) if cell else None) or year
        bare = cell in dates
        years.append(year if bare else None)
        if cell and year:
            days.append((year, *(dates[cell].parts if bare else _month_and_day(cell))))
    return years if all(before <= after for before, after in pairwise(days)) else [None] * len(years)


def _month_and_day(cell: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", cell)[1:3])


def _replaced(cells: pl.Series, written: Mapping[str, str]) -> pl.Series:
    return cells.replace(list(written), list(written.values()))
