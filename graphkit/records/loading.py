"""From the files that departments handed over to what each asserts, ready for a store.

Files are found, read, recognised and validated one by one; nothing is published here.
"""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import InputError, RequestError, UnknownTable
from graphkit.model.language import say
from graphkit.records import ditto, merged
from graphkit.records.abreast import parted
from graphkit.records.asides import told_apart
from graphkit.records.both import with_halves
from graphkit.records.chosen import with_chosen
from graphkit.records.counters import without_counter
from graphkit.records.finding import sha256_of
from graphkit.records.makings import one_making
from graphkit.records.mapped_columns import with_mapped_columns
from graphkit.records.mapping import TableMapping, mapped
from graphkit.records.name_parts import with_whole_names
from graphkit.records.own_ledger import with_keeper
from graphkit.records.persons import each_person, layers
from graphkit.records.recognition import Recognised, header_key, is_known_header, recognise
from graphkit.records.recognition import unnumbered as number_field
from graphkit.records.remarks import remarks, total_lines, understood, unknown_columns, unnumbered
from graphkit.records.said_once import with_said_once
from graphkit.records.several import together
from graphkit.records.sided import two_sided
from graphkit.records.specifications import with_specification
from graphkit.records.staged import FileRecord, Staged
from graphkit.records.statements import NAMES
from graphkit.records.time_of_day import joined
from graphkit.records.units_in_cells import with_multiples, with_units
from graphkit.records.unusable import check_json, is_prose, no_table
from graphkit.records.whose_book import with_book

if TYPE_CHECKING:
    import polars as pl

    from graphkit.model.fields import Field
    from graphkit.model.records import RecordKind
    from graphkit.records.layouts import Layout, LayoutResult
    from graphkit.records.parties import Table
    from graphkit.records.reading.tables import RawTable
    from graphkit.records.staging import Stager

# Imported while a workbook is read, which is done without Python's lock: the first time it takes a good part of that.
_NEEDED_NEXT = (
    "graphkit.records.reading.sheet",
    "graphkit.records.reading.sections",
    "graphkit.records.normalise",
    "graphkit.records.assertions",
    "duckdb",
)


@dataclass(frozen=True)
class Options:
    """How files are to be read."""

    layout: str = "auto"
    mappings: Sequence[TableMapping] = ()
    mapping_text: str = ""
    provided_by: str = ""
    loaded_at: str = ""


@dataclass(frozen=True)
class TableReport:
    """What became of one table: how many rows it has, how many were accepted and refused, and why."""

    sheet: str
    kind: str
    rows: int
    accepted: int
    rejected: int
    raw: RawTable | None = None
    issues: pl.DataFrame | None = None
    understood: str = ""  # which column was read as which field, and which were left


@dataclass(frozen=True)
class LoadedFile:
    """One file, staged; or why it was refused, with what was read of it until then."""

    path: Path
    name: str
    file: str
    tables: tuple[TableReport, ...] = ()
    notes: tuple[str, ...] = ()
    staged: Staged | None = None
    error: InputError | None = None


@dataclass
class _Reading:
    """What the reading of one file has gathered so far."""

    reports: list[TableReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def stage_file(path: Path, name: str, folder: Path, options: Options) -> LoadedFile:
    """Read one file into a folder of its own; an error in the file is returned, not raised."""
    sha256 = sha256_of(path)
    file = sha256[:12]
    folder.mkdir(parents=True, exist_ok=True)
    reading = _Reading()
    try:
        return _staged(path, name, sha256, folder, options, reading)
    except InputError as error:
        return LoadedFile(path, name, file, tuple(reading.reports), tuple(reading.notes), error=error)


def _staged(path: Path, name: str, sha256: str, folder: Path, options: Options, reading: _Reading) -> LoadedFile:
    from graphkit.records.staging import Stager

    stager, file = Stager(folder), sha256[:12]
    layout = _read_layout(path, file, stager, options, reading)
    if layout == "tables":
        check_json(path)
        _read_tables(path, file, stager, options, reading)
    statements, links = stager.finish()
    rows, accepted, rejected = (
        sum(getattr(report, part) for report in reading.reports) for part in ("rows", "accepted", "rejected")
    )
    provided_by, loaded_at = options.provided_by or _provider(name), options.loaded_at or _now()
    kinds = tuple(dict.fromkeys(reading.kinds))
    record = FileRecord(
        file, sha256, name, layout, kinds, rows, accepted, rejected, provided_by, loaded_at, options.mapping_text
    )
    content = folder / "content"
    shutil.copyfile(path, content)
    staged = Staged(record, content, statements, links)
    return LoadedFile(path, name, file, tuple(reading.reports), tuple(reading.notes), staged)


def _provider(name: str) -> str:
    """Who handed a file over, where the folder says so: the first folder of its name."""
    parts = Path(name).parts
    return parts[0] if len(parts) > 1 else ""


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _read_layout(path: Path, file: str, stager: Stager, options: Options, reading: _Reading) -> str:
    """Read the file in somebody else's layout where it has one; the layout's name, `tables` where it has none."""
    layout = _layout_of(path, options)
    if layout is None:
        return "tables"
    result = layout.read(path, file, stager)
    refused = result.rows - result.accepted
    raw, issues = _refusals(layout, path, result)
    reading.reports.append(
        TableReport("1", ", ".join(result.kinds), result.rows, result.accepted, refused, raw, issues)
    )
    reading.notes.extend(result.notes)
    reading.kinds.extend(result.kinds)
    return layout.name


def _layout_of(path: Path, options: Options) -> Layout | None:
    if options.layout == "auto" and (options.mappings or _is_workbook(path)):
        return None
    from graphkit.records.layouts import LAYOUTS, detect

    known = {layout.name: layout for layout in LAYOUTS}
    names = ("auto", "tables", *known)
    if options.layout not in names:
        raise RequestError(
            f"Unknown layout {options.layout!r}; known: {', '.join(names)}",
            f"未知的布局 {options.layout!r}；可用：{'、'.join(names)}",
        )
    if options.layout == "tables" or options.mappings:
        return None
    return known[options.layout] if options.layout != "auto" else detect(path, _fits_a_kind)


def _is_workbook(path: Path) -> bool:
    from graphkit.records.reading import is_workbook

    with path.open("rb") as file:
        return is_workbook(file.read(8))


def _refusals(layout: Layout, path: Path, result: LayoutResult) -> tuple[RawTable | None, pl.DataFrame | None]:
    """The rows that a layout refused, as a table and issues such as those of records."""
    import polars as pl

    from graphkit.records.reading.tables import RawTable

    if not result.issues:
        return None, None
    cells = layout.cells(path.read_bytes(), path.name, {one.row for one in result.issues})
    header = tuple(dict.fromkeys(name for row in cells.values() for name in row))
    columns = {f"c{i}": [row.get(name) for row in cells.values()] for i, name in enumerate(header)}
    return RawTable("1", header, 1, pl.DataFrame({"row": list(cells), **columns}), ()), result.issues_frame()


def _fits_a_kind(header: Sequence[str]) -> bool:
    try:
        recognise(header, "")
    except UnknownTable:
        return False
    return True


def _read_tables(path: Path, file: str, stager: Stager, options: Options, reading: _Reading) -> None:
    from graphkit.records.reading import opened, read_tables

    with ThreadPoolExecutor(1) as reader:
        spoken = copy_context()  # a thread does not know by itself which language is spoken
        # Opened first: checking an archive needs Python's lock, as the imports do.
        read = reader.submit(spoken.run, read_tables, opened(path), known_headers(options.mappings))
        for name in _NEEDED_NEXT:
            import_module(name)
        raw = read.result()
    from graphkit.records.assertions import stage_tables

    reading.notes.extend(raw.notes)
    tables: list[Table] = []
    unknown: list[tuple[RawTable, UnknownTable]] = []
    parts = raw.tables if options.mappings else tuple(part for one in raw.tables for part in parted(one))
    sheets = Counter(one.sheet for one in parts)
    for one in parts:
        try:
            tables.extend(_validated(one, path.name, options, reading, sheets[one.sheet] > 1))
        except UnknownTable as error:
            unknown.append((one, error))
    for one, why in unknown:
        reading.reports.append(TableReport(one.sheet, "", one.cells.height, 0, one.cells.height))
        reading.notes.append(str(why))
    if not tables:
        raise unknown[0][1] if unknown and not is_prose(path, raw.tables) else no_table(path)
    stage_tables(tables, file, stager)


def known_headers(mappings: Sequence[TableMapping]) -> Callable[[str], bool]:
    """The predicate by which the header row of a table is told: names of the mapping, names that any kind knows."""
    named = {header_key(column) for mapping in mappings for several in mapping.columns.values() for column in several}
    return lambda text: header_key(text) in named or header_key(text) in NAMES or is_known_header(text)


def _validated(raw: RawTable, name: str, options: Options, reading: _Reading, others: bool) -> list[Table]:
    """One table recognised and normalised; what was refused goes into the report.

    `others`: the sheet has more tables than this one. A row that names several people is in several of the result.
    """
    import polars as pl

    from graphkit.records.normalise import normalise
    from graphkit.records.parties import Table
    from graphkit.records.returns import returned, turned_round
    from graphkit.records.reversals import taken_back
    from graphkit.records.whole_addresses import with_whole_addresses
    from graphkit.records.years import with_years

    where = f"{name} [{raw.sheet}]"
    split = not options.mappings  # a mapping names the columns as they are written
    raw = with_whole_names(with_halves(without_counter(raw))) if split else raw
    quantities = [column for mapping in options.mappings for column in mapping.columns.get("quantity", ())]
    raw, recognised = _recognised(
        with_keeper(with_units(with_said_once(joined(two_sided(raw, where if split else None))), quantities), name),
        where,
        options,
        others,
    )
    raw, spread = merged.spread(raw, recognised)
    raw, same = ditto.written_out(raw)
    raw, several = together(with_multiples(raw, recognised), recognised)
    raw, recognised, chosen = with_chosen(raw, recognised)
    raw, recognised, whole = with_whole_addresses(raw, recognised)
    raw, each = each_person(raw, recognised)
    raw, recognised, named = told_apart(raw, recognised)
    raw, named_apart = with_specification(raw, recognised)
    raw, recognised = with_book(raw, recognised, name)
    raw, dated = with_years(raw, recognised, name)
    raw, back, told_back = returned(raw, recognised, name)
    kind = recognised.kind
    normalised = normalise(raw, _fields(recognised), recognised.columns)
    frame, issues = _at_least_one(turned_round(normalised.frame, back), kind, normalised.issues)
    frame, issues, told_reversed = taken_back(frame, issues, recognised, raw.sheet)
    frame, made_once = one_making(frame, kind, recognised.columns, raw.sheet)
    refused = issues.filter(pl.col("refuses") == "row")["row"].n_unique()
    accepted = frame["row"].n_unique()
    told = understood(raw, recognised)
    reading.reports.append(
        TableReport(
            raw.sheet, kind.name, accepted + refused, accepted, refused, _refused_rows(raw, issues), issues, told
        )
    )
    reading.notes.extend((*raw.notes, *spread, *same, *several, *chosen, *whole, *each, *named, *named_apart, *dated))
    reading.notes.extend((*told_back, *told_reversed))
    reading.notes.extend((*made_once, *unnumbered(raw, recognised), *unknown_columns(raw, recognised)))
    reading.notes.extend((*total_lines(raw, issues), *remarks(raw, issues)))
    reading.kinds.append(kind.name)
    return [
        Table(raw.sheet, kind, part, raw.side + (f"&{i}" if i > 1 else ""), raw.corrects)
        for i, part in enumerate(layers(frame), start=1)
    ]


def _fields(recognised: Recognised) -> tuple[Field, ...]:
    """The fields of the kind; the documents' own number is not asked of rows where no column has it."""
    number = number_field(recognised.kind, recognised.columns)
    fields = recognised.kind.every_field
    return tuple(replace(one, required=False) if one == number else one for one in fields)


def _refused_rows(raw: RawTable, issues: pl.DataFrame) -> RawTable:
    """Only the rows that a rejects file needs: the others need not stay in memory."""
    import polars as pl

    rows = issues.filter(pl.col("refuses").is_in(["row", "cell"])).select("row").unique()
    return replace(raw, cells=raw.cells.join(rows, on="row", how="semi", maintain_order="left"))


def _recognised(raw: RawTable, where: str, options: Options, others: bool) -> tuple[RawTable, Recognised]:
    found = mapped(options.mappings, raw.sheet, raw.header, where, others=others) if options.mappings else None
    if found is None:
        return raw, recognise(raw.header, where)
    recognised, mapping = found
    return with_mapped_columns(raw, recognised, mapping)


def _at_least_one(frame: pl.DataFrame, kind: RecordKind, issues: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Refuse the rows that have none of these fields."""
    import polars as pl

    names, fields = kind.at_least_one, kind.by_name
    if not names:
        return frame, issues
    empty = pl.all_horizontal(pl.col(name).is_null() for name in names)
    refused = frame.filter(empty).select(
        "row",
        field=pl.lit(names[0]),
        header=pl.lit("/".join(say(name, fields[name].zh) for name in names)),
        value=pl.lit(""),
        reason=pl.lit("missing"),
        refuses=pl.lit("row"),
    )
    return frame.filter(~empty), pl.concat([issues, refused.select(issues.columns)])
