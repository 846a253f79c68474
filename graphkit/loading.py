"""Loading, end to end: files to staged assertions to one publication, with the report of what was refused."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import NoDirection, NoTable, NotFound, RequestError, UnknownTable
from graphkit.model.answer import Answer
from graphkit.model.language import say
from graphkit.store.base import Store

if TYPE_CHECKING:
    from graphkit.records.loading import LoadedFile, Options
    from graphkit.records.staged import Staged

_LISTED = 5
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def load(store: Store, paths: Sequence[Path], rejects: Path, progress: Progress | None, **request: Any) -> Answer:
    """Load these paths into the store; see `Casebook.load`."""
    from graphkit.records.finding import find_files, passed_over
    from graphkit.records.report import COLUMNS, notes_of, refuse_errors, refused_rows, report_rows, understood

    aside = (rejects, Path(store.where))
    files = find_files(paths, aside)
    if not files:
        raise NotFound(
            "No file to load there: csv, tsv, txt, xlsx, xls, docx, graphml, json of EPCIS or FoodChain-Lab are read",
            "那里没有可载入的文件：可读 csv、tsv、txt、xlsx、xls、docx、graphml，以及 EPCIS、FoodChain-Lab 的 json",
        )
    files, empty = _without_empty(files, {path.resolve() for path in paths})
    replaced = _replaced(store, files, request["replaces"])
    with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
        named = {path.resolve() for path in paths if path.is_file()}
        staged = _stage(files, Path(folder), _options(request), progress)
        loaded, texts = _without_texts(_undirected_aside(staged, named), named)
        refuse_errors(loaded)
        rows = report_rows(loaded, None if request["dry_run"] else rejects)
        refused = refused_rows(loaded) if request["strict"] else None
        known = {record.file for record in store.loaded()} - set(replaced)
        shared = _shared(store, [one.staged for one in loaded if one.staged and one.file not in known], bool(replaced))
        if not request["dry_run"] and refused is None:
            _publish(store, [one.staged for one in loaded if one.staged], replaced)
    passed = [*_passed([*texts, *passed_over(paths, aside)]), *_empty(empty)]
    notes = [
        *(understood(loaded) if request["dry_run"] else []),
        *notes_of(loaded),
        *shared,
        *passed,
        *_again(loaded, known),
    ]
    parameters = {
        "paths": [str(path) for path in paths],
        **{k: str(v) if isinstance(v, Path) else v for k, v in request.items()},
    }
    if refused is not None:
        refused.answer = Answer("load", parameters, COLUMNS, [{**row, "accepted": 0} for row in rows], tuple(notes))
        raise refused
    return Answer("load", parameters, COLUMNS, rows, tuple(notes))


def _publish(store: Store, staged: Sequence[Staged], replaced: Sequence[str]) -> None:
    """Publish; an interruption that comes too late, when all has been published, is none."""
    wanted = {one.record.file for one in staged}
    before = {record.file for record in store.loaded()}
    try:
        store.add(staged, replaced)
    except (KeyboardInterrupt, RuntimeError):  # DuckDB says RuntimeError where it is interrupted
        if wanted <= before or not wanted <= {record.file for record in store.loaded()}:
            raise


def _options(request: dict[str, Any]) -> Options:
    from graphkit.records.loading import Options
    from graphkit.records.mapping import read_mapping

    text, mappings = read_mapping(Path(request["mapping"])) if request["mapping"] else ("", [])
    return Options(request["layout"], mappings, text, request["provided_by"])


def _replaced(store: Store, files: Sequence[tuple[Path, str]], replaces: str) -> list[str]:
    if not replaces:
        return []
    if len(files) != 1:
        raise RequestError(
            "A corrected file replaces one file: give just one path with --replaces",
            "更正文件只能替换一个文件：使用 --replaces 时只给一个路径",
        )
    return [find_file(store, replaces)]


def _stage(
    files: Sequence[tuple[Path, str]], folder: Path, options: Options, progress: Progress | None
) -> list[LoadedFile]:
    from graphkit.records.finding import sha256_of
    from graphkit.records.loading import stage_file

    loaded: list[LoadedFile] = []
    seen: set[str] = set()
    for i, (path, name) in enumerate(files):
        if progress:
            progress(name, i, len(files))
        sha256 = sha256_of(path)
        if sha256 not in seen:
            seen.add(sha256)
            loaded.append(stage_file(path, name, folder / str(i), options))
    if progress:
        progress(say("publishing", "写入"), len(files), len(files))
    return loaded


def _without_texts(staged: Sequence[LoadedFile], named: set[Path]) -> tuple[list[LoadedFile], list[str]]:
    """The files without the notes that lay in a folder beside tables, and the names of these; a file named is kept."""
    texts = {one.path for one in staged if _is_text(one)} - named
    if len(texts) == len(staged):
        return list(staged), []
    return [one for one in staged if one.path not in texts], [one.name for one in staged if one.path in texts]


def _undirected_aside(staged: Sequence[LoadedFile], named: set[Path]) -> list[LoadedFile]:
    """The files, those of a folder in which nothing says which way money went being no obstacle to the others.

    All their rows are refused, as those of a sheet that no kind knows beside sheets that one does.
    """
    if not any(one.staged for one in staged):
        return list(staged)
    note = say(
        "set aside, nothing of this file was loaded; mend it and load it by itself",
        "已搁置，本文件未载入任何内容；请补正后单独载入",
    )
    return [
        replace(one, error=None, notes=(*one.notes, note))
        if isinstance(one.error, NoDirection) and one.path.resolve() not in named
        else one
        for one in staged
    ]


def _shared(store: Store, staged: Sequence[Staged], replacing: bool) -> list[str]:
    """What is said of names that stand in several files; of a file that is replaced its former self is none."""
    from graphkit.records.shared_names import named_by, shared_names

    if not named_by(staged):
        return []
    there = not replacing and store.loaded() and store.kinds()[0].get("Actor")
    columns = store.node_columns() if there else None
    known = [] if columns is None else columns["id"][columns["kind"] == "Actor"].tolist()
    return shared_names(staged, known)


def _without_empty(files: Sequence[tuple[Path, str]], named: set[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files without those of no bytes that lay in a folder beside others, and the names of these."""
    empty = [(path, name) for path, name in files if path.stat().st_size == 0 and path.resolve() not in named]
    if len(empty) == len(files):
        return list(files), []
    return [one for one in files if one not in empty], [name for _, name in empty]


def _empty(names: Sequence[str]) -> list[str]:
    return [
        say(
            f"{name}: passed over, an empty file; ask for it again",
            f"{name}：空文件，已跳过，请重新索取",
        )
        for name in names
    ]


def _is_text(one: LoadedFile) -> bool:
    """Whether the file is only text without any table, or a document with tables of something else."""
    suffix = one.path.suffix.lower()
    return isinstance(one.error, (NoTable, UnknownTable)) if suffix == ".docx" else _is_note(one.error, suffix)


def _is_note(error: Exception | None, suffix: str) -> bool:
    return isinstance(error, NoTable) and suffix == ".txt"


_MAY_HOLD = (".et", ".wps", ".doc", ".ods", ".xlsb", ".zip", ".rar", ".7z", ".gz", ".pdf", ".htm", ".html", ".mht")


def _passed(names: Sequence[str]) -> list[str]:
    """What was passed over; with what to do where there may be tables in it."""
    return [
        say(
            f"{name}: passed over, not read; if it holds tables, unpack it or save them as xlsx and load that",
            f"{name}：该格式未读取，已跳过；如其中有表格，请解压或另存为 xlsx 后载入",
        )
        if name.lower().endswith(_MAY_HOLD)
        else say(f"{name}: passed over, not a table", f"{name}：不是表格，已跳过")
        for name in names
    ]


def _again(loaded: Sequence[LoadedFile], known: set[str]) -> list[str]:
    return [
        say(f"{one.name}: loaded before; nothing changes", f"{one.name}：此前已载入，没有变化")
        for one in loaded
        if one.file in known
    ]


def find_file(store: Store, file: str) -> str:
    """The FILE-ID that begins like this, or whose file's name ends so. Raises NotFound or RequestError."""
    known = store.files()
    found = [r.file for r in known if r.file == file] or [
        r.file
        for r in known
        if f"/{r.name}".endswith(f"/{file}") or (len(file) >= 4 and r.sha256.startswith(file.lower()))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise RequestError(f"{file} could be {', '.join(found)}", f"{file} 可能是 {'、'.join(found)}")
    told = {f"{r.file} ({r.name})": r.name for r in known}
    near = [each for each, name in told.items() if name in difflib.get_close_matches(file, told.values())]
    if near:
        hint = f" Did you mean {', '.join(near)}?", f"是否指 {'、'.join(near)}？"
    else:
        listed = ", ".join(list(told)[:_LISTED]) + (f" … (+{len(told) - _LISTED})" if len(told) > _LISTED else "")
        hint = f" Loaded: {listed or 'none'}", f"已载入：{listed or '无'}"
    raise NotFound(f"No loaded file {file}.{hint[0]}", f"没有已载入的文件 {file}。{hint[1]}")
