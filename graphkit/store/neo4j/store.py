"""The store on a Neo4j server: each method opens a connection, asks, and closes it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from neo4j import exceptions

from graphkit.records.staged import FileRecord, Staged
from graphkit.store.base import Arrays, Hit, Link, Removed, Statement, Store
from graphkit.store.neo4j import asking, columns, exporting, loading, names, purging, reading
from graphkit.store.neo4j.connection import Connection, State, connected, read_steadily, server, there
from graphkit.store.neo4j.writer import Writer, writing
from graphkit.store.shared import unknown_file

Answer = TypeVar("Answer")

# A publication is done when its transaction is; whatever cannot be tidied up after it is left to the next writer.
_LEFT_TO_THE_NEXT = (exceptions.ServiceUnavailable, exceptions.SessionExpired)


class Neo4jStore(Store):
    """A casebook on a Neo4j server. The first `add` makes it; until then it is missing, as an embedded one is."""

    def __init__(self, where: str, user: str | None = None, password: str | None = None) -> None:
        self._server = server(where, user, password)
        self.where = where

    def files(self) -> list[FileRecord]:
        return sorted(self._steadily(_records).values(), key=lambda record: (record.name, record.file))

    def content(self, file: str) -> bytes:
        return self._steadily(lambda connection, _: b"".join(exporting.parts(connection, _tag(connection, file)[0])))

    def add(self, staged: Sequence[Staged], replaces: Sequence[str] = ()) -> None:
        with connected(self._server) as connection, writing(connection) as writer:
            loaded = _records(connection)
            former = [_tag(connection, file)[0] for file in dict.fromkeys(replaces)]
            there = {record.file for tag, record in loaded.items() if tag not in former}
            fresh = {one.record.file: one for one in staged if one.record.file not in there}
            if not fresh and not former:
                return
            purging.clean(writer)
            tagged = {_new_tag(file, loaded): one for file, one in fresh.items()}
            if tagged:
                loading.load(writer, tagged)
            _publish(writer, list(tagged), former)

    def remove(self, file: str) -> Removed:
        with self._casebook() as connection, writing(connection) as writer:
            tag, _ = _tag(connection, file)
            purging.clean(writer)
            asked = {"published": connection.state().files, "file": tag}
            links = connection.read("removed_links", **asked)[0][0]
            nodes = connection.read("removed_nodes", **asked)[0][0]
            _publish(writer, [], [tag])
        return Removed(links, nodes)

    def export(self, file: str, folder: Path) -> Staged:
        return self._steadily(lambda connection, _: exporting.export(connection, *_tag(connection, file), folder))

    def counts(self) -> dict[str, int]:
        def ask(connection: Connection, state: State) -> dict[str, int]:
            nodes = connection.read("count_nodes", published=state.files)[0][0]
            return {"nodes": nodes, "links": connection.read("count_link_ids", published=state.files)[0][0]}

        return self._steadily(ask)

    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        return self._steadily(reading.kinds)

    def statements(self, nodes: Sequence[str]) -> list[Statement]:
        return self._steadily(lambda connection, state: reading.statements(connection, state, nodes))

    def links_of(self, nodes: Sequence[str], limit: int | None = None) -> list[Link]:
        return self._steadily(lambda connection, state: reading.links_of(connection, state, nodes, limit))

    def links(self, links: Sequence[str]) -> list[Link]:
        return self._steadily(lambda connection, state: reading.links(connection, state, links))

    def search(self, text: str, limit: int) -> list[Hit]:
        return self._steadily(lambda connection, state: reading.search(connection, state, text, limit))

    def node_columns(self) -> Arrays:
        return self._steadily(columns.nodes)

    def link_columns(self, properties: Sequence[str] = ()) -> Arrays:
        return self._steadily(lambda connection, state: columns.links(connection, state, properties))

    def property_columns(self, properties: Sequence[str]) -> Arrays:
        return self._steadily(lambda connection, state: columns.properties(connection, state, properties))

    def everything(
        self, link_properties: Sequence[str], node_properties: Sequence[str]
    ) -> tuple[Arrays, Arrays, Arrays]:
        return self._steadily(
            lambda connection, state: columns.everything(connection, state, link_properties, node_properties)
        )

    def link_kinds(self) -> set[str]:
        with self._casebook() as connection:
            return {names.link_kind(kind) for (kind,) in connection.read("link_types")}

    def native(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self._casebook() as connection:
            return asking.ask(connection, text, parameters)

    @contextmanager
    def _casebook(self) -> Iterator[Connection]:
        """A connection to a casebook that is there."""
        with connected(self._server) as connection:
            there(self._server, connection.state())
            yield connection

    def _steadily(self, ask: Callable[[Connection, State], Answer]) -> Answer:
        return read_steadily(self._server, ask)


def _records(connection: Connection, _: State | None = None) -> dict[str, FileRecord]:
    """The published files by their tags."""
    rows = connection.read("files")
    records = {tag: FileRecord(reading.file_of(tag), *facts) for tag, *facts in rows}
    return {tag: replace(record, kinds=tuple(record.kinds)) for tag, record in records.items()}


def _tag(connection: Connection, file: str) -> tuple[str, FileRecord]:
    """The tag and the record of a published file."""
    records = _records(connection)
    for tag, record in records.items():
        if record.file == file:
            return tag, record
    raise unknown_file(file, records.values())


def _new_tag(file: str, taken: Iterable[str]) -> str:
    """What marks a file's assertions: its FILE-ID, with a number where its former self is there still."""
    number, tag = 1, file
    while tag in taken:
        number += 1
        tag = f"{file}~{number}"
    return tag


def _publish(writer: Writer, add: list[str], remove: list[str]) -> None:
    """Show and hide files in one transaction, then tidy up."""
    writer.publish(add, remove)
    with suppress(*_LEFT_TO_THE_NEXT):
        purging.clean(writer)
