"""From a table as it was read to a normalised frame, and to what was wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.fields import Field
from graphkit.records.normalise.beside import settled
from graphkit.records.normalise.column import ROW, Reading, blank_where, nulls
from graphkit.records.normalise.headers import in_its_measure
from graphkit.records.normalise.issues import Place, gathered, issues_of, total_line_issues
from graphkit.records.normalise.readers import absent_field, read_field, with_missing
from graphkit.records.normalise.text import trimmed
from graphkit.records.normalise.totals import total_lines

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_AT_ONCE = 4  # columns
_FEW = 5_000  # rows of which threads cost more than they save
EXTRA = "p."  # before the header of a column that the kind does not know


@dataclass(frozen=True)
class Normalised:
    """The rows that hold, field by field, and the issues: row, field, header, value, reason, refuses."""

    frame: pl.DataFrame
    issues: pl.DataFrame


def normalise(table: RawTable, fields: Sequence[Field], columns: Mapping[str, int]) -> Normalised:
    """The table's rows with each field in its one form; `columns` tells at which position a field's cells stand."""
    words = total_lines(table.cells, fields, columns)
    cells = table.cells if words.null_count() == len(words) else table.cells.filter(words.is_null())
    named = [field.name for field in fields if field.name in columns]
    with ThreadPoolExecutor(_AT_ONCE if len(cells) > _FEW else 1) as readers:  # polars works without Python's lock
        written = dict(zip(named, readers.map(lambda name: trimmed(cells[f"c{columns[name]}"]), named), strict=True))
        readings = readers.map(lambda f: _read(table, written, columns, f) or absent_field(len(cells), f), fields)
        read = {field.name: reading for field, reading in zip(fields, readings, strict=True)}
    read = settled(read, fields)
    read = {field.name: with_missing(read[field.name], field) for field in fields}
    found = [total_line_issues(table.cells["row"], words)]
    for order, field in enumerate(fields):
        header = _header(table, columns.get(field.name), field)
        place = Place(cells["row"], header, order, written.get(field.name, nulls(len(cells), pl.String)))
        found += [issues_of(finding, field, place) for finding in read[field.name].findings if finding.where.any()]
    issues = gathered(found)
    kept = {**_fields(read), **_extras(table, cells, columns, _refused(fields, read, written))}
    return Normalised(_without_refused(cells["row"], kept, issues), issues)


def _read(
    table: RawTable, written: Mapping[str, pl.Series], columns: Mapping[str, int], field: Field
) -> Reading | None:
    if field.name not in written:
        return None
    header = _written_header(table, columns[field.name])
    return read_field(in_its_measure(written[field.name], field, header), field)


def _header(table: RawTable, position: int | None, field: Field) -> str:
    """The column's header as written; the field's own name where it has none."""
    return (_written_header(table, position) if position is not None else "") or field.zh


def _written_header(table: RawTable, position: int) -> str:
    return table.header[position] if position < len(table.header) else ""


def _fields(read: Mapping[str, Reading]) -> dict[str, pl.Series]:
    return {name + suffix: column for name, reading in read.items() for suffix, column in reading.columns.items()}


def _refused(
    fields: Sequence[Field], read: Mapping[str, Reading], written: Mapping[str, pl.Series]
) -> dict[str, pl.Series]:
    """What stood in the refused cells of each field whose rows stay: kept as a property, so that nothing is lost."""
    kept: dict[str, pl.Series] = {}
    for name in [field.name for field in fields if field.name in written and not (field.key or field.required)]:
        for finding in read[name].findings:
            if finding.refused and finding.where.any():
                at_fault = blank_where(written[name] if finding.written is None else finding.written, ~finding.where)
                kept[name] = kept[name].zip_with(kept[name].is_not_null(), at_fault) if name in kept else at_fault
    return kept


def _extras(
    table: RawTable, cells: pl.DataFrame, columns: Mapping[str, int], refused: Mapping[str, pl.Series]
) -> dict[str, pl.Series]:
    """The columns that the kind does not know, and what stood in refused cells, by their headers as written."""
    fields = {position: name for name, position in columns.items()}
    names = _extra_names(table, len(cells.columns) - 1)
    extras: dict[str, pl.Series] = {}
    for position, name in enumerate(names):
        if position not in fields:
            column = trimmed(cells[f"c{position}"])
            if column.null_count() < len(column) or _written_header(table, position):
                extras[name] = column
        elif fields[position] in refused:
            extras[name] = refused[fields[position]]
    return extras


def _extra_names(table: RawTable, width: int) -> list[str]:
    """A property name a column; columns without header are named by their number, equal headers are told apart."""
    names: list[str] = []
    for position in range(width):
        base = EXTRA + (_written_header(table, position) or f"column {position + 1}")
        name, count = base, 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return names


def _without_refused(rows: pl.Series, kept: Mapping[str, pl.Series], issues: pl.DataFrame) -> pl.DataFrame:
    frame = pl.DataFrame({"row": rows.cast(pl.Int64), **kept})
    refused = issues.filter(pl.col("refuses") == ROW)["row"].unique()
    return frame if refused.is_empty() else frame.filter(~pl.col("row").is_in(refused.implode()))
