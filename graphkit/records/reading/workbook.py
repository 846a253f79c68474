"""Tables in spreadsheet workbooks: xlsx, xlsm, and the binary xls of old."""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from graphkit.model.language import say
from graphkit.records.reading.archive import check_archive, damaged, locked
from graphkit.records.reading.grid import rows_of, tidy
from graphkit.records.reading.safety import check_columns
from graphkit.records.reading.tables import Grid, Merges

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BATCH = 2_000  # small, so that a batch's objects are still in the processor's cache when they become text
ROUNDED_FROM = 1e15
"""A spreadsheet keeps 15 digits: from here on, the last digits of a number may not be those that were written."""


def read_workbook(content: bytes, name: str, written: Sequence[int] = ()) -> Iterator[Grid]:
    """The sheets of a workbook, one after the other; a sheet without cells gives an empty grid.

    The rows `written` are given untrimmed too.
    """
    if content.startswith(b"PK"):
        check_archive(content, name)
    elif _ENCRYPTED in content:
        raise locked(name)
    with _translated(name), CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for position, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            grid = _grid(book.get_sheet_by_index(position), name, written)
            hidden = (say("the sheet is hidden", "该工作表为隐藏工作表"),)
            yield grid if about.visible == SheetVisibleEnum.Visible else replace(grid, notes=grid.notes + hidden)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """What the reader of workbooks raises, as our own errors; its panics too, which are no ordinary exceptions."""
    try:
        yield
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise damaged(name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def _grid(sheet: CalamineSheet, name: str, written: Sequence[int]) -> Grid:
    first_column = sheet.start[1] if sheet.start else 0
    check_columns(first_column + sheet.width, name, sheet.name)
    frames = [pl.DataFrame(schema={"row": pl.Int64})]
    rows, first = sheet.iter_rows(), 1
    while batch := list(itertools.islice(rows, _BATCH)):
        frames.append(_frame(batch, first))
        first += len(batch)
    cells = pl.concat(frames, how="diagonal")
    kept = rows_of(cells, written)
    return Grid(
        sheet.name,
        tidy(cells, name, sheet.name, first_column),
        first_column,
        _merges(sheet, first_column),
        written=kept,
    )


def _frame(batch: list[list[Any]], first: int) -> pl.DataFrame:
    numbers = pl.int_range(first, first + len(batch), dtype=pl.Int64, eager=True).alias("row")
    columns = zip(*batch, strict=True)
    return pl.DataFrame([numbers, *(_column(f"c{place}", values) for place, values in enumerate(columns))])


def _column(name: str, values: tuple[Any, ...]) -> pl.Series:
    """One column as text; where all its cells are text already, or all are numbers, in one call."""
    types = set(map(type, values))
    if types == {float}:
        return _number_texts(pl.Series(name, values, dtype=pl.Float64))
    if types != {str}:
        values = tuple([value if type(value) is str else _TEXT[type(value)](value) for value in values])
    return pl.Series(name, values, dtype=pl.String)


def _number_texts(numbers: pl.Series) -> pl.Series:
    """The texts of `number_text`: where polars' shortest form has fewer than 15 digits and no exponent, it is that."""
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    plain = numbers.abs().is_between(1e-3, 1e14) & (texts.str.len_bytes() <= 15)
    odd = (~plain).fill_null(True).arg_true()
    return texts.scatter(odd, [number_text(value) for value in numbers.gather(odd)]) if len(odd) else texts


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
