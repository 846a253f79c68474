"""How far the cells of an xlsx sheet reach, told from its XML before memory is allotted for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from graphkit.records.reading.safety import unreadable

_FAR_ROW = re.compile(rb'<c r="[A-Za-z]{1,3}(\d{6,})')
_FAR_COLUMN = re.compile(rb'<c r="([A-Za-z]{2,})')
_FAR_CELL = re.compile(rb'<c(?! r="[A-Za-z]\d{1,5}"|[A-Za-z])')  # beyond Z99999; most blocks of most files have none
_ODD_CELL = re.compile(rb'<c(?! r="[A-Za-z]+\d+"|[A-Za-z])')
_PREFIXED_CELL = re.compile(rb"<[^<>\s]*:c[\s/>]")
_LONGEST_TAG = 4096
# A cell that is an error, and formulas of which no result is kept, as each program writes them.
_NO_VALUE = b't="e"', b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />"


def column_position(letters: str) -> int:
    """The number, from 1, of the column with these letters.

    >>> column_position("A"), column_position("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Bound:
    """An upper bound of a sheet's area, cheap to find where the XML is written as every program writes it.

    Told from the names of cells, by which readers place them; a cell without a name or with a prefix is unusual.
    """

    def __init__(self) -> None:
        self.is_sheet = False
        self.errors = False  # some cell is an error or a formula without a result
        self.unusual = False  # written otherwise: the bound says nothing
        self._rows = 99_999  # smaller numbers in a cell's name are not looked at
        self._columns = 26
        self._open_tag = b""

    @property
    def area(self) -> int:
        """No more cells than these."""
        return self._rows * self._columns

    def feed(self, block: bytes) -> None:
        """Look at the next part of the file."""
        block = self._open_tag + block
        end = block.rfind(b"<")
        self._open_tag = block[end:] if end >= 0 and len(block) - end < _LONGEST_TAG else b""
        if self._open_tag:
            block = block[:end]
        self.is_sheet = self.is_sheet or b"sheetData" in block
        self.errors = self.errors or any(mark in block for mark in _NO_VALUE)
        if b":c" in block:
            self.unusual = self.unusual or _PREFIXED_CELL.search(block) is not None
        if _FAR_CELL.search(block):
            self.unusual = self.unusual or _ODD_CELL.search(block) is not None
            self._rows = max(self._rows, *map(int, _FAR_ROW.findall(block)), 0)
            letters = {match.decode() for match in set(_FAR_COLUMN.findall(block))}
            self._columns = max(self._columns, *map(column_position, letters), 0)


def exact_extent(blocks: Iterable[bytes], name: str) -> tuple[int, int]:
    """How many rows and columns lie between the first and the last filled cell; slow."""
    cells = _Cells()
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.start
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise unreadable(
            name,
            "a sheet of the workbook is damaged; ask for the file again or save it anew",
            "工作簿中的工作表已损坏，请重新索取或另存",
        ) from None
    return cells.rows[1] - cells.rows[0] + 1, cells.columns[1] - cells.columns[0] + 1


class _Cells:
    """Follows the positions of cells as readers of xlsx do: named, or one after the other."""

    def __init__(self) -> None:
        self.rows = (1, 0)
        self.columns = (1, 0)
        self._row = self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif tag == "c":
            self._place(attributes.get("r", ""))
        elif tag in ("v", "is"):
            self.rows = _widened(self.rows, self._row)
            self.columns = _widened(self.columns, self._column)

    def _place(self, name: str) -> None:
        letters = name.rstrip("0123456789")
        self._column = column_position(letters) if letters else self._column + 1
        self._row = int(name[len(letters) :]) if letters else self._row


def _widened(span: tuple[int, int], position: int) -> tuple[int, int]:
    first, last = span
    return (position, position) if first > last else (min(first, position), max(last, position))
