"""Text tables as the layouts see them: cells by row, and a first look at the head of a file."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import polars as pl

from graphkit.errors import UnreadableFile
from graphkit.records.layouts.names import distinct
from graphkit.records.reading.encoding import as_utf8
from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.safety import content_of, unreadable
from graphkit.records.reading.separator import find_separator
from graphkit.records.reading.tables import column_letter, nothing_known
from graphkit.records.reading.text import read_text

SAMPLE_BYTES = 1 << 20
SAMPLE_ROWS = 50
LINK_PROPERTIES = 1_000
Known = Callable[[str], bool]


def cells_of(
    source: Path | bytes, name: str, known: Known = nothing_known, written: Collection[int] = ()
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """All rows of a text file, its header among them: `row`, c0 …; and what was set right on the way.

    The rows `written`, unless the first of the table, are given as they were written: untrimmed.
    """
    grid = read_text(content_of(source, name), name, known, sorted(written))
    cells = grid.cells
    if cells.height and str(cells.row(0)[1]).lower().startswith("sep="):
        cells = cells.slice(1)
    if not cells.height:
        raise unreadable(name, "holds no rows", "没有数据行")
    return _untrimmed(cells, grid.written), grid.notes


def _untrimmed(cells: pl.DataFrame, written: pl.DataFrame | None) -> pl.DataFrame:
    """The cells with these rows as they were written; a single column is left, for it may have to be parted."""
    columns = columns_of(cells)
    if written is None or len(columns) < 2:
        return cells
    rows = written.filter(pl.col("row") > cells["row"][0]).select("row", *columns)
    filled = rows.with_columns(pl.when(pl.col(column) != "").then(pl.col(column)).alias(column) for column in columns)
    return cells.update(filled, on="row", how="left")


def first_row(cells: pl.DataFrame) -> tuple[str, ...]:
    """The cells of the first row, empty ones as empty text, up to the last that is filled."""
    texts = [text or "" for text in cells.select(columns_of(cells)).row(0)]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def shown(cells: pl.DataFrame, header: Sequence[str], rows: Collection[int]) -> dict[int, dict[str, str]]:
    """These rows as they were written, by the names of their columns; empty cells are ""."""
    columns = columns_of(cells)
    texts = [*header[: len(columns)], *[""] * (len(columns) - len(header))]
    names = distinct(header_names(texts))
    chosen = cells.filter(pl.col("row").is_in(list(rows))).rows()
    return {row: {name: cell or "" for name, cell in zip(names, texts, strict=True)} for row, *texts in chosen}


def sample_of(head: bytes, known: Known = nothing_known, most: int = SAMPLE_ROWS) -> list[list[str]]:
    """The first rows of a file, trimmed, blank ones left out; none where it is no table of text."""
    if b"\0" in head[:4096] and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return []
    try:
        text, _ = as_utf8(_whole_lines(head), "")
    except UnreadableFile:
        return []
    if text.lstrip()[:1] in (b"<", b"{", b"["):
        return []
    separator, _ = find_separator(text, known)
    lines = text.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    csv.field_size_limit(2**31 - 1)
    rows = ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator))
    filled = (row for row in rows if any(row) and not row[0].lower().startswith("sep="))
    return list(itertools.islice(filled, most))


def _whole_lines(head: bytes) -> bytes:
    """The head without the line that its end cuts off."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2]
    end = max(head.rfind(b"\n"), head.rfind(b"\r"))
    return head[: end + 1] if len(head) >= SAMPLE_BYTES and end > 0 else head


def place_error(path: Path, english: str, chinese: str, row: int = 0, column: int = -1) -> UnreadableFile:
    """The error that names a row and a column of the file."""
    return unreadable(path.name, english, chinese, row=row, column=column)


def check_width(cells: pl.DataFrame, header: Sequence[str], path: Path) -> None:
    """Refuse a row that has more cells than the header: nobody could say what they are."""
    beyond = columns_of(cells)[len(header) :]
    for column in beyond:
        wide = cells.filter(pl.col(column).is_not_null())
        if wide.height:
            english = "the row has more cells than the header; name the column or delete the cell"
            chinese = "该行的单元格多于表头，请补全表头或删除多余单元格"
            raise place_error(path, english, chinese, wide["row"][0], int(column[1:]))


def check_properties(name: str, count: int) -> None:
    """Refuse links with more properties than any person could mean."""
    if count > LINK_PROPERTIES:
        raise unreadable(
            name,
            f"its links have {count:,} properties, more than {LINK_PROPERTIES:,}; leave out columns",
            f"关联的属性有 {count:,} 个，超过 {LINK_PROPERTIES:,} 个，请删减列",
            row=1,
        )


def header_names(header: Sequence[str]) -> list[str]:
    """The header's names; a nameless column is called by its letter."""
    return [name or f"column {column_letter(position)}" for position, name in enumerate(header)]
