"""Cells that hold several values: taken apart, read as one column, and put together as lists."""

from __future__ import annotations

import dataclasses

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.records.normalise.column import Finding, Reader, Reading, where
from graphkit.records.normalise.text import filled, trimmed

SEPARATORS = r"[、;；/,，|\r\n]+"
URL_SEPARATORS = r"[、;；\s]+"  # an address has strokes and commas of its own
GROUPED = (
    r"(?-u:\b)(1[3-9][0-9])\s?([0-9]{4})\s([0-9]{4})(?-u:\b)",
    r"(?-u:\b)(1[3-9][0-9])\s([0-9]{8})(?-u:\b)",
)
SPACED_PHONES = r"([0-9]{7,})\s+"  # "138 0013 8000" is one number, "13800138000 13900139000" are two


def read_many(reader: Reader, cells: pl.Series, field: Field) -> Reading:
    """Each column of the reader as a list a cell; parts without a value are left out."""
    parts = _parts(cells, field)
    reading = reader(parts["part"], field)
    read = parts.select("position").with_columns(column.alias(suffix) for suffix, column in reading.columns.items())
    listed = read.filter(reading.value.is_not_null()).group_by("position", maintain_order=True).all()
    places = pl.DataFrame({"position": pl.int_range(len(cells), dtype=pl.UInt32, eager=True)})
    whole = places.join(listed, on="position", how="left", maintain_order="left")
    columns = {suffix: whole[suffix] for suffix in reading.columns}
    return Reading(columns, tuple(_of_cells(finding, parts, places) for finding in reading.findings))


def _parts(cells: pl.Series, field: Field) -> pl.DataFrame:
    """Columns position, part: one row a value."""
    cells = filled(cells)
    if field.type is FieldType.PHONE:
        for grouped in GROUPED:
            cells = cells.str.replace_all(grouped, "${1}${2}${3}")
        cells = cells.str.replace_all(SPACED_PHONES, "${1};")
    separators = URL_SEPARATORS if field.type is FieldType.URL else SEPARATORS
    listed = cells.str.replace_all(separators, "\x1f").str.split("\x1f")
    parts = pl.DataFrame({"part": listed}).with_row_index("position").explode("part")
    return parts.with_columns(trimmed(parts["part"])).drop_nulls()


def _of_cells(finding: Finding, parts: pl.DataFrame, places: pl.DataFrame) -> Finding:
    """What was found in parts, told of their cells."""
    at_fault = parts.filter(where(finding.where)).group_by("position").agg(pl.col("part").str.join("; "))
    written = places.join(at_fault, on="position", how="left", maintain_order="left")["part"]
    return dataclasses.replace(finding, where=written.is_not_null(), written=written)
