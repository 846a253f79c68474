"""GraphML: as networkx, yEd, Gephi, Neo4j and others write it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from graphkit.model.language import say
from graphkit.model.nodes import BY_NAME as NODE_KIND
from graphkit.records.layouts.canonical import typed
from graphkit.records.layouts.graphml_reader import Key, Reader, Record
from graphkit.records.layouts.names import Names, is_direction, link_kind
from graphkit.records.layouts.result import ACTOR, IDENTITY, LINKED, SHEET, LayoutResult, Refusal, Stager
from graphkit.records.layouts.table import check_properties
from graphkit.records.reading.safety import content_of

_CHUNK = 200_000  # records taken at once; less where there are many attributes
_CELLS = 10_000_000
_KINDS = {kind.casefold(): kind for kind in NODE_KIND}
_LABEL = Key("label", "string", "all")
_EDGE_ATTRIBUTES = (("id", "edge_id"), ("sourceport", "sourceport"), ("targetport", "targetport"))
_NOTES = (
    ("lone", "{} nodes are named by edges only", "{} 个节点只在边中出现"),
    ("repeated", "{} nodes are stated more than once; they were joined", "{} 个节点重复出现，已合并"),
    ("hyperedge", "{} hyperedges were refused: a link has two ends", "{} 条超边被拒绝：关联只能有两端"),
    (
        "nested",
        "{} nested graphs were flattened; `parent` says where a node was",
        "{} 个嵌套图已展平，节点的 parent 记录原位置",
    ),
    (
        "port",
        "{} ports were flattened; edges name them as `sourceport`, `targetport`",
        "{} 个端口已展平，仅保留在边的属性中",
    ),
    ("graph_data", "{} attributes of the whole graph or of ports were left aside", "{} 个整图或端口的属性未读取"),
)


def recognises(path: Path, head: bytes) -> bool:
    """Whether the root element is `graphml`."""
    text = head.replace(b"\0", b"")[:4096]
    return text.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<") and b"<graphml" in text.lower()


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add a document's nodes and edges to the stager."""
    intake = _Intake(Reader(path.name), file, stager)
    for record in intake.reader.records(content_of(path, path.name)):
        intake.take(record)
    return intake.result()


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """The records of these ordinals as they were written: their attributes, then their data by the declared names."""
    reader = Reader(name)
    found = {record.row: record for record in reader.records(content) if record.row in rows}
    return {
        row: {**record.attributes, **{_key(reader, k).name: v for k, v in record.data.items()}}
        for row, record in found.items()
    }


def _key(reader: Reader, key: str) -> Key:
    declared = reader.keys.get(key)
    if declared is None:
        return Key(key, "string", "all")
    return _LABEL if declared.drawing else declared


class _Intake:
    """Collects records and hands them on in chunks."""

    def __init__(self, reader: Reader, file: str, stager: Stager) -> None:
        self.reader, self.file, self.stager = reader, file, stager
        self.kinds: set[str] = set()
        self.issues: list[Refusal] = []
        self.known: set[str] = set()
        self.named: dict[str, int] = {}  # ends of edges that no node had yet stated, with the row
        self.repeated = 0
        self.names: dict[tuple[str, str], str] = {}  # (property, type) → what it is called on links
        self.free = Names()
        self.clear()

    def clear(self) -> None:
        """Begin a new chunk."""
        self.statements: list[tuple[str, str, str, str, int, str]] = []  # node, kind, property, value, row, type
        self.links: list[tuple[str, str, str, int]] = []  # kind, source, target, row
        self.columns: dict[tuple[str, str], dict[int, str]] = {}  # (property, type) → value by position in links

    def take(self, record: Record) -> None:
        """Take one record, or refuse it."""
        needed = ("id",) if record.element == "node" else ("source", "target")
        missing = next((name for name in needed if not record.attributes.get(name)), "")
        if missing:
            self.issues.append(Refusal(record.row, missing, "", "missing"))
        elif record.element == "node":
            self._take_node(record)
        else:
            self._take_edge(record)
        size = max(len(self.links) * (len(self.columns) + 8), len(self.statements))
        if len(self.links) + len(self.statements) > _CHUNK * 4 or size > _CELLS:
            self.flush()

    def _data(self, record: Record) -> list[tuple[str, str, str]]:
        """(name, type, text) of what the record says, defaults included."""
        given = dict(record.data)
        for key, declared in self.reader.keys.items():
            if declared.default and declared.domain in (record.element, "all") and key not in given:
                given[key] = declared.default
        return [(key.name, key.type, text) for key, text in ((_key(self.reader, k), t) for k, t in given.items())]

    def _take_node(self, record: Record) -> None:
        node, data = record.attributes["id"], self._data(record)
        kind, labels = _node_kind({name: text for name, _, text in data}, record.attributes.get("labels", ""))
        self.repeated += node in self.known
        self.known.add(node)
        self.kinds.add(kind)
        stated = [*data, *(("labels", "string", label) for label in labels)]
        if record.parent:
            stated.append(("parent", "string", record.parent))
        for name, type_, text in stated or [(IDENTITY, "string", node)]:
            self.statements.append((node, kind, name, text, record.row, type_))

    def _take_edge(self, record: Record) -> None:
        data, attributes = self._data(record), record.attributes
        kind = _edge_kind({name: text for name, _, text in data}, attributes.get("label", ""))
        source, target, position = attributes["source"], attributes["target"], len(self.links)
        for end in (source, target):
            if end not in self.known:
                self.named.setdefault(end, record.row)
        own = [(name, "string", attributes[held]) for held, name in _EDGE_ATTRIBUTES if attributes.get(held)]
        if not record.directed:
            own.append(("directed", "string", "false"))
        for name, type_, text in (*data, *own):
            self.columns.setdefault((name, type_), {})[position] = text
        self.kinds.add(kind)
        self.links.append((kind, source, target, record.row))

    def flush(self) -> None:
        """Hand on what has been collected."""
        if self.statements:
            frame = _frame(self.statements, ("node", "kind", "property", "value", "row", "type"))
            self.stager.add_statements(
                pl.concat([self._typed(part) for part in frame.partition_by("type", maintain_order=True)])
            )
        if self.links:
            self.stager.add_links(self._link_frame())
        self.clear()

    def _typed(self, part: pl.DataFrame) -> pl.DataFrame:
        values, wrong = typed(part["value"], part["type"][0])
        self._remark(part.filter(wrong).select("row", "property", "value").rows())
        return part.with_columns(values.alias("value"), pl.lit(SHEET).alias("sheet")).drop("type")

    def _remark(self, rows: list[tuple[int, str, str]]) -> None:
        self.issues += [Refusal(row, name, value, "bad_number", "note") for row, name, value in rows]

    def _link_frame(self) -> pl.DataFrame:
        frame = _frame(self.links, ("kind", "source", "target", "row"))
        check_properties(self.reader.name, len(self.names.keys() | self.columns.keys()))
        for (held, type_), given in self.columns.items():
            if (held, type_) not in self.names:
                self.names[held, type_] = self.free.free(held)
            name = self.names[held, type_]
            values, wrong = typed(pl.Series([given.get(i) for i in range(frame.height)], dtype=pl.String), type_)
            frame = frame.with_columns(values.alias(f"p.{name}"))
            self._remark([(row, name, value) for row, value in frame.filter(wrong).select("row", f"p.{name}").rows()])
        link = pl.format("{}:{}", "kind", pl.concat_str(pl.lit(f"{self.file}#{SHEET}:"), pl.col("row").cast(pl.String)))
        return frame.with_columns(link.alias("link"), pl.lit(SHEET).alias("sheet"))

    def result(self) -> LayoutResult:
        """Hand on the rest, and say what was found."""
        lone = {node: row for node, row in self.named.items() if node not in self.known}
        self.statements += [(node, ACTOR, IDENTITY, node, row, "string") for node, row in lone.items()]
        self.flush()
        rows = sum(self.reader.counts[name] for name in ("node", "edge", "hyperedge"))
        refused = len({issue.row for issue in self.issues if issue.refuses == "row"})
        return LayoutResult(tuple(sorted(self.kinds)), rows, rows - refused, self.issues, self._notes(len(lone)))

    def _notes(self, lone: int) -> tuple[str, ...]:
        numbers = {"lone": lone, "repeated": self.repeated, **self.reader.counts}
        told = ((numbers[what], english, chinese) for what, english, chinese in _NOTES)
        return tuple(say(en, zh).format(f"{count:,}") for count, en, zh in told if count)


def _frame(rows: list[Any], names: tuple[str, ...]) -> pl.DataFrame:
    schema = {name: pl.Int64 if name == "row" else pl.String for name in names}
    return pl.DataFrame(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), schema=schema)


def _node_kind(data: dict[str, str], labels: str) -> tuple[str, list[str]]:
    """The kind, and further labels. `kind` and Neo4j's `labels` are taken at their word; `type` and `label` only
    where they name a kind that graphkit knows, for to Gephi a label is a name."""
    held = data.get("labels", "")
    listed = [part for part in (labels or (held if held.startswith(":") else "")).split(":") if part]
    if listed:
        return listed[0], listed[1:]
    if data.get("kind"):
        return _KINDS.get(data["kind"].casefold(), data["kind"]), []
    known = (_KINDS.get(data.get(name, "").casefold()) for name in ("type", "label", "labels"))
    return next((kind for kind in known if kind), ACTOR), []


def _edge_kind(data: dict[str, str], label: str) -> str:
    """The kind of an edge: Neo4j's label, else what `kind`, `type` or `relation` says."""
    told = (label, *(data[name] for name in ("kind", "type", "relation") if name in data))
    return next((link_kind(text) for text in told if text and not is_direction(text)), LINKED)
