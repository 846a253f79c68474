"""Which files a load takes: those named, and those in the folders named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkit.errors import UnreadableFile

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
OTHER_SUFFIXES = (".graphml", ".xml")
PASSED_OVER = ("truth.json",)


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files to load, each with its name relative to the folder that was given. Raises UnreadableFile."""
    found: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableFile(f"{path}: no such file or folder", f"{path}：没有这个文件或文件夹")
        for one in _walk(path):
            found.setdefault(one.resolve(), str(one.relative_to(path)) if path.is_dir() else one.name)
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for one in sorted(path.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in one.relative_to(path).parts)
        if one.is_file() and not hidden and one.suffix.lower() in (*TABLE_SUFFIXES, *OTHER_SUFFIXES):
            yield one


def passed_over(paths: Sequence[Path]) -> list[str]:
    """The files in the given folders that no layout reads, by name: named in the report rather than dropped in silence."""
    known = (*TABLE_SUFFIXES, *OTHER_SUFFIXES)
    folders = [path for path in paths if path.is_dir()]
    files = [(one, one.relative_to(folder)) for folder in folders for one in sorted(folder.rglob("*")) if one.is_file()]
    return [str(name) for one, name in files if one.suffix.lower() not in known and one.name not in PASSED_OVER and not one.name.startswith(".")]


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex. Raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read: {error.strerror}", f"{path}：无法读取：{error.strerror}") from error
