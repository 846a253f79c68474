"""What reading a file gives: its tables as text, before anyone asks what the columns mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

Known = Callable[[str], bool]
"""Says whether a text, in its `comparable` form, is the name of a column that some record kind has."""


Merges = tuple[tuple[int, int, int, int], ...]
"""Merged cells: first row, first column, last row, last column; rows from 1, columns from 0 at c0."""


def nothing_known(name: str) -> bool:
    """No column name is known."""
    return False


@dataclass(frozen=True)
class RawTable:
    """One table as it was written: nothing is interpreted, cells are only trimmed."""

    sheet: str
    """The sheet's name; "1" in a text file."""
    header: tuple[str, ...]
    """The header cells, whose positions match c0…; empty where the table has no header."""
    header_row: int
    """The physical row of the last header line, from 1; 0 where the table has no header."""
    cells: pl.DataFrame
    """`row` (Int64, the physical row from 1) and c0… (String, null where empty). Blank rows are left out."""
    notes: tuple[str, ...]
    """What was set right on the way."""
    places: tuple[int, ...] = ()
    """Where in the sheet's cells each column stands, from 0."""
    merges: Merges = ()
    """The sheet's merged cells, their columns in terms of `places`."""
    corrects: str = ""
    """The id of the file whose refused rows these are, where all are of one."""
    above: tuple[tuple[str, ...], ...] = ()
    """The filled cells of each line above the header."""
    side: str = ""
    """Where tables stand side by side, a mark of the column at which this one begins, for those right of the first."""
    form: bool = False
    """Whether the names stand beside their values, so that a record has no row of its own."""


@dataclass(frozen=True)
class Tables:
    """All the tables of one file, and what was left aside (sheets that hold no table)."""

    tables: tuple[RawTable, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A sheet before its header is found."""

    sheet: str
    cells: pl.DataFrame
    first_column: int = 0
    """The physical column, from 0, of c0."""
    merges: Merges = ()
    notes: tuple[str, ...] = ()
    written: pl.DataFrame | None = None
    """The rows that were asked for, untrimmed."""


def comparable(name: str) -> str:
    """A column name in the form in which names are compared: NFKC, no whitespace, lower case.

    >>> comparable(" Ｎａｍｅ ")
    'name'
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def column_letter(position: int) -> str:
    """The name that a spreadsheet gives to the column at this position, from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
