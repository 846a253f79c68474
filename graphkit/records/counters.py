"""A column 编号 that counts the lines of a list, as on the official form of a seizure, is no number of a document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import header_key

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_NUMBER, _COUNTER = "编号", "序号"


def without_counter(raw: RawTable) -> RawTable:
    """The table with such a column headed 序号, so that line 1 of one list is not taken for line 1 of another."""
    places = [place for place, text in enumerate(raw.header) if header_key(text) == _NUMBER and _counts(raw, place)]
    if not places:
        return raw
    header = tuple(_COUNTER if place in places else text for place, text in enumerate(raw.header))
    note = say(
        f"[{raw.sheet}] {_NUMBER} counts the lines 1, 2, 3 … and is no number of a document",
        f"[{raw.sheet}] “{_NUMBER}”仅为 1、2、3……的行序号，不作为文书编号",
    )
    return replace(raw, header=header, notes=(*raw.notes, note))


def _counts(raw: RawTable, place: int) -> bool:
    """Whether the cells of a column are 1, 2, 3 …, begun anew or not, and words (合计) only below them."""
    import polars as pl

    cells = raw.cells.get_column(f"c{place}").drop_nulls().to_frame("cell")
    number = pl.col("cell").str.extract(r"^\s*0*([0-9]{1,6})\s*[、.．]?\s*$").cast(pl.Int64, strict=False)
    numbers = cells.select(number)["cell"]
    counted = numbers.drop_nulls()
    if not len(counted) or counted[0] != 1 or numbers[: len(counted)].null_count():
        return False
    return bool(((counted.diff() == 1) | (counted == 1))[1:].all())
