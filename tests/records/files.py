"""Small files as departments hand them over, written by tests, and what is staged of them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graphkit.records.finding import sha256_of
from graphkit.records.loading import LoadedFile, Options, stage_file


def write(folder: Path, name: str, *lines: str) -> Path:
    """A csv file of these lines."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_book(folder: Path, name: str, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook of these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def staged(path: Path, **options: object) -> LoadedFile:
    """The file, staged beside itself; an error in it is raised."""
    loaded = stage_file(path, path.name, path.parent / f"{path.name}-staged", Options(**options))  # type: ignore[arg-type]
    if loaded.error:
        raise loaded.error
    return loaded


def statements(path: Path) -> list[tuple[str, str, str, list[int]]]:
    """(node, property, value, rows) of a file, sorted; FILE stands for its id."""
    return _rows(path, "statements", ["node", "property", "value", "rows"])


def links(path: Path) -> list[tuple[str, str, str, list[int]]]:
    """(kind, source, target, rows) of a file, sorted; FILE stands for its id."""
    return _rows(path, "links", ["kind", "source", "target", "rows"])


def _rows(path: Path, part: str, columns: list[str]) -> list[tuple[str, str, str, list[int]]]:
    file = sha256_of(path)[:12]
    staged_file = staged(path).staged
    assert staged_file is not None
    frame = pl.read_parquet(getattr(staged_file, part)).select(columns)
    return sorted(tuple(c.replace(file, "FILE") if isinstance(c, str) else c for c in row) for row in frame.rows())  # type: ignore[misc]
