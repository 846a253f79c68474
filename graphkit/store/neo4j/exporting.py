"""One file's original and assertions, as parquet files equal to those that were added."""

from __future__ import annotations

import glob
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphkit.records.staged import FileRecord, Staged
from graphkit.store.neo4j import names, values
from graphkit.store.neo4j.connection import Connection, Row
from graphkit.store.neo4j.facts import unpacked
from graphkit.store.neo4j.reading import python_values

_PAGE = 5_000
_SORT = "COPY (SELECT * FROM read_parquet('{source}') ORDER BY ALL) TO '{target}' (FORMAT parquet)"


def parts(connection: Connection, tag: str) -> Iterator[bytes]:
    """The original bytes, part by part."""
    number = 0
    while rows := connection.read("content", file=tag, number=number):
        yield zlib.decompress(rows[0][0])
        number += 1


def export(connection: Connection, tag: str, record: FileRecord, folder: Path) -> Staged:
    """Write one file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / record.file
    staged = Staged(
        record,
        *(stem.with_name(f"{record.file}.{part}") for part in ("content", "statements.parquet", "links.parquet")),
    )
    with staged.content.open("wb") as content:
        content.writelines(parts(connection, tag))
    with tempfile.TemporaryDirectory(dir=folder) as chunks:
        _write_chunks(connection, tag, Path(chunks))
        _sort(Path(chunks, "statements-*"), staged.statements)
        _sort(Path(chunks, "links-*"), staged.links)
    return staged


def _write_chunks(connection: Connection, tag: str, folder: Path) -> None:
    """The assertions as they come, page by page, so that memory stays bounded."""
    import polars as pl

    statements, links = _schemas()
    pl.DataFrame(schema=statements).write_parquet(folder / "statements-")
    pl.DataFrame(schema=links).write_parquet(folder / "links-")
    for number, ids in enumerate(_pages(connection, tag)):
        stated = [row for page in connection.read("nodes_stated", ids=ids) for row in _statements(page, tag)]
        linked = [_link(row) for row in connection.read("links_of_file", file=tag, ids=ids)]
        pl.DataFrame(stated, schema=statements, orient="row").write_parquet(folder / f"statements-{number}")
        pl.DataFrame(linked, schema=links, orient="row").write_parquet(folder / f"links-{number}")


def _pages(connection: Connection, tag: str) -> Iterator[list[str]]:
    start = ""
    while True:
        page = [row[0] for row in connection.read("nodes_of_files", files=[tag], limit=_PAGE, **{"from": start})]
        if page:
            yield page
            start = page[-1] + "\0"
        if len(page) < _PAGE:
            return


def _statements(row: Row, tag: str) -> Iterator[tuple[Any, ...]]:
    node, _, stated = row
    for fact in unpacked(stated, {tag}):
        yield node, fact.kind, fact.property, fact.value, fact.sheet, fact.numbers()


def _link(row: Row) -> tuple[Any, ...]:
    type_name, source, target, kept = row
    kept = python_values(kept)
    foreign = sorted(name for name in kept if name not in names.LINK_RESERVED)
    named = {names.original(name, names.LINK_RESERVED): values.canonical(kept[name]) for name in foreign}
    properties = [{"key": key, "value": named[key]} for key in sorted(named)]
    times = (*values.ends("started", kept), *values.ends("ended", kept))
    measures = (kept.get(name) for name in ("quantity", "unit", "amount", "currency"))
    place, _, _ = kept["evidence"][0].rpartition(":")
    rows = [int(reference.rpartition(":")[2]) for reference in kept["evidence"]]
    ends = (kept["id"], names.link_kind(type_name), source, target)
    return (*ends, *times, *measures, properties, place.partition("#")[2], rows)


def _schemas() -> tuple[dict[str, Any], dict[str, Any]]:
    import polars as pl

    ends = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
    types: defaultdict[str, Any] = defaultdict(pl.String)
    types |= dict.fromkeys(ends, pl.Datetime("us")) | dict.fromkeys(("quantity", "amount"), pl.Float64())
    types["rows"] = pl.List(pl.Int64)
    types["properties"] = pl.List(pl.Struct({"key": pl.String, "value": pl.String}))
    statements = ("node", "kind", "property", "value", "sheet", "rows")
    links = (
        "link", "kind", "source", "target", *ends, "quantity", "unit", "amount", "currency", "properties", "sheet",
        "rows",
    )  # fmt: skip
    return {name: types[name] for name in statements}, {name: types[name] for name in links}


def _sort(pattern: Path, target: Path) -> None:
    import duckdb

    source = f"{glob.escape(str(pattern.parent.absolute()))}/{pattern.name}"
    with duckdb.connect(config={"memory_limit": "700MB"}) as connection:
        connection.execute(_SORT.format(source=source.replace("'", "''"), target=str(target).replace("'", "''")))
