"""Tables in spreadsheet workbooks: xlsx, xlsm, and the binary xls of old."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from graphkit.model.language import say
from graphkit.records.reading.archive import damaged, locked
from graphkit.records.reading.marked import marked_cells
from graphkit.records.reading.opening import Opened
from graphkit.records.reading.tables import Grid


def read_workbook(file: Opened, written: Sequence[int] = ()) -> Iterator[Grid]:
    """The sheets of a workbook, one after the other; a sheet without cells gives an empty grid.

    The rows `written` are given untrimmed too.
    """
    content, name = file.content, file.name
    marked = marked_cells(content, file.errors) if content.startswith(b"PK") else {}
    with _translated(name), CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for position, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(position)  # takes longest, without Python's lock; polars can be imported
            from graphkit.records.reading.sheet import grid_of

            grid = grid_of(sheet, name, written, marked.get(sheet.name, {}))
            hidden = (say("the sheet is hidden", "该工作表为隐藏工作表"),)
            yield grid if about.visible == SheetVisibleEnum.Visible else replace(grid, notes=grid.notes + hidden)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """What the reader of workbooks raises, as our own errors; its panics too, which are no ordinary exceptions."""
    try:
        yield
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise damaged(name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None
