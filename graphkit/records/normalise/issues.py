"""What was wrong with a table's rows and cells, as one frame."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.model.fields import Field
from graphkit.records.normalise.column import CELL, NOTE, ROW, Finding

COLUMNS = ("row", "field", "header", "value", "reason", "refuses")


@dataclass(frozen=True)
class Place:
    """Where a field's cells stand: the rows' numbers, the column's header and position, what was written there."""

    rows: pl.Series
    header: str
    order: int
    written: pl.Series


def issues_of(finding: Finding, field: Field, place: Place) -> pl.DataFrame:
    """One row a cell in which the finding was made."""
    positions = finding.where.arg_true()
    written = place.written if finding.written is None else finding.written
    needed = field.required or field.key or finding.whole_row
    refuses = (ROW if needed else CELL) if finding.refused else NOTE
    return pl.DataFrame({"row": place.rows.gather(positions), "value": written.gather(positions)}).select(
        pl.col("row").cast(pl.Int64),
        pl.lit(field.name).alias("field"),
        pl.lit(place.header).alias("header"),
        pl.col("value").fill_null(""),
        pl.lit(finding.reason).alias("reason"),
        pl.lit(refuses).alias("refuses"),
        pl.lit(place.order, dtype=pl.Int64).alias("order"),
    )


def total_line_issues(rows: pl.Series, words: pl.Series) -> pl.DataFrame:
    """The total lines that were left out."""
    found = words.is_not_null()
    return pl.DataFrame({"row": rows.filter(found), "value": words.filter(found)}).select(
        pl.col("row").cast(pl.Int64),
        pl.lit("").alias("field"),
        pl.lit("").alias("header"),
        "value",
        pl.lit("total_line").alias("reason"),
        pl.lit(NOTE).alias("refuses"),
        pl.lit(-1, dtype=pl.Int64).alias("order"),
    )


def gathered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All issues by row and column."""
    return pl.concat(parts).sort("row", "order", "reason").select(COLUMNS)
