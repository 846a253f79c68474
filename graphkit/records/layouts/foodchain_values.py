"""Dates and amounts as FoodChain-Lab's users write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.model.units import LARGEST, unit_code
from graphkit.records.layouts.canonical import number_text
from graphkit.records.layouts.collected import Span
from graphkit.records.normalise.column import blank_where, where
from graphkit.records.normalise.times import read_time

_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # with points the day always comes first
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_MEASURE = re.compile(r"([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*([^\d\s].*)?")


def plain_dates(written: Sequence[str]) -> list[str]:
    """Days and months in the order of ISO 8601; whatever else stands there stays.

    >>> plain_dates(["10.06.2020", "9/2018", "2018-04-05"])
    ['2020-06-10', '2018-09', '2018-04-05']
    """
    return [_plain(text) for text in written]


def _plain(text: str) -> str:
    day, month = _GERMAN_DAY.fullmatch(text), _MONTH.fullmatch(text)
    if day:
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    return f"{month[2]}-{month[1]:0>2}" if month else text


def times(written: Sequence[str]) -> tuple[list[Span], tuple[list[str], list[str]]]:
    """What each date spans (a month its days), and for each the reason that it was not read and what that refuses."""
    cells = pl.Series("cells", list(written), dtype=pl.String)
    reading = read_time(blank_where(cells, cells == ""), Field("date", "日期", FieldType.TIME))
    earliest, latest = reading.columns[".earliest"].to_list(), reading.columns[".latest"].to_list()
    reasons, refuses = [""] * len(cells), ["cell"] * len(cells)
    for finding in reading.findings:
        for place in where(finding.where).arg_true().to_list():
            reasons[place], refuses[place] = finding.reason, "cell" if finding.refused else "note"
    return list(zip(earliest, latest, strict=True)), (reasons, refuses)


def measure(amount: str, exact: str = "", unit: str = "") -> tuple[float | None, str | None, str]:
    """A quantity, its unit, and why there is none; the columns that hold them apart come before the text.

    >>> measure("20 kg"), measure("200 Pieces"), measure("2.0 paletts 18.4kg", "36.8", "kg")
    ((20.0, 'kg', ''), (200.0, 'piece', ''), (36.8, 'kg', ''))
    >>> measure("5 Litres"), measure("2.0 paletts 18.4kg")
    ((5.0, 'Litres', ''), (None, None, 'bad_number'))
    """
    told = f"{exact} {unit}".strip() if number_text(exact) is not None else amount
    if not told:
        return None, None, ""
    found = _MEASURE.fullmatch(told.strip())
    number = number_text(found[1]) if found else None
    word = (found[2] or "").strip() if found else ""
    if number is None or re.search(r"\d", word):
        return None, None, "bad_number"
    if not 0 <= float(number) <= LARGEST:
        return None, None, "too_large" if float(number) > 0 else "negative"
    return float(number), (unit_code(word) or word or None), ""
