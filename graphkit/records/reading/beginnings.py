"""Where the tables of a sheet begin.

Below a gap or a title two names of columns make a header; right below another table's rows, where a row of words could
be a record, it takes more. Rows with numbers are put aside at once, so that long tables cost next to nothing.
"""

from __future__ import annotations

import polars as pl

from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.header import Line, all_text, clean, first_lines, is_heading, lines_of
from graphkit.records.reading.tables import Known, comparable

_NUMBER = r"^[\d.,:+\-/%¥￥$\sTE年月日]*\d[\d.,:+\-/%¥￥$\sTE年月日]*$"
_TITLE_LINES = 5
_TABLE_LINES = 3
_NAMES = 3  # that a header right below another table's rows has at least, and half of its cells
_DIGITS = r"^[0-9]|[0-9]{2}"  # no header has these; 电话2 it may have
_FIRST, _SECOND, _AMONG = "first", "second", "among"  # below a gap or a title line, or among a table's rows
_WORDY = 50_000  # rows without digits: of more than these none is looked at, for they are one list of words


def starts_of(cells: pl.DataFrame, known: Known) -> list[int]:
    """The positions, above 0, at which further tables begin: at their title lines, else at their headers.

    The header above said again without a title, as at the head of a page, begins none.
    """
    starts: list[int] = []
    heading = -2
    for position, place, line in _candidates(cells, known):
        if not is_heading(line, known):
            continue
        if position > heading + 1 and not (place == _AMONG and heading < 0):  # else of the header that begins above
            start = _with_title(cells, position, place == _SECOND, heading + 1)
            titled = sum(text is not None for text in cells.row(start)[1:]) == 1
            again = heading >= 0 and not titled and cells.row(position)[1:] == cells.row(heading)[1:]
            starts += [start] if start and not again else []
        heading = position
    return starts


def _candidates(cells: pl.DataFrame, known: Known) -> list[tuple[int, str, Line]]:
    """The rows that may be headers: the position of each, and where it stands.

    They are the first and second below a blank row or a title line with names in them, and rows of names among others.
    """
    columns = columns_of(cells)
    if not columns:
        return []
    filled = pl.sum_horizontal(pl.col(columns).is_not_null())
    opens = pl.col("row").diff().ne(1).fill_null(value=True) | (filled.shift(1) == 1).fill_null(value=False)
    place = pl.when(opens).then(pl.lit(_FIRST)).when(opens.shift(1)).then(pl.lit(_SECOND)).otherwise(pl.lit(_AMONG))
    rows = cells.with_row_index("position").with_columns(place=place, filled=filled).filter(pl.col("filled") > 1)
    near = rows.filter(pl.col("place") != _AMONG)
    near, rows = _without(near, columns, _NUMBER), _without(rows, columns, _DIGITS)
    found = _with_names(near, columns, known, pl.lit(2))
    if rows.height <= _WORDY:
        wanted = pl.max_horizontal(pl.lit(_NAMES), (pl.col("filled") + 1) // 2)
        found = pl.concat([found, _with_names(rows, columns, known, wanted)]).unique("position").sort("position")
    lines = lines_of(found.select("row", *columns))
    return list(zip(found["position"].to_list(), found["place"].to_list(), lines, strict=True))


def _without(rows: pl.DataFrame, columns: list[str], pattern: str) -> pl.DataFrame:
    """The rows in which no cell matches; column by column, so that most are soon out of the way."""
    for column in columns:
        if rows.is_empty():
            break
        rows = rows.filter(~pl.col(column).str.contains(pattern).fill_null(value=False))
    return rows


def _with_names(rows: pl.DataFrame, columns: list[str], known: Known, wanted: pl.Expr) -> pl.DataFrame:
    """The rows in which at least as many cells as wanted are names of columns.

    Each text is looked up once; the column with most texts last, when hardly a row is left that could have enough.
    """
    if rows.is_empty():
        return rows
    rows = rows.with_columns(wanted=wanted, named=pl.lit(0))
    for left, column in enumerate(sorted(columns, key=lambda name: rows[name].n_unique()), 1 - len(columns)):
        rows = rows.filter(pl.col("named") >= pl.col("wanted") + left - 1)
        names = [text for text in rows[column].drop_nulls().unique() if known(comparable(clean(text)))]
        rows = rows.with_columns(pl.col("named") + pl.col(column).is_in(names).fill_null(value=False).cast(pl.Int32))
    return rows.filter(pl.col("named") >= pl.col("wanted")).drop("wanted", "named")


def _with_title(cells: pl.DataFrame, position: int, second: bool, first: int) -> int:
    """The position of the first line that belongs to the header at this position: its upper line, titles above."""
    above = lines_of(cells.slice(max(first, 0), position - max(first, 0)).tail(_TITLE_LINES + 1))
    if second and above and above[-1].filled > 1 and all_text(above[-1]):
        above.pop()
        position -= 1
    while above and above[-1].filled == 1 and all_text(above[-1]):
        above.pop()
        position -= 1
    return position


def first_table(cells: pl.DataFrame, known: Known) -> bool:
    """Whether the rows above the first header after a gap are a table too, rather than titles or a form."""
    lines = first_lines(cells)
    if any(is_heading(line, known) for line in lines):
        return True
    wide = [line for line in lines if line.filled >= _TABLE_LINES]
    said = any(known(comparable(text)) for line in wide[1:] for text in line.texts if text)
    return len(wide) >= _TABLE_LINES and not said
