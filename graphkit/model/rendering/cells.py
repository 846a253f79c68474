"""What stands in a cell and above a column when a person reads an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.model.answer import Answer, Column
from graphkit.model.language import say
from graphkit.model.rendering.plain import plain
from graphkit.model.rendering.words import beside, counted, worded

SHOWN = 24  # of a long list
# What a title says itself, or stands in a column of its own.
_PLAIN = ("", "unit", "currency", "rows", "links", "entities", "cases", "movements", "payments")
EVIDENCE = Column("evidence", "list", "", "Rows behind it", "出处")


def columns_of(answer: Answer) -> list[Column]:
    """The answer's columns, with the evidence last where its rows have any."""
    columns = list(answer.columns)
    if any("evidence" in row for row in answer.rows) and all(column.name != "evidence" for column in columns):
        columns.append(EVIDENCE)
    return columns


def title(column: Column) -> str:
    """A column's title in the language in use, with its unit where that is not plain from the title."""
    text = say(column.en, column.zh) or column.name
    return text if column.unit in _PLAIN else f"{text} ({counted(column.unit)})"


def cell(value: Any, column: Column) -> str:
    """One value as a person reads it; the rows behind a fact as their number and the first."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes", "是") if value else say("no", "否")
    if column.name == "evidence" and isinstance(value, list):
        return _evidence(value)
    if isinstance(value, list):
        return _text([worded(one, column) if isinstance(one, str) else one for one in value])
    return worded(value, column) if isinstance(value, str) else _text(value, column)


def in_lines(value: Any, name: str = "") -> list[str]:
    """What stands beside the rows, each record in a line of its own; a plain value in one.

    >>> in_lines([{"region": "350503", "hits": 2, "ids": ["a", "b"]}, {"region": "", "hits": 1, "ids": []}])
    ['region 350503; hits 2; ids a, b', 'hits 1']
    >>> in_lines(0.25), in_lines({})
    (['0.25'], [''])
    """
    value = plain(value)
    records = value if isinstance(value, list) and any(isinstance(one, Mapping) for one in value) else [value]
    return [_record(one) if isinstance(one, Mapping) else _inner(one, name) for one in records]


def _record(record: Mapping[str, Any]) -> str:
    told = {name: one for name, one in record.items() if one not in (None, "", [], {})}
    return say("; ", "；").join(f"{beside(name)} {_inner(one, name)}" for name, one in told.items())


def _inner(value: Any, name: str) -> str:
    if isinstance(value, Mapping):
        return f"({_record(value)})"
    return cell(value, Column(name))


def _evidence(references: list[str]) -> str:
    if not references:
        return ""
    more = " …" if len(references) > 1 else ""
    count = len(references)
    return say(f"{count} row{'s' if count > 1 else ''}: {references[0]}{more}", f"{count} 行：{references[0]}{more}")


def _text(value: Any, column: Column | None = None) -> str:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        named = {worded(key, column) if column else key: one for key, one in value.items() if one not in (None, "")}
        return "\n".join(f"{key}: {_text(one)}" for key, one in named.items())
    if isinstance(value, list):
        shown = [_text(one) for one in value[:SHOWN]]
        return ", ".join(shown) + (f" … (+{len(value) - SHOWN})" if len(value) > SHOWN else "")
    return str(value)


def number(value: float) -> str:
    """A number without the digits that only the computer put there.

    >>> number(1200.0), number(0.1 + 0.2), number(1e-9)
    ('1200', '0.3', '1e-09')
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
