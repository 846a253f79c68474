"""Files as they are handed over: csv in its encoding, or a sheet of a workbook, with title rows, blank rows and odd columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphkit.model.fields import Field
from graphkit.sample.departments import BOOKS, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BLANK_AFTER = 6  # records before the one blank row that some tables have
_EXCEL_DAY = datetime(1899, 12, 30)
CREATED = datetime(2024, 12, 31, 18, 0, 0)  # what workbooks say of themselves; never the time of writing


@dataclass
class Layout:
    """The frame of one table: what stands above the records, and the columns around them."""

    style: Style
    headers: list[str]
    above: list[list[str]] = field(default_factory=list)  # title and group rows
    blank: bool = False
    written: int = 0  # records so far
    line: int = 0  # physical rows so far

    def begin(self, merged: bool) -> None:
        """Count the rows above the records."""
        self.line = len(self.above) + 1 + (1 if merged else 0)

    def place(self, count: int) -> tuple[Ints, int]:
        """The physical rows of the next records, and before which of them the blank row goes (-1: none)."""
        rows = self.line + 1 + np.arange(count)
        gap = BLANK_AFTER - self.written if self.blank and self.written <= BLANK_AFTER < self.written + count else -1
        if gap >= 0:
            rows[gap:] += 1
        self.written += count
        self.line += count + (1 if gap >= 0 else 0)
        return rows, gap


def layout_of(style: Style, fields: list[Field]) -> Layout:
    """How a table of these columns is laid out."""
    headers = [style.header(f) for f in fields]
    if style.numbered:
        headers = ["No." if style.english else "序号", *headers]
    if style.clerk:
        headers = [*headers, "handled_by" if style.english else "经办人"]
    layout = Layout(style, headers, blank=style.province % 3 == 0)
    if style.titled:
        layout.above = _title(style)
    return layout


def _title(style: Style) -> list[list[str]]:
    if style.english:
        return [[f"{style.folder}: {style.channel.en.replace('_', ' ')}"], ["Period 2023-01-01 to 2024-12-31"]]
    return [[f"{style.folder}{style.channel.zh}登记表"], ["填报单位：" + style.folder, "填报日期：2024年12月31日"]]


def dressed(text: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The records with the odd columns around them."""
    style = layout.style
    if style.numbered:
        running = pl.Series("_number", np.arange(layout.written, layout.written + len(text)) + 1).cast(pl.String)
        text = text.select(running, pl.all())
    if style.clerk:
        text = text.with_columns(pl.lit("张经办" if not style.english else "Clerk Zhang").alias("_clerk"))
    return text


class CsvTable:
    """A csv file that grows by chunks."""

    sheet = "1"

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.layout = path, layout
        path.parent.mkdir(parents=True, exist_ok=True)
        self.stream: IO[bytes] = path.open("wb")
        self.started = False
        layout.begin(merged=False)

    def append(self, text: pl.DataFrame) -> Ints:
        """Write records; returns their physical rows."""
        if not self.started:
            self._start()
        text = dressed(text, self.layout)
        rows, gap = self.layout.place(len(text))
        for part, blank in ((text[:gap], True), (text[gap:], False)) if gap >= 0 else ((text, False),):
            self._write(part.write_csv(include_header=False, separator=self.layout.style.delimiter))
            if blank:
                self._write(self.layout.style.delimiter * (text.width - 1) + "\n")
        return rows

    def _start(self) -> None:
        self.started = True
        style = self.layout.style
        lines = [*self.layout.above, self.layout.headers]
        width = len(self.layout.headers)
        text = "".join(style.delimiter.join([*line, *[""] * (width - len(line))]) + "\n" for line in lines)
        self.stream.write(b"\xef\xbb\xbf" if style.encoding == "utf-8-sig" else b"")
        self._write(text)

    def _write(self, text: str) -> None:
        encoding = self.layout.style.encoding.removesuffix("-sig")
        self.stream.write(text.encode(encoding))

    def append_line(self, cells: list[str]) -> int:
        """Write a line that is no record; returns its physical row."""
        rows, _ = self.layout.place(1)
        self._write(self.layout.style.delimiter.join(cells) + "\n")
        return int(rows[0])

    def close(self) -> None:
        """Finish the file."""
        self.stream.close()


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
        import xlsxwriter  # type: ignore[import-untyped]

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


def book_name(style: Style) -> str:
    """The file name of a table's workbook or csv, without its ending."""
    book = BOOKS.get(style.channel.book) if style.xlsx else None
    zh, en = book or (style.channel.zh, style.channel.en)
    return en if style.english else zh


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
                if cell is not None and cell != "":
                    _cell(
                        target,
                        row - 1,
                        column,
                        cell,
                        "rounded" if (row, column) in sheet.numbers else sheet.modes[column],
                        forms,
                    )


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


def _cell(target: Any, row: int, column: int, cell: str, mode: str, forms: dict[str, Any]) -> None:
    """A cell by the column's way; what does not fit it is text, as people leave it."""
    if mode in ("number", "rounded"):
        try:
            target.write_number(row, column, float(cell))
        except ValueError:
            target.write_string(row, column, cell)
        return
    if mode == "date":
        try:
            moment = datetime.fromisoformat(cell.strip())
        except ValueError:
            target.write_string(row, column, cell)
            return
        target.write_datetime(row, column, moment, forms["time" if moment.hour or moment.minute else "date"])
        return
    target.write_string(row, column, cell)
