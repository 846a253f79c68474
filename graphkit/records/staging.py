"""From single assertions, row by row, to what one file asserts: grouped, on disk.

Assertions come in as frames of any size and order and leave as two parquet files (see `graphkit.records.staged`).
They are grouped by DuckDB, which spills to disk, so that memory stays bounded however large the file was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl

MEMORY_LIMIT = "1200MB"

TIMES = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
_TEXTS = ("unit", "currency")
_NUMBERS = ("quantity", "amount")
_CONTENT = ("link", "kind", "source", "target", *TIMES, "quantity", "unit", "amount", "currency")

_STATEMENTS = """
COPY (
    SELECT node, kind, property, value, sheet, {rows} AS rows
    FROM {source} GROUP BY ALL
) TO '{target}' ({format})
"""
_ROWS = "CASE WHEN count(*) = 1 THEN list(row) ELSE list_sort(list_distinct(list(row))) END"  # most often it is one
_FORMAT = "FORMAT parquet, ROW_GROUP_SIZE 20480"  # small groups: several threads write and read them

_LINKS = """
    SELECT {content}, {properties} AS properties, sheet, rows
    FROM (SELECT {content}, {columns} sheet, {rows} AS rows FROM {source} {grouping})
"""

_EMPTY_LINKS = """
COPY (
    SELECT '' AS link, '' AS kind, '' AS source, '' AS target, {times}, 0.0::DOUBLE AS quantity, '' AS unit,
        0.0::DOUBLE AS amount, '' AS currency, []::STRUCT(key VARCHAR, value VARCHAR)[] AS properties, '' AS sheet,
        []::BIGINT[] AS rows
    WHERE false
) TO '{target}' ({format})
"""


@dataclass(frozen=True)
class _Links:
    """One chunk of links: its kinds, the columns of which anything is known, whether every link occurs just once."""

    path: Path
    kinds: frozenset[str]
    known: frozenset[str]
    single: bool


class Stager:
    """Takes the assertions of one file and writes them grouped into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._statements: list[Path] = []
        self._links: list[_Links] = []
        self._properties: dict[str, str] = {}  # name → column: SQL does not tell Tag from tag, links may have both

    def add_statements(self, frame: pl.DataFrame) -> None:
        """Add rows of node, kind, property, value, sheet, row; rows without a value assert nothing."""
        import polars as pl

        columns = [
            *(pl.col(name).cast(pl.String) for name in ("node", "kind", "property", "value", "sheet")),
            pl.col("row").cast(pl.Int64),
        ]
        stated = frame.filter(pl.col("node").is_not_null() & pl.col("value").is_not_null()).select(columns)
        if stated.height:
            self._statements.append(self._write(stated, f"statements-{len(self._statements):06}.chunk"))

    def add_links(self, frame: pl.DataFrame) -> None:
        """Add rows of link, kind, source, target, sheet, row; what is missing of time and quantity is unknown.

        Columns named `p.<name>` become the link's properties. Rows without both ends assert nothing.
        """
        import polars as pl

        given = set(frame.columns)
        properties = {name: self._column(name[2:]) for name in sorted(given) if name.startswith("p.")}
        types: dict[str, pl.DataType] = dict.fromkeys(TIMES, pl.Datetime("us"))
        types |= dict.fromkeys(_NUMBERS, pl.Float64()) | dict.fromkeys(_TEXTS, pl.String())
        content = [pl.col(n).cast(t) if n in given else pl.lit(None, t).alias(n) for n, t in types.items()]
        names = [pl.col(name).cast(pl.String) for name in ("link", "kind", "source", "target", "sheet")]
        names += [pl.col(name).cast(pl.String).alias(column) for name, column in properties.items()]
        whole = pl.col("source").is_not_null() & pl.col("target").is_not_null()
        linked = frame.filter(whole).select(*names, pl.col("row").cast(pl.Int64), *content)
        if linked.height:
            self._links.append(self._chunk_of(linked))

    def finish(self) -> tuple[Path, Path]:
        """Group all that was added; the paths of statements.parquet and links.parquet."""
        import duckdb

        statements, links = self.folder / "statements.parquet", self.folder / "links.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit='{MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory='{_quoted(self.folder / 'spill')}'")
            source = self._all_statements()
            connection.execute(
                _STATEMENTS.format(source=source, target=_quoted(statements), rows=_ROWS, format=_FORMAT)
            )
            self._group_links(connection, links)
        for chunk in (*self._statements, *(links.path for links in self._links)):
            chunk.unlink()
        return statements, links

    def _all_statements(self) -> str:
        if self._statements:
            return _chunks(self._statements)
        return "(SELECT '' AS node, '' AS kind, '' AS property, '' AS value, '' AS sheet, 0::BIGINT AS row WHERE false)"

    def _group_links(self, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
        if not self._links:
            times = ", ".join(f"NULL::TIMESTAMP AS {name}" for name in TIMES)
            connection.execute(_EMPTY_LINKS.format(times=times, target=_quoted(target), format=_FORMAT))
            return
        grouped = " UNION ALL BY NAME ".join(_grouped(chunks, self._properties) for chunks in _alike(self._links))
        connection.execute(f"COPY ({grouped}) TO '{_quoted(target)}' ({_FORMAT})")

    def _column(self, name: str) -> str:
        return self._properties.setdefault(name, f"property_{len(self._properties)}")

    def _chunk_of(self, linked: pl.DataFrame) -> _Links:
        path = self._write(linked, f"links-{len(self._links):06}.chunk")
        known = frozenset(name for name in linked.columns if linked[name].null_count() < linked.height)
        return _Links(path, frozenset(linked["kind"].unique()), known, linked["link"].n_unique() == linked.height)

    def _write(self, frame: pl.DataFrame, name: str) -> Path:
        path = self.folder / name
        frame.write_parquet(path, compression="lz4", statistics=False)
        return path


def _alike(chunks: list[_Links]) -> list[list[_Links]]:
    """The chunks that have to be grouped together because a kind of link is in both."""
    groups: list[list[_Links]] = []
    for chunk in chunks:
        shared = [group for group in groups if any(chunk.kinds & other.kinds for other in group)]
        groups = [group for group in groups if group not in shared] + [
            [*(one for group in shared for one in group), chunk]
        ]
    return groups


def _grouped(chunks: list[_Links], properties: dict[str, str]) -> str:
    """The SQL that groups chunks by content. Columns of which nothing is known need not be compared."""
    known = frozenset().union(*(chunk.known for chunk in chunks))
    named = {name: properties[name] for name in sorted(properties) if properties[name] in known}
    types = {**dict.fromkeys(TIMES, "TIMESTAMP"), **dict.fromkeys(_NUMBERS, "DOUBLE")}
    content = [name if name in known else f"CAST(NULL AS {types.get(name, 'VARCHAR')}) AS {name}" for name in _CONTENT]
    single = len(chunks) == 1 and chunks[0].single
    inner = [name for name in _CONTENT if name in known]
    select = _LINKS.format(
        content="{content}",
        columns="".join(f"{column}, " for column in named.values()),
        properties=_property_list(named),
        rows="[row]" if single else _ROWS,
        grouping="" if single else "GROUP BY ALL",
        source=_chunks([chunk.path for chunk in chunks]),
    )
    return select.replace("{content}", ", ".join(content), 1).replace("{content}", ", ".join(inner), 1)


def _property_list(named: dict[str, str]) -> str:
    """The SQL of a link's properties as a list of key and value, without those that are unknown."""
    if not named:
        return "CAST([] AS STRUCT(key VARCHAR, value VARCHAR)[])"
    pairs = ", ".join(f"{{'key': {_literal(name)}, 'value': {column}}}" for name, column in named.items())
    return f"list_filter([{pairs}], lambda p: p.value IS NOT NULL)"


def _chunks(paths: list[Path]) -> str:
    listed = ", ".join(f"'{_quoted(path)}'" for path in paths)
    return f"read_parquet([{listed}], union_by_name=true)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
