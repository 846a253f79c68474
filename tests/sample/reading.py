"""Reads a sample's files plainly, by other means than graphkit's own reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import load_workbook

ENCODINGS = ("utf-8-sig", "gb18030")


def text_of(path: Path) -> tuple[str, str]:
    """The text of a csv file and the encoding that fitted."""
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{path} fits no encoding")


def grids_of(path: Path) -> dict[str, list[list[object]]]:
    """Sheet → rows of cells, all rows from the first on."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    text, _ = text_of(path)
    delimiter = max(",;\t", key=text.splitlines()[-1].count)
    return {"1": [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]}


def cells_of(folder: Path) -> str:
    """Every cell of every file in one text, to look for what must not be there."""
    grids = [grid for path in sorted(folder.rglob("*.*")) for grid in grids_of(path).values()]
    return "\n".join(str(cell) for grid in grids for row in grid for cell in row if cell not in (None, ""))
