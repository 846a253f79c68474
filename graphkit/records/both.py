"""Two things in one column, as its header says: 品名/数量 over 胶囊/20瓶, 被抽样单位（环节） over 某药店（零售）.

Between strokes each half of the header is a column's name, the whole is none, and some cell has a stroke too; before
brackets the first half is a column's name, and most cells end in brackets.
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
_BRACKETED = re.compile(r"^\s*([^()（）]+?)\s*[(（]([^()（）]+)[)）]\s*$")
_MOST = 0.6  # of the cells
_HALVES = r"^\s*([^/／\n]+?)\s*[/／\n]\s*([^/／\n]+?)\s*$"
_BEFORE_BRACKETS = r"^\s*([^()（）]+?)\s*[(（]([^()（）]+)[)）]\s*$"
_WHOLE = r"^\s*(.+?)\s*$"


def with_halves(raw: RawTable) -> RawTable:
    """The table with a column for each half of such a column, which itself stays as it is."""
    import polars as pl

    for place, text in enumerate(raw.header):
        halves, form, share = _halves(text)
        column = pl.col(f"c{place}")
        told = raw.cells.select(column.drop_nulls())[f"c{place}"] if halves else None
        if told is None or not len(told) or told.str.contains(form).sum() < max(1, share * len(told)):
            continue
        width = len(raw.header)
        first = pl.coalesce(column.str.extract(form, 1), column.str.extract(_WHOLE, 1)).alias(f"c{width}")
        second = column.str.extract(form, 2).alias(f"c{width + 1}")
        names = ", ".join(halves)
        note = say(f"[{raw.sheet}] {text} is read as {names}", f"[{raw.sheet}] “{text}”分开读取为 {names}")
        raw = replace(
            raw,
            header=(*raw.header, *halves),
            cells=raw.cells.with_columns(first, second),
            notes=(*raw.notes, note),
        )
    return raw


def _halves(text: str) -> tuple[tuple[str, ...], str, float]:
    """The two names in a header, none where it has not two; how cells are then written, and how many at least."""
    if (told := _HEADER.match(text)) and not is_known_header(text) and all(map(is_known_header, told.groups())):
        return told.groups(), _HALVES, 0.0
    if (told := _BRACKETED.match(text)) and is_known_header(told[1]):
        return told.groups(), _BEFORE_BRACKETS, _MOST
    return (), "", 0.0
