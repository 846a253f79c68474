"""Checking a saved answer: are its sources the same bytes, and does the same question give the same rows today?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graphkit.errors import NotFound, RequestError, StoreDamaged, StoreError, UnreadableFile
from graphkit.model.answer import Answer, Column, Row
from graphkit.model.rendering import plain
from graphkit.store.base import Store

COLUMNS = (
    Column("check", en="Check", zh="核对项"),
    Column("expected", en="Expected", zh="应为"),
    Column("found", en="Found", zh="实为"),
)
DIFFERENCES = 20  # of rows, named one by one


def read_answer(path: Path) -> dict[str, Any]:
    """The saved answer. Raises UnreadableFile or RequestError where the file holds none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "not UTF-8"
        raise UnreadableFile(f"{path}: cannot be read: {said}", f"{path}：无法读取：{said}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{path}: not valid JSON: {error}", f"{path}：不是有效的 JSON：{error}") from error
    if not _is_answer(content):
        raise RequestError(
            f"{path}: not an answer of graphkit; save one with --format json --output FILE",
            f"{path}：不是 graphkit 的结果；可用 --format json --output 文件 保存结果",
        )
    return dict(content)


def _is_answer(content: Any) -> bool:
    if not isinstance(content, dict) or not isinstance(content.get("command"), str):
        return False
    rows = content.get("rows")
    return (
        isinstance(content.get("parameters"), dict)
        and isinstance(rows, list)
        and all(isinstance(r, dict) for r in rows)
    )


def checks(saved: Mapping[str, Any], store: Store, again: Callable[[], Answer]) -> list[Row]:
    """One row a check: the sources' sha256, the revision, and the rows of the question asked again."""
    rows = [_source(store, file) for file in files_of(saved["rows"])]
    try:
        now = plain(again().to_dict())
    except (NotFound, StoreDamaged) as error:  # what was asked about is gone
        return [*rows, _check("answer", f"{len(saved['rows'])} rows", str(error))]
    rows.append(_check("revision", saved.get("revision"), now["revision"]))
    return [*rows, *_compared(saved["rows"], now["rows"])]


def holds(rows: Sequence[Row]) -> bool:
    """Whether the answer stands: the sources and the rows are as they were. The revision may have moved on since."""
    return all(row["expected"] == row["found"] for row in rows if row["check"] != "revision")


def files_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The FILE-IDs that the rows stand on."""
    references = [ref for row in rows for ref in row.get("evidence") or () if isinstance(ref, str)]
    named = [row["file"] for row in rows if isinstance(row.get("file"), str) and "sha256" in row]
    return sorted({ref.partition("#")[0] for ref in references} | set(named))


def _source(store: Store, file: str) -> Row:
    record = next((one for one in store.files() if one.file == file), None)
    if record is None:
        return _check(f"file {file}", f"{file}…", "not loaded")
    try:
        found = hashlib.sha256(store.content(file)).hexdigest()
    except (StoreError, NotFound) as error:
        found = str(error)
    return _check(f"file {file}", record.sha256, found)


def _compared(expected: Sequence[Any], found: Sequence[Any]) -> list[Row]:
    if list(expected) == list(found):
        return [_check("rows", len(expected), len(found))]
    rows = [_check("rows", len(expected), len(found))]
    for i in range(max(len(expected), len(found))):
        before = expected[i] if i < len(expected) else {}
        after = found[i] if i < len(found) else {}
        rows += [_check(f"row {i + 1}: {key}", before.get(key), after.get(key)) for key in _different(before, after)]
        if len(rows) > DIFFERENCES:
            break
    return rows


def _different(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]


def _check(check: str, expected: Any, found: Any) -> Row:
    return {"check": check, "expected": expected, "found": found}
