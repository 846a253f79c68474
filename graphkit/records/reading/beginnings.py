"""Where the tables of a sheet begin. Only rows after a gap are looked at, so that long tables cost nothing."""

from __future__ import annotations

import polars as pl

from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.header import Line, all_text, clean, first_lines, is_heading, lines_of
from graphkit.records.reading.tables import Known, comparable

_NUMBER = r"^[\d.,:+\-/%¥￥$\sTE年月日]*\d[\d.,:+\-/%¥￥$\sTE年月日]*$"
_TITLE_LINES = 5
_TABLE_LINES = 3


def starts_of(cells: pl.DataFrame, known: Known) -> list[int]:
    """The positions, above 0, at which further tables begin: at their title lines, else at their headers.

    The header above said again without a title, as at the head of a page, begins none.
    """
    starts: list[int] = []
    heading = -2
    for position, opens, line in _candidates(cells, known):
        if not is_heading(line, known):
            continue
        if position > heading + 1:  # else the second line of the same header
            start = _with_title(cells, position, opens, heading + 1)
            titled = sum(text is not None for text in cells.row(start)[1:]) == 1
            again = heading >= 0 and not titled and cells.row(position)[1:] == cells.row(heading)[1:]
            starts += [start] if start and not again else []
        heading = position
    return starts


def _candidates(cells: pl.DataFrame, known: Known) -> list[tuple[int, bool, Line]]:
    """The rows that may be headers: the first and second below a blank row or a title line, with names in them."""
    columns = columns_of(cells)
    if not columns:
        return []
    filled = pl.sum_horizontal(pl.col(columns).is_not_null())
    opens = pl.col("row").diff().ne(1).fill_null(value=True) | (filled.shift(1) == 1).fill_null(value=False)
    near = cells.with_row_index("position").with_columns(opens=opens, filled=filled)
    near = near.filter((pl.col("opens") | pl.col("opens").shift(1)) & (pl.col("filled") > 1))
    for column in columns:
        near = near.filter(~pl.col(column).str.contains(_NUMBER).fill_null(value=False))
    near = _with_names(near, columns, known)
    lines = lines_of(near.select("row", *columns))
    return list(zip(near["position"].to_list(), near["opens"].to_list(), lines, strict=True))


def _with_names(rows: pl.DataFrame, columns: list[str], known: Known) -> pl.DataFrame:
    """The rows in which at least two cells are names of columns.

    Each text is looked up once; the column with most texts last, when hardly a row is left that could have two.
    """
    named = pl.repeat(0, rows.height, dtype=pl.Int64, eager=True)
    for left, column in enumerate(sorted(columns, key=lambda name: rows[name].n_unique()), 1 - len(columns)):
        if not left:
            rows, named = rows.filter(named > 0), named.filter(named > 0)
        names = [text for text in rows[column].drop_nulls().unique() if known(comparable(clean(text)))]
        named = named + rows[column].is_in(names).fill_null(value=False).cast(pl.Int64)
    return rows.filter(named > 1)


def _with_title(cells: pl.DataFrame, position: int, opens: bool, first: int) -> int:
    """The position of the first line that belongs to the header at this position: its upper line, titles above."""
    above = lines_of(cells.slice(max(first, 0), position - max(first, 0)).tail(_TITLE_LINES + 1))
    if not opens and above and above[-1].filled > 1 and all_text(above[-1]):
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
