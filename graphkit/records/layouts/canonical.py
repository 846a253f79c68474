"""Typed values of other programs as canonical text: one way of writing for each number, moment and truth value."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

# Written so already: an integer of up to 15 digits, or a decimal fraction that a double holds exactly as written.
_CANONICAL = r"^(?:0|-?[1-9]\d{0,14}|-?[1-9]\d{0,8}\.\d{0,5}[1-9]|-?0\.[1-9]\d{0,8}[1-9]|-?0\.[1-9])$"
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")
_WHOLE = re.compile(r"[+-]?\d{1,1000}")
_LACKS_SECONDS = r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:?\d{2}|\[.*\])?$"

NUMBERS = frozenset({"int", "integer", "long", "short", "byte", "float", "double", "number", "decimal"})
BOOLEANS = frozenset({"boolean", "bool"})
MOMENTS = frozenset({"datetime", "localdatetime"})


def number_text(written: str) -> str | None:
    """A number in its one form; None where it is none.

    >>> number_text("1.50"), number_text("007"), number_text("2.0"), number_text("1e-7"), number_text("x")
    ('1.5', '7', '2', '1e-07', None)
    """
    text = written.strip()
    if _WHOLE.fullmatch(text):
        return str(int(text))
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return repr(value).removesuffix(".0") if abs(value) != float("inf") else None


def numbers(cells: pl.Series) -> pl.Series:
    """Numbers in their one form; null where a cell is no number."""
    plain = cells.str.contains(_CANONICAL).fill_null(value=False)
    return cells.zip_with(plain | cells.is_null(), _each(cells.filter(~plain), cells, number_text))


def booleans(cells: pl.Series) -> pl.Series:
    """true and false in lower case; null where a cell is neither."""
    lower = cells.str.strip_chars().str.to_lowercase()
    return lower.zip_with(
        lower.is_in(["true", "false"]).fill_null(value=False),
        pl.Series([None], dtype=pl.String).new_from_index(0, len(cells)),
    )


def moments(cells: pl.Series) -> pl.Series:
    """Moments in ISO 8601 with seconds; whatever else stands there stays."""
    return cells.str.replace(_LACKS_SECONDS, "${1}:00${2}")


def typed(cells: pl.Series, kind: str) -> tuple[pl.Series, pl.Series]:
    """The cells of this type in their one form, and which of them are not of it; those stay as they were written."""
    reader = _reader(kind)
    if reader is None:
        return cells, pl.Series([False]).new_from_index(0, len(cells))
    read = reader(cells)
    wrong = cells.is_not_null() & read.is_null()
    return read.zip_with(~wrong, cells), wrong


def typed_list(cells: pl.Series, kind: str, delimiter: str) -> tuple[pl.Series, pl.Series]:
    """Cells that hold several values of this type, with the delimiter between them."""
    if _reader(kind) is None:
        return typed(cells, kind)
    parts = (
        pl.DataFrame({"cell": cells.unique()})
        .drop_nulls()
        .with_columns(pl.col("cell").str.split(delimiter).alias("part"))
    )
    parts = parts.explode("part").with_columns(pl.col("part").str.strip_chars())
    read, wrong = typed(parts["part"], kind)
    joined = (
        parts.with_columns(read.alias("read"), wrong.alias("wrong"))
        .group_by("cell")
        .agg(pl.col("read").str.join(delimiter), pl.col("wrong").any())
    )
    answer = pl.DataFrame({"cell": cells}).join(joined, on="cell", how="left", maintain_order="left")
    return answer["read"], answer["wrong"].fill_null(value=False)


def _reader(kind: str) -> Callable[[pl.Series], pl.Series] | None:
    if kind in NUMBERS:
        return numbers
    if kind in BOOLEANS:
        return booleans
    return moments if kind in MOMENTS else None


def _each(some: pl.Series, cells: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """The cells with each distinct one of `some` read once."""
    distinct = some.drop_nulls().unique()
    if distinct.is_empty():
        return cells
    read = {text: change(text) for text in distinct.to_list()}
    return cells.replace_strict(list(read), list(read.values()), default=cells, return_dtype=pl.String)
