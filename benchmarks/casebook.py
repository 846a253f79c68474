"""A casebook of ten million links between a million entities, written straight into the embedded store, once.

Suppliers have a heavy tail: a few send to hundreds of thousands. Beside 3.3 million deliveries there are payments,
calls, and what ties accounts and phones to people; every link has its row, most deliveries their product. It is kept
between runs; what it holds follows from its size alone.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import data

VERSION = 1  # raise it when what is written changes
_SHARES = {"CALLED": 0.22, "PAID": 0.23, "SUPPLIED": 0.30, "SHIPPED": 0.03, "KNOWS": 0.12, "HOLDS": 0.05, "USES": 0.05}
_PARTS = {"Company": 0.5, "Account": 0.25, "Phone": 0.25}  # of the nodes, in this order
_PREFIX = {"Company": "company", "Account": "account", "Phone": "phone"}
_ENDS = {"CALLED": ("Phone", "Phone"), "PAID": ("Account", "Account"), "HOLDS": ("Company", "Account"),
         "USES": ("Company", "Phone")}  # fmt: skip
_LINKS = """
COPY (
    SELECT
        kind || ':' || printf('%08d', i) AS link, kind, source_id AS source, target_id AS target,
        CASE WHEN timed THEN day END AS started_earliest,
        CASE WHEN timed THEN day + INTERVAL 86399 SECOND END AS started_latest,
        NULL::TIMESTAMP AS ended_earliest, NULL::TIMESTAMP AS ended_latest,
        CASE WHEN goods THEN quantity END AS quantity, CASE WHEN goods THEN 'box' END AS unit,
        CASE WHEN kind = 'PAID' THEN quantity END AS amount, CASE WHEN kind = 'PAID' THEN 'CNY' END AS currency,
        CASE WHEN kind = 'SUPPLIED' THEN [{'key': 'product', 'value': '药品' || product}]
             ELSE [] END::STRUCT(key VARCHAR, value VARCHAR)[] AS properties,
        'Sheet1' AS sheet, [i]::BIGINT[] AS rows
    FROM (
        SELECT
            *, kind IN ('SUPPLIED', 'SHIPPED') AS goods, kind IN ('SUPPLIED', 'SHIPPED', 'PAID', 'CALLED') AS timed,
            TIMESTAMP '2023-01-01' + to_days(days::INTEGER) AS day
        FROM made
        JOIN (SELECT number AS source, id AS source_id FROM nodes) USING (source)
        JOIN (SELECT number AS target, id AS target_id FROM nodes) USING (target)
    )
) TO '{path}' (FORMAT parquet)
"""
_NODES = """
COPY (
    SELECT id AS node, kind, 'name' AS property, '名' || number AS value, 'Sheet1' AS sheet, [number]::BIGINT[] AS rows
    FROM nodes
) TO '{path}' (FORMAT parquet)
"""


def casebook(links: int = 10_000_000) -> tuple[Path, str]:
    """The folder of the casebook, and the id of the supplier who sent the most deliveries."""
    from graphkit.records.staged import FileRecord, Staged
    from graphkit.store.duckdb import DuckDBStore

    folder = data.folder() / f"casebook-{links}-{VERSION}"
    told = folder / "widest"
    if told.exists():
        return folder / "book", told.read_text()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    parquet = folder / "statements.parquet", folder / "links.parquet"
    widest = _write(links, *parquet)
    content = b"made for a benchmark"
    (folder / "content").write_bytes(content)
    hashed = hashlib.sha256(content).hexdigest()
    record = FileRecord(
        hashed[:12], hashed, "made.csv", "tables", ("supply",), links, links, 0, "", "2026-01-01T00:00:00Z"
    )
    DuckDBStore(folder / "book").add([Staged(record, folder / "content", *parquet)])
    for path in parquet:
        path.unlink()
    told.write_text(widest)
    return folder / "book", widest


def _write(links: int, statements: Path, rows: Path) -> str:
    """The two parquet files; the id of the widest supplier."""
    import duckdb

    random, nodes = np.random.default_rng(7), links // 10
    begins = np.concatenate(([0], np.cumsum([int(nodes * share) for share in _PARTS.values()])))
    spans = {kind: (int(begins[i]), int(begins[i + 1])) for i, kind in enumerate(_PARTS)}
    shares = np.array(list(_SHARES.values()))
    kind = np.sort(random.choice(len(_SHARES), links, p=shares / shares.sum()))
    ends = [np.empty(links, np.int32), np.empty(links, np.int32)]
    for code, name in enumerate(_SHARES):
        mine = np.flatnonzero(kind == code)
        for end, (first, last) in zip(ends, (spans[each] for each in _ENDS.get(name, ("Company",) * 2)), strict=True):
            end[mine] = random.integers(first, last, len(mine))
        if name in ("SUPPLIED", "SHIPPED", "PAID"):
            first, last = spans[_ENDS.get(name, ("Company",))[0]]
            tail = random.permutation(last - first)[np.minimum(random.zipf(1.5, len(mine)), last - first) - 1] + first
            ends[0][mine] = np.where(random.random(len(mine)) < 0.5, tail, ends[0][mine])
    connection = duckdb.connect()
    arrays = {"number": np.arange(nodes), "code": np.repeat(np.arange(len(_PARTS)), np.diff(begins))}
    made = {"i": np.arange(links), "code": kind, "source": ends[0], "target": ends[1],
            "days": random.integers(0, 730, links), "quantity": random.integers(1, 500, links).astype(float),
            "product": random.integers(0, 40, links)}  # fmt: skip
    _table(connection, "nodes", arrays, list(_PREFIX.items()), ", prefix || ':' || printf('%08d', number) AS id")
    _table(connection, "made", made, [(name, "") for name in _SHARES], "")
    for query, path in ((_NODES, statements), (_LINKS, rows)):
        connection.execute(query.replace("{path}", str(path)))
    widest = int(np.bincount(ends[0][kind == list(_SHARES).index("SUPPLIED")]).argmax())
    return f"company:{widest:08d}"


def _table(connection: Any, name: str, columns: dict[str, Any], kinds: list[tuple[str, str]], more: str) -> None:
    """A table of these columns, which DuckDB finds by their name here, its kinds spelt out."""
    words = ", ".join(f"({code}, '{kind}', '{prefix}')" for code, (kind, prefix) in enumerate(kinds))
    connection.execute(
        f"CREATE TABLE {name} AS SELECT columns.* EXCLUDE (code), kind{more} FROM columns "
        f"JOIN (VALUES {words}) AS codes (code, kind, prefix) USING (code)"
    )
