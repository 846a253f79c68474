"""An answer as a table in a notebook. Everything that comes from data is escaped."""

from __future__ import annotations

from html import escape

from graphkit.model.answer import Answer, Column, Row
from graphkit.model.language import say
from graphkit.model.rendering.cells import cell, columns_of, in_lines, title
from graphkit.model.rendering.plain import plain
from graphkit.model.rendering.words import beside as called

MOST = 200  # rows shown; a notebook with more is slow to open
_STYLE = "white-space:pre-wrap;text-align:{align};vertical-align:top;max-width:36em;overflow-wrap:anywhere"


def to_html(answer: Answer) -> str:
    """The table with its notes below; the first rows of a long one."""
    columns = columns_of(answer)
    body = _table(answer, columns) if answer.rows else f"<p>{escape(say('Nothing found.', '没有结果。'))}</p>"
    told = ((name, line) for name, value in answer.facts.items() for line in in_lines(value, name) if line)
    beside = "".join(f"<p>{escape(called(name))}: {escape(line)}</p>" for name, line in told)
    notes = "".join(f"<li>{escape(note)}</li>" for note in answer.notes)
    return f"<div>{body}{beside}{f'<ul>{notes}</ul>' if notes else ''}</div>"


def _table(answer: Answer, columns: list[Column]) -> str:
    head = "".join(f'<th style="{_style(one)}">{escape(title(one))}</th>' for one in columns)
    rows = "".join(f"<tr>{_cells(row, columns)}</tr>" for row in answer.rows[:MOST])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{_more(len(answer.rows))}"


def _cells(row: Row, columns: list[Column]) -> str:
    texts = ((one, escape(cell(row.get(one.name), one))) for one in columns)
    return "".join(f'<td style="{_style(one)}"{_hint(row, one)}>{text}</td>' for one, text in texts)


def _hint(row: Row, column: Column) -> str:
    """All references behind a fact, shown when the pointer rests on their number."""
    if column.name != "evidence":
        return ""
    return f' title="{escape(", ".join(str(one) for one in plain(row.get("evidence")) or ()))}"'


def _style(column: Column) -> str:
    return _STYLE.format(align="right" if column.type in ("integer", "number") else "left")


def _more(rows: int) -> str:
    if rows <= MOST:
        return ""
    english = f"{MOST} of {rows} rows are shown; to_pandas() has them all."
    return f"<p>{escape(say(english, f'显示 {rows} 行中的 {MOST} 行；to_pandas() 给出全部。'))}</p>"
