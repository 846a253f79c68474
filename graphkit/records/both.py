"""Two things in one column, as its header says: 品名/数量 over 胶囊/20瓶, 姓名/绰号, 联系人/电话.

Only where each half of the header is a column's name, the whole is none, and most cells are in two halves too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import is_known_header

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_HEADER = re.compile(r"^\s*([^/／]+?)\s*[/／]\s*([^/／]+?)\s*$")
_HALVES = r"^\s*([^/／\n]+?)\s*[/／\n]\s*([^/／\n]+?)\s*$"
_WHOLE = r"^\s*([^/／\n]+?)\s*$"


def with_halves(raw: RawTable) -> RawTable:
    """The table with a column for each half of such a column, which itself stays as it is."""
    import polars as pl

    for place, text in enumerate(raw.header):
        halves = _HEADER.match(text)
        if halves is None or is_known_header(text) or not all(map(is_known_header, halves.groups())):
            continue
        column = pl.col(f"c{place}")
        told = raw.cells.select(column.drop_nulls())[f"c{place}"]
        if 2 * told.str.contains(_HALVES).sum() < len(told) or not len(told):
            continue
        width = len(raw.header)
        first = pl.coalesce(column.str.extract(_HALVES, 1), column.str.extract(_WHOLE, 1)).alias(f"c{width}")
        second = column.str.extract(_HALVES, 2).alias(f"c{width + 1}")
        names = ", ".join(halves.groups())
        note = say(f"[{raw.sheet}] {text} is read as {names}", f"[{raw.sheet}] “{text}”分开读取为 {names}")
        raw = replace(
            raw,
            header=(*raw.header, *halves.groups()),
            cells=raw.cells.with_columns(first, second),
            notes=(*raw.notes, note),
        )
    return raw
