"""The csv files that `neo4j-admin database import` reads.

A node's id is its :ID as written, with `Space:` before it where the header names an id space; its kind is its first
label, further labels are its property `labels`. A relationship's id is made of its type and its row. A file of
relationships names the nodes at both ends as kind Actor, which gives way to any other kind: so each file can be loaded
and taken back alone.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graphkit.model.language import say
from graphkit.records.layouts.canonical import BOOLEANS, typed, typed_list
from graphkit.records.layouts.names import distinct
from graphkit.records.layouts.neo4j_header import (
    Column,
    header_file,
    is_header_file,
    is_telling,
    named_by_file,
    parse_header,
)
from graphkit.records.layouts.result import (
    ACTOR,
    IDENTITY,
    LINKED,
    SHEET,
    LayoutResult,
    Refusal,
    Stager,
    Statements,
    refused,
    stated,
)
from graphkit.records.layouts.table import (
    SAMPLE_BYTES,
    cells_of,
    check_properties,
    check_width,
    first_row,
    place_error,
    sample_of,
    shown,
)

_ARRAY_DELIMITERS = ";|,"


def recognises(path: Path, head: bytes) -> bool:
    """Whether the header names ids as neo4j-admin does, here or in the header file beside."""
    if _is_header(sample_of(head, _known)):
        return True
    beside = header_file(path)
    if beside is None or not sample_of(head):
        return False
    with beside.open("rb") as file:
        return _is_header(sample_of(file.read(SAMPLE_BYTES), _known))


def _is_header(rows: list[list[str]]) -> bool:
    return bool(rows) and any(map(is_telling, rows[0]))


def _known(name: str) -> bool:
    return is_telling(name) or name in (":label", ":type")


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add the nodes or relationships of one file to the stager."""
    cells, notes = cells_of(path, path.name, _known)
    header, cells, told = _header(path, cells)
    columns = parse_header(header)
    check_width(cells, header, path)
    if not cells.height:
        note = (
            say("holds only a header", "只有表头")
            if not is_header_file(path)
            else say("is the header of other files", "是其他文件的表头")
        )
        return LayoutResult((), 0, 0, [], (*notes, note))
    specials = {column.special for column in columns}
    if "ID" in specials and specials & {"START_ID", "END_ID"}:
        raise place_error(
            path,
            "the header names both nodes and relationships; give each a file of its own",
            "表头同时含节点与关系，请分为两个文件",
            1,
        )
    table = _Table(path, file, cells.with_columns(_absent(cells, columns)), columns)
    result = table.relationships(stager) if specials & {"START_ID", "END_ID"} else table.nodes(stager)
    return LayoutResult(result.kinds, result.rows, result.accepted, result.issues, (*notes, *told, *result.notes))


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """These rows as they were written; by letters where the header is in another file."""
    table, _ = cells_of(content, name, _known, rows)
    own = first_row(table)
    return shown(table, own if _names_columns(own) else (), rows)


def _names_columns(header: tuple[str, ...]) -> bool:
    return any(map(is_telling, header)) or ":LABEL" in header


def _header(path: Path, cells: pl.DataFrame) -> tuple[tuple[str, ...], pl.DataFrame, tuple[str, ...]]:
    own = first_row(cells)
    if _names_columns(own):
        return own, cells.slice(1), ()
    beside = header_file(path)
    if beside is not None:
        header = first_row(cells_of(beside, beside.name, _known)[0])
        if _names_columns(header):
            return header, cells, (say(f"header taken from {beside.name}", f"表头取自 {beside.name}"),)
    raise place_error(
        path,
        "the header names no :ID, :START_ID or :END_ID; is this a neo4j-admin file?",
        "表头没有 :ID、:START_ID 或 :END_ID，是否为 neo4j-admin 文件？",
        1,
    )


def _absent(cells: pl.DataFrame, columns: list[Column]) -> list[pl.Expr]:
    """Empty columns for those at the right in which no row has anything."""
    present = set(cells.columns)
    return [pl.lit(None, pl.String).alias(f"c{c.position}") for c in columns if f"c{c.position}" not in present]


class _Table:
    """One file's rows with its columns."""

    def __init__(self, path: Path, file: str, cells: pl.DataFrame, columns: list[Column]) -> None:
        self.path, self.file, self.cells, self.columns = path, file, cells, columns
        self.issues: list[Refusal] = []
        self.delimiter = self._array_delimiter()

    def _array_delimiter(self) -> str:
        several = [f"c{c.position}" for c in self.columns if c.array or c.special == "LABEL"]
        for mark in _ARRAY_DELIMITERS:
            if (
                several
                and self.cells.select(pl.any_horizontal(pl.col(several).str.contains(mark, literal=True).any())).item()
            ):
                return mark
        return _ARRAY_DELIMITERS[0]

    def _of(self, special: str) -> list[Column]:
        return [column for column in self.columns if column.special == special]

    def _end(self, special: str, *, spaced: bool = True) -> pl.Expr:
        """The id in these columns; null where all are empty."""
        columns = self._of(special)
        if not columns:
            raise place_error(self.path, f"the header has no :{special}", f"表头缺少 :{special}", 1)
        cells = [pl.col(f"c{c.position}") for c in columns]
        told = pl.concat_str(cells, separator="|", ignore_nulls=True)
        space = next((c.space for c in columns if c.space), "")
        named = pl.concat_str(pl.lit(f"{space}:"), told) if space and spaced else told
        return pl.when(pl.any_horizontal(cell.is_not_null() for cell in cells)).then(named)

    def _properties(self) -> list[tuple[str, pl.Series]]:
        """The name and the values, in canonical text, of each column that is a property."""
        named = [c for c in self.columns if not c.special or (c.special == "ID" and c.name)]
        return [(c.name or "property", self._values(c)) for c in named]

    def _values(self, column: Column) -> pl.Series:
        cells = self.cells[f"c{column.position}"]
        values, wrong = typed_list(cells, column.type, self.delimiter) if column.array else typed(cells, column.type)
        reason = "unknown_value" if column.type in BOOLEANS else "bad_number"
        if wrong.any():
            self.issues += refused(self.cells.filter(wrong), f"c{column.position}", column.name, reason, "note")
        return values

    def _row_id(self, prefix: pl.Expr) -> pl.Expr:
        return pl.concat_str(prefix, pl.lit(f":{self.file}#{SHEET}:"), pl.col("row").cast(pl.String))

    def nodes(self, stager: Stager) -> LayoutResult:
        """State every property of every node."""
        default = named_by_file(self.path, "nodes") or ACTOR
        nodes = self.cells.select(
            "row", *self._labels(), node=self._end("ID") if self._of("ID") else pl.lit(None, pl.String)
        )
        unlabelled = nodes["kind"].null_count()
        nodes = nodes.with_columns(pl.col("kind").fill_null(default), pl.coalesce("node", self._row_id(pl.lit("node"))))
        self._state(nodes, Statements(stager))
        notes = (self._default_note(unlabelled, ":LABEL", default),) if unlabelled else ()
        return LayoutResult(_distinct(nodes["kind"]), nodes.height, nodes.height, self.issues, notes)

    def _state(self, nodes: pl.DataFrame, statements: Statements) -> None:
        """Every property, every further label, and of a node that has neither that it exists."""
        node, kind, row = pl.col("node"), pl.col("kind"), pl.col("row")
        said = nodes["labels"].list.len() > 0
        for name, values in self._properties():
            said |= values.is_not_null()
            statements.add(nodes.with_columns(value=values).select(stated(node, kind, name, pl.col("value"), row)))
        statements.add(nodes.filter(~said).select(stated(node, kind, IDENTITY, node, row)))
        labels = nodes.explode("labels")
        statements.add(labels.select(stated(node, kind, "labels", pl.col("labels"), row)))
        statements.flush()

    def _labels(self) -> list[pl.Expr]:
        """The first label as kind, and the others; labels that the :ID declares come last."""
        cells = [pl.col(f"c{c.position}") for c in self._of("LABEL")]
        declared = [pl.lit(c.label) for c in self._of("ID") if c.label]
        told = pl.concat_str([*cells, *declared, pl.lit("")], separator=self.delimiter, ignore_nulls=True)
        labels = told.str.split(self.delimiter).list.eval(
            pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
        )
        labels = labels.list.unique(maintain_order=True)
        return [labels.list.first().alias("kind"), labels.list.slice(1).alias("labels")]

    def _default_note(self, count: int, header: str, default: str) -> str:
        return say(
            f"{count:,} rows without {header} taken as {default}", f"{count:,} 行没有 {header}，按 {default} 处理"
        )

    def relationships(self, stager: Stager) -> LayoutResult:
        """Add every relationship with its properties, and name the nodes at its ends."""
        default = named_by_file(self.path, "relationships") or LINKED
        types = self._of("TYPE")
        kind = pl.col(f"c{types[0].position}") if types else pl.lit(None, pl.String)
        links = self.cells.select(
            "row", kind=kind, source=self._end("START_ID"), target=self._end("END_ID"),
            start=self._end("START_ID", spaced=False), end=self._end("END_ID", spaced=False),
        )  # fmt: skip
        check_properties(self.path.name, len(self.columns) - 2)
        properties = self._properties()
        names = distinct([name for name, _ in properties])
        links = links.with_columns(
            values.alias(f"p.{name}") for name, (_, values) in zip(names, properties, strict=True)
        )
        whole = self._whole(links)
        untyped = whole["kind"].null_count()
        whole = whole.with_columns(pl.col("kind").fill_null(default), pl.lit(SHEET).alias("sheet"))
        stager.add_links(whole.with_columns(self._row_id(pl.col("kind")).alias("link")).drop("start", "end"))
        for node, written in (("source", "start"), ("target", "end")):
            stager.add_statements(
                whole.select(stated(pl.col(node), pl.lit(ACTOR), IDENTITY, pl.col(written), pl.col("row")))
            )
        notes = (self._default_note(untyped, ":TYPE", default),) if untyped else ()
        return LayoutResult(_distinct(whole["kind"]), links.height, whole.height, self.issues, notes)

    def _whole(self, links: pl.DataFrame) -> pl.DataFrame:
        """The relationships that have both ends; the others are refused."""
        missing = pl.col("source").is_null()
        for end, header in ((missing, ":START_ID"), (~missing & pl.col("target").is_null(), ":END_ID")):
            lacking = links.filter(end)
            self.issues += [Refusal(row, header, "", "missing") for row in lacking["row"]]
        return links.filter(pl.col("source").is_not_null() & pl.col("target").is_not_null())


def _distinct(kinds: pl.Series) -> tuple[str, ...]:
    return tuple(sorted(kinds.unique().to_list()))
