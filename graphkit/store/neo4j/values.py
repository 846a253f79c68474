"""Native types, so that plain Cypher can compute with dates, times and numbers; the text comes back exactly."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import Any

from graphkit.model.fields import FieldType
from graphkit.model.links import GRADE_PROPERTIES, LINK_KINDS
from graphkit.model.nodes import NODE_KINDS

Native = str | float | date | datetime | bool
_NUMBERS = (FieldType.MONEY, FieldType.QUANTITY, FieldType.NUMBER)
_DAY_ENDS = time(23, 59, 59)


def native(kind: str, name: str, text: str) -> Native:
    """A property's canonical text as the type the model declares; text where that would not give the text back.

    >>> native("Person", "birth_date", "1990-03-07"), native("CALLED", "duration_s", "35"), native("x", "y", "35")
    (datetime.date(1990, 3, 7), 35.0, '35')
    """
    declared = _declared().get((kind, name))
    if declared in _NUMBERS:
        return _if_same(_number(text), text)
    if declared is FieldType.TIME:
        return _if_same(_moment(text), text)
    return text


def canonical(value: Any) -> str:
    """The text of a native value, as statements and properties hold it.

    >>> canonical(35.0), canonical(date(1990, 3, 7)), canonical(True), canonical("35")
    ('35', '1990-03-07', 'true', '35')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if not value.microsecond else "microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def span(name: str, earliest: str | None, latest: str | None) -> dict[str, str]:
    """A link's time as its relationship's properties: a day as a date, an instant as a local time, else both ends.

    From and to texts, of which `links_create` makes dates and times: the driver takes fifty times as long for it.

    >>> span("started", "2022-01-24T00:00:00", "2022-01-24T23:59:59"), span("ended", None, "2022-01-24T08:05:00")
    ({'started': '2022-01-24'}, {'ended_latest': '2022-01-24T08:05:00'})
    """
    if earliest is None:
        return {} if latest is None else {f"{name}_latest": latest}
    if latest is None:
        return {f"{name}_earliest": earliest}
    if earliest == latest:
        return {name: earliest}
    day = earliest.removesuffix("T00:00:00")
    if latest == f"{day}T23:59:59":
        return {name: day}
    return {name: earliest, f"{name}_latest": latest}


def ends(name: str, properties: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """The earliest and latest that `span` was given, from what `links_create` made of it."""
    value = properties.get(name)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(0)), datetime.combine(value, _DAY_ENDS)
    latest = properties.get(f"{name}_latest")
    if value is None:
        return properties.get(f"{name}_earliest"), latest
    return value, value if latest is None else latest


@cache
def _declared() -> dict[tuple[str, str], FieldType]:
    nodes = {(kind.name, one.name): one.type for kind in NODE_KINDS for one in kind.properties}
    links = {(kind.name, one.name): one.type for kind in LINK_KINDS for one in (*kind.properties, *GRADE_PROPERTIES)}
    return nodes | links


def _if_same(value: Native | None, text: str) -> Native:
    return text if value is None or canonical(value) != text else value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _moment(text: str) -> date | datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None
