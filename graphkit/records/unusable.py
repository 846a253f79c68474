"""Why a file holds no table: damaged, something else than its name says, or only text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import InputError, NoTable
from graphkit.records.finding import JSON_SUFFIXES
from graphkit.records.reading.safety import unreadable
from graphkit.records.recognition import is_known_header

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_REGULAR = 0.5
_SENTENCE = r"[。！]$|[A-Za-z]{2,}[.!]$"


def check_json(path: Path) -> None:
    """Refuse a JSON file, which no layout has recognised: damaged, or of a layout that is not known."""
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.suffix.lower() in JSON_SUFFIXES and start[:1] in (b"{", b"["):
        from graphkit.records.layouts.json_text import read_json

        read_json(path, path.name)
        raise unreadable(
            path.name,
            "is JSON of no layout that is read (EPCIS, FoodChain-Lab); save its records as csv or xlsx",
            "是 JSON，但不是可读的布局（EPCIS、FoodChain-Lab），请将其中的记录另存为 csv 或 xlsx",
        )


def no_table(path: Path) -> InputError:
    """The error for a text without a table in it: a damaged workbook where the file is called one."""
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return unreadable(
            path.name,
            f"is called {suffix} but is no workbook and holds no table: it is damaged or was not copied whole; "
            "ask for the file again or save it anew",
            f"扩展名为 {suffix}，但不是工作簿，其中也没有表格：文件已损坏或未完整复制，请重新索取或另存",
        )
    return NoTable(
        f"{path.name}: holds no table; name a csv or xlsx with a header row and records below it",
        f"{path.name}：其中没有表格，请指定有表头和数据行的 csv 或 xlsx",
    )


def is_prose(path: Path, tables: Sequence[RawTable]) -> bool:
    """Whether what was read as tables is a text in which commas happen to stand: no two lines in two alike,
    or sentences and no word that names a column."""
    if path.suffix.lower() != ".txt":
        return False
    named = any(is_known_header(text) for table in tables for text in table.header if text)
    sentences = any(_has_sentence(table) for table in tables)
    return (sentences and not named) or not any(_regular(table) for table in tables)


def _has_sentence(table: RawTable) -> bool:
    """Whether some line ends as a sentence does."""
    import polars as pl

    texts = [*table.header, *(text for line in table.above for text in line)]
    ends = table.cells.select(pl.any_horizontal(pl.exclude("row").str.contains(_SENTENCE)).any()).item()
    return bool(ends) or any(re.search(_SENTENCE, text) for text in texts)


def _regular(table: RawTable) -> bool:
    """Whether at least half of the rows have the same number of cells, more than one."""
    import polars as pl

    filled = table.cells.select(pl.sum_horizontal(pl.exclude("row").is_not_null()).alias("filled"))["filled"]
    several = filled.filter(filled > 1)
    commonest = several.value_counts()["count"].max() if len(several) else 0
    return int(str(commonest or 0)) >= _REGULAR * len(filled) and len(several) > 0
