"""Reading the tables that departments hand over: csv, tab-separated text, xlsx, xls, docx, whatever their suffix says.

`read_tables` gives the tables of a file, `read_cells` the cells of a few rows. Both take a path, the file's bytes, or
what `opened` made of them. All raise `graphkit.errors.UnreadableFile` where the file cannot be read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import NotFound
from graphkit.model.language import say
from graphkit.records.reading.opening import Opened, is_workbook, opened
from graphkit.records.reading.tables import Known, RawTable, Tables, comparable, nothing_known

if TYPE_CHECKING:
    from graphkit.records.reading.tables import Grid

__all__ = ["Known", "RawTable", "Tables", "comparable", "is_workbook", "opened", "read_cells", "read_tables"]


def read_tables(source: Path | bytes | Opened, known: Known = nothing_known, name: str = "") -> Tables:
    """All the tables of a file, and what was left aside.

    `known` says whether a text, in its `comparable` form, names a column; it is asked in order to find the header.
    `name` is what errors call the file; by default its file name.
    """
    tables: list[RawTable] = []
    notes: list[str] = []
    for grid in _grids(opened(source, name), known):
        from graphkit.records.reading.sections import tables_of  # now: polars is imported while a workbook is read

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


def _grids(file: Opened, known: Known, written: Sequence[int] = ()) -> Iterator[Grid]:
    """The sheets of a file, by what its bytes are and not by what its name says; the rows `written` untrimmed too."""
    if file.document:
        from graphkit.records.reading.document import read_document

        yield from read_document(file, written)
    elif is_workbook(file.content):
        from graphkit.records.reading.workbook import read_workbook

        yield from read_workbook(file, written)
    else:
        from graphkit.records.reading.text import read_text

        yield read_text(file.content, file.name, known, written)


def read_cells(
    source: Path | bytes, sheet: str, rows: Sequence[int], known: Known = nothing_known, name: str = ""
) -> dict[int, dict[str, str]]:
    """The cells of these physical rows by the header's names, exactly as they were written; empty cells are "".

    A column without a name has a letter ("C"); a name that occurs again has its letter added ("姓名 (E)"). Rows that
    the table does not hold are missing. `known` must be what the file was loaded with, so that the header is the same.
    """
    from graphkit.records.reading.sections import tables_of

    others: list[str] = []
    for grid in _grids(opened(source, name), known, rows):
        tables = tables_of(grid, known)
        if tables and grid.sheet == sheet:
            return _together(tables, grid, rows)
        others += [grid.sheet] if tables else []
    sheets = ", ".join(others)
    raise NotFound(f"no table on sheet {sheet}; there is: {sheets}", f"工作表 {sheet} 中没有表格；现有：{sheets}")


def _together(tables: Sequence[RawTable], grid: Grid, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """What all tables of a sheet have in these rows; of tables side by side each name once more with its column."""
    from graphkit.records.reading.tables import column_letter

    found: dict[int, dict[str, str]] = {}
    for table in tables:
        for row, cells in _written(table, grid, rows).items():
            known = found.setdefault(row, {})
            for place, (name, cell) in enumerate(cells.items()):
                letter = column_letter(grid.first_column + table.places[place]) if table.places else ""
                known[f"{name} ({letter})" if name in known else name] = cell
    return found


def _written(table: RawTable, grid: Grid, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Those of the rows that the table holds, as they were written."""
    import polars as pl

    if grid.written is None:
        return {}
    if table.form:
        held = table.cells.filter(pl.col("row").is_in(list(rows)))
        return {
            row: dict(zip(table.header, (cell or "" for cell in cells), strict=True)) for row, *cells in held.rows()
        }
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
