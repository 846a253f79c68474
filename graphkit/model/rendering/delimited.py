"""An answer as CSV: full values, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from graphkit.model.answer import Answer
from graphkit.model.rendering.cells import columns_of
from graphkit.model.rendering.plain import plain
from graphkit.model.rendering.width import visible

# A spreadsheet runs text that begins like this as a formula; a plain number it only reads.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n]")
_PRINTED = re.compile(r"[^\t\r\n]+")  # what lies between tabs and ends of lines, which stay as they are
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def to_csv(answer: Answer) -> str:
    """Header (the JSON keys) and rows. Text that a spreadsheet would run as a formula gets an apostrophe before it;
    characters that steer a terminal or turn the direction of text are written out, as in tables.
    """
    names = [column.name for column in columns_of(answer)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows([guarded(_text(row.get(name))) for name in names] for row in answer.rows)
    return stream.getvalue()


def guarded(text: str) -> str:
    """The text as a spreadsheet may safely show it.

    >>> guarded("=cmd|' /C calc'!A0"), guarded("+8613800000000"), guarded("张三")
    ("'=cmd|' /C calc'!A0", '+8613800000000', '张三')
    """
    return "'" + text if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _text(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(one)}" for key, one in value.items())
    return _PRINTED.sub(lambda found: visible(found[0]), str(value))
