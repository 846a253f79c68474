"""Small helpers for columns: times from minutes, document numbers, cells that are there only sometimes."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from graphkit.sample.goods import DAY, EPOCH

_BEGINNING = pl.Series([EPOCH], dtype=pl.Datetime("us"))


def when(minutes: Any) -> pl.Series:
    """Minutes since the beginning as date and time."""
    return (_BEGINNING + pl.Series(np.asarray(minutes, dtype=np.int64) * 60_000_000).cast(pl.Duration("us"))).alias("")


def day_of(minutes: Any) -> pl.Series:
    """The day alone."""
    return when(np.asarray(minutes) // DAY * DAY)


def stamp(minutes: Any) -> pl.Series:
    """The day as eight figures, as document numbers have it."""
    return when(minutes).dt.strftime("%Y%m%d")


def either(there: Any, one: pl.Series, other: pl.Series | None = None) -> pl.Series:
    """The one where the condition holds, else the other, or nothing."""
    return pl.select(pl.when(pl.Series(there)).then(one).otherwise(other)).to_series()


def texts(values: list[str] | list[str | None]) -> pl.Series:
    """A column of text, also where there is nothing to tell the type from."""
    return pl.Series(values, dtype=pl.String)
