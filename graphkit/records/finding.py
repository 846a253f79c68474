"""Which files a load takes: those named, and those in the folders named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkit.errors import UnreadableFile

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".docx")
OTHER_SUFFIXES = (".graphml", ".xml")
JSON_SUFFIXES = (".json", ".jsonld")  # much else is JSON too: in a folder only what a layout recognises is taken
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
    yield from (one for one in _files_below(path, aside) if _is_read(one))


def _is_read(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in (*TABLE_SUFFIXES, *OTHER_SUFFIXES) or (suffix in JSON_SUFFIXES and is_known_json(path))


def is_known_json(path: Path) -> bool:
    """Whether some layout recognises this JSON file by its content."""
    from graphkit.records.layouts import detect

    try:
        return path.name not in PASSED_OVER and detect(path, lambda header: False) is not None
    except OSError:
        return True  # that it cannot be read is told when it is


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
    searched = _resolved(aside)
    below = [(one, folder) for folder in paths if folder.is_dir() for one in _files_below(folder, searched)]
    return [str(one.relative_to(of)) for one, of in below if one.name not in PASSED_OVER and not _is_read(one)]


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex. Raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read: {error.strerror}", f"{path}：无法读取：{error.strerror}"
        ) from error
