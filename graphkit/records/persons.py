"""Several people in one cell: 张三、李四 in a list of people are two of them, each with his own number where there are
as many; anywhere else they stay one name, for it is not known what each of them had, sold or paid, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.records import BY_NAME

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_PERSON = "person"
_OWN = ("id_number", "phone", "alias", "birth_date")  # what each has for himself
_SHARED = ("sex", "role", "status")  # what may be listed for each, or hold for all
_BETWEEN = re.compile(r"\s*[、;；,，\n]\s*(?![^(（]*[)）])")  # not within brackets
_LIKELY = r"\p{Han}[)）]?\s*[、;；,，\n]\s*\p{Han}"
_NAME = re.compile(r"(?!等|其他|另)[\u4e00-\u9fff]{2,4}(?:[(（].*[)）])?", re.DOTALL)
_LISTED = 10


def each_person(raw: RawTable, recognised: Recognised) -> tuple[RawTable, list[str]]:
    """The table with a line for each of several people in one cell, all of the same row; and notes that say so."""
    if recognised.kind.name == _PERSON:
        return _one_a_line(raw, recognised)
    return raw, _named_together(raw, recognised)


def layers(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The lines of a frame so that each row is in each part just once: all first lines, all second ones, …"""
    import polars as pl

    if frame["row"].n_unique() == frame.height:
        yield frame
        return
    part = frame.select(pl.int_range(pl.len()).over("row").alias("part"))["part"]
    for i in part.unique().sort():
        yield frame.filter(part == i)


def _one_a_line(raw: RawTable, recognised: Recognised) -> tuple[RawTable, list[str]]:
    import polars as pl

    name = f"c{recognised.columns['name']}"
    written = {cell: names for cell in _likely(raw.cells[name]) if (names := _names(cell))}
    lines, told = [], list[int]()
    for line in raw.cells.filter(pl.col(name).is_in(list(written))).iter_rows(named=True):
        apart = _apart(line, written[line[name]], recognised)
        if apart:
            lines += apart
            told.append(line["row"])
    if not told:
        return raw, []
    order = raw.cells.select("row").with_row_index("order")
    rest = raw.cells.filter(~pl.col("row").is_in(told))
    cells = pl.concat([rest, pl.DataFrame(lines, schema=raw.cells.schema)]).join(order, on="row", how="left")
    listed = _rows(told)
    note = say(
        f"[{raw.sheet}] several people in one cell are read one by one: row {listed}",
        f"[{raw.sheet}] 同一单元格中的多人逐一读取：第 {listed} 行",
    )
    return replace(raw, cells=cells.sort("order", maintain_order=True).drop("order")), [note]


def _apart(line: dict[str, str | None], names: Sequence[str], recognised: Recognised) -> list[dict[str, str | None]]:
    """A line for each person; none where it is not certain which number is whose."""
    lines = [{**line, f"c{recognised.columns['name']}": name} for name in names]
    for field in (*_OWN, *_SHARED):
        column = f"c{recognised.columns[field]}" if field in recognised.columns else ""
        cell = line.get(column)
        if cell is None:
            continue
        parts = [part for part in re.split(r"[、;；/,，\s]+", cell) if part]
        if len(parts) == len(names):
            for one, part in zip(lines, parts, strict=True):
                one[column] = part
        elif field in _OWN:
            return []
    return lines


def _named_together(raw: RawTable, recognised: Recognised) -> list[str]:
    """That several names in one cell of a party were kept as the one name that they are written as."""
    import polars as pl

    notes = []
    for template in BY_NAME[recognised.kind.name].nodes:
        place = recognised.columns.get(template.name) if template.is_party else None
        cells = raw.cells[f"c{place}"] if place is not None else pl.Series([], dtype=pl.String)
        written = [cell for cell in _likely(cells) if _names(cell)]
        if place is None or not written:
            continue
        header = raw.header[place]
        listed = _rows(raw.cells.filter(pl.col(f"c{place}").is_in(written))["row"].to_list())
        notes.append(
            say(
                f"[{raw.sheet}] {header}: several people in one cell are kept as one party, for what is whose is not "
                f"told: {written[0]} (row {listed}); write a row for each",
                f"[{raw.sheet}] “{header}”：同一单元格写有多人，各人份额不明，按一方保留：{written[0]}"
                f"（第 {listed} 行）；如需区分请每人一行",
            )
        )
    return notes


def _likely(cells: pl.Series) -> list[str]:
    written = cells.drop_nulls().unique(maintain_order=True)
    return written.filter(written.str.contains(_LIKELY)).to_list()


def _names(cell: str) -> list[str]:
    """The people whom a cell names, each with what stands in brackets behind; none where it may name but one.

    >>> _names("张三、李四（绰号“老李”）"), _names("张三、等人"), _names("某药房、某诊所有限公司")
    (['张三', '李四（绰号“老李”）'], [], [])
    """
    parts = [part.strip() for part in _BETWEEN.split(cell.strip()) if part.strip()]
    return parts if len(parts) > 1 and all(_NAME.fullmatch(part) for part in parts) else []


def _rows(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_LISTED])) + (" …" if len(rows) > _LISTED else "")
