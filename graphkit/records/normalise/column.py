"""What a reader of a column gives back, and the means all readers share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from graphkit.model.fields import Field

ROW, CELL, NOTE = "row", "cell", "note"  # what an issue refuses: the row, the cell, or nothing


@dataclass(frozen=True)
class Finding:
    """Cells of a column with which something is wrong, and whether their value is refused or only remarked on."""

    where: pl.Series  # Boolean, one a cell
    reason: str
    refused: bool = True
    written: pl.Series | None = None  # what is at fault, where it is only a part of the cell
    whole_row: bool = False  # the row is refused with it, though it could do without


@dataclass(frozen=True)
class Reading:
    """One column as read: the normalised columns by their suffix, what was found, and what the cells said besides."""

    columns: dict[str, pl.Series]
    findings: tuple[Finding, ...] = ()
    beside: dict[str, pl.Series] = dataclasses.field(default_factory=dict)  # "unit", "currency" in a number's cell

    @property
    def value(self) -> pl.Series:
        """The column that tells whether a cell has a value."""
        return next(iter(self.columns.values()))

    def with_value(self, value: pl.Series, *findings: Finding) -> Reading:
        """The same with other values and further findings."""
        first = next(iter(self.columns))
        return dataclasses.replace(self, columns={**self.columns, first: value}, findings=(*self.findings, *findings))


Reader = Callable[[pl.Series, "Field"], Reading]


def where(mask: pl.Series) -> pl.Series:
    """The mask with nulls as false."""
    return mask.fill_null(value=False) if mask.null_count() else mask


def nulls(length: int, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    """A column of nothing."""
    return pl.Series([None], dtype=dtype).new_from_index(0, length)


def apply_where(cells: pl.Series, mask: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The column with `change` made only in the masked cells: what is rare should cost little."""
    positions = where(mask).arg_true()
    if positions.is_empty():
        return cells
    if len(positions) == len(cells):
        return change(cells)
    return cells.clone().scatter(positions, change(cells.gather(positions)))


def blank_where(cells: pl.Series, mask: pl.Series) -> pl.Series:
    """The column with null in the masked cells."""
    known = where(mask)
    return nulls(len(cells), cells.dtype).zip_with(known, cells) if known.any() else cells


def rest_frame(cells: pl.Series, mask: pl.Series, read: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """What `read` says of the masked cells, one row a cell, nulls for the others. Each distinct cell is read once."""
    asked = blank_where(cells, ~mask).alias("cell")
    chosen = asked.drop_nulls().unique(maintain_order=True)
    answers = read(chosen).insert_column(0, chosen)
    return asked.to_frame().join(answers, on="cell", how="left", maintain_order="left").drop("cell")
