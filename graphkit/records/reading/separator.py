"""Which character separates the cells of a text file."""

from __future__ import annotations

import csv
import io
from collections import Counter

from graphkit.records.reading.tables import Known, comparable

SEPARATORS = (",", "\t", ";", "|")
_HEAD_ROWS = 30
_SAMPLE_BYTES = 1 << 18


def head(content: bytes, separator: str) -> list[list[str]]:
    """The first rows, read leniently, without the one that the end of the sample cuts off."""
    sample = content[:_SAMPLE_BYTES].decode("utf-8", "ignore")
    rows: list[list[str]] = []
    csv.field_size_limit(2**31 - 1)  # the default refuses long cells without naming their place
    for row in csv.reader(io.StringIO(sample, newline=None), delimiter=separator):
        rows.append(row)
        if len(rows) == 1000:
            return rows
    return rows[:-1] if len(content) > _SAMPLE_BYTES and len(rows) > 1 else rows


def find_separator(content: bytes, known: Known) -> tuple[str, int]:
    """The separator that shows most known column names, else the most regular table; and that table's width."""
    declared = _declared(content)
    candidates = (declared,) if declared else tuple(mark for mark in SEPARATORS if mark.encode() in content)
    best, width, merit = ",", 1, (0, 0.0)
    for separator in candidates:
        rows = head(content, separator)
        found = (_known_names(rows, known), _regularity(rows))
        if found > merit or separator == declared:
            best, merit, width = separator, found, max(map(len, rows), default=1)
    return best, max(width, 1)


def _declared(content: bytes) -> str:
    """The separator that a first line such as `sep=;` declares to spreadsheet programs."""
    line = content[:16].split(b"\n", 1)[0].strip().strip(b'"')
    separator = line[4:].decode("utf-8", "ignore") if line.lower().startswith(b"sep=") else ""
    return separator if separator in SEPARATORS else ""


def _known_names(rows: list[list[str]], known: Known) -> int:
    return max((sum(known(comparable(cell)) for cell in row) for row in rows[:_HEAD_ROWS]), default=0)


def _regularity(rows: list[list[str]]) -> float:
    """The share of filled rows that have the commonest width; wider wins where the shares are equal."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width = max(several, key=lambda width: (several[width], width))
    return several[width] / sum(widths.values()) + min(width, 1000) / 1e6
