"""The very rows behind a fact: from a reference FILE-ID#SHEET:ROW to the cells as they were handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphkit.errors import NotFound, RequestError, StoreDamaged
from graphkit.model.answer import Column, Row
from graphkit.records.staged import FileRecord

COLUMNS = (
    Column("ref", en="Reference", zh="出处"),
    Column("file", en="File", zh="文件编号"),
    Column("name", en="Name", zh="文件名"),
    Column("sheet", en="Sheet", zh="工作表"),
    Column("row", "integer", "", "Row", "行"),
    Column("cells", "list", "", "Cells", "单元格"),
)


@dataclass(frozen=True)
class Reference:
    """A row of a sheet of a file."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}#{self.sheet}:{self.row}"


def parse(text: str) -> Reference:
    """Read FILE-ID#SHEET:ROW; the sheet's name may hold any character. Raises RequestError.

    >>> parse("0123456789ab#Sheet:1:7").row
    7
    """
    file, mark, rest = text.partition("#")
    sheet, colon, row = rest.rpartition(":")
    if not mark or not colon or not row.isdigit():
        raise RequestError(
            f"{text}: not a reference; one looks like 0123456789ab#1:7",
            f"{text}：不是出处引用；形式如 0123456789ab#1:7",
        )
    return Reference(file, sheet, int(row))


def rows_behind(references: Sequence[str], files: Sequence[FileRecord], content: Callable[[str], bytes]) -> list[Row]:
    """The cells of each row asked for, in the order asked; each file is read once. Raises NotFound, StoreDamaged."""
    asked = [parse(text) for text in references]
    known = {record.file: record for record in files}
    for one in asked:
        if one.file not in known:
            raise NotFound(
                f"{one}: no file {one.file} is loaded; see graphkit files",
                f"{one}：没有载入文件 {one.file}；见 graphkit files",
            )
    cells: dict[tuple[str, str, int], dict[str, str]] = {}
    for file, sheet in sorted({(one.file, one.sheet) for one in asked}):
        rows = sorted({one.row for one in asked if (one.file, one.sheet) == (file, sheet)})
        found = _read(known[file], sheet, rows, _unaltered(known[file], content(file)))
        cells.update({(file, sheet, row): found[row] for row in rows if row in found})
    return [_row(one, known[one.file].name, cells) for one in asked]


def _unaltered(record: FileRecord, content: bytes) -> bytes:
    """The bytes that were loaded: what was altered since is no evidence."""
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise StoreDamaged(
            f"The kept original of {record.name} ({record.file}) was altered after it was loaded: "
            "its sha256 is another. Unload it and load the original again.",
            f"{record.name}（{record.file}）所留存的原件在载入后被改动，sha256 不符。请撤回该文件并重新载入原件。",
        )
    return content


def _row(one: Reference, name: str, cells: dict[tuple[str, str, int], dict[str, str]]) -> Row:
    key = (one.file, one.sheet, one.row)
    if key not in cells:
        raise NotFound(f"{one}: {name} has no such row", f"{one}：{name} 中没有这一行")
    return {
        "ref": str(one),
        "file": one.file,
        "name": name,
        "sheet": one.sheet,
        "row": one.row,
        "cells": cells[key],
        "evidence": [str(one)],
    }


def _read(record: FileRecord, sheet: str, rows: Sequence[int], content: bytes) -> dict[int, dict[str, str]]:
    from graphkit.records.layouts import LAYOUTS
    from graphkit.records.loading import known_headers
    from graphkit.records.mapping import parse_mapping
    from graphkit.records.reading import read_cells

    layout = next((one for one in LAYOUTS if one.name == record.layout), None)
    if layout is not None:
        return layout.cells(content, record.name, set(rows))
    mappings = parse_mapping(record.mapping, record.name) if record.mapping else ()
    return read_cells(content, sheet, rows, known_headers(mappings), record.name)
