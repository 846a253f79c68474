"""Reading the tables that departments hand over: csv, tab-separated text, xlsx, xls, whatever their suffix says.

`read_tables` gives the tables of a file, `read_cells` the cells of a few rows. Both take a path or the file's bytes.
Both raise `graphkit.errors.UnreadableFile` where the file cannot be read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import NotFound
from graphkit.model.language import say
from graphkit.records.reading.tables import Known, RawTable, Tables, comparable, nothing_known

if TYPE_CHECKING:
    from graphkit.records.reading.tables import Grid

__all__ = ["Known", "RawTable", "Tables", "comparable", "is_workbook", "read_cells", "read_tables"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_tables(source: Path | bytes, known: Known = nothing_known, name: str = "") -> Tables:
    """All the tables of a file, and what was left aside.

    `known` says whether a text, in its `comparable` form, names a column; it is asked in order to find the header.
    `name` is what errors call the file; by default its file name.
    """
    from graphkit.records.reading.sections import tables_of

    tables: list[RawTable] = []
    notes: list[str] = []
    for grid in _grids(source, known, name):
        found = tables_of(grid, known)
        tables += found
        notes += [] if found else [_no_table(grid)]
    return Tables(tuple(tables), tuple(notes))


def _no_table(grid: Grid) -> str:
    rows = grid.cells.height
    return say(
        f"sheet {grid.sheet} holds no table ({rows} rows with text)",
        f"工作表 {grid.sheet} 中没有表格（有内容的行数：{rows}）",
    )


def _grids(source: Path | bytes, known: Known, name: str, written: Sequence[int] = ()) -> Iterator[Grid]:
    """The sheets of a file, by what its bytes are and not by what its name says; the rows `written` untrimmed too."""
    from graphkit.records.reading.safety import content_of

    name = name or (source.name if isinstance(source, Path) else "") or say("the file", "文件")
    content = content_of(source, name)
    if is_workbook(content):
        from graphkit.records.reading.workbook import read_workbook

        yield from read_workbook(content, name, written)
    else:
        from graphkit.records.reading.text import read_text

        yield read_text(content, name, known, written)


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is a workbook, or at least no text.

    >>> is_workbook(b"PK\\x03\\x04..."), is_workbook("姓名,电话".encode())
    (True, False)
    """
    return head.startswith((*_ZIP, _OLE))


def read_cells(
    source: Path | bytes, sheet: str, rows: Sequence[int], known: Known = nothing_known, name: str = ""
) -> dict[int, dict[str, str]]:
    """The cells of these physical rows by the header's names, exactly as they were written; empty cells are "".

    A column without a name has a letter ("C"); a name that occurs again has its letter added ("姓名 (E)"). Rows that
    the table does not hold are missing. `known` must be what the file was loaded with, so that the header is the same.
    """
    from graphkit.records.reading.sections import tables_of

    others: list[str] = []
    for grid in _grids(source, known, name, rows):
        tables = tables_of(grid, known)
        if tables and grid.sheet == sheet:
            return {row: cells for table in tables for row, cells in _written(table, grid, rows).items()}
        others += [grid.sheet] if tables else []
    sheets = ", ".join(others)
    raise NotFound(f"no table on sheet {sheet}; there is: {sheets}", f"工作表 {sheet} 中没有表格；现有：{sheets}")


def _written(table: RawTable, grid: Grid, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Those of the rows that the table holds, as they were written."""
    import polars as pl

    if grid.written is None:
        return {}
    names = _unique_names(table)
    columns = [f"c{place}" for place in table.places]
    held = table.cells.filter(pl.col("row").is_in(list(rows))).select("row")
    found = grid.written.join(held, on="row", how="semi").select("row", *columns).rows()
    return {row: {name: cell or "" for name, cell in zip(names, cells, strict=True)} for row, *cells in found}


def _unique_names(table: RawTable) -> list[str]:
    from graphkit.records.reading.tables import column_letter

    names: list[str] = []
    for position in range(table.cells.width - 1):
        name = table.header[position] if table.header else column_letter(position)
        names.append(f"{name} ({column_letter(position)})" if name in names else name)
    return names
