"""The rejects file: every row that was refused, as it was written, with what is wrong and what mends it.

It is a table that can be corrected in a spreadsheet and loaded again: the reader leaves out the columns before the
original ones, and normalising takes off the apostrophes that keep a spreadsheet from running a cell as a formula.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from graphkit.records.normalise.column import CELL, NOTE, ROW
from graphkit.records.normalise.reasons import explained

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

PREFIX = "graphkit:"  # of the columns that tell about a row; the reader leaves them out
# "refused": the whole row, or only a cell of it
COLUMNS = tuple(PREFIX + name for name in ("file", "sheet", "row", "refused", "column", "value", "reason", "fix"))
RUNS_AS_FORMULA = r"^('*[=+\-@\t\r])"


def write_rejects(path: str | Path, file: str, table: RawTable, issues: pl.DataFrame) -> int:
    """Write the refused rows of a table, one line a row, and say how many; without any, just the header."""
    lines = _lines(file, table, issues)
    body = io.BytesIO()
    lines.write_csv(body, include_header=False)
    _write_whole(Path(path), "\ufeff".encode() + _header(table) + body.getvalue())
    return len(lines)


def _lines(file: str, table: RawTable, issues: pl.DataFrame) -> pl.DataFrame:
    told = (pl.col(name) for name in ("row", "refused", "column", "value", "reason", "fix"))
    names = dict(zip(COLUMNS, (pl.lit(file), pl.lit(table.sheet), *told), strict=True))
    cells = [name for name in table.cells.columns if name != "row"]
    lines = table.cells.join(_problems(issues), on="row", how="inner", maintain_order="left")
    written = lines.select(*(value.alias(name) for name, value in names.items()), *cells)
    return written.with_columns(pl.col(pl.String).str.replace(RUNS_AS_FORMULA, "'$1"))


def _problems(issues: pl.DataFrame) -> pl.DataFrame:
    """One row a refused row, all that is wrong with it joined."""
    refusing = explained(issues.filter(pl.col("refuses") != NOTE))
    return refusing.group_by("row").agg(
        pl.when((pl.col("refuses") == ROW).any()).then(pl.lit(ROW)).otherwise(pl.lit(CELL)).first().alias("refused"),
        pl.col("header").str.join("; ").alias("column"),
        pl.col("value").str.join("; "),
        pl.col("text").str.join("; ").alias("reason"),
        pl.col("fix").str.join("; "),
    )


def _header(table: RawTable) -> bytes:
    """The header line: a table may have the same header twice or none, which no data frame can."""
    width = len(table.cells.columns) - 1
    headers = [table.header[position] if position < len(table.header) else "" for position in range(width)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([*COLUMNS, *(_guarded(header) for header in headers)])
    return text.getvalue().encode()


def _guarded(header: str) -> str:
    return "'" + header if header.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")) else header


def _write_whole(path: Path, content: bytes) -> None:
    """Nobody finds half a file: it is written beside and then given its name."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
