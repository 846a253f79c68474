"""Data cells merged over several lines: what such a cell says holds for each line, but a number counts only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.fields import FieldType
from graphkit.model.language import say

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_COUNTED = (FieldType.QUANTITY, FieldType.MONEY, FieldType.NUMBER)
_NUMBER = r"^[\s¥￥$+\-]*[\d.,]+[\s万亿%元]*$"


def spread(raw: RawTable, recognised: Recognised) -> tuple[RawTable, list[str]]:
    """The table with the value of each merged cell in every line that it covers, and notes that say so.

    Quantities and amounts, and numbers in columns that the kind does not know, stay in the first line: repeated they
    would be counted again.
    """
    import polars as pl

    spans = _spans(raw)
    if spans.is_empty():
        return raw, []
    fields = {position: recognised.kind.by_name[name] for name, position in recognised.columns.items()}
    cells, held, counted = raw.cells, [], []
    for (position,), some in spans.group_by("position", maintain_order=True):
        column, field = f"c{position}", fields.get(int(str(position)))
        values = _values(cells, column, some)
        number = pl.lit(field.type in _COUNTED) if field else pl.col("value").str.contains(_NUMBER)
        once, each = values.filter(number), values.filter(~number)
        counted += [raw.header[int(str(position))]] if once.height else []
        held += [raw.header[int(str(position))]] if each.height else []
        cells = _filled(cells, column, each)
    return replace(raw, cells=cells), _told(raw.sheet, held, counted)


def filled(raw: RawTable, places: Sequence[int]) -> RawTable:
    """The table with the value of each merged cell in every line that it covers, in these columns, numbers too."""
    import polars as pl

    spans, cells = _spans(raw), raw.cells
    for place in places:
        some = spans.filter(pl.col("position") == place)
        if some.height:
            cells = _filled(cells, f"c{place}", _values(cells, f"c{place}", some))
    return replace(raw, cells=cells)


def _filled(cells: pl.DataFrame, column: str, values: pl.DataFrame) -> pl.DataFrame:
    """The cells with these values, by row, where the column has none."""
    import polars as pl

    below = cells.select("row").join(values, on="row", how="left", maintain_order="left")["value"]
    return cells.with_columns(pl.coalesce(column, below).alias(column))


def _spans(raw: RawTable) -> pl.DataFrame:
    """The cells merged over several lines below the header: position of the column, first row, last row."""
    import polars as pl

    positions = {place: position for position, place in enumerate(raw.places)}
    spans = [
        (positions[left], top, bottom)
        for top, left, bottom, _ in raw.merges
        if bottom > top > raw.header_row and left in positions
    ]
    return pl.DataFrame(sorted(spans), schema=dict.fromkeys(("position", "top", "bottom"), pl.Int64), orient="row")


def _values(cells: pl.DataFrame, column: str, spans: pl.DataFrame) -> pl.DataFrame:
    """The rows below the first that the merged cells cover, each with the cell's value."""
    import polars as pl

    said = cells.select(pl.col("row").alias("top"), pl.col(column).alias("value")).drop_nulls()
    covered = spans.with_columns(row=pl.int_ranges(pl.col("top") + 1, pl.col("bottom") + 1)).explode("row")
    covered = covered.join(said, on="top").select("row", "value").unique("row", keep="first", maintain_order=True)
    return covered.join(cells.select("row"), on="row", how="semi")


def _told(sheet: str, held: Sequence[str], counted: Sequence[str]) -> list[str]:
    notes = []
    if held:
        listed = ", ".join(held)
        notes.append(
            say(
                f"[{sheet}] cells merged over several rows hold for each of them: {listed}",
                f"[{sheet}] 跨行合并的单元格对其覆盖的每一行都有效：{listed}",
            )
        )
    if counted:
        listed = ", ".join(counted)
        notes.append(
            say(
                f"[{sheet}] numbers merged over several rows count once, in the first of them: {listed}",
                f"[{sheet}] 跨行合并的数字只计一次，归入首行：{listed}",
            )
        )
    return notes
