"""What one file asserts, in the one form that loading, copying and both stores exchange."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileRecord:
    """One loaded file: who it is, what was found in it, who handed it over and when it came in."""

    file: str  # FILE-ID: the first 12 hex digits of the sha256
    sha256: str
    name: str
    layout: str
    kinds: tuple[str, ...]
    rows: int
    accepted: int
    rejected: int
    provided_by: str
    loaded_at: str  # ISO 8601, UTC, whole seconds
    mapping: str = ""


@dataclass(frozen=True)
class Staged:
    """One file's record, its original bytes, and its assertions as two parquet files.

    `statements` has one row for each node, property, value and sheet: node, kind, property, value, sheet, rows.
    `links` has one row for each distinct content of a link in a sheet: link, kind, source, target, started_earliest,
    started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency, properties, sheet, rows.
    A loader may give the rows in any order; what a store exports is sorted by the columns from the left.
    """

    record: FileRecord
    content: Path
    statements: Path
    links: Path
