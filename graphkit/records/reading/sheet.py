"""The cells of a workbook's sheet as text, as a spreadsheet shows them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from graphkit.records.reading.grid import rows_of, tidy
from graphkit.records.reading.marked import Place
from graphkit.records.reading.safety import check_columns
from graphkit.records.reading.tables import Grid, Merges

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_BATCH = 2_000  # small, so that a batch's objects are still in the processor's cache when they become text
ROUNDED_FROM = 1e15
"""A spreadsheet keeps 15 digits: from here on, the last digits of a number may not be those that were written."""


def grid_of(sheet: CalamineSheet, name: str, written: Sequence[int], marked: Mapping[Place, str]) -> Grid:
    """The sheet's cells as text, those of `marked` as told there; the rows `written` untrimmed too."""
    first_column = sheet.start[1] if sheet.start else 0
    check_columns(first_column + sheet.width, name, sheet.name)
    cells = _with_marked(_cells(sheet.iter_rows()), marked, first_column)
    kept = rows_of(cells, written)
    return Grid(
        sheet.name,
        tidy(cells, name, sheet.name, first_column),
        first_column,
        _merges(sheet, first_column),
        written=kept,
    )


def _with_marked(cells: pl.DataFrame, marked: Mapping[Place, str], first_column: int) -> pl.DataFrame:
    told: dict[str, dict[int, str]] = {}
    for (row, place), text in marked.items():
        told.setdefault(f"c{place - first_column}", {})[row - 1] = text
    changed = [
        cells[name].scatter(list(texts), list(texts.values()))
        for name, texts in told.items()
        if name in cells.columns and max(texts) < cells.height
    ]
    return cells.with_columns(changed)


def _cells(rows: Iterator[list[Any]]) -> pl.DataFrame:
    """All cells as text, under the row's number. Python's objects are given up batch by batch."""
    parts: dict[str, list[pl.Series]] = {}
    count = 0
    while batch := list(itertools.islice(rows, _BATCH)):
        for place, values in enumerate(zip(*batch, strict=True)):
            parts.setdefault(f"c{place}", []).append(_part(values))
        count += len(batch)
    numbers = pl.int_range(1, count + 1, dtype=pl.Int64, eager=True)
    return pl.DataFrame({"row": numbers, **{name: _joined(parts.pop(name)) for name in list(parts)}})


def _part(values: tuple[Any, ...]) -> pl.Series:
    """Cells of one column in one call: as numbers where all are numbers, else as text."""
    types = set(map(type, values))
    if types == {float}:
        return pl.Series(values, dtype=pl.Float64)
    if types != {str}:
        values = tuple([value if type(value) is str else _TEXT[type(value)](value) for value in values])
    return pl.Series(values, dtype=pl.String)


def _joined(parts: list[pl.Series]) -> pl.Series:
    """One column of text; numbers that follow one another become text in one call."""
    runs = [(kind, pl.concat(run)) for kind, run in itertools.groupby(parts, key=lambda part: part.dtype)]
    return pl.concat([_number_texts(run) if kind == pl.Float64 else run for kind, run in runs])


def _number_texts(numbers: pl.Series) -> pl.Series:
    """The texts of `number_text`: where polars' shortest form has fewer than 15 digits and no exponent, it is that."""
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    plain = numbers.abs().is_between(1e-3, 1e14) & (texts.str.len_bytes() <= 15)
    odd = (~plain).fill_null(True).arg_true()
    return texts.scatter(odd, _odd_texts(numbers.gather(odd))) if len(odd) else texts


def _odd_texts(numbers: pl.Series) -> list[str]:
    """The texts of `number_text`; fractions of a common size all in one call."""
    values = tuple(numbers)
    fractions = (numbers.abs() < ROUNDED_FROM) & (numbers != numbers.floor())
    if fractions.all():
        return ("%.15g\n" * len(values) % values).splitlines()
    return [number_text(value) for value in values]


def number_text(value: float) -> str:
    """A number as a spreadsheet shows it: 15 digits; in E notation where it has been rounded.

    >>> number_text(3.0), number_text(0.1 + 0.2), number_text(1.23e17)
    ('3', '0.3', '1.23E+17')
    """
    if -ROUNDED_FROM < value < ROUNDED_FROM:
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    return f"{value:.15G}"


def _moment_text(value: datetime.datetime) -> str:
    """To the second, to which spreadsheets' fractions of a day are exact; a day alone where the time is midnight."""
    if value.microsecond:
        value = (value + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
    text = value.isoformat()
    return text[:10] if text.endswith("T00:00:00") else text


def _duration_text(value: datetime.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_TEXT: dict[type, Any] = {
    str: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: lambda value: number_text(float(value)),
    float: number_text,
    datetime.datetime: _moment_text,
    datetime.date: datetime.date.isoformat,
    datetime.time: lambda value: value.isoformat("seconds"),
    datetime.timedelta: _duration_text,
    type(None): lambda value: "",
}


def _merges(sheet: CalamineSheet, first_column: int) -> Merges:
    ranges = sheet.merged_cell_ranges or []
    return tuple(
        (top + 1, left - first_column, bottom + 1, right - first_column)
        for (top, left), (bottom, right) in ranges
        if left >= first_column
    )
