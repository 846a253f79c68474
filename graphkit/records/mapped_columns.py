"""Columns that a mapping makes: joined from several, of one fixed value, of days that were counted."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.records.recognition import Recognised, header_key

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.mapping import TableMapping
    from graphkit.records.reading.tables import RawTable


def with_mapped_columns(raw: RawTable, recognised: Recognised, mapping: TableMapping) -> tuple[RawTable, Recognised]:
    """The table with all columns that the mapping makes, and which field each is."""
    return _with_constants(*_with_joined(raw, recognised, mapping), mapping)


def _with_joined(raw: RawTable, recognised: Recognised, mapping: TableMapping) -> tuple[RawTable, Recognised]:
    """The table with a column for each field that the mapping joins from several; these stay as they are."""
    import polars as pl

    columns, header, cells = dict(recognised.columns), list(raw.header), raw.cells
    keys = [header_key(text) for text in raw.header]
    for name, several in ((name, several) for name, several in mapping.columns.items() if len(several) > 1):
        parts = [f"c{keys.index(header_key(column))}" for column in several]
        text = pl.concat_str(parts, separator=" ", ignore_nulls=True)  # a name loses the space beside Chinese later
        columns[name] = len(header)
        cells = cells.with_columns(pl.when(text != "").then(text).alias(f"c{len(header)}"))
        header.append(" ".join(several))
    return replace(raw, header=tuple(header), cells=cells), Recognised(recognised.kind, columns)


def _with_constants(raw: RawTable, recognised: Recognised, mapping: TableMapping) -> tuple[RawTable, Recognised]:
    """The table with a column for each fixed value of the mapping, and days that were counted as dates."""
    import polars as pl

    columns, header, cells = dict(recognised.columns), list(raw.header), raw.cells
    for name, first in mapping.counted_from.items():
        cells = cells.with_columns(_counted_days(f"c{columns[name]}", first))
    for name, value in mapping.constants.items():
        columns[name] = len(header)
        cells = cells.with_columns(pl.lit(value).alias(f"c{len(header)}"))
        header.append(name)
    return replace(raw, header=tuple(header), cells=cells), Recognised(recognised.kind, columns)


def _counted_days(column: str, first: datetime.date) -> pl.Expr:
    """Numbers of days in this column as dates, with the time of day where they are not whole; other cells stay."""
    import polars as pl

    days = pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)
    moment = pl.lit(first).cast(pl.Datetime("us")) + pl.duration(seconds=(days * 86_400).round().cast(pl.Int64))
    written = pl.when(days == days.floor()).then(moment.dt.strftime("%Y-%m-%d")).otherwise(moment.dt.to_string("iso"))
    return pl.when(days.is_between(-36_500, 36_500)).then(written).otherwise(pl.col(column)).alias(column)
