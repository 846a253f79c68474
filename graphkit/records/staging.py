"""From single assertions, row by row, to what one file asserts: grouped, sorted, on disk.

Assertions come in as frames of any size and order and leave as two parquet files (see `graphkit.records.staged`).
They are grouped by DuckDB, which spills to disk, so that memory stays bounded however large the file was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl

MEMORY_LIMIT = "700MB"

TIMES = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
_TEXTS = ("unit", "currency")
_NUMBERS = ("quantity", "amount")
_CONTENT = ("link", "kind", "source", "target", *TIMES, "quantity", "unit", "amount", "currency")

_STATEMENTS = """
COPY (
    SELECT node, kind, property, value, sheet, list_sort(list_distinct(list(row))) AS rows
    FROM {source} GROUP BY ALL ORDER BY node, kind, property, value, sheet
) TO '{target}' (FORMAT parquet)
"""

_LINKS = """
COPY (
    SELECT {content}, list_filter([{properties}], lambda p: p.value IS NOT NULL) AS properties, sheet, rows
    FROM (SELECT {content}, {columns} sheet, list_sort(list_distinct(list(row))) AS rows FROM {source} GROUP BY ALL)
    ORDER BY ALL
) TO '{target}' (FORMAT parquet)
"""

_EMPTY_LINKS = """
COPY (
    SELECT '' AS link, '' AS kind, '' AS source, '' AS target, {times}, 0.0::DOUBLE AS quantity, '' AS unit,
        0.0::DOUBLE AS amount, '' AS currency, []::STRUCT(key VARCHAR, value VARCHAR)[] AS properties, '' AS sheet,
        []::BIGINT[] AS rows
    WHERE false
) TO '{target}' (FORMAT parquet)
"""


class Stager:
    """Takes the assertions of one file and writes them grouped into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._statements: list[Path] = []
        self._links: list[Path] = []
        self._properties: set[str] = set()

    def add_statements(self, frame: pl.DataFrame) -> None:
        """Add rows of node, kind, property, value, sheet, row; rows without a value assert nothing."""
        import polars as pl

        columns = [*(pl.col(name).cast(pl.String) for name in ("node", "kind", "property", "value", "sheet")), pl.col("row").cast(pl.Int64)]
        stated = frame.filter(pl.col("node").is_not_null() & pl.col("value").is_not_null()).select(columns)
        if stated.height:
            self._statements.append(self._write(stated, f"statements-{len(self._statements):06}.chunk"))

    def add_links(self, frame: pl.DataFrame) -> None:
        """Add rows of link, kind, source, target, sheet, row; what is missing of time and quantity is unknown.

        Columns named `p.<name>` become the link's properties. Rows without both ends assert nothing.
        """
        import polars as pl

        given = set(frame.columns)
        properties = sorted(name for name in given if name.startswith("p."))
        types = {**dict.fromkeys(TIMES, pl.Datetime("us")), **dict.fromkeys(_NUMBERS, pl.Float64), **dict.fromkeys(_TEXTS, pl.String)}
        content = [pl.col(n).cast(t) if n in given else pl.lit(None, t).alias(n) for n, t in types.items()]
        names = [pl.col(name).cast(pl.String) for name in ("link", "kind", "source", "target", "sheet", *properties)]
        whole = pl.col("source").is_not_null() & pl.col("target").is_not_null()
        linked = frame.filter(whole).select(*names, pl.col("row").cast(pl.Int64), *content)
        if linked.height:
            self._properties.update(properties)
            self._links.append(self._write(linked, f"links-{len(self._links):06}.chunk"))

    def finish(self) -> tuple[Path, Path]:
        """Group and sort all that was added; the paths of statements.parquet and links.parquet."""
        import duckdb

        statements, links = self.folder / "statements.parquet", self.folder / "links.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit='{MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory='{_quoted(self.folder / 'spill')}'")
            source = self._all_statements()
            connection.execute(_STATEMENTS.format(source=source, target=_quoted(statements)))
            self._group_links(connection, links)
        for chunk in (*self._statements, *self._links):
            chunk.unlink()
        return statements, links

    def _all_statements(self) -> str:
        if self._statements:
            return _chunks(self._statements)
        return "(SELECT '' AS node, '' AS kind, '' AS property, '' AS value, '' AS sheet, 0::BIGINT AS row WHERE false)"

    def _group_links(self, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
        if not self._links:
            times = ", ".join(f"NULL::TIMESTAMP AS {name}" for name in TIMES)
            connection.execute(_EMPTY_LINKS.format(times=times, target=_quoted(target)))
            return
        names = sorted(self._properties)
        columns = "".join(f"{_identifier(name)}, " for name in names)
        properties = ", ".join(f"{{'key': {_literal(name[2:])}, 'value': {_identifier(name)}}}" for name in names)
        empty = "CAST(NULL AS STRUCT(key VARCHAR, value VARCHAR))"
        content = ", ".join(_CONTENT)
        query = _LINKS if names else _LINKS.replace("list_filter([{properties}], lambda p: p.value IS NOT NULL)", f"list_filter([{empty}], lambda p: p IS NOT NULL)")
        query = query.replace("{content}", content).replace("{columns}", columns).replace("{properties}", properties)
        connection.execute(query.replace("{source}", _chunks(self._links)).replace("{target}", _quoted(target)))

    def _write(self, frame: pl.DataFrame, name: str) -> Path:
        path = self.folder / name
        frame.write_parquet(path, compression="lz4", statistics=False)
        return path


def _chunks(paths: list[Path]) -> str:
    listed = ", ".join(f"'{_quoted(path)}'" for path in paths)
    return f"read_parquet([{listed}], union_by_name=true)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
