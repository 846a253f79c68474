"""Cells that say 同上 or 〃: the same as in the row above."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable

_DITTO = ("同上", "同前", "同", "上同", "〃", "″", '"', "〞", "”", "“", "//", "ditto", "Ditto", "do.")


def written_out(raw: RawTable) -> tuple[RawTable, list[str]]:
    """The table with what stands above in the place of each such cell, and a note on the columns that had any."""
    import polars as pl

    from graphkit.records.reading.grid import columns_of

    columns = columns_of(raw.cells)
    if not columns:
        return raw, []
    some = raw.cells.select(pl.col(columns).is_in(_DITTO).any()).row(0)
    held = [place for place, found in enumerate(some) if found]
    if not held:
        return raw, []
    cells = raw.cells.with_columns(_above(columns[place]) for place in held)
    listed = ", ".join(raw.header[place] for place in held)
    note = say(f"[{raw.sheet}] “same as above” written out: {listed}", f"[{raw.sheet}] “同上”已按上一行补全：{listed}")
    return replace(raw, cells=cells), [note]


def _above(column: str) -> pl.Expr:
    import polars as pl

    written = pl.col(column)
    same = written.is_in(_DITTO)
    before = pl.when(~same).then(written).forward_fill()
    return pl.when(same).then(pl.coalesce(before, written)).otherwise(written).alias(column)
