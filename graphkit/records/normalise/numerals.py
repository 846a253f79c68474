"""Numbers as they are written in Chinese: 壹万贰仟元整, 三百零五, 3万2千, 两千五, and digit by digit (二〇二四).

What tells no one number (三五盒, 十几盒, 一批) stays as it is written, and is refused where a number is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_PLAIN, _CAPITAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_DIGITS = {sign: value for signs in (_PLAIN, _CAPITAL) for value, sign in enumerate(signs)}
_DIGITS |= {"○": 0, "两": 2, "貳": 2, "陸": 6}
_TIMES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4}
_TIMES |= {"亿": 10**8, "億": 10**8}
_MYRIAD, _HUNDRED, _TEN = 10**4, 100, 10
_SPELT = 3  # signs without a unit between them from which on they are the digits of a number: 一五〇, but not 三五

_SIGN, _UNIT = "".join(_DIGITS), "".join(_TIMES)
_RUN = re.compile(rf"(?:[0-9]+(?:\.[0-9]+)?|[{_SIGN}{_UNIT}])+(?:点[{_SIGN}]+)?")
_TOKEN = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{_SIGN}{_UNIT}]")
_NO_COUNT = re.compile(r"^一(?:批|些|堆|宗|部分|系列|点(?![〇一二三四五六七八九]))")  # says that there is some
WRITTEN = rf"[{_SIGN}]|^[^0-9]*[十拾]|[0-9][{_UNIT}]+[0-9]|^[^0-9]*[0-9]+[元块圆][0-9]"
_PURSE = re.compile(r"([0-9.]+)[元圆块](?:([0-9])[角毛])?(?:([0-9])分)?[整正]?$")
_DATED = re.compile(rf"[{_SIGN}十拾]+(?=[年月日号时点分秒])")
DATED = rf"[{_SIGN}十拾元][年月日号时点分秒]"


def amounts_in_digits(cells: pl.Series) -> pl.Series:
    """The cells, each with its one number in digits, whatever stands around it.

    >>> import polars as pl
    >>> amounts_in_digits(pl.Series(["壹万贰仟元整", "3万2千", "三百零五盒", "两千五", "三五盒", "一批"])).to_list()
    ['12000元', '32000', '305盒', '2500', '三五盒', '一批']
    """
    return _each(cells, WRITTEN, _amount_in_digits)


def dates_in_digits(cells: pl.Series) -> pl.Series:
    """The cells with the parts of their dates in digits.

    >>> import polars as pl
    >>> dates_in_digits(pl.Series(["二〇二四年三月二十一日", "2024年元月五日下午三时"])).to_list()
    ['2024年3月21日', '2024年1月5日下午3时']
    """
    return _each(cells, DATED, date_in_digits)


def date_in_digits(text: str) -> str:
    """A date with its parts in digits; as it is written where one of them is no number."""
    return _DATED.sub(lambda run: _written(_value(run[0]), run[0]), re.sub(r"(^|年)元月", r"\g<1>1月", text))


def _each(cells: pl.Series, unusual: str, read: Callable[[str], str]) -> pl.Series:
    found = cells.filter(cells.str.contains(unusual).fill_null(value=False)).unique().to_list()
    return cells.replace(found, [read(text) for text in found]) if found else cells


def _amount_in_digits(text: str) -> str:
    runs = [run for run in _RUN.finditer(text) if not _NO_COUNT.match(text[run.start() :])]
    read = text
    for run in reversed(runs):
        value = _value(run[0])
        if value is None:
            return text
        read = read[: run.start()] + _written(value, run[0]) + read[run.end() :]
    purse = _PURSE.search(read)
    if purse:
        return read[: purse.start()] + _written(_sum(purse), "") + "元"
    return read if len(runs) == 1 else text  # of two numbers neither is the one that is meant


def _sum(purse: re.Match[str]) -> float:
    """Yuan, jiao and fen as yuan."""
    yuan, jiao, fen = (float(part or 0) for part in purse.groups())
    return round(yuan + jiao / 10 + fen / 100, 6)


def _written(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value}" else str(value)


def _value(run: str) -> float | None:
    """The number that a run of signs tells; None where it tells none, or not just one."""
    whole, _, decimals = run.partition("点")
    tokens = _TOKEN.findall(whole)
    if len(tokens) > 1 and tokens[-1] == "两":  # 三两 and 二十两 are a weight
        return None
    told = _digit_by_digit(tokens) if all(token in _DIGITS for token in tokens) else _by_units(tokens)
    if told is None or not decimals:
        return told
    return float(f"{told}." + "".join(str(_DIGITS[sign]) for sign in decimals))


def _digit_by_digit(tokens: Sequence[str]) -> int | None:
    digits = "".join(str(_DIGITS[token]) for token in tokens)
    return int(digits) if len(digits) in (1, *range(_SPELT, 9)) or (digits[0] == "0" and len(digits) > 1) else None


def _by_units(tokens: Sequence[str]) -> float | None:
    """By hundreds and myriads: of each the number before it, falling, within each myriad and of the myriads."""
    total, section, last, above = 0.0, 0.0, _MYRIAD, 10**12
    number: float | None = None
    skipped = False  # a zero stands before the number: 一百零五
    for token in tokens:
        times = _TIMES.get(token)
        if times is None:
            if number is not None:
                return None
            digit = _DIGITS.get(token)
            number, skipped = (None, True) if digit == 0 else (float(token) if digit is None else digit, skipped)
            continue
        if times < _MYRIAD:
            if times >= last or (number is None and (times != _TEN or section)):
                return None
            section, last = section + (1 if number is None else number) * times, times
        else:
            section += number or 0
            if not section or times >= above:
                return None
            total, section, last, above = total + section * times, 0.0, _MYRIAD, times
        number, skipped = None, False
    lowest = last if section else above
    tail = _tail(number, lowest, skipped, tokens)
    told = None if tail is None else total + section + tail
    return int(told) if told is not None and told == int(told) else told


def _tail(number: float | None, lowest: int, skipped: bool, tokens: Sequence[str]) -> float | None:
    """What is left behind the last unit: 三万五 is thirty-five thousand, 三万零五 and 三万500 are not.

    Capitals are written in full: without a zero 壹佰伍 leaves open which is meant.
    """
    if number is None:
        return 0
    short = not skipped and lowest >= _HUNDRED and number < _TEN and lowest < 10**12
    if short and set(tokens) & set(_CAPITAL):
        return None
    return number * lowest / 10 if short else number
