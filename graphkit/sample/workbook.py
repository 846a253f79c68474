"""Workbooks: one sheet a table, merged titles and headings, dates and numbers in some columns, a sheet of prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphkit.sample.departments import Style
from graphkit.sample.tables import Layout, dressed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

CREATED = datetime(2024, 12, 31, 18, 0, 0)  # what workbooks say of themselves; never the time of writing


@dataclass
class Sheet:
    """One sheet of a workbook, kept until the workbook is closed."""

    name: str
    layout: Layout
    modes: list[str]
    groups: list[tuple[int, int, str]]  # columns first to last under one merged heading
    chunks: list[tuple[pl.DataFrame, Ints]] = field(default_factory=list)
    numbers: set[tuple[int, int]] = field(default_factory=set)  # cells (row, column) to be written as rounded numbers

    @property
    def sheet(self) -> str:
        """The sheet's name, as references have it."""
        return self.name

    def append(self, text: pl.DataFrame) -> Ints:
        """Keep records; returns their physical rows."""
        text = dressed(text, self.layout)
        rows, _ = self.layout.place(len(text))
        self.chunks.append((text, rows))
        return rows

    def append_line(self, cells: list[str]) -> int:
        """Keep a line that is no record; returns its physical row."""
        rows, _ = self.layout.place(1)
        self.chunks.append((pl.DataFrame([cells], orient="row"), rows))
        return int(rows[0])


class Workbook:
    """An xlsx file with one sheet a table, and a sheet that holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: list[Sheet] = []

    def table(self, layout: Layout, modes: list[str], groups: list[tuple[int, int, str]]) -> Sheet:
        """A new sheet for a table."""
        style = layout.style
        layout.begin(merged=bool(groups))
        before, after = (["text"] if style.numbered else []), (["text"] if style.clerk else [])
        shift = len(before)
        sheet = Sheet(
            style.channel.en if style.english else style.channel.zh,
            layout,
            [*before, *modes, *after],
            [(a + shift, b + shift, t) for a, b, t in groups],
        )
        self.sheets.append(sheet)
        return sheet

    def close(self) -> None:
        """Write the file."""
        import xlsxwriter

        self.path.parent.mkdir(parents=True, exist_ok=True)
        book = xlsxwriter.Workbook(
            str(self.path),
            {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
        )
        book.set_properties({"created": CREATED, "author": "", "title": ""})
        forms = {
            "bold": book.add_format({"bold": True}),
            "merged": book.add_format({"bold": True, "align": "center", "border": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for sheet in self.sheets:
            _fill(book.add_worksheet(sheet.name), sheet, forms)
        if len(self.sheets) > 1:
            _explain(book, self.sheets[0].layout.style)
        book.close()


def _explain(book: Any, style: Style) -> None:
    """A sheet of prose: no table."""
    sheet = book.add_worksheet("Notes" if style.english else "填表说明")
    lines = (
        ["How to fill in", "Dates as found in the original documents.", "Contact: the duty desk."]
        if style.english
        else ["填表说明", "一、本表由各单位据实填写。", "二、数量单位以原始单据为准。", "三、如有疑问请联系值班室。"]
    )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def _fill(target: Any, sheet: Sheet, forms: dict[str, Any]) -> None:
    layout, width = sheet.layout, len(sheet.layout.headers)
    for row, line in enumerate(layout.above):
        if row == 0 and width > 1:
            target.merge_range(0, 0, 0, width - 1, line[0], forms["merged"])
        else:
            for column, cell in enumerate(line):
                target.write_string(row, column, cell)
    _head(target, sheet, len(layout.above), forms)
    for text, rows in sheet.chunks:
        for row, cells in zip(rows.tolist(), text.iter_rows(), strict=True):
            for column, cell in enumerate(cells):
                if cell:
                    mode = "number" if (row, column) in sheet.numbers else sheet.modes[column]
                    if mode == "text" or not _write_value(target, (row - 1, column), cell, mode, forms):
                        target.write_string(row - 1, column, cell)


def _head(target: Any, sheet: Sheet, top: int, forms: dict[str, Any]) -> None:
    """The header: one row, or two where groups of columns stand under a merged heading and the others span both."""
    headers = sheet.layout.headers
    if sheet.layout.style.broken_headers:
        headers = [f"{header[:2]}\n{header[2:]}" if len(header) == 4 else header for header in headers]
    if not sheet.groups:
        for column, header in enumerate(headers):
            target.write_string(top, column, header, forms["bold"])
        return
    grouped: set[int] = set()
    for first, last, title in sheet.groups:
        target.merge_range(top, first, top, last, title, forms["merged"])
        grouped.update(range(first, last + 1))
    for column, header in enumerate(headers):
        if column in grouped:
            target.write_string(top + 1, column, header, forms["bold"])
        else:
            target.merge_range(top, column, top + 1, column, header, forms["merged"])


def _write_value(target: Any, place: tuple[int, int], cell: str, mode: str, forms: dict[str, Any]) -> bool:
    """A cell as a number or date; whether it could be: what cannot stays text, as people leave it."""
    try:
        if mode == "number":
            target.write_number(*place, float(cell))
        else:
            moment = datetime.fromisoformat(cell.strip())
            target.write_datetime(*place, moment, forms["time" if moment.hour or moment.minute else "date"])
    except ValueError:
        return False
    return True
