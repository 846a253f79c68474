"""Reading one file in a layout, and looking at what it asserts."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from tests.records.test_layouts import FILE, SHARED, Loaded, load

__all__ = ["FILE", "SHARED", "Loaded", "at", "documented", "links", "load", "read_object", "said"]


def read_object(tmp_path: Path, layout: str, value: Any, name: str = "file.json") -> Loaded:
    """A value as JSON (a text as it stands), read in the layout."""
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return load(path, layout, tmp_path / "staged")


def links(loaded: Loaded, kind: str) -> list[dict[str, Any]]:
    """The links of one kind by their ids, properties as a dictionary."""
    found = loaded.links.filter(pl.col("kind") == kind).sort("link", "rows").to_dicts()
    return [{**one, "properties": {p["key"]: p["value"] for p in one["properties"]}} for one in found]


def said(loaded: Loaded, node: str) -> dict[str, list[str]]:
    """Property → values of one node, sorted."""
    found: dict[str, list[str]] = {}
    for one in loaded.statements.filter(pl.col("node") == node).sort("property", "value").to_dicts():
        found.setdefault(one["property"], []).append(one["value"])
    return found


def documented(loaded: Loaded) -> bool:
    """Whether every end of every link is stated, and every link and statement has a row."""
    nodes = set(loaded.statements["node"])
    ends = {*loaded.links["source"], *loaded.links["target"]}
    rows = [*loaded.statements["rows"].to_list(), *loaded.links["rows"].to_list()]
    return ends <= nodes and all(rows)


def at(text: str) -> datetime:
    """A moment in China's civil time."""
    return datetime.fromisoformat(text)
