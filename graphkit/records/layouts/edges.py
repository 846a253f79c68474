"""Edge lists: a table of two or more columns, from, to and what else is known of the link.

The ends are the columns called from and to (source and target, 起点 and 终点 …), else the two that name the same
actors, else the first two. Nodes are actors whose id is their name as written. Also lists without header, and lists
separated by blanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.model.language import say
from graphkit.records.layouts.canonical import typed
from graphkit.records.layouts.edge_columns import (
    Columns,
    columns_by_name,
    ends_by_content,
    ends_by_name,
    has_header,
    is_edge_name,
    looks_like_edges,
)
from graphkit.records.layouts.names import distinct, is_direction, link_kinds
from graphkit.records.layouts.result import ACTOR, LINKED, SHEET, LayoutResult, Refusal, Stager, refused, stated
from graphkit.records.layouts.table import (
    SAMPLE_ROWS,
    cells_of,
    check_properties,
    header_names,
    place_error,
    sample_of,
    shown,
)
from graphkit.records.normalise.column import Reader, Reading, where
from graphkit.records.normalise.numbers import read_money, read_quantity
from graphkit.records.normalise.times import read_time
from graphkit.records.normalise.values import read_unit
from graphkit.records.reading.grid import columns_of

_COMMENTS = ("#", "%", "//")
_MOST_PARTS = 100
_COMPARED = 100_000  # rows enough to see which columns name the same actors
_SAMPLE = 5_000  # rows enough to see whether names occur on both sides


def recognises(path: Path, head: bytes) -> bool:
    """Whether the head is an edge list beyond doubt."""
    rows = sample_of(head, is_edge_name, _SAMPLE)
    while rows and rows[0][0].startswith(_COMMENTS):
        rows = rows[1:]
    if rows and all(len(row) == 1 for row in rows):
        rows = [row[0].split() for row in rows]
    return looks_like_edges(rows)


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add every edge of a list to the stager."""
    cells, notes = cells_of(path, path.name, is_edge_name)
    cells = _in_columns(cells, path)
    if not cells.height or len(columns_of(cells)) < 2:
        raise place_error(
            path,
            "an edge list needs two columns, from and to",
            "边列表至少需要起点、终点两列",
            cells["row"][0] if cells.height else 1,
        )
    header, cells, told = _header(cells)
    check_properties(path.name, len(header) - 2)
    ends = None if told else _ends(cells, header)
    if ends:
        names = [header[place] for place in ends]
        told = (say(f"links go from {names[0]} to {names[1]}", f"关联由“{names[0]}”指向“{names[1]}”"),)
    result = _Edges(file, cells, header, ends).stage(stager)
    return LayoutResult(result.kinds, result.rows, result.accepted, result.issues, (*notes, *told))


def _ends(cells: pl.DataFrame, header: Sequence[str]) -> tuple[int, int] | None:
    """The ends by what the columns hold, where their names do not tell."""
    if ends_by_name(header):
        return None
    head = cells.head(_COMPARED)
    return ends_by_content(header, [set(head[column].drop_nulls().unique()) for column in columns_of(cells)])


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """These rows as they were written, by the names of the columns."""
    table = _in_columns(cells_of(content, name, is_edge_name, rows)[0], Path(name))
    return shown(table, _header(table)[0], rows)


def _in_columns(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    bare = _without_comments(cells)
    return _parted(bare, path) if bare.height and columns_of(bare) == ["c0"] else bare


def _without_comments(cells: pl.DataFrame) -> pl.DataFrame:
    """The rows below the remarks with which some lists begin."""
    first = next((i for i, cell in enumerate(cells["c0"].head(1000)) if not str(cell or "").startswith(_COMMENTS)), 0)
    return cells.slice(first)


def _parted(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Rows separated by blanks as columns; networkx writes an empty `{}` behind each."""
    bare = cells["c0"].str.replace(r"\s*\{\}$", "").str.replace_all(r"\s+", " ")
    parts = bare.str.split(" ")
    counts = parts.list.len()
    width = int(counts.head(SAMPLE_ROWS).mode().sort()[-1])
    odd = cells.filter(counts != width)
    if odd.height or width > _MOST_PARTS:
        row = odd["row"][0] if odd.height else cells["row"][0]
        raise place_error(
            path,
            f"the row does not have {width} parts separated by blanks as the others do",
            f"该行不是以空格分隔的 {width} 部分，与其他行不一致",
            row,
        )
    return pl.DataFrame({"row": cells["row"], **{f"c{i}": parts.list.get(i) for i in range(width)}})


def _header(cells: pl.DataFrame) -> tuple[list[str], pl.DataFrame, tuple[str, ...]]:
    """The names of the columns, the rows below, and a note where the names had to be supplied."""
    rows = [[text or "" for text in row] for row in cells.head(SAMPLE_ROWS).select(columns_of(cells)).rows()]
    if has_header(rows):
        return header_names(rows[0]), cells.slice(1), ()
    width = len(rows[0])
    third = cells["c2"] if width > 2 else pl.Series([None], dtype=pl.String)
    weighted = bool(third.count()) and not typed(third, "double")[1].any()
    supplied = ["from", "to", "weight"] if weighted else ["from", "to"]
    note = say(
        "no header: taken as from, to" + (", weight" if weighted else ""),
        "没有表头：按起点、终点" + ("、权重" if weighted else "") + "读取",
    )
    return header_names([*supplied, *[""] * (width - len(supplied))]), cells, (note,)


class _Edges:
    """One list's rows and what its columns mean."""

    def __init__(
        self, file: str, cells: pl.DataFrame, header: Sequence[str], ends: tuple[int, int] | None = None
    ) -> None:
        self.file, self.cells, self.header = file, cells, header
        self.columns: Columns = columns_by_name(header, ends)
        self.issues: list[Refusal] = []
        self.frame = cells.select("row", source=f"c{self.columns.source}", target=f"c{self.columns.target}")
        self.properties: list[tuple[str, pl.Series]] = []

    def stage(self, stager: Stager) -> LayoutResult:
        """Hand on the edges and the actors at their ends."""
        self._kind()
        self._plain_columns()
        self._measures()
        names = distinct([name for name, _ in self.properties])
        frame = self.frame.with_columns(
            values.alias(f"p.{name}") for name, (_, values) in zip(names, self.properties, strict=True)
        )
        whole = self._whole(frame)
        link = pl.concat_str("kind", pl.lit(f":{self.file}#{SHEET}:"), pl.col("row").cast(pl.String))
        stager.add_links(whole.with_columns(link.alias("link"), pl.lit(SHEET).alias("sheet")))
        for end in ("source", "target"):
            stager.add_statements(whole.select(stated(pl.col(end), pl.lit(ACTOR), "name", pl.col(end), pl.col("row"))))
        kinds = tuple(sorted(whole["kind"].unique().to_list()))
        return LayoutResult((ACTOR, *kinds) if kinds else (), self.cells.height, whole.height, self.issues)

    def _cells(self, role: str) -> pl.Series | None:
        position = self.columns.roles.get(role)
        return None if position is None else self.cells[f"c{position}"]

    def _name(self, role: str) -> str:
        return self.header[self.columns.roles[role]]

    def _kind(self) -> None:
        """The kind of each link; a word that the kind does not spell as written is kept as a property."""
        cells = self._cells("kind")
        if cells is None:
            self.frame = self.frame.with_columns(kind=pl.lit(LINKED))
            return
        kinds = link_kinds(cells)
        self.frame = self.frame.with_columns(kind=kinds)
        directions = [text for text in cells.drop_nulls().unique().to_list() if is_direction(text)]
        undirected = cells.is_in([text for text in directions if text.strip().casefold() == "undirected"]).fill_null(
            value=False
        )
        if undirected.any():
            self.properties.append(("directed", _only(pl.Series(["false"]).new_from_index(0, len(cells)), undirected)))
        kept = (cells.str.to_uppercase() != kinds) & ~cells.is_in(directions)
        if kept.any():
            self.properties.append((self._name("kind"), _only(cells, kept)))

    def _plain_columns(self) -> None:
        """Every column that means nothing in particular is a property under its own name."""
        taken = {self.columns.source, self.columns.target, *self.columns.roles.values()}
        for position, name in enumerate(self.header):
            column = f"c{position}"
            if position not in taken and self.cells[column].count():
                self.properties.append((name, self.cells[column]))
        weight = self._cells("weight")
        if weight is not None:
            self.properties.append(("weight", self._weight(weight)))

    def _weight(self, cells: pl.Series) -> pl.Series:
        """The weights as numbers; what is none, nan and inf among it, is reported and stays as it was written."""
        values, wrong = typed(cells, "double")
        wrong |= ~values.cast(pl.Float64, strict=False).is_finite().fill_null(value=True)
        if wrong.any():
            shown = self.cells.filter(wrong).select("row", pl.col(f"c{self.columns.roles['weight']}"))
            self.issues += refused(shown, shown.columns[1], self._name("weight"), "bad_number", "cell")
        return values

    def _measures(self) -> None:
        for role in ("started", "ended"):
            reading = self._read(role, read_time, FieldType.TIME)
            if reading is not None:
                bounds = {f"{role}_{bound}": reading.columns[f".{bound}"] for bound in ("earliest", "latest")}
                self.frame = self.frame.with_columns(**bounds)
        for number, told, reader, type_ in (
            ("quantity", "unit", read_quantity, FieldType.QUANTITY),
            ("amount", "currency", read_money, FieldType.MONEY),
        ):
            reading = self._read(number, reader, type_)
            beside = None if reading is None else reading.beside.get(told)
            if reading is not None:
                self.frame = self.frame.with_columns(reading.columns[""].alias(number))
            self._word(told, beside)

    def _word(self, role: str, beside: pl.Series | None) -> None:
        """The unit or currency: from its own column, else from the number's cell."""
        cells = self._cells(role)
        if cells is not None:
            told = read_unit(cells, Field(role, role)).columns[""] if role == "unit" else cells.str.to_uppercase()
            beside = told if beside is None else told.zip_with(told.is_not_null(), beside)
        if beside is not None:
            self.frame = self.frame.with_columns(beside.alias(role))

    def _read(self, role: str, reader: Reader, type_: FieldType) -> Reading | None:
        """A column read as numbers or times; what cannot be read so is reported and kept as a property."""
        cells = self._cells(role)
        if cells is None:
            return None
        name = self._name(role)
        reading = reader(cells, Field(role, role, type_))
        wrong = pl.Series([False]).new_from_index(0, len(cells))
        for finding in reading.findings:
            mask = where(finding.where)
            wrong |= mask & finding.refused
            if mask.any():
                shown = self.cells.filter(mask).select("row", pl.col(f"c{self.columns.roles[role]}"))
                self.issues += refused(
                    shown, shown.columns[1], name, finding.reason, "cell" if finding.refused else "note"
                )
        if wrong.any():
            self.properties.append((name, _only(cells, wrong)))
        return reading

    def _whole(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The edges that have both ends; the others are refused."""
        no_source, no_target = frame["source"].is_null(), frame["target"].is_null()
        for mask, position in ((no_source, self.columns.source), (no_target & ~no_source, self.columns.target)):
            self.issues += [Refusal(row, self.header[position], "", "missing") for row in frame.filter(mask)["row"]]
        return frame.filter(~no_source & ~no_target)


def _only(cells: pl.Series, mask: pl.Series) -> pl.Series:
    """The masked cells, null elsewhere."""
    return cells.zip_with(
        mask.fill_null(value=False), pl.Series([None], dtype=cells.dtype).new_from_index(0, len(cells))
    )
