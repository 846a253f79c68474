"""Which row of a table is its header."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

import polars as pl

from graphkit.records.reading.grid import INVISIBLE
from graphkit.records.reading.tables import Known, Merges, comparable

_SEARCHED = 30
_ABOUT = re.compile(r"(?:基本)?(?:信息|情况|资料|详情|栏)$")  # 持有人信息 over 姓名 is 持有人姓名
_CALLED = re.compile(r"姓名|名称|户名|全称|单位名称|企业名称|name|full name", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,:+\-/%¥￥$\sTE年月日]*\d[\d.,:+\-/%¥￥$\sTE年月日]*")


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


def first_lines(cells: pl.DataFrame) -> list[Line]:
    """The first rows, among which the header is looked for."""
    return lines_of(cells.head(_SEARCHED))


def lines_of(cells: pl.DataFrame) -> list[Line]:
    """Rows as lines of clean texts."""
    return [Line(row[0], tuple(clean(text or "") for text in row[1:])) for row in cells.rows()]


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
            return Header(_with_third(lines[:upper], texts, lines[upper].row, known, merges), lines[lower].row)
    return Header(line.texts, line.row)


def _with_third(above: list[Line], texts: tuple[str, ...], row: int, known: Known, merges: Merges) -> tuple[str, ...]:
    """The texts of two lines with the line right above them where merged cells show that it heads them too."""
    if not above or above[-1].row != row - 1 or above[-1].filled < 2:
        return texts
    both = Line(row, texts)
    return _flattened(above[-1], both, known, merges) if _merged_header(above[-1], both, merges) else texts


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
            return position if all_text(line) else None
    return None


def is_heading(line: Line, known: Known) -> bool:
    """Whether a line can only be a header: all text, and two names of columns side by side.

    In a form such as `案件编号 | A1 | 案由 | …` each name has its value beside it.
    """
    if line.filled < 2 or not all_text(line):
        return False
    named = [bool(text) and known(comparable(text)) for text in line.texts]
    return _count(line.texts, known) >= 2 and any(map(operator.and_, named, named[1:]))


def all_text(line: Line) -> bool:
    """Whether none of its cells is a number or a date."""
    return not any(text and _NUMBER.fullmatch(text) for text in line.texts)


def _count(texts: tuple[str, ...], known: Known) -> int:
    return len({name for name in map(comparable, texts) if name and known(name)})


def _merged_header(upper: Line, lower: Line, merges: Merges) -> bool:
    """Whether merged cells show that these two lines are one header: a cell over both, or one over several names."""
    if not all_text(lower):
        return False
    tall = any(top == upper.row and bottom == lower.row for top, _, bottom, _ in merges)
    broad = any(
        top == bottom == upper.row and 1 < sum(map(bool, lower.texts[left : right + 1])) < lower.filled
        for top, left, bottom, right in merges
    )
    return tall or broad


def _flattened(upper: Line, lower: Line, known: Known, merges: Merges) -> tuple[str, ...]:
    """One name a column, out of the lower line and what stands over it."""
    over = _spread(upper, lower, merges)
    often = Counter(map(comparable, lower.texts))
    texts: list[str] = []
    shared = Counter(over)
    called = {group for group, text in zip(over, lower.texts, strict=True) if _CALLED.fullmatch(text)}
    for own, group, text in zip(upper.texts, over, lower.texts, strict=True):
        above = group if shared[group] > 1 or often[comparable(text)] > 1 else ""
        taken = group in texts or (group in called and not _CALLED.fullmatch(text))
        texts.append(_one_name(own, above, text, known, often[comparable(text)] > 1, taken))
    return tuple(texts)


def _one_name(own: str, group: str, text: str, known: Known, often: bool, taken: bool) -> str:
    """Both together where that is a column's name; else the lower, unless only the upper is one or it stands twice.

    证件号 below 持有人 is 持有人证件号; 数值 below 数量 is 数量; 单位 below 数量 stays 单位. The upper is `taken` where
    another column has its meaning: of 名称 and 国别 below 收货人 the name is the consignee, not the country.
    """
    if not text or not group:
        return text or own
    for about in (group, _ABOUT.sub("", group)):
        if known(comparable(about + text)):
            return about + text
    if known(comparable(group)) and not taken and (often or not known(comparable(text))):
        return group
    return group + text if often else text


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
