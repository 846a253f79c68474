"""Which row of a sheet is its header."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

import polars as pl

from graphkit.model.language import say
from graphkit.records.reading.grid import INVISIBLE, columns_of
from graphkit.records.reading.tables import Grid, Known, Merges, RawTable, column_letter, comparable

_SEARCHED = 30
_NUMBER = re.compile(r"[\d.,:+\-/%¥￥$\sTE年月日]*\d[\d.,:+\-/%¥￥$\sTE年月日]*")
OWN_PREFIX = "graphkit:"


@dataclass(frozen=True)
class Line:
    """One of the first rows of a sheet."""

    row: int
    texts: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(1 for text in self.texts if text)


@dataclass(frozen=True)
class Header:
    """The header's texts and the physical row of its last line; row 0: the sheet's table has none."""

    texts: tuple[str, ...]
    row: int


def table_of(grid: Grid, known: Known) -> RawTable | None:
    """The table of a sheet; None where it holds none."""
    lines = _first_lines(grid)
    header = find_header(lines, known, grid.merges)
    if header is None:
        return None
    below = grid.cells.filter(pl.col("row") > header.row) if header.row else grid.cells
    if not header.row:
        note = say("no header was found", "未找到表头")
        return RawTable(grid.sheet, (), 0, below, (*grid.notes, note))
    above = tuple(line for line in lines if line.row < header.row)
    return _without_own_columns(_named(grid, header, below, (*grid.notes, *_above(above, header))))


def _first_lines(grid: Grid) -> list[Line]:
    rows = grid.cells.head(_SEARCHED).rows()
    return [Line(row[0], tuple(clean(text or "") for text in row[1:])) for row in rows]


def clean(text: str) -> str:
    """A header cell as text: NFKC, trimmed, in one line.

    >>> clean(" 金额\\n（元） ")
    '金额(元)'
    """
    joined = re.sub(r"\s*[\r\n]+\s*", "", unicodedata.normalize("NFKC", text))
    return joined.strip(INVISIBLE)


def find_header(lines: list[Line], known: Known, merges: Merges = ()) -> Header | None:
    """The header among these lines; None where they are no table."""
    position = _header_line(lines, known)
    if position is None:
        wide = max((line.filled for line in lines), default=0) > 1 and len(lines) > 1
        return Header((), 0) if wide else None
    line = lines[position]
    best = _count(line.texts, known)
    for upper, lower in ((position, position + 1), (position - 1, position)):
        if upper < 0 or lower >= len(lines) or lines[lower].row != lines[upper].row + 1 or lines[upper].filled < 2:
            continue
        texts = _flattened(lines[upper], lines[lower], known, merges)
        names = _count(texts, known)
        if names > best or (2 * names >= best and _merged_header(lines[upper], lines[lower], merges)):
            return Header(texts, lines[lower].row)
    return Header(line.texts, line.row)


def _header_line(lines: list[Line], known: Known) -> int | None:
    """The position of the line with most known names; with hardly any known, of the first wide one."""
    counts = [_count(line.texts, known) for line in lines]
    best = max(counts, default=0)
    if best >= 2:
        return counts.index(best)
    wide = _first_wide(lines)
    return wide if wide is not None or not best else counts.index(best)


def _first_wide(lines: list[Line]) -> int | None:
    """The first line that is about as wide as any, provided that it is all text and data follow."""
    widest = max((line.filled for line in lines), default=0)
    for position, line in enumerate(lines[:-1]):
        if line.filled >= 2 and 2 * line.filled >= widest:
            return position if _all_text(line) else None
    return None


def _all_text(line: Line) -> bool:
    return not any(text and _NUMBER.fullmatch(text) for text in line.texts)


def _count(texts: tuple[str, ...], known: Known) -> int:
    return len({name for name in map(comparable, texts) if name and known(name)})


def _merged_header(upper: Line, lower: Line, merges: Merges) -> bool:
    """Whether merged cells show that these two lines are one header: a cell over both, or one over several names."""
    if not _all_text(lower):
        return False
    tall = any(top == upper.row and bottom == lower.row for top, _, bottom, _ in merges)
    broad = any(
        top == bottom == upper.row and 1 < sum(map(bool, lower.texts[left : right + 1])) < lower.filled
        for top, left, bottom, right in merges
    )
    return tall or broad


def _flattened(upper: Line, lower: Line, known: Known, merges: Merges) -> tuple[str, ...]:
    """One name a column: the lower, where it is blank the upper; a name that occurs twice takes the upper before."""
    over = _spread(upper, lower, merges)
    often = Counter(map(comparable, lower.texts))
    texts: list[str] = []
    for own, group, text in zip(upper.texts, over, lower.texts, strict=True):
        if not text or often[comparable(text)] == 1 or not group:
            texts.append(text or own)
        elif known(comparable(group + text)) or not known(comparable(group)) or group in texts:
            texts.append(group + text)
        else:
            texts.append(group)
    return tuple(texts)


def _spread(upper: Line, lower: Line, merges: Merges) -> list[str]:
    """The upper line with each text over all the columns that it heads."""
    over = list(upper.texts)
    across = [(left, right) for top, left, _, right in merges if top == upper.row and right > left]
    for left, right in across:
        over[left : right + 1] = [over[left]] * len(over[left : right + 1])
    if not merges:  # text files: an empty cell above a name belongs to the group at its left
        for position in range(1, len(over)):
            if not over[position] and lower.texts[position]:
                over[position] = over[position - 1]
    return over


def _above(above: tuple[Line, ...], header: Header) -> tuple[str, ...]:
    """A note on the lines above the header, which no row of the table holds."""
    skipped = [" ".join(text for text in line.texts if text) for line in above]
    if not skipped:
        return ()
    shown = " / ".join(skipped)[:200]
    return (say(f"the header is row {header.row}; above it: {shown}", f"表头在第 {header.row} 行，其上为：{shown}"),)


def _named(grid: Grid, header: Header, below: pl.DataFrame, notes: tuple[str, ...]) -> RawTable:
    """The table with a name for each column that has a header or cells; the others are left out."""
    columns = columns_of(below)
    filled = below.select(pl.col(columns).count()).row(0)
    kept: list[str] = []
    names: list[str] = []
    lettered: list[str] = []
    for position, (column, cells) in enumerate(zip(columns, filled, strict=True)):
        text = header.texts[position]
        if not text and not cells:
            continue
        if not text:
            text = column_letter(grid.first_column + position)
            lettered.append(text)
        kept.append(column)
        names.append(text)
    cells = below.select("row", *(pl.col(column).alias(f"c{place}") for place, column in enumerate(kept)))
    if lettered:
        some = ", ".join(lettered[:10])
        notes = (*notes, say(f"columns without a name in the header: {some}", f"表头中没有名称的列：{some}"))
    return RawTable(grid.sheet, tuple(names), header.row, cells, notes)


def _without_own_columns(table: RawTable) -> RawTable:
    """A rejects file as the table it was made from: without graphkit's columns and the guards against formulas."""
    own = 0
    while own < len(table.header) and table.header[own].startswith(OWN_PREFIX):
        own += 1
    if not own:
        return table
    kept = columns_of(table.cells)[own:]
    cells = table.cells.select(
        "row",
        *(pl.col(column).str.replace(r"^'([=+\-@])", "$1").alias(f"c{place}") for place, column in enumerate(kept)),
    )
    header = tuple(re.sub(r"^'(?=[=+\-@])", "", text) for text in table.header[own:])
    return RawTable(table.sheet, header, table.header_row, cells, table.notes)
