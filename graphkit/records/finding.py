"""Which files a load takes: those named, and those in the folders named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkit.errors import UnreadableFile

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
OTHER_SUFFIXES = (".graphml", ".xml")
PASSED_OVER = ("truth.json",)
CASEBOOK = "casebook.duckdb"  # a folder with this file holds a casebook, whose rejects are not to be loaded


def find_files(paths: Sequence[Path], aside: Sequence[Path] = ()) -> list[tuple[Path, str]]:
    """The files to load, each with its name relative to the folder that was given. Raises UnreadableFile.

    Folders named `aside` are not searched: the casebook and its rejects may lie in the very folder that is loaded.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableFile(f"{path}: no such file or folder", f"{path}：没有这个文件或文件夹")
        for one in _walk(path, _resolved(aside)):
            found.setdefault(one.resolve(), str(one.relative_to(path)) if path.is_dir() else one.name)
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _resolved(folders: Sequence[Path]) -> frozenset[Path]:
    return frozenset(folder.resolve() for folder in folders)


def _walk(path: Path, aside: frozenset[Path]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    yield from (one for one in _files_below(path, aside) if one.suffix.lower() in (*TABLE_SUFFIXES, *OTHER_SUFFIXES))


def _files_below(folder: Path, aside: frozenset[Path]) -> Iterator[Path]:
    """The files in a folder and its folders, without hidden ones, locks of open workbooks, and casebooks."""
    for one in sorted(folder.iterdir()):
        if one.name.startswith((".", "~$")):
            continue
        if one.is_dir() and not one.is_symlink() and not (one / CASEBOOK).exists() and one.resolve() not in aside:
            yield from _files_below(one, aside)
        elif one.is_file():
            yield one


def passed_over(paths: Sequence[Path], aside: Sequence[Path] = ()) -> list[str]:
    """The files in the given folders that no layout reads: named in the report, not dropped in silence."""
    known = (*TABLE_SUFFIXES, *OTHER_SUFFIXES)
    below = [
        one.relative_to(folder) for folder in paths if folder.is_dir() for one in _files_below(folder, _resolved(aside))
    ]
    return [str(name) for name in below if name.suffix.lower() not in known and name.name not in PASSED_OVER]


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex. Raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read: {error.strerror}", f"{path}：无法读取：{error.strerror}"
        ) from error
