"""Staged files for the tests, from plain Python rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from graphkit.records.staged import FileRecord, Staged

STATEMENT_SCHEMA = {
    "node": pl.String, "kind": pl.String, "property": pl.String, "value": pl.String, "sheet": pl.String,
    "rows": pl.List(pl.Int64),
}  # fmt: skip
LINK_SCHEMA = {
    "link": pl.String, "kind": pl.String, "source": pl.String, "target": pl.String,
    "started_earliest": pl.Datetime("us"), "started_latest": pl.Datetime("us"),
    "ended_earliest": pl.Datetime("us"), "ended_latest": pl.Datetime("us"),
    "quantity": pl.Float64, "unit": pl.String, "amount": pl.Float64, "currency": pl.String,
    "properties": pl.List(pl.Struct({"key": pl.String, "value": pl.String})),
    "sheet": pl.String, "rows": pl.List(pl.Int64),
}  # fmt: skip

Row = Mapping[str, Any]


def state(node: str, kind: str, property: str, value: str, *, rows: Iterable[int] = (2,), sheet: str = "1") -> Row:
    """One statement."""
    return {"node": node, "kind": kind, "property": property, "value": value, "sheet": sheet, "rows": list(rows)}


def tie(
    link: str, kind: str, source: str, target: str, *, rows: Iterable[int] = (2,), sheet: str = "1", **content: Any
) -> Row:
    """One link. `at` is a day ("2022-01-24") or an instant ("2022-01-24T08:05:00"); `properties` a dict."""
    at = content.pop("at", None)
    properties = sorted(content.pop("properties", {}).items())
    earliest, latest = _span(at) if at else (None, None)
    return {
        "link": link, "kind": kind, "source": source, "target": target,
        "started_earliest": earliest, "started_latest": latest,
        "properties": [{"key": key, "value": value} for key, value in properties],
        "sheet": sheet, "rows": list(rows), **content,
    }  # fmt: skip


def _span(at: str) -> tuple[datetime, datetime]:
    first = datetime.fromisoformat(at)
    return first, first if "T" in at else first.replace(hour=23, minute=59, second=59)


def stage(
    folder: Path,
    name: str,
    statements: Iterable[Row] = (),
    links: Iterable[Row] = (),
    content: bytes | None = None,
    **record: Any,
) -> Staged:
    """Write one staged file. Its content is its name unless given, so that a name stands for a FILE-ID."""
    content = name.encode() if content is None else content
    sha256 = hashlib.sha256(content).hexdigest()
    file = sha256[:12]
    paths = [folder / f"{file}.{part}" for part in ("content", "statements.parquet", "links.parquet")]
    paths[0].write_bytes(content)
    _write(statements, STATEMENT_SCHEMA, paths[1])
    _write(links, LINK_SCHEMA, paths[2])
    facts: dict[str, Any] = {
        "layout": "tables", "kinds": ("payment",), "rows": 3, "accepted": 2, "rejected": 1, "provided_by": "市局",
        "loaded_at": "2024-05-01T08:00:00Z",
    }  # fmt: skip
    return Staged(FileRecord(file=file, sha256=sha256, name=name, **(facts | record)), *paths)


def _write(rows: Iterable[Row], schema: dict[str, Any], path: Path) -> None:
    frame = pl.DataFrame(list(rows), schema=schema)
    keys = [pl.col(name).list.len() if name == "properties" else pl.col(name) for name in schema]
    frame.sort([key for key, name in zip(keys, schema, strict=True) if name != "rows"]).write_parquet(path)
