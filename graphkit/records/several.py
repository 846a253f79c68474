"""Several columns for what may be several: 联系电话, 手机号 and 联系电话2 are all phones of the one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import meaning

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised


def together(raw: RawTable, recognised: Recognised) -> tuple[RawTable, list[str]]:
    """The table with all such columns in the first of them, and notes that say so."""
    import polars as pl

    cells, notes = raw.cells, list[str]()
    taken = set(recognised.columns.values())
    for field in recognised.kind.every_field:
        first = recognised.columns.get(field.name)
        if not field.many or first is None:
            continue
        more = [
            i for i, text in enumerate(raw.header) if i not in taken and meaning(text, recognised.kind) == field.name
        ]
        if not more:
            continue
        columns = [f"c{place}" for place in (first, *more)]
        every = pl.concat_str(columns, separator="、", ignore_nulls=True)
        cells = cells.with_columns(
            pl.when(pl.any_horizontal(pl.col(columns).is_not_null())).then(every).alias(columns[0])
        )
        listed = ", ".join(raw.header[place] for place in (first, *more))
        notes.append(say(f"[{raw.sheet}] read together: {listed}", f"[{raw.sheet}] 合并读取：{listed}"))
    return replace(raw, cells=cells), notes
