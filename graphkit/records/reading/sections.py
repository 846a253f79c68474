"""The tables of a sheet: mostly one, sometimes several, one below the other, each with its own header.

A table begins at a header that follows a gap (blank rows or a title line) and takes the title lines above it along. The
same header again, as on every page of a print, does not begin another table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from graphkit.model.language import say
from graphkit.records.reading.beginnings import first_table, starts_of
from graphkit.records.reading.beside import blocks
from graphkit.records.reading.forms import form_of
from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.header import Header, Line, all_text, find_header, first_lines
from graphkit.records.reading.naming import named
from graphkit.records.reading.tables import Grid, Known, RawTable, column_letter

_LISTED = 10
_SHOWN = 200  # characters of what stands above a header


@dataclass(frozen=True)
class _Part:
    """Rows under one header, the lines above it, and the rows in which the header is said again."""

    header: Header
    cells: pl.DataFrame
    above: tuple[Line, ...] = ()
    again: tuple[int, ...] = ()


def tables_of(grid: Grid, known: Known) -> list[RawTable]:
    """The tables of a sheet in their order; none where it holds no table."""
    form = form_of(grid, known)
    if form is not None:
        return [form]
    parts: dict[tuple[str, ...] | int, _Part] = {}
    for part in _parts(grid, known):
        key = part.header.texts or part.cells["row"][0]
        parts[key] = _joined(parts[key], part) if key in parts else part
    tables = [table for part in parts.values() for table in _beside(grid, part, known)]
    return [replace(one, notes=(*grid.notes, *one.notes)) if i == 0 else one for i, one in enumerate(tables)]


def _parts(grid: Grid, known: Known) -> list[_Part]:
    starts = starts_of(grid.cells, known)
    title: tuple[Line, ...] = ()
    if starts and not first_table(grid.cells.head(starts[0]), known):
        title = tuple(first_lines(grid.cells.head(starts[0])))
    else:
        starts = [0, *starts]
    parts = []
    for start, end in zip(starts, [*starts[1:], grid.cells.height], strict=True):
        part = _part(grid.cells.slice(start, end - start), grid, known, title)
        title = ()
        parts += [part] if part else []
    return parts


def _part(cells: pl.DataFrame, grid: Grid, known: Known, title: tuple[Line, ...]) -> _Part | None:
    """These rows with the header among the first of them; None where they are no table."""
    lines = first_lines(cells)
    header = find_header(lines, known, grid.merges)
    if header is None:
        return None
    if not header.row:
        return _Part(header, cells)
    above = (*title, *(line for line in lines if line.row < header.row))
    below = cells.filter(pl.col("row") > header.row)
    again = _said_again(below, cells.filter(pl.col("row").is_in(_header_rows(header, lines))))
    return _Part(header, below.filter(~again), above, tuple(below.filter(again)["row"]))


def _header_rows(header: Header, lines: Sequence[Line]) -> list[int]:
    """The rows of the header: its last line, and the one right above where that can be a line of it too."""
    upper = [line.row for line in lines if line.row == header.row - 1 and all_text(line)]
    return [*upper, header.row]


def _said_again(below: pl.DataFrame, header: pl.DataFrame) -> pl.Series:
    """Which rows say the same as a line of the header."""
    again = pl.repeat(False, below.height, dtype=pl.Boolean, eager=True)
    for _, *texts in header.rows():
        if sum(text is not None for text in texts) < 2:
            continue
        same = [pl.col(f"c{place}").eq_missing(pl.lit(text, pl.String)) for place, text in enumerate(texts)]
        again |= below.select(pl.all_horizontal(same).alias("again"))["again"]
    return again


def _joined(first: _Part, more: _Part) -> _Part:
    """The rows of two parts with the same header."""
    again = (*first.again, more.header.row, *more.again)
    return _Part(first.header, pl.concat([first.cells, more.cells]), (*first.above, *more.above), again)


def _beside(grid: Grid, part: _Part, known: Known) -> list[RawTable]:
    """The tables that stand side by side under one line of headers; mostly one."""
    texts = part.header.texts
    spans = blocks(texts, part.cells, known) if part.header.row else []
    if len(spans) < 2:
        return [_table(grid, part)]
    tables = []
    for begin, end in spans:
        own = tuple(text if begin <= place < end else "" for place, text in enumerate(texts))
        blank = [pl.lit(None, pl.String).alias(f"c{i}") for i in range(len(texts)) if not begin <= i < end]
        cells = part.cells.with_columns(blank)
        cells = cells.filter(pl.any_horizontal(pl.col(columns_of(cells)).is_not_null()))
        side = f"!{column_letter(grid.first_column + begin)}" if begin else ""
        if cells.height:
            one = _table(grid, replace(part, header=Header(own, part.header.row), cells=cells))
            tables.append(replace(one, side=side))
    note = say(f"{len(tables)} tables stand side by side", f"有 {len(tables)} 张表并排")
    return [replace(one, notes=(note, *one.notes)) if i == 0 else one for i, one in enumerate(tables)]


def _table(grid: Grid, part: _Part) -> RawTable:
    if not part.header.row:
        note = say("no header was found", "未找到表头")
        return RawTable(grid.sheet, (), 0, part.cells, (note,), tuple(range(part.cells.width - 1)))
    above = tuple(tuple(text for text in line.texts if text) for line in part.above)
    return replace(named(grid, part.header, part.cells, (*_above(part), *_again(part))), above=above)


def _above(part: _Part) -> tuple[str, ...]:
    """A note on the lines above the header, which no row of the table holds."""
    skipped = dict.fromkeys(" ".join(text for text in line.texts if text) for line in part.above)
    if not skipped:
        return ()
    shown = " / ".join(skipped)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + " …"
    row = part.header.row
    return (say(f"the header is row {row}; above it: {shown}", f"表头在第 {row} 行，其上为：{shown}"),)


def _again(part: _Part) -> tuple[str, ...]:
    if not part.again:
        return ()
    listed = ", ".join(map(str, part.again[:_LISTED])) + (" …" if len(part.again) > _LISTED else "")
    return (say(f"the header is repeated: row {listed}", f"表头重复出现：第 {listed} 行"),)
