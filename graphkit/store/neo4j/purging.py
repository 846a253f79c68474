"""Files out: removing, batch by batch, what unpublished files left. Readers pass it over already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from graphkit.store.neo4j.connection import Row
from graphkit.store.neo4j.facts import properties
from graphkit.store.neo4j.names import label
from graphkit.store.neo4j.writer import Writer

_PAGE = 2_000
_LINKS = 10_000
_PARTS = 20


def clean(writer: Writer) -> None:
    """Remove what dead or replaced loads left, and refresh the nodes that await it."""
    leftovers = [row[0] for row in writer.connection.read("leftovers")]
    if leftovers:
        _purge(writer, leftovers)
    _refresh(writer)


def _purge(writer: Writer, files: list[str]) -> None:
    for ids in _nodes_of(writer, files):
        _until_none(writer, "links_delete", _LINKS, files=files, ids=ids)
    for ids in _nodes_of(writer, files):
        _take_back(writer, files, ids)
    _until_none(writer, "file_parts_delete", _PARTS, files=files)
    writer.write("files_delete", files=files)


def _nodes_of(writer: Writer, files: list[str]) -> Iterator[list[str]]:
    """The ids of the nodes of which these files state something, page by page."""
    start = ""
    while True:
        writer.show_life()
        page = [row[0] for row in writer.connection.read("nodes_of_files", files=files, limit=_PAGE, **{"from": start})]
        if page:
            yield page
            start = page[-1] + "\0"
        if len(page) < _PAGE:
            return


def _until_none(writer: Writer, name: str, limit: int, **parameters: Any) -> None:
    while writer.write(name, limit=limit, **parameters)[0][0] == limit:
        writer.show_life()


def _take_back(writer: Writer, files: Collection[str], ids: list[str]) -> None:
    """Take what these files state from these nodes; those of which nothing is left go."""
    gone, rest = [], []
    for node, kind, stated in writer.connection.read("nodes_stated", ids=ids):
        kept = [text for text in stated if text.partition("\t")[0] not in files]
        if kept:
            rest.append(_refreshed([node, kind, kept]))
        else:
            gone.append(node)
    if rest:
        writer.write_rows("nodes_refresh", rest)
    if gone:
        writer.write("nodes_delete", ids=gone)


def _refresh(writer: Writer) -> None:
    """Bring the properties of nodes up to date of which a published file states more than was known."""
    while rows := writer.connection.read("nodes_stale", limit=_PAGE):
        writer.write_rows("nodes_refresh", [_refreshed(row) for row in rows])


def _refreshed(row: Row) -> dict[str, Any]:
    node, kind, stated = row
    known = properties(node, sorted(stated))
    return {"id": node, "former": label(kind), "label": label(known["kind"]), "properties": known}
