"""JSON that somebody else wrote, read so that a hostile file can do no harm, and its values as text.

What is no JSON, too large or too deep, says a thing twice, or holds a number that is none ends the reading with one
error that names the record.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkit.errors import UnreadableFile
from graphkit.records.reading.encoding import as_utf8
from graphkit.records.reading.safety import CELL_CHARACTERS, content_of, unreadable

BYTES = 256 * 1024**2
DEPTH = 100
DIGITS = 40
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # half of a pair: no text at all, and no store keeps it

Object = dict[str, Any]


@dataclass(frozen=True)
class _Wrong:
    """Stands where the text holds what no honest program writes."""

    english: str
    chinese: str


class Repeated(dict[str, Any]):
    """An object that says something twice: its last word counts, `earlier` has the ones before."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.earlier: Object = {}
        seen: set[str] = set()
        for name, value in reversed(pairs):
            if name in seen:
                self.earlier.setdefault(name, value)
            seen.add(name)


def read_json(source: Path | bytes, name: str) -> Any:
    """The one value of a JSON text. Raises UnreadableFile."""
    content = content_of(source, name)
    if len(content) > BYTES:
        raise unreadable(name, f"is larger than {BYTES >> 20} MiB; split it", f"超过 {BYTES >> 20} MiB，请拆分后再加载")
    text = as_utf8(content, name)[0].decode("utf-8", "replace")
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise unreadable(
            name,
            f"is not well-formed JSON ({error.msg}) at line {error.lineno}; "
            "it is damaged or was cut off, ask for the file again",
            f"不是格式正确的 JSON（第 {error.lineno} 行）：文件已损坏或不完整，请重新索取",
        ) from None
    except RecursionError:
        raise _too_deep(name, 0) from None
    if isinstance(value, _Wrong):
        raise unreadable(name, value.english, value.chinese)
    return value


def check(value: Any, name: str, record: int = 0, without: Any = None) -> None:
    """Refuse what is too deep or too long, repeats a name or holds no number; the error names the record.

    `without` is a part that is looked at by itself.
    """
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise _too_deep(name, record)
        below: list[Any] = []
        for one in level:
            _check_one(one, name, record)
            if isinstance(one, dict):
                below.extend((*one, *one.values()))
            elif isinstance(one, list) and one is not without:
                below.extend(one)
        level = below


def _check_one(one: Any, name: str, record: int) -> None:
    if isinstance(one, _Wrong):
        raise _in_record(name, record, one.english, one.chinese)
    if isinstance(one, Repeated):
        twice = next(iter(one.earlier))[:60]
        raise _in_record(name, record, f"says {twice!r} twice in one object", f"同一对象中 {twice!r} 出现两次")
    if isinstance(one, str):
        _check_text(one, name, record)


def _check_text(text: str, name: str, record: int) -> None:
    if len(text) > CELL_CHARACTERS:
        raise _in_record(name, record, f"holds a text of more than {CELL_CHARACTERS:,} characters", "文本过长")
    if _HALF_CHARACTER.search(text):
        raise _in_record(name, record, "holds half a character (a lone surrogate)", "含有不完整的字符")


def text_of(value: Any) -> str:
    """A value as text: texts and numbers plainly, true and false, lists and objects as compact JSON.

    >>> text_of("a"), text_of(2.0), text_of(True), text_of(["1", 2])
    ('a', '2', 'true', '["1",2]')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int):
        return str(value)
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """A value in one form, whatever the order in which it was written."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _object(pairs: list[tuple[str, Any]]) -> Object:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeated(pairs)


def _whole(text: str) -> int | _Wrong:
    if len(text) > DIGITS:
        return _Wrong(f"holds a number of more than {DIGITS} digits", f"数字超过 {DIGITS} 位")
    return int(text)


def _fraction(text: str) -> float | _Wrong:
    value = float(text) if len(text) <= 10 * DIGITS else math.inf
    return value if math.isfinite(value) else _Wrong("holds a number that is too large", "数字过大")


def _constant(text: str) -> _Wrong:
    return _Wrong(f"holds {text}, which is no number", f"含有 {text}，不是数字")


def _too_deep(name: str, record: int) -> UnreadableFile:
    return _in_record(name, record, f"is nested deeper than {DEPTH} levels", f"嵌套超过 {DEPTH} 层")


def _in_record(name: str, record: int, english: str, chinese: str) -> UnreadableFile:
    at = (f"record {record} ", f"第 {record} 条记录") if record else ("", "")
    return unreadable(name, at[0] + english, at[1] + chinese)
