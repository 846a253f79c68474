"""Cells as numbers: amounts of money, quantities with their unit, durations and other measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model import units
from graphkit.records.normalise.column import Finding, Reading, apply_where, blank_where, nulls, rest_frame, where
from graphkit.records.normalise.numerals import amounts_in_digits
from graphkit.records.normalise.text import filled, half_width

if TYPE_CHECKING:
    from graphkit.model.fields import Field

PLAIN = r"^-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?$"
# Digits in groups of three or in one piece: "1,5" could be one and a half or fifteen, so it is refused.
DIGITS = r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
WRITTEN = rf"^(?P<before>[^0-9.+\-()]*)(?P<open>\(?)(?P<sign>[+-]?)(?P<mark>[^0-9.+\-()]*)(?P<digits>{DIGITS})"
WRITTEN += r"(?P<exponent>(?:[Ee][+-]?[0-9]{1,3})?)\s*(?P<after>[^0-9()]*)(?P<close>\)?)(?P<last>[^0-9()]*)$"
PER = r"/[^/]*$"  # of a price: for each of what
SPAN_OF_TIME = r"(?i)/\s*(?:每|个)*(?:年|月|日|天|周|星期|季度?|小?时|次|year|yr|month|mo|week|day|hour|h)s?$"
# 5盒(已拆封), 2箱(每箱50瓶)
REMARK = r"^([^()]*[^()\s])\s*\((?:[^0-9()]+|(?:每|内含|内装)[^()]*|[0-9]+[^0-9()/]+/[^0-9()]+)\)$"
POINTED = r"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}$"  # 1.234,50: only so can both marks be meant
RAISED = r"([0-9])['’]([0-9]{3})"  # 2'500
SUM = r"^(?:共|计|共计|合计|总计)$"  # before a number: no other number is meant
# Behind a number, as it stands in the column of units; what makes the number a guess, money or time is no unit.
UNIT = r"^[\p{Han}a-z][\p{Han}a-z ]{0,11}$"
NO_UNIT = r"左右|上下|以上|以下|以内|不到|将近|大约|约|余|多|几|[年月日天时分秒]$"
TIMES = {
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "億": 1e8,
    "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
CURRENCIES = {
    "CNY": ("¥", "¥", "元", "圆", "人民币", "人民币元", "元人民币", "元整", "rmb", "cny", "块", "yuan", "156"),
    "USD": ("$", "us$", "usd", "美元", "美金", "840"),
    "HKD": ("hk$", "hkd", "港元", "港币", "344"),
    "EUR": ("€", "eur", "欧元", "978"),
    "GBP": ("£", "gbp", "英镑", "826"),
    "JPY": ("jpy", "日元", "円", "392"),
    "TWD": ("nt$", "twd", "新台币", "901"),
    "MOP": ("mop", "澳门元", "446"),
    "USDT": ("usdt", "泰达币", "tether"),
}
FEN = "分"  # a hundredth of a yuan, in which payment services count
CURRENCY_OF = {name: code for code, names in CURRENCIES.items() for name in names}
SECONDS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "seconds": 1,
    "秒": 1,
    "秒钟": 1,
    "分": 60,
    "分钟": 60,
    "min": 60,
    "小时": 3600,
}
CLOCK = r"^(?:(?P<h>[0-9]+):)?(?P<m>[0-9]{1,3}):(?P<s>[0-9]{1,2})$"
SPOKEN = r"(?i)^(?:(?P<h>[0-9]+) ?(?:小时|时|hours?|hrs?|h))?(?: ?(?P<m>[0-9]+) ?(?:分钟|分|minutes?|mins?|m|['’′]))?"
SPOKEN += r"(?: ?(?P<s>[0-9]+) ?(?:秒钟?|seconds?|secs?|s|[\"”]|['’′]{2}))?$"


def read_money(cells: pl.Series, field: Field) -> Reading:
    """An amount; the currency that its cell names stands beside."""
    number, word, findings = _read(cells, signed=False)
    hundredths = where(word == FEN)
    if hundredths.any():
        number, word = (number / 100).zip_with(hundredths, number), blank_where(word, hundredths)
    # "12元/盒" is a price for each: what it is a price of is told by the record's own unit.
    bare = apply_where(word, word.str.contains("/"), lambda some: some.str.replace(PER, ""))
    currency = _looked_up(bare, CURRENCY_OF)
    strange = bare.is_not_null() & (bare != "") & currency.is_null()
    rate = where(word.str.contains(SPAN_OF_TIME))  # 5000元/月 is no amount until someone says for how long
    return _reading(number, strange | rate, findings, {"currency": currency})


def read_quantity(cells: pl.Series, field: Field) -> Reading:
    """A quantity; the unit that its cell names stands beside."""
    number, word, findings = _read(cells, signed=False)
    word = blank_where(word.str.replace(r"[。.,，;；、]+$", ""), word.str.contains(r"^[。.,，;；、]+$"))
    unit = _looked_up(word, units.CODES)
    unknown = where(word.str.contains(UNIT)) & unit.is_null() & ~where(word.str.contains(NO_UNIT))
    unknown &= ~where(word.is_in(list(CURRENCY_OF)))
    unit = unit.zip_with(~unknown, word)
    reading = _reading(number, word.is_not_null() & unit.is_null(), findings, {"unit": unit})
    return reading.with_value(reading.value, Finding(unknown, "unknown_unit", refused=False, written=word))


def read_number(cells: pl.Series, field: Field) -> Reading:
    """Any other measure, in the unit of its field: 500克 in a column of kilograms is 0.5."""
    timed = field.unit == "s"
    number, word, findings = _read(_in_seconds(cells) if timed else cells, signed=True)
    factors = SECONDS if timed else _factors(field.unit)
    factor = _looked_up(word, factors, pl.Float64)
    strange = word.is_not_null() & factor.is_null()
    scaled = number * factor.fill_null(1.0)
    return _reading(scaled, strange, findings, {})


def _reading(number: pl.Series, strange: pl.Series, findings: list[Finding], beside: dict[str, pl.Series]) -> Reading:
    wrong = where(strange) & ~findings[0].where
    first = Finding(findings[0].where | wrong, "bad_number")
    return Reading({"": blank_where(number, wrong)}, (first, *findings[1:]), beside)


def _read(cells: pl.Series, *, signed: bool) -> tuple[pl.Series, pl.Series, list[Finding]]:
    """The numbers, the words that stood by them in lower case, and what is wrong."""
    present = filled(cells)
    plain = where(present.str.contains(PLAIN))
    number = blank_where(present, ~plain).str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    word = nulls(len(cells), pl.String)
    rest = present.is_not_null() & ~plain
    if rest.any():
        read = rest_frame(present, rest, _parts)
        number = number.zip_with(plain, read["number"])
        word = read["word"]
    number = blank_where(number, ~number.is_finite())
    number = apply_where(number, number == 0, pl.Series.abs)  # no -0.0
    findings = [Finding(present.is_not_null() & number.is_null(), "bad_number")]
    if signed:
        return number, word, findings
    below, above = where(number < 0), where(number > units.LARGEST)
    findings += [Finding(below, "negative"), Finding(above, "too_large")]
    return blank_where(number, below | above), word, findings


def _parts(cells: pl.Series) -> pl.DataFrame:
    """Number and word of cells like ￥1,234.50, 3.2万, 12盒, (1,234.50), 1234元, 壹仟元整."""
    minus = half_width(cells).str.replace("−", "-", literal=True).str.replace(REMARK, "$1")
    minus = apply_where(minus, minus.str.contains(POINTED), _pointed).str.replace_all(RAISED, "$1$2")
    frame = amounts_in_digits(minus).str.extract_groups(WRITTEN).struct.unnest()
    frame = frame.with_columns(
        (pl.col("before") + pl.col("mark")).str.strip_chars().str.to_lowercase().alias("front"),
        (pl.col("after") + pl.col("last")).str.strip_chars().str.to_lowercase().alias("back"),
    )
    front, back = frame["front"], frame["back"]
    factor, rest = _factor_and_rest(back)
    # ¥12元/盒 names its currency twice.
    twice = where(_looked_up(front, CURRENCY_OF) == _looked_up(rest.str.replace(PER, ""), CURRENCY_OF))
    front = apply_where(front, front.str.contains(SUM), lambda some: some.str.replace(SUM, ""))
    odd = (front != "") & ~front.is_in([*CURRENCY_OF, *units.CODES, *SECONDS])  # 约60盒 has no unit that is called so
    word = front.zip_with(twice, (front + "|").zip_with(odd, front) + rest)
    return pl.DataFrame({"number": _signed(frame) * factor, "word": blank_where(word, word == "")})


def _pointed(cells: pl.Series) -> pl.Series:
    return cells.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)


def _signed(frame: pl.DataFrame) -> pl.Series:
    """The number itself; brackets mean below zero, and must come in pairs."""
    pair = (pl.col("open") == "(") & (pl.col("close") == ")")
    single = (pl.col("open") == "(") != (pl.col("close") == ")")
    value = (pl.col("digits").str.replace_all("[, ]", "") + pl.col("exponent")).cast(pl.Float64, strict=False)
    doubtful = single | (pair & (pl.col("sign") != ""))
    sign = pl.when(doubtful).then(None).when(pair | (pl.col("sign") == "-")).then(-1.0).otherwise(1.0)
    return frame.select((value * sign).alias("number")).to_series()


def _factor_and_rest(back: pl.Series) -> tuple[pl.Series, pl.Series]:
    """What 万 and the like multiply by, and what stands behind them: 千克 is a unit, 千元 are a thousand."""
    whole = back.is_in(list(units.CODES))
    split = back.str.extract_groups(r"^(?P<times>[十百千万萬亿億]*)\s*(?P<rest>.*)$").struct.unnest()
    times = blank_where(split["times"], whole | (split["times"] == ""))
    factor = _looked_up(times, TIMES, pl.Float64)
    factor = factor.zip_with(times.is_not_null(), pl.Series([1.0]).new_from_index(0, len(back)))
    return factor, back.zip_with(whole, split["rest"])


def _looked_up(words: pl.Series, names: Mapping[str, object], dtype: type[pl.DataType] = pl.String) -> pl.Series:
    if not names or words.null_count() == len(words):
        return nulls(len(words), dtype)
    return words.replace_strict(names, default=None, return_dtype=dtype)


def _factors(unit: str) -> dict[str, float]:
    """By what a number in another unit is multiplied to be in this one."""
    code = units.unit_code(unit)
    if code is None:
        return {}
    factors = {name: units.convert(1.0, other, code) for name, other in units.CODES.items()}
    return {name: factor for name, factor in factors.items() if factor is not None}


def _in_seconds(cells: pl.Series) -> pl.Series:
    """Durations like 00:01:20 and 1分20秒 as seconds."""
    tidy = half_width(cells)
    tidy = apply_where(tidy, tidy.str.contains(CLOCK), lambda some: _sum(some, CLOCK))
    return apply_where(tidy, tidy.str.contains(SPOKEN), lambda some: _sum(some, SPOKEN))


def _sum(cells: pl.Series, form: str) -> pl.Series:
    parts = cells.str.extract_groups(form).struct.unnest().cast(pl.Int64, strict=False).fill_null(0)
    return (parts["h"] * 3600 + parts["m"] * 60 + parts["s"]).cast(pl.String)
