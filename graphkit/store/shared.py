"""What both engines say and give alike: the order of evidence, the errors, and how well a name matches."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from graphkit.errors import NotFound
from graphkit.records.staged import FileRecord

SourceRows = tuple[str, str, Sequence[int]]  # FILE-ID, sheet, row numbers


def evidence(parts: Iterable[SourceRows]) -> tuple[str, ...]:
    """References to rows as FILE-ID#SHEET:ROW, sorted by file, sheet, row number; each once.

    >>> evidence([("b1", "1", [10, 9]), ("a0", "货物", [2])])
    ('a0#货物:2', 'b1#1:9', 'b1#1:10')
    """
    rows = sorted({(file, sheet, row) for file, sheet, numbers in parts for row in numbers})
    return tuple(f"{file}#{sheet}:{row}" for file, sheet, row in rows)


def unknown_file(file: str, loaded: Iterable[FileRecord]) -> NotFound:
    """No such file is loaded; names the nearest by id, or the one of that name."""
    records = list(loaded)
    named = [record.file for record in records if record.name == file]
    near = named or difflib.get_close_matches(file, [record.file for record in records], n=1)
    if not near:
        return NotFound(
            f"No file {file} is loaded. `graphkit files` lists those that are.",
            f"未载入文件 {file}。用 graphkit files 查看已载入的文件。",
        )
    return NotFound(f"No file {file} is loaded. Did you mean {near[0]}?", f"未载入文件 {file}。是否指 {near[0]}？")
