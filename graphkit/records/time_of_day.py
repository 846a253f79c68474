"""A date in one column and its time of day in another, as banks write them: 交易日期 20260410, 交易时间 093000."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import header_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from graphkit.records.reading.tables import RawTable

_WORDS = (("日期", "时间"), ("date", "time"))
_BEGINS = ("起始时间", "开始时间", "起始时刻", "开始时刻", "starttime")  # beside the only date of a table
_OF_DAY = r"^(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$|^24:00(?::00)?$"
_DIGITS = r"^(?:[01]?[0-9]|2[0-3])[0-5][0-9][0-5][0-9]$"  # a spreadsheet drops the nought before 93000


def joined(raw: RawTable) -> RawTable:
    """The table with both the date and the time of day wherever two columns of one name tell the one and the other."""
    import polars as pl

    keys = [header_key(text) for text in raw.header]
    for date, time in _pairs(keys):
        clock = pl.col(f"c{time}").str.normalize("NFKC").str.strip_chars()
        told = raw.cells.select(clock)[f"c{time}"].drop_nulls()
        if not len(told) or 2 * told.str.contains(f"{_OF_DAY}|{_DIGITS}").sum() < len(told):
            continue
        moment = _moment(pl.col(f"c{date}"), clock)
        note = say(
            f"[{raw.sheet}] {raw.header[time]} is the time of day of {raw.header[date]}",
            f"[{raw.sheet}] “{raw.header[time]}”是“{raw.header[date]}”当天的时刻",
        )
        cells = raw.cells.with_columns(moment.alias(f"c{date}"), moment.alias(f"c{time}"))
        raw = replace(raw, cells=cells, notes=(*raw.notes, note))
    return raw


def _pairs(keys: Sequence[str]) -> list[tuple[int, int]]:
    """The positions of columns for a date and for its time of day."""
    pairs = [
        (keys.index(key), keys.index(key.removesuffix(date) + time))
        for date, time in _WORDS
        for key in dict.fromkeys(keys)
        if key.endswith(date) and key.removesuffix(date) + time in keys
    ]
    dates = [place for place, key in enumerate(keys) if key.endswith(tuple(date for date, _ in _WORDS))]
    begins = [place for place, key in enumerate(keys) if key.endswith(_BEGINS)]
    return pairs or [(date, time) for date in dates for time in begins if len(dates) == len(begins) == 1]


def _moment(date: pl.Expr, clock: pl.Expr) -> pl.Expr:
    """Date and time of day in one cell; the date alone where no time is given."""
    import polars as pl

    day = date.str.strip_chars().str.replace(r"[ T]0?0:00(?::00(?:\.0+)?)?$", "")
    timed = day.str.contains(r"[ T][0-9]{1,2}:[0-9]{2}")  # the date's own column has it already
    spelt = clock.str.replace(r"^(\d\d?)(\d\d)(\d\d)$", "$1:$2:$3")
    return (
        pl.when(day.is_not_null() & ~timed & clock.str.contains(f"{_OF_DAY}|{_DIGITS}"))
        .then(day + " " + spelt)
        .otherwise(date)
    )
