"""The embedded store: a folder with a DuckDB database, and the original files beside it.

DuckDB and numpy are imported when something is asked of the store: a load reads its files before that.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreDamaged
from graphkit.model.nodes import NAME_PROPERTIES
from graphkit.records.staged import FileRecord, Staged
from graphkit.store import duckdb_native, duckdb_writing
from graphkit.store.base import Arrays, Hit, Link, Removed, Statement, Store
from graphkit.store.duckdb_connection import CONTENT, reading, writing
from graphkit.store.shared import evidence, unknown_file
from graphkit.store.sql import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class DuckDBStore(Store):
    """A casebook in a folder. It is created by the first `add`; until then reading says that there is none."""

    def __init__(self, where: str | Path) -> None:
        self.where = str(where)
        self._folder = Path(where).expanduser()

    def files(self) -> list[FileRecord]:
        with reading(self._folder) as connection:
            return _files(connection)

    def content(self, file: str) -> bytes:
        return self._content_path(self._record(file)).read_bytes()

    def add(self, staged: Sequence[Staged], replaces: Sequence[str] = ()) -> None:
        with writing(self._folder, create=True) as connection:
            loaded = {record.file: record for record in _files(connection)}
            for file in replaces:
                if file not in loaded:
                    raise unknown_file(file, loaded.values())
            there = loaded.keys() - set(replaces)
            fresh = {one.record.file: one for one in staged if one.record.file not in there}
            if replaces:
                duckdb_writing.remove(connection, replaces)
            if fresh:
                duckdb_writing.add(connection, list(fresh.values()), self._folder / CONTENT)

    def remove(self, file: str) -> Removed:
        with writing(self._folder) as connection:
            loaded = _files(connection)
            if file not in {record.file for record in loaded}:
                raise unknown_file(file, loaded)
            removed = duckdb_writing.remove(connection, [file])
        return removed

    def export(self, file: str, folder: Path) -> Staged:
        record = self._record(file)
        folder.mkdir(parents=True, exist_ok=True)
        staged = Staged(
            record, folder / f"{file}.content", folder / f"{file}.statements.parquet", folder / f"{file}.links.parquet"
        )
        shutil.copyfile(self._content_path(record), staged.content)
        with reading(self._folder) as connection:
            for name, path in (("export_statements", staged.statements), ("export_links", staged.links)):
                connection.sql(statement(name), params={"file": file}).write_parquet(str(path))
        return staged

    def counts(self) -> dict[str, int]:
        nodes, links = self._rows("counts")[0]
        return {"nodes": nodes, "links": links}

    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        with reading(self._folder) as connection:
            nodes = connection.execute(statement("node_kinds")).fetchall()
            return dict(nodes), dict(connection.execute(statement("link_kinds")).fetchall())

    def statements(self, nodes: Sequence[str]) -> list[Statement]:
        rows = self._rows("statements", nodes=list(nodes))
        return [Statement(node, kind, name, value, _evidence(parts)) for node, kind, name, value, parts in rows]

    def links_of(self, nodes: Sequence[str], limit: int | None = None) -> list[Link]:
        return [_link(row) for row in self._rows("links_of", ids=list(nodes), limit=limit)]

    def links(self, links: Sequence[str]) -> list[Link]:
        return [_link(row) for row in self._rows("links", ids=list(links))]

    def search(self, text: str, limit: int) -> list[Hit]:
        if not text:
            return []
        return [Hit(*row) for row in self._rows("search", text=text, limit=limit, names=list(NAME_PROPERTIES))]

    def node_columns(self) -> Arrays:
        from graphkit.store import duckdb_columns

        with reading(self._folder) as connection:
            return duckdb_columns.nodes(connection)

    def link_columns(self, properties: Sequence[str] = ()) -> Arrays:
        from graphkit.store import duckdb_columns

        with reading(self._folder) as connection:
            return duckdb_columns.links(connection, properties)

    def property_columns(self, properties: Sequence[str]) -> Arrays:
        from graphkit.store import duckdb_columns

        with reading(self._folder) as connection:
            return duckdb_columns.properties(connection, properties)

    def everything(
        self, link_properties: Sequence[str], node_properties: Sequence[str]
    ) -> tuple[Arrays, Arrays, Arrays]:
        from graphkit.store import duckdb_columns

        with reading(self._folder) as connection:
            nodes, links = duckdb_columns.nodes(connection), duckdb_columns.links(connection, link_properties)
            return nodes, links, duckdb_columns.properties(connection, node_properties)

    def native(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        with reading(self._folder, confined=True) as connection:
            return duckdb_native.run(connection, text, parameters)

    def _rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        with reading(self._folder) as connection:
            return connection.execute(statement(name), parameters or None).fetchall()

    def _record(self, file: str) -> FileRecord:
        loaded = self.files()
        for record in loaded:
            if record.file == file:
                return record
        raise unknown_file(file, loaded)

    def _content_path(self, record: FileRecord) -> Path:
        path = self._folder / CONTENT / record.sha256
        if not path.is_file():
            raise StoreDamaged(
                f"The original of {record.name} ({record.file}) is missing from {path.parent}.",
                f"{record.name}（{record.file}）的原件不在 {path.parent} 中。",
            )
        return path


def _files(connection: DuckDBPyConnection) -> list[FileRecord]:
    rows = connection.execute(statement("files")).fetchall()
    records = (FileRecord(*row) for row in rows)
    return [replace(record, kinds=tuple(record.kinds)) for record in records]


def _evidence(parts: list[dict[str, Any]]) -> tuple[str, ...]:
    return evidence((part["file"], part["sheet"], part["rows"]) for part in parts)


_CONTENT = (
    "started_earliest", "started_latest", "ended_earliest", "ended_latest", "quantity", "unit", "amount", "currency",
)  # fmt: skip


def _link(row: tuple[Any, ...]) -> Link:
    kind, link, source, target, *content, properties, parts = row
    times = [time.isoformat(timespec="seconds") if time else None for time in content[:4]]
    named = {entry["key"]: entry["value"] for entry in properties or ()}
    facts = dict(zip(_CONTENT, times + content[4:], strict=True))
    return Link(link, kind, source, target, properties=named, evidence=_evidence(parts), **facts)
