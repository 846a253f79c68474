"""The months that a title, the name of a sheet or of a file is about: 2023年, 2023年5月, 2022年11月至2023年2月."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Month = tuple[int, int]  # year, month
Period = tuple[Month, Month]  # the first and the last month

_YEAR, _MONTH = r"(?<!\d)((?:19|20)\d\d)", r"(1[0-2]|0?[1-9])"
_TO = r"(?:至|到|~|—+|–|-+|to)"
# What tells when or under which number a table was made, not what it is about.
_MADE = re.compile(
    r"(?:制表|填表|打印|导出|查询|报送|截至|截止|编号|文号|案号)[^,，;；]*"
    rf"|[\[(【〔]{_YEAR}[\])】〕]\w{{0,3}}\d+号?"
)
_RANGES = (
    re.compile(rf"{_YEAR}年{_MONTH}月?(?:\d{{1,2}}日)?{_TO}(?:{_YEAR}年)?{_MONTH}月(?:\d{{1,2}}日)?"),
    re.compile(
        rf"{_YEAR}[./-]{_MONTH}(?:[./-]\d{{1,2}})?(?:至|到|~|—+|–|to){_YEAR}[./-]{_MONTH}(?:[./-]\d{{1,2}})?(?!\d)"
    ),
    re.compile(rf"{_YEAR}[./]{_MONTH}-{_YEAR}[./]{_MONTH}(?!\d)"),
)
_YEARS = re.compile(rf"{_YEAR}(?:年度?)?{_TO}{_YEAR}(?!\d)")
_DAY = re.compile(rf"{_YEAR}(?:年\d{{1,2}}月\d{{1,2}}日?|([./-])\d{{1,2}}\2\d{{1,2}}|\d{{4}})(?!\d)")
_ONE_MONTH = re.compile(rf"{_YEAR}(?:年{_MONTH}月|[./-]{_MONTH}(?!\d)|(1[0-2]|0[1-9])(?!\d))")
_ONE_YEAR = re.compile(rf"{_YEAR}(?!\d)")


def periods_in(text: str) -> list[Period]:
    """The periods that a text names; a day alone, as of a signature or an export, is none.

    >>> periods_in("2023年扣押清单"), periods_in("销售台账 2023年5月")
    ([((2023, 1), (2023, 12))], [((2023, 5), (2023, 5))])
    >>> periods_in("2022年11月至2023年2月"), periods_in("导出于2024年1月5日")
    ([((2022, 11), (2023, 2))], [])
    """
    left = _MADE.sub(" ", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    found: list[Period] = []
    for pattern in _RANGES:
        found += (_between(*one.groups()) for one in pattern.finditer(left))
        left = pattern.sub(" ", left)
    found += (((int(first), 1), (int(last), 12)) for first, last in _YEARS.findall(left))
    left = _DAY.sub(" ", _YEARS.sub(" ", left))
    found += _months(left)
    found += (((int(year), 1), (int(year), 12)) for year in _ONE_YEAR.findall(_ONE_MONTH.sub(" ", left)))
    return [(first, last) for first, last in dict.fromkeys(found) if first <= last]


def _between(year: str, month: str, last_year: str | None, last_month: str) -> Period:
    return (int(year), int(month)), (int(last_year or year), int(last_month))


def _months(text: str) -> Iterator[Period]:
    for year, *month in _ONE_MONTH.findall(text):
        one = int(year), int(next(filter(None, month)))
        yield one, one


def year_of(month: int, periods: list[Period]) -> int | None:
    """The year in which this month lies in the periods; None where there is none, or more than one.

    >>> year_of(1, periods_in("2022年11月至2023年2月")), year_of(5, periods_in("2022年11月至2023年2月"))
    (2023, None)
    """
    spans = ((year, first, last) for first, last in periods for year in range(first[0], last[0] + 1))
    years = {year for year, first, last in spans if first <= (year, month) <= last}
    return next(iter(years)) if len(years) == 1 else None
