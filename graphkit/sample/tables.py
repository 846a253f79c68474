"""How a table is laid out: title rows, blank rows, odd columns; and csv files, each in its encoding."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.model.fields import Field
from graphkit.sample.departments import BOOKS, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BLANK_AFTER = 6  # records before the one blank row that some tables have


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


def book_name(style: Style) -> str:
    """The file name of a table's workbook or csv, without its ending."""
    book = BOOKS.get(style.channel.book) if style.xlsx else None
    zh, en = book or (style.channel.zh, style.channel.en)
    return en if style.english else zh
