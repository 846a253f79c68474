"""Dates that lack their year, or its first two digits: how they look, and what they are with a year."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass

import polars as pl

from graphkit.records.normalise.numerals import DATED, date_in_digits

_CLOCK = r"(?P<clock>(?:[T ]|上午|下午).*|\d{1,2}[:时点].*)?"
_SHORT = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<mark>年|[-/.])(?P<b>\d{{1,2}})(?:月|[-/.])(?P<c>\d{{1,2}})[日号]?\s*{_CLOCK}"
)
_SHORT_MONTH = re.compile(r"(?P<a>\d\d)年(?P<b>\d{1,2})月份?")
_BARE = re.compile(rf"(?P<a>\d{{1,2}})(?P<mark>月|[-/.])(?P<b>\d{{1,2}})[日号]?\s*{_CLOCK}")
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    rf"(?i)(?:(\d{{1,2}})[-\s.]*({'|'.join(_NAMES)})[a-z]*\.?|({'|'.join(_NAMES)})[a-z]*\.?\s*(\d{{1,2}}))"
)
_NAMED_SHORT = re.compile(rf"(?i)(\d{{1,2}})[-\s/.]*({'|'.join(_NAMES)})[a-z]*[-\s/.,'’]*(\d\d)")
_FULL = re.compile(r"((?:19|20)\d\d)(?:\D|\d{4}(?:\D|$)|$)")
_TWO = r"\s*[0-9０-９]{1,2}\s*"
_MAY_LACK = (
    rf"(?i)^{_TWO}(?:[年月/.\-－．／]{_TWO}(?:[月/.\-－．／]{_TWO})?[日号月]?份?(?:$|[ T上下]|{_TWO}[:：时点])"
    rf"|[-./]?\s*(?:{'|'.join(_NAMES)})[a-z.]*(?:[-\s/.,'’]*[0-9]{{2}})?\s*$)|{DATED}|^\s*(?:{'|'.join(_NAMES)})[a-z.]*{_TWO}$"
)


@dataclass(frozen=True)
class Short:
    """A date whose year has two digits: its three numbers as they stand.

    `sure` where 年, or the name of a month between the others, says which is the year.
    """

    parts: tuple[int, int, int]
    clock: str
    sure: bool

    def written(self, order: tuple[int, int, int]) -> str:
        """The date in full, the numbers at these places being year, month and day."""
        year, month, day = (self.parts[place] for place in order)
        return f"20{year:02d}-{month}-{day} {self.clock}".strip() if day else f"20{year:02d}-{month:02d}"


@dataclass(frozen=True)
class Bare:
    """A date without a year: month and day as they stand; `sure` where words say which is which."""

    parts: tuple[int, int]
    clock: str
    sure: bool


def may_lack_year(cells: pl.Series) -> pl.Series:
    """Which cells may be dates without a whole year."""
    return cells.str.contains(_MAY_LACK).fill_null(value=False)


def short_date(cell: str) -> Short | None:
    """The cell as a date whose year has two digits; None where it is none.

    >>> short_date("23.5.1").parts, short_date("23年5月1日").sure, short_date("2023-05-01")
    ((23, 5, 1), True, None)
    """
    text = _tidy(cell)
    if month := _SHORT_MONTH.fullmatch(text):
        return Short((int(month["a"]), int(month["b"]), 0), "", sure=True)
    if named := _NAMED_SHORT.fullmatch(text):
        return Short((int(named[3]), _NAMES.index(named[2].lower()) + 1, int(named[1])), "", sure=True)
    found = _SHORT.fullmatch(text)
    if found is None:
        return None
    parts = int(found["a"]), int(found["b"]), int(found["c"])
    return Short(parts, (found["clock"] or "").strip(), sure=found["mark"] == "年")


def bare_date(cell: str) -> Bare | None:
    """The cell as a day and month without a year; None where it is none.

    >>> bare_date("5月1日 10:30"), bare_date("1 May").parts, bare_date("23.5.1")
    (Bare(parts=(5, 1), clock='10:30', sure=True), (5, 1), None)
    """
    text = _tidy(cell)
    if named := _NAMED.fullmatch(text):
        day, month = named[1] or named[4], named[2] or named[3]
        return Bare((_NAMES.index(month.lower()) + 1, int(day)), "", sure=True)
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    return Bare((int(found["a"]), int(found["b"])), (found["clock"] or "").strip(), sure=found["mark"] == "月")


def full_year(cell: str) -> int | None:
    """The year of a date that has all four digits of it.

    >>> full_year("2023/5/1"), full_year("20230501"), full_year("5月1日")
    (2023, 2023, None)
    """
    found = _FULL.match(_tidy(cell))
    return int(found[1]) if found else None


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; day 0 stands for the whole month."""
    return 1 <= month <= 12 and 0 <= day <= calendar.monthrange(year, month)[1]


def _tidy(cell: str) -> str:
    return re.sub(r"\s*([年月日号])\s*", r"\1", date_in_digits(unicodedata.normalize("NFKC", cell).strip()))
