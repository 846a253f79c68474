"""Staged files as rows for the server, in batches of bounded size."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreError
from graphkit.records.staged import Staged
from graphkit.store.neo4j.names import LINK_RESERVED, native, relationship_type
from graphkit.store.neo4j.values import native as native_value
from graphkit.store.neo4j.values import span

if TYPE_CHECKING:
    import duckdb

_PARTS = 6
_FEW = 20_000  # assertions that are not worth dividing
_MOST_ROWS = 20_000
_MOST_CHARACTERS = 8_000_000

_COUNT = "SELECT sum(num_rows) FROM parquet_file_metadata($paths)"
_ARRIVING = "CREATE TABLE arriving (tag VARCHAR, file VARCHAR, statements VARCHAR, links VARCHAR)"
# The texts that `facts.unpack` takes apart.
_ESCAPE = r"""
CREATE MACRO escaped(part) AS
replace(replace(replace(replace(part, '\', '\\'), chr(9), '\t'), chr(10), '\n'), chr(13), '\r')
"""
_NODES = """
CREATE TABLE arriving_node AS
SELECT hash(node) % $parts AS part, node, list(concat_ws(
    chr(9), tag, escaped(property), escaped(value), escaped(kind), escaped(sheet), array_to_string(rows, ',')
)) AS stated
FROM read_parquet($paths, filename = true) AS statements JOIN arriving ON arriving.statements = statements.filename
GROUP BY node
"""
_NODES_OF_PART = "SELECT node, stated FROM arriving_node WHERE part = $part"
_LINKS = """
CREATE TABLE arriving_link AS
WITH timed AS (
    SELECT *, CASE
        WHEN started_earliest = started_latest THEN replace(started_earliest::VARCHAR, ' ', 'T')
        WHEN started_earliest = date_trunc('day', started_earliest)
            AND started_latest = started_earliest + INTERVAL 86399 SECOND THEN started_earliest::DATE::VARCHAR
        END AS started
    FROM read_parquet($paths, filename = true) AS links
)
SELECT
    least(hash(source) % $parts, hash(target) % $parts) AS one,
    greatest(hash(source) % $parts, hash(target) % $parts) AS other,
    source, target, kind, link, tag, file || '#' || sheet || ':' AS place, array_to_string(rows, ',') AS rows, started,
    quantity, unit, amount, currency,
    CASE WHEN len(properties) > 0 THEN to_json(properties)::VARCHAR END AS properties,
    CASE WHEN coalesce(ended_earliest, ended_latest) IS NOT NULL
        OR (started IS NULL AND coalesce(started_earliest, started_latest) IS NOT NULL)
    THEN [replace(time::VARCHAR, ' ', 'T') FOR time IN [started_earliest, started_latest, ended_earliest, ended_latest]]
    END AS times
FROM timed JOIN arriving ON arriving.links = timed.filename
"""
_LINKS_OF_PARTS = "SELECT * EXCLUDE (one, other) FROM arriving_link WHERE one = $one AND other = $other"
_COLUMNS = (
    "source", "target", "type", "link", "file", "place", "rows", "started", "quantity", "unit", "amount", "currency",
    "properties", "time",
)  # fmt: skip
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
    """The assertions of files that arrive, by the tags that they get on the server.

    Nodes fall into `parts`, and so do links, by the parts of both their ends.
    """

    parts: int

    def __init__(self, tagged: dict[str, Staged]) -> None:
        import duckdb

        self._statements = [_pattern(one.statements) for one in tagged.values()]
        self._links = [_pattern(one.links) for one in tagged.values()]
        self._folder = tempfile.TemporaryDirectory(prefix="graphkit-")
        self._connection = duckdb.connect(Path(self._folder.name, "arriving"), config=_SETTINGS)
        self._connection.execute(_ARRIVING)
        for tag, one in tagged.items():
            paths = [str(one.statements.absolute()), str(one.links.absolute())]
            self._connection.execute("INSERT INTO arriving VALUES (?, ?, ?, ?)", [tag, one.record.file, *paths])
        found = self._connection.execute(_COUNT, {"paths": self._statements + self._links}).fetchone()
        self.parts = _PARTS if found and found[0] > _FEW else 1

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()
        self._folder.cleanup()

    def check(self) -> None:
        """Every link begins and ends at nodes of which its file states something: else it would outlive its file."""
        found = self._connection.execute(_LOOSE, {"links": self._links, "statements": self._statements}).fetchone()
        if found:
            link, node = found
            raise StoreError(
                f"The link {link} ends at {node}, of which its file states nothing.",
                f"链接 {link} 的端点 {node} 在其文件中没有任何陈述。",
            )

    def divide_nodes(self) -> None:
        """Work out, for all the files at once, what will be written of nodes."""
        self._connection.execute(_ESCAPE)
        self._connection.execute(_NODES, {"paths": self._statements, "parts": self.parts})

    def divide_links(self) -> None:
        """Work out, for all the files at once, what will be written of links."""
        self._connection.cursor().execute(_LINKS, {"paths": self._links, "parts": self.parts})

    def nodes(self, part: int) -> Iterator[list[tuple[str, list[str]]]]:
        """The nodes of a part with what is stated of them, in batches."""
        nodes = ((node, sorted(stated)) for node, stated in self._rows(_NODES_OF_PART, part=part))
        return _batches(nodes, lambda node: sum(map(len, node[1])))

    def links(self, one: int, other: int) -> Iterator[dict[str, list[Any]]]:
        """The links between two parts, as the columns of `links_create`, in batches."""
        rows = self._rows(_LINKS_OF_PARTS, one=one, other=other)
        return map(_columns, _batches(rows, lambda row: 200 + 4 * len(row[6])))

    def _rows(self, text: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        cursor: duckdb.DuckDBPyConnection = self._connection.cursor()
        cursor.execute(text, parameters)
        while rows := cursor.fetchmany(_MOST_ROWS):
            yield from rows


def _columns(batch: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    columns = dict(zip(_COLUMNS, map(list, zip(*batch, strict=True)), strict=True))
    kinds = columns["type"]
    columns["type"] = [relationship_type(kind) for kind in kinds]
    columns["properties"] = [_named(*one) for one in zip(kinds, columns["properties"], strict=True)]
    columns["time"] = [times and span("started", *times[:2]) | span("ended", *times[2:]) for times in columns["time"]]
    return columns


@lru_cache(maxsize=10_000)  # many links share what else is known of them
def _named(kind: str, properties: str | None) -> dict[str, Any]:
    given = ((one["key"], one["value"]) for one in json.loads(properties or "[]"))
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
