"""Forms: each name of a column with its value beside it, instead of a header with records below.

`姓名 | 赵一鸣` in one row and `身份证号 | 4101…` in the next are one record; so are the pairs of a form that has two or
more beside one another. Where a name comes again the next record begins.
"""

from __future__ import annotations

import polars as pl

from graphkit.model.language import say
from graphkit.records.reading.header import Line, clean, is_heading, lines_of
from graphkit.records.reading.tables import Grid, Known, RawTable, comparable

_LONGEST = 200  # rows: a list of names and values that is longer is a table
_LEAST = 3  # names that a form has at least
_MARKS = ":："


def form_of(grid: Grid, known: Known) -> RawTable | None:
    """The records of a form as a table, each in the row of its first name; None where the sheet is no form."""
    if not 0 < grid.cells.height <= _LONGEST:
        return None
    lines = lines_of(grid.cells)
    telling = [line for line in lines if _begins_with_name(line, known)]
    wide = [line for line in lines if line.filled > 1]
    # Below a header no line has names: also where it alternates between names that are known and others.
    if any(is_heading(line, known) for line in lines) or len(telling) < 2 or 2 * len(telling) < len(wide):
        return None
    records: list[tuple[int, dict[str, str]]] = []
    for line in telling:
        for name, value in _pairs(line, known):
            if not records or comparable(name) in map(comparable, records[-1][1]):
                records.append((line.row, {}))
            records[-1][1][name] = value
    names = list(dict.fromkeys(name for _, record in records for name in record))
    if not records or min(len(record) for _, record in records) < _LEAST:
        return None
    values = {f"c{i}": [record.get(name) or None for _, record in records] for i, name in enumerate(names)}
    schema = {"row": pl.Int64, **dict.fromkeys(values, pl.String)}
    cells = pl.DataFrame({"row": [row for row, _ in records], **values}, schema=schema)
    note = say("a form: names with their values beside them", "表单：各栏名称的右侧为其内容")
    header_row = records[0][0]
    return RawTable(grid.sheet, tuple(names), header_row, cells, (*grid.notes, note), form=True)


def _begins_with_name(line: Line, known: Known) -> bool:
    first = next((clean(text) for text in line.texts if text), "")
    return known(comparable(first.rstrip(_MARKS)))


def _pairs(line: Line, known: Known) -> list[tuple[str, str]]:
    """Names of columns in a line, each with what stands right of it; the value is empty where another name follows."""
    texts = [(clean(text).rstrip(_MARKS), text) for text in line.texts if text]
    pairs: list[tuple[str, str]] = []
    taken = False
    for place, (name, _) in enumerate(texts):
        if taken or not known(comparable(name)):
            taken = False
            continue
        after = texts[place + 1] if place + 1 < len(texts) else ("", "")
        taken = bool(after[0]) and not known(comparable(after[0]))
        pairs.append((name, after[1] if taken else ""))
    return pairs
