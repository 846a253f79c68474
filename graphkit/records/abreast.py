"""Tables of different kinds side by side on one sheet: seizures at the left, people at the right.

Tables of the same kind show by their repeated header already when the sheet is read; others only by what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.errors import UnknownTable
from graphkit.model.language import say
from graphkit.records.recognition import recognise
from graphkit.records.sided import two_sided

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable


def parted(raw: RawTable) -> list[RawTable]:
    """The tables between the blank columns of this one, where each of them is a whole table by itself; else just it."""
    spans = [] if raw.side or raw.form or not raw.header else _spans(raw.places)
    if len(spans) < 2:
        return [raw]
    blocks = [_block(raw, begin, end) for begin, end in spans]
    if not all(map(_whole, blocks)):
        return [raw]
    note = say(f"{len(blocks)} tables of their own stand side by side", f"有 {len(blocks)} 张不同的表并排")
    return [replace(blocks[0], notes=(note, *raw.notes)), *blocks[1:]]


def _spans(places: Sequence[int]) -> list[tuple[int, int]]:
    """The runs of columns without a blank one among them."""
    begins = [i for i, place in enumerate(places) if not i or place > places[i - 1] + 1]
    return list(zip(begins, [*begins[1:], len(places)], strict=True))


def _block(raw: RawTable, begin: int, end: int) -> RawTable:
    import polars as pl

    from graphkit.records.reading.tables import column_letter

    columns = [pl.col(f"c{place}").alias(f"c{place - begin}") for place in range(begin, end)]
    cells = raw.cells.select("row", *columns).filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    side = f"!{column_letter(raw.places[begin])}" if begin else ""
    return replace(raw, header=raw.header[begin:end], cells=cells, places=raw.places[begin:end], notes=(), side=side)


def _whole(block: RawTable) -> bool:
    try:
        recognise(two_sided(block).header, "")
    except UnknownTable:
        return False
    return True
