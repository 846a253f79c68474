"""Small tables for the tests of normalising."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.records.normalise import Normalised, normalise
from graphkit.records.reading.tables import RawTable

Cell = str | None


def table_of(header: Sequence[str], *rows: Sequence[Cell]) -> RawTable:
    """A table whose header stands in row 1."""
    cells: dict[str, pl.Series] = {"row": pl.Series(range(2, 2 + len(rows)), dtype=pl.Int64)}
    for position in range(len(header)):
        cells[f"c{position}"] = pl.Series([row[position] for row in rows], dtype=pl.String)
    return RawTable("1", tuple(header), 1, pl.DataFrame(cells), ())


def normalised(fields: Sequence[Field], *rows: Sequence[Cell]) -> Normalised:
    """The rows of a table that has just these fields, headed by their Chinese names."""
    table = table_of([field.zh for field in fields], *rows)
    return normalise(table, fields, {field.name: position for position, field in enumerate(fields)})


def read_one(field_type: FieldType, *cells: Cell, **more: Any) -> Normalised:
    """A table with one column, whose field is called `x` and whose header is 列."""
    return normalised([Field("x", "列", field_type, **more)], *[(cell,) for cell in cells])


def value(field_type: FieldType, cell: Cell, suffix: str = "", **more: Any) -> Any:
    """What one cell becomes."""
    return read_one(field_type, cell, **more).frame[f"x{suffix}"].item()


def reasons(result: Normalised) -> list[str]:
    """The reasons of all issues."""
    return result.issues["reason"].to_list()


def refusals(result: Normalised) -> list[tuple[int, str, str]]:
    """Row, reason and what is refused, of all issues."""
    return result.issues.select("row", "reason", "refuses").rows()
