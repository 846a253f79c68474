"""Values as departments write them: dates in five forms, money in three, phones in four, words in two languages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.model.units import BY_CODE
from graphkit.sample.columns import either
from graphkit.sample.departments import Style, is_day
from graphkit.sample.people import Actors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_DAY_PATTERNS = {"iso": "%Y-%m-%d", "slash": "%Y/%-m/%-d", "han": "%Y年%-m月%-d日", "compact": "%Y%m%d"}
_TIME_PATTERNS = {"iso": "%Y-%m-%d %H:%M:%S", "slash": "%Y/%-m/%-d %-H:%M"}
_EXCEL_BEGINNING = datetime(1899, 12, 30)


def resolve(frame: pl.DataFrame, style: Style, where: int, actors: Actors) -> pl.DataFrame:
    """Put names and numbers for the actors, as this department knows them."""
    columns: list[pl.Series] = []
    for name_field, id_field in style.channel.parties:
        who = frame[name_field].to_numpy()
        columns.append(actors.spellings.written(who, where).alias(name_field))
        if id_field:
            lent = f"_{id_field}"  # whose number is given, where it is not his own
            number = actors.number.gather(frame[lent].to_numpy() if lent in frame.columns else who)
            known = _knows_number(style, who, actors.spellings.variant(who, where), where)
            columns.append(either(known, number).alias(id_field))
    return frame.with_columns(columns)


def _knows_number(style: Style, who: Ints, variant: Ints, where: int) -> NDArray[np.bool_]:
    """Whether the department has the actor's number: mostly where it has the name right, else half of the time."""
    draw = (who * 13 + where * 7 + who // 11) % 100
    right = 97 if style.channel.name == "company" else 86
    known: NDArray[np.bool_] = draw < right - 36 * (variant > 0)
    return known


def to_text(frame: pl.DataFrame, style: Style) -> tuple[pl.DataFrame, list[str], list[Field]]:
    """Every cell as text under the standard names; how a workbook holds each column; the columns' fields."""
    fields = [field for field in style.channel.record.every_field if field.name in frame.columns]
    columns = [_column(frame[field.name], field, style).alias(field.name) for field in fields]
    return pl.DataFrame(columns), [_mode(field, style) for field in fields], fields


def _column(values: pl.Series, field: Field, style: Style) -> pl.Series:
    match field.type:
        case FieldType.TIME if is_day(style.channel, field):
            text = _days(values, style.day)
        case FieldType.TIME:
            text = _times(values, style.time)
        case FieldType.MONEY:
            text = _money(values, style)
        case FieldType.QUANTITY | FieldType.NUMBER:
            text = _number(values)
        case FieldType.PHONE:
            text = _phone(values, style.phone)
        case FieldType.UNIT:
            text = values.replace(_units(style))
        case FieldType.ENUM if not style.english:
            text = values.replace({value.name: value.zh for value in field.values})
        case _:
            text = values.cast(pl.String)
    return text


def _units(style: Style) -> dict[str, str]:
    if style.english:
        return {code: unit.en for code, unit in BY_CODE.items()}
    words = {code: unit.zh for code, unit in BY_CODE.items()}
    return {**words, "kg": "公斤"} if style.province % 3 == 1 else words


def _mode(field: Field, style: Style) -> str:
    if field.type is FieldType.TIME:
        form = style.day if is_day(style.channel, field) else style.time
        return {"iso": "date", "serial": "number"}.get(form, "text")
    if field.type is FieldType.MONEY:
        return "number" if style.money == "plain" else "text"
    if field.type in (FieldType.QUANTITY, FieldType.NUMBER):
        return "number" if style.numbered else "text"
    return "text"


def _serial(values: pl.Series) -> pl.Series:
    days = (values - _EXCEL_BEGINNING).dt.total_minutes() / 1440
    return _number(days.round(10))


def _days(values: pl.Series, form: str) -> pl.Series:
    return _serial(values) if form == "serial" else values.dt.strftime(_DAY_PATTERNS[form])


def _times(values: pl.Series, form: str) -> pl.Series:
    return _serial(values) if form == "serial" else values.dt.strftime(_TIME_PATTERNS[form])


def _number(values: pl.Series) -> pl.Series:
    """As a person writes it: no .0 at the end."""
    return values.cast(pl.String).str.strip_suffix(".0")


def _money(values: pl.Series, style: Style) -> pl.Series:
    """1234.5, ¥1,234.50, or 3.2万 where it is ten thousand at least and comes out even."""
    if style.money == "plain":
        return _number(values)
    cents = (values * 100).round(0).cast(pl.Int64)
    if style.money == "yen":
        return _grouped(cents, "￥" if style.encoding == "gbk" else "¥")
    even = (cents % 10_000 == 0) & (cents >= 1_000_000)
    text = _number((cents / 1_000_000).round(2)) + "万"
    return either(even, text, _number(values))


def _grouped(cents: pl.Series, sign: str) -> pl.Series:
    whole = cents // 100
    low, middle, high = (whole % 1000), (whole // 1000 % 1000), whole // 1_000_000
    tail = "." + (cents % 100).cast(pl.String).str.zfill(2)
    last = low.cast(pl.String).str.zfill(3)
    text = (
        pl.when(high > 0)
        .then(high.cast(pl.String) + "," + middle.cast(pl.String).str.zfill(3) + "," + last)
        .when(middle > 0)
        .then(middle.cast(pl.String) + "," + last)
        .otherwise(low.cast(pl.String))
    )
    return sign + pl.select(text).to_series() + tail


def _phone(values: pl.Series, form: str) -> pl.Series:
    if form == "dashes":
        return values.str.slice(0, 3) + "-" + values.str.slice(3, 4) + "-" + values.str.slice(7, 4)
    return {"plain": "", "plus": "+86", "zeros": "0086"}[form] + values
