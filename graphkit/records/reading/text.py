"""Tables in text files: csv, tab-separated and the like, in whichever encoding."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy
import polars as pl

from graphkit.model.language import say
from graphkit.records.reading.encoding import as_utf8
from graphkit.records.reading.grid import check_lengths, rows_of, tidy
from graphkit.records.reading.safety import check_columns, unreadable
from graphkit.records.reading.separator import find_separator
from graphkit.records.reading.tables import Grid, Known

SHEET = "1"
_SPARE_COLUMNS = 4  # room for rows wider than those at the file's beginning
_BLOCK = 1 << 22
_BATCH = 50_000


def read_text(content: bytes, name: str, known: Known, written: Sequence[int] = ()) -> Grid:
    """The cells of a text file; the rows `written` untrimmed too."""
    text, encoding = as_utf8(content, name)
    _check_text(text, name)
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")  # line ends of old Macintosh programs
    separator, width = find_separator(text, known)
    check_columns(width, name)
    cells, notes = _cells(text, name, separator, width)
    if encoding not in ("utf-8", "utf-8-sig"):
        notes = (say(f"read as {encoding}", f"按 {encoding} 编码读取"), *notes)
    return Grid(SHEET, tidy(cells, name, ""), notes=notes, written=rows_of(cells, written))


def _check_text(text: bytes, name: str) -> None:
    """Refuse what is no table of text at all."""
    position = text.find(0)
    if position >= 0:
        row = text.count(b"\n", 0, position) + 1
        raise unreadable(
            name,
            "holds a NUL byte, so it is no text or is damaged; save it again as csv (UTF-8) or xlsx",
            "含有 NUL 字节，不是文本或已损坏，请重新另存为 csv（UTF-8）或 xlsx",
            row=row,
        )
    start = text[:512].lstrip().lower()
    if start.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<meta", b"<head")):
        raise unreadable(
            name,
            "is a web page or XML, not a table of text; open it in a spreadsheet program and save it as xlsx",
            "是网页或 XML，不是文本表格，请用电子表格软件打开后另存为 xlsx",
        )


def _cells(text: bytes, name: str, separator: str, width: int) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """All rows; by polars where its reader is sure to understand the file as everyone does."""
    if well_quoted(text, separator):
        try:
            return _native(text, separator, width), ()
        except pl.exceptions.PolarsError:
            pass  # a row further down is wider than those at the beginning
    return _lenient(text, name, separator)


def _native(text: bytes, separator: str, width: int) -> pl.DataFrame:
    return pl.read_csv(
        text,
        has_header=False,
        schema={f"c{position}": pl.String for position in range(width + _SPARE_COLUMNS)},
        infer_schema=False,
        separator=separator,
        quote_char='"' if b'"' in text else None,
        missing_columns="insert",
        extra_columns="raise",
        raise_if_empty=False,
        row_index_name="row",
        row_index_offset=1,
    ).with_columns(pl.col("row").cast(pl.Int64))


def well_quoted(text: bytes, separator: str) -> bool:
    """Whether every quotation mark opens or closes a whole cell or stands doubled inside one.

    polars reads other files differently from spreadsheet programs, and says nothing. Of the marks counted from 0, the
    even ones must follow a separator, a line end or a mark that they double; the odd ones must precede one.
    """
    before = numpy.zeros(256, dtype=bool)
    before[[ord(separator), ord("\n"), ord('"')]] = True
    after = before.copy()
    after[ord("\r")] = True
    seen = 0
    for start in range(0, len(text), _BLOCK):
        if text.find(b'"', start, start + _BLOCK) < 0:
            continue
        # One byte more on either side, so that a mark at the block's edge has its neighbours.
        block = numpy.frombuffer(b"\n" + text[max(start - 1, 0) : start + _BLOCK + 1] + b"\n", dtype=numpy.uint8)
        first = 1 if start == 0 else 2
        marks = numpy.flatnonzero(block[first : first + min(_BLOCK, len(text) - start)] == ord('"')) + first
        opening, closing = marks[seen % 2 :: 2], marks[1 - seen % 2 :: 2]
        if not (before[block[opening - 1]].all() and after[block[closing + 1]].all()):
            return False
        seen += marks.size
    return seen % 2 == 0


def _lenient(text: bytes, name: str, separator: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """All rows as the standard library reads them: slower, but it takes any quotation mark and any width."""
    try:
        return _batched(_rows(text, name, separator, csv.QUOTE_MINIMAL), name), ()
    except _OpenQuoteError as error:
        if separator != "\t":
            raise unreadable(
                name,
                "a quotation mark opened in this row is never closed; close it or delete it",
                "该行的引号没有闭合，请补全或删除",
                row=error.row,
            ) from None
        note = say(
            f"row {error.row}: a quotation mark is never closed; all quotation marks were read as text",
            f"第 {error.row} 行引号未闭合，所有引号按普通字符读取",
        )
        return _batched(_rows(text, name, separator, csv.QUOTE_NONE), name), (note,)


class _OpenQuoteError(Exception):
    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


_END = "\x00"  # no file with a NUL comes this far, so no cell looks like it


def _rows(text: bytes, name: str, separator: str, quoting: Literal[0, 3]) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline=None)
    reader = csv.reader(itertools.chain(_ended(lines), [_END]), delimiter=separator, quoting=quoting, strict=False)
    for row, cells in enumerate(reader, 1):
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise _OpenQuoteError(row)
        check_columns(len(cells), name, row=row)
        yield cells


def _ended(lines: Iterator[str]) -> Iterator[str]:
    """The lines, the last with a line end too."""
    for line in lines:
        yield line if line.endswith("\n") else line + "\n"


def _batched(rows: Iterator[list[str]], name: str) -> pl.DataFrame:
    """Frames of some rows each, so that the cells never all exist as Python objects; joined."""
    frames, first = [pl.DataFrame(schema={"row": pl.Int64})], 1
    while batch := list(itertools.islice(rows, _BATCH)):
        width = max(map(len, batch))
        columns = itertools.islice(itertools.zip_longest(*batch), width)
        frame = pl.DataFrame(
            [pl.Series(f"c{position}", values, dtype=pl.String) for position, values in enumerate(columns)]
        )
        numbers = pl.int_range(first, first + len(batch), dtype=pl.Int64, eager=True).alias("row")
        frames.append(frame.insert_column(0, numbers) if frame.width else numbers.to_frame())
        check_lengths(frames[-1], name, "", 0)
        first += len(batch)
    return pl.concat(frames, how="diagonal")
