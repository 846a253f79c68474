"""Staged files as rows for the server, in batches of bounded size."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreError
from graphkit.records.staged import Staged
from graphkit.store.neo4j.facts import Fact
from graphkit.store.neo4j.names import LINK_RESERVED, native, relationship_type
from graphkit.store.neo4j.values import native as native_value
from graphkit.store.neo4j.values import span

if TYPE_CHECKING:
    import duckdb

PARTS = 4
"""Nodes fall into so many parts; two sessions never write links of the same part at the same time."""

_MOST_ROWS = 10_000
_MOST_CHARACTERS = 8_000_000

_ARRIVING = "CREATE TABLE arriving (tag VARCHAR, file VARCHAR, statements VARCHAR, links VARCHAR)"
_FACTS = """
SELECT node, tag, property, value, kind, sheet, array_to_string(rows, ',')
FROM read_parquet($paths, filename = true) AS statements JOIN arriving ON arriving.statements = statements.filename
WHERE hash(node) % $parts = $part
ORDER BY node, tag, kind, property, value, sheet
"""
_LINKS = """
SELECT
    source, target, kind, link, tag, file || '#' || sheet || ':', array_to_string(rows, ','),
    {times}, quantity, unit, amount, currency, properties
FROM read_parquet($paths, filename = true) AS links JOIN arriving ON arriving.links = links.filename
WHERE least(hash(source) % $parts, hash(target) % $parts) = $one
    AND greatest(hash(source) % $parts, hash(target) % $parts) = $other
ORDER BY source, target
"""
_TIMES = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
# Texts such as 2022-01-24T08:05:00, with a fraction where there is one.
_LINKS = _LINKS.replace("{times}", ", ".join(f"replace({name}::VARCHAR, ' ', 'T')" for name in _TIMES))
_LOOSE = """
SELECT link, node FROM (
    SELECT tag, link, unnest([source, target]) AS node
    FROM read_parquet($links, filename = true) AS links JOIN arriving ON arriving.links = links.filename
) AS ends
ANTI JOIN (
    SELECT DISTINCT tag, node
    FROM read_parquet($statements, filename = true) AS stated JOIN arriving ON arriving.statements = stated.filename
) AS stated USING (tag, node)
ORDER BY ALL LIMIT 1
"""
_SETTINGS: dict[str, Any] = {
    "memory_limit": "700MB",
    "threads": 2,
    "autoinstall_known_extensions": False,
    "python_enable_replacements": False,
}


class Arrivals:
    """The assertions of files that arrive, by the tags that they get on the server."""

    def __init__(self, tagged: dict[str, Staged]) -> None:
        import duckdb

        self._statements = [_pattern(one.statements) for one in tagged.values()]
        self._links = [_pattern(one.links) for one in tagged.values()]
        self._connection = duckdb.connect(config=_SETTINGS)
        self._connection.execute(_ARRIVING)
        for tag, one in tagged.items():
            paths = [str(one.statements.absolute()), str(one.links.absolute())]
            self._connection.execute("INSERT INTO arriving VALUES (?, ?, ?, ?)", [tag, one.record.file, *paths])

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def check(self) -> None:
        """Every link begins and ends at nodes of which its file states something: else it would outlive its file."""
        found = self._connection.execute(_LOOSE, {"links": self._links, "statements": self._statements}).fetchone()
        if found:
            link, node = found
            raise StoreError(
                f"The link {link} ends at {node}, of which its file states nothing.",
                f"链接 {link} 的端点 {node} 在其文件中没有任何陈述。",
            )

    def nodes(self, part: int) -> Iterator[list[tuple[str, list[Fact]]]]:
        """The nodes of a part with what is stated of them, sorted by id, in batches."""
        rows = self._rows(_FACTS, paths=self._statements, part=part)
        grouped = itertools.groupby(rows, key=lambda row: row[0])
        nodes = ((node, [Fact._make(row[1:]) for row in group]) for node, group in grouped)
        return _batches(nodes, lambda node: sum(len(fact.value) + len(fact.rows) + 60 for fact in node[1]))

    def links(self, one: int, other: int) -> Iterator[list[list[Any]]]:
        """The links between two parts, as the rows of `links_create`, in batches."""
        rows = self._rows(_LINKS, paths=self._links, one=one, other=other)
        return _batches(map(_link, rows), lambda row: 200 + 25 * len(row[3]["evidence"]))

    def _rows(self, text: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        cursor: duckdb.DuckDBPyConnection = self._connection.cursor()
        cursor.execute(text, {**parameters, "parts": PARTS})
        while rows := cursor.fetchmany(_MOST_ROWS):
            yield from rows


def _link(row: tuple[Any, ...]) -> list[Any]:
    """Source, target, relationship type and properties."""
    source, target, kind, link, tag, place, rows, *content = row
    facts: dict[str, Any] = _named(kind, content[8])
    facts |= {"id": link, "file": tag, "evidence": [place + row for row in rows.split(",")]}
    times: list[str | None] = content[:4]
    if times != _NO_TIMES:
        facts |= span("started", times[0], times[1]) | span("ended", times[2], times[3])
    for name, value in zip(("quantity", "unit", "amount", "currency"), content[4:8], strict=True):
        if value is not None:
            facts[name] = value
    return [source, target, relationship_type(kind), facts]


_NO_TIMES: list[str | None] = [None] * 4


def _named(kind: str, properties: list[dict[str, str]] | None) -> dict[str, Any]:
    given = ((one["key"], one["value"]) for one in properties or ())
    return {native(key, LINK_RESERVED): native_value(kind, key, value) for key, value in given if value is not None}


def _batches(rows: Iterator[Any], weigh: Any) -> Iterator[list[Any]]:
    batch, weight = [], 0
    for row in rows:
        batch.append(row)
        weight += weigh(row)
        if len(batch) >= _MOST_ROWS or weight >= _MOST_CHARACTERS:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _pattern(path: Any) -> str:
    """The path for DuckDB, which would take some characters for a pattern."""
    import glob

    return glob.escape(str(path.absolute()))
