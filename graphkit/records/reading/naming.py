"""A table's columns by the names of its header."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from graphkit.model.language import say
from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.header import Header
from graphkit.records.reading.tables import Grid, RawTable, column_letter

OWN_PREFIX = "graphkit:"


def named(grid: Grid, header: Header, below: pl.DataFrame, notes: tuple[str, ...]) -> RawTable:
    """The table with a name for each column that has a header or cells; the others are left out."""
    columns = columns_of(below)
    filled = below.select(pl.col(columns).count()).row(0)
    kept: list[int] = []
    names: list[str] = []
    lettered: list[str] = []
    for position, cells in enumerate(filled):
        text = header.texts[position]
        if not text and not cells:
            continue
        if not text:
            text = column_letter(grid.first_column + position)
            lettered.append(text)
        kept.append(position)
        names.append(text)
    cells = below.select("row", *(pl.col(columns[position]).alias(f"c{place}") for place, position in enumerate(kept)))
    if lettered:
        some = ", ".join(lettered[:10])
        notes = (*notes, say(f"columns without a name in the header: {some}", f"表头中没有名称的列：{some}"))
    return _without_own_columns(RawTable(grid.sheet, tuple(names), header.row, cells, notes, tuple(kept), grid.merges))


def _without_own_columns(table: RawTable) -> RawTable:
    """A rejects file as the table it was made from: without graphkit's columns and the guards against formulas."""
    own = 0
    while own < len(table.header) and table.header[own].startswith(OWN_PREFIX):
        own += 1
    if not own:
        return table
    kept = columns_of(table.cells)[own:]
    files = table.cells["c0"].drop_nulls().unique().to_list() if table.header[0] == f"{OWN_PREFIX}file" else []
    cells = table.cells.select(
        "row",
        *(pl.col(column).str.replace(r"^'([=+\-@])", "$1").alias(f"c{place}") for place, column in enumerate(kept)),
    )
    header = tuple(re.sub(r"^'(?=[=+\-@])", "", text) for text in table.header[own:])
    corrects = files[0] if len(files) == 1 and re.fullmatch("[0-9a-f]{12}", files[0]) else ""
    return replace(table, header=header, cells=cells, places=table.places[own:], corrects=corrects)
