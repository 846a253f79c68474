"""Moments and periods as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime

from graphkit.errors import RequestError

PERIODS = (("since", "until"), ("period_from", "period_until"))  # parameters that bound one period
MOST_DAYS = 1_000_000  # of any wait or lag
_EPOCH = datetime(1970, 1, 1)
_DAYS_IN = {"d": 1, "day": 1, "days": 1, "天": 1, "日": 1, "h": 1 / 24, "hour": 1 / 24, "hours": 1 / 24, "小时": 1 / 24,
            "min": 1 / 1440, "minutes": 1 / 1440, "分钟": 1 / 1440, "w": 7, "week": 7, "weeks": 7, "周": 7}  # fmt: skip
_FIRST, _LAST = -(2**62), 2**62


def in_order(since: str, begins: object, until: str, ends: object) -> None:
    """Raises RequestError where a period would end before it begins; the parameters are given by name and value.

    >>> in_order("since", "2022-01-24", "until", "2022-01-24")
    """
    if not isinstance(begins, str) or not isinstance(ends, str):
        return
    if moment(since, begins, _FIRST) > moment(until, ends, _LAST):
        raise RequestError(
            f"{since} {begins} is later than {until} {ends}: no time lies between them. Exchange the two?",
            f"{since} {begins} 晚于 {until} {ends}：其间没有时间。是否写反了？",
        )


def moment(name: str, written: str | None, unknown: int) -> int:
    """A day or an instant in ISO 8601, as microseconds; of a day its first moment, for `until` its last."""
    if written is None:
        return unknown
    try:
        whole_day = len(written) == len("2022-01-24")
        at = datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        raise RequestError(
            f"{name}: {written!r} is not a day such as {date(2022, 1, 24)}, nor an instant.",
            f"{name}：{written!r} 不是日期（如 {date(2022, 1, 24)}）或时刻。",
        ) from None
    if whole_day and name.endswith("until"):
        at = at.replace(hour=23, minute=59, second=59)
    return int((at - _EPOCH).total_seconds()) * 1_000_000


def days(written: str, name: str = "") -> float:
    """A length of time in days: of them where only a number is written, else 36h, 90min, 2d, 1 week, 48小时.

    Raises RequestError, which names the parameter where it is given.

    >>> days("2"), days("36h"), days("2 周")
    (2.0, 1.5, 14.0)
    """
    parts = re.fullmatch(r"\s*([0-9.eE+-]*[0-9.])\s*(\D*?)\s*", unicodedata.normalize("NFKC", written))
    try:
        number, unit = (float(parts[1]), parts[2].lower() or "d") if parts else (math.nan, "")
    except ValueError:
        number, unit = math.nan, ""
    if math.isnan(number) or unit not in _DAYS_IN:
        raise RequestError(
            f"{name}{': ' if name else ''}{written!r} is no length of time: write days as a number, or 36h, 90min, 2d.",
            f"{name}{'：' if name else ''}{written!r} 不是时长：请写天数，或 36h、90min、2d。",
        )
    return number * _DAYS_IN[unit]
