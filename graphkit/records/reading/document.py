"""Tables in Word documents (docx), as lists of what was seized often are: each with the lines of text right above it.

Lines and rows are numbered from 1 through the text above a table and the table itself; the sheet is the table's number.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

import polars as pl

from graphkit.records.reading.archive import damaged
from graphkit.records.reading.grid import rows_of, tidy
from graphkit.records.reading.opening import Opened
from graphkit.records.reading.safety import check_columns
from graphkit.records.reading.tables import Grid, Merges

PART = "word/document.xml"
_ABOVE = 5  # lines of text that may say what the table below is about


@dataclass
class _Cell:
    """A cell: its text, the columns that it spans, and whether it goes on with the one above it."""

    texts: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False


@dataclass
class _Table:
    """A table and the lines of text above it."""

    above: list[str]
    rows: list[list[_Cell]] = field(default_factory=list)


def read_document(file: Opened, written: Sequence[int] = ()) -> Iterator[Grid]:
    """The tables of a document, one after the other; the rows `written` untrimmed too."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            tables = _Reader().tables(archive.read(PART))
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, OSError, ValueError):
        raise damaged(file.name) from None
    for number, table in enumerate(tables, 1):
        yield _grid(table, str(number), file.name, written)


def _grid(table: _Table, sheet: str, name: str, written: Sequence[int]) -> Grid:
    width = max((sum(cell.span for cell in row) for row in table.rows), default=1)
    check_columns(width, name, sheet)
    lines = [[text] for text in table.above]
    lines += [[text for cell in row for text in (_text(cell), *[""] * (cell.span - 1))] for row in table.rows]
    columns = {f"c{place}": [line[place] if place < len(line) else "" for line in lines] for place in range(width)}
    cells = pl.DataFrame(
        {"row": list(range(1, len(lines) + 1)), **columns},
        schema={"row": pl.Int64, **dict.fromkeys(columns, pl.String)},
    )
    merges = tuple(_merges(table))
    return Grid(sheet, tidy(cells, name, sheet), merges=merges, written=rows_of(cells, written))


def _text(cell: _Cell) -> str:
    return "" if cell.goes_on else "\n".join("".join(cell.texts).strip("\n").splitlines())


def _merges(table: _Table) -> Iterator[tuple[int, int, int, int]]:
    """The cells over several columns or rows, as sheets tell of them."""
    open_cells: dict[int, tuple[int, int, int]] = {}  # by the first column: first row, last row, last column
    for row, cells in enumerate(table.rows, len(table.above) + 1):
        place = 0
        for cell in cells:
            top = open_cells[place][0] if cell.goes_on and place in open_cells else row
            if top == row and place in open_cells:
                yield from _several(place, open_cells.pop(place))
            open_cells[place] = top, row, place + cell.span - 1
            place += cell.span
    for place, cell_open in open_cells.items():
        yield from _several(place, cell_open)


def _several(left: int, cell: tuple[int, int, int]) -> Merges:
    top, bottom, right = cell
    return ((top, left, bottom, right),) if (bottom, right) > (top, left) else ()


class _Reader:
    """Takes the tables out of a document's XML; one inside a cell is part of the cell's text."""

    def __init__(self) -> None:
        self._done: list[_Table] = []
        self._depth = 0
        self._lines: list[list[str]] = []
        self._in_text = False

    def tables(self, content: bytes) -> list[_Table]:
        """The tables in their order. Raises ExpatError or ValueError where the XML is not to be trusted."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._said
        parser.Parse(content, True)
        return self._done

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document declares no types of its own")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        value = next((text for key, text in attributes.items() if key.rpartition(":")[2] == "val"), "")
        if name == "tbl":
            self._depth += 1
            if self._depth == 1:
                above = ["".join(line).strip() for line in self._lines]
                self._done.append(_Table([line for line in above if line][-_ABOVE:]))
                self._lines = []
        elif self._depth == 1 and name == "tr":
            self._done[-1].rows.append([])
        elif self._depth == 1 and name == "tc":
            self._done[-1].rows[-1].append(_Cell())
        elif self._depth == 1 and name == "gridSpan":
            self._done[-1].rows[-1][-1].span = max(1, min(int(value), 1000))
        elif self._depth == 1 and name == "vMerge":
            self._done[-1].rows[-1][-1].goes_on = value != "restart"
        elif name == "p":
            self._add("\n")
        elif name in ("tab", "br"):
            self._add(" ")
        self._in_text = name == "t"

    def _end(self, tag: str) -> None:
        self._in_text = False
        self._depth -= tag.rpartition(":")[2] == "tbl"

    def _said(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        """To the cell that is open, else to the text between tables."""
        if not self._depth and text == "\n":
            self._lines.append([])
        elif not self._depth and self._lines:
            self._lines[-1].append(text)
        elif self._depth and self._done[-1].rows and self._done[-1].rows[-1]:
            self._done[-1].rows[-1][-1].texts.append(text)
