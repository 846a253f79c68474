"""From the parts of a written time (year, month, …) to the moments it spans."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

MOMENT = pl.Datetime("us")
ISSUE = "issue"
PARTS = (
    "year", "month", "day", "half", "later", "hour", "minute", "second", "fraction", "zone", "turned", "serial", "part",
)  # fmt: skip
NUMBERS = ("year", "month", "day", "hour", "minute", "second", "serial")
FIRST_YEAR, LAST_YEAR = 1900, 2100
SERIAL_ZERO = datetime(1899, 12, 30)  # spreadsheets count their days from here
CHINA = 8 * 60  # minutes ahead of UTC
AFTERNOON = r"(?i)^(?:下午|晚上|中午|p\.?m\.?)$"
MORNING = r"(?i)^(?:上午|凌晨|早上|a\.?m\.?)$"


def resolved(parts: pl.DataFrame) -> pl.DataFrame:
    """The columns earliest, latest and issue of times taken apart; parts that a form lacks may be absent."""
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in PARTS if name not in parts.columns]
    frame = parts.with_columns(absent).with_columns(pl.col(name).cast(pl.Int64, strict=False) for name in NUMBERS)
    frame = frame.with_columns(_day_first()).with_columns(_issue())
    usable = pl.col(ISSUE).is_null() | (pl.col(ISSUE) == "ambiguous_date")
    frame = frame.with_columns(pl.when(usable).then(_start()).alias("earliest"))
    frame = frame.with_columns((pl.col("earliest") + _length()).alias("latest"))
    return frame.select("earliest", "latest", ISSUE)


def _day_first() -> list[pl.Expr]:
    """24/08/2017 and 08/24/2017 tell their order themselves, and that of 03/04/2017 where all that do agree.

    Where they do not, or there is none, it is read with the day first, with a note.
    """
    turned = pl.col("turned").is_not_null()
    month_first = turned & (pl.col("month") > 12) & (pl.col("day") <= 12)
    day_first = turned & (pl.col("day") > 12) & (pl.col("month") <= 12)
    either = turned & (pl.col("month") <= 12) & (pl.col("day") <= 12)
    swapped = month_first | (either & month_first.any() & ~day_first.any())
    unsure = either & (month_first.any() == day_first.any())
    return [
        pl.when(swapped).then("day").otherwise("month").alias("month"),
        pl.when(swapped).then("month").otherwise("day").alias("day"),
        (unsure & (pl.col("month") != pl.col("day"))).alias("unsure"),
    ]


def _issue() -> pl.Expr:
    """Why the parts make no time: the first that holds."""
    year = pl.col("serial").is_null() & ~pl.col("year").is_between(FIRST_YEAR, LAST_YEAR)
    clock = (_hour() > 23) & ~((_hour() == 24) & (pl.col("minute").fill_null(0) + pl.col("second").fill_null(0) == 0))
    wrong = (
        ~pl.col("month").fill_null(1).is_between(1, 12)
        | ~pl.col("day").fill_null(1).is_between(1, _month_length())
        | clock
        | (pl.col("half").is_not_null() | pl.col("later").is_not_null()) & (pl.col("hour") > 12) & _is(MORNING)
        | (pl.col("minute") > 59)
        | (pl.col("second") > 59)
        | (_offset().abs() > 14 * 60)
    )
    reason = pl.when(year.fill_null(value=False)).then(pl.lit("year_out_of_range"))
    impossible = reason.when(wrong.fill_null(value=False)).then(pl.lit("impossible_date"))
    return impossible.when(pl.col("unsure").fill_null(value=False)).then(pl.lit("ambiguous_date")).alias(ISSUE)


def _month_length() -> pl.Expr:
    year, month = pl.col("year"), pl.col("month")
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = pl.when(leap).then(29).otherwise(28)
    return pl.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(30).otherwise(31)


def _is(half: str) -> pl.Expr:
    return (pl.col("half").str.contains(half) | pl.col("later").str.contains(half)).fill_null(value=False)


def _hour() -> pl.Expr:
    """The hour of the day: 下午 3 is 15, midnight is 12 AM."""
    hour = pl.col("hour")
    late = _is(AFTERNOON) & (hour < 12) & ~((pl.col("half") == "中午").fill_null(value=False) & (hour >= 10))
    return pl.when(late).then(hour + 12).when(_is(MORNING) & (hour == 12)).then(0).otherwise(hour)


def _offset() -> pl.Expr:
    """Minutes ahead of UTC; China's where nothing is said."""
    zone = pl.col("zone")
    hours = zone.str.slice(1, 2).cast(pl.Int64, strict=False).fill_null(0)
    minutes = zone.str.extract(r"^...:?([0-9][0-9])$").cast(pl.Int64, strict=False).fill_null(0)
    ahead = hours * 60 + minutes
    signed = pl.when(zone.str.starts_with("-")).then(-ahead).otherwise(ahead)
    # A date with a zone is still that date; only a time of day moves.
    return pl.when(zone.is_null() | pl.col("hour").is_null()).then(CHINA).otherwise(signed)


def _start() -> pl.Expr:
    sound = pl.col(ISSUE).is_null() | (pl.col(ISSUE) == "ambiguous_date")
    # Polars raises where a part is impossible, even in a branch not taken: such rows get no year at all.
    year = pl.when(sound).then("year")
    day = pl.datetime(
        year, pl.when(sound).then(pl.col("month").fill_null(1)), pl.when(sound).then(pl.col("day").fill_null(1))
    )
    seconds = _hour().fill_null(0) * 3600 + pl.col("minute").fill_null(0) * 60 + pl.col("second").fill_null(0)
    seconds -= (_offset() - CHINA) * 60
    microseconds = pl.col("fraction").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64).fill_null(0)
    written = day + pl.duration(seconds=seconds, microseconds=microseconds)
    share = (pl.lit("0.") + pl.col("part")).cast(pl.Float64, strict=False).fill_null(0.0)
    counted = pl.lit(SERIAL_ZERO) + pl.duration(days=pl.col("serial"), seconds=(share * 86400).round().cast(pl.Int64))
    return pl.when(pl.col("serial").is_not_null()).then(counted).otherwise(written).cast(MOMENT)


def _length() -> pl.Expr:
    """How long after the start the end lies: nothing for an instant, else up to the last second of hour, day, month."""
    whole = pl.col("part").is_null() | pl.col("part").str.contains("^0+$")
    start, second = pl.col("earliest"), timedelta(seconds=1)
    none = pl.lit(timedelta(0))
    year = start.dt.offset_by("1y") - start - second
    month = start.dt.offset_by("1mo") - start - second
    day, hour = pl.lit(timedelta(days=1) - second), pl.lit(timedelta(hours=1) - second)
    counted = pl.when(whole).then(day).otherwise(none)
    timed = pl.when(pl.col("hour").is_null()).then(day).when(pl.col("minute").is_null()).then(hour).otherwise(none)
    written = pl.when(pl.col("month").is_null()).then(year).when(pl.col("day").is_null()).then(month).otherwise(timed)
    return pl.when(pl.col("serial").is_not_null()).then(counted).otherwise(written)
