"""Writing an answer: to standard output or, whole or not at all, to a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graphkit.cli.session import Session
from graphkit.errors import RequestError
from graphkit.model.answer import Answer
from graphkit.model.language import say
from graphkit.model.rendering import to_csv, to_json, to_table
from graphkit.model.rendering.width import visible

BOM = "\ufeff"


def write(answer: Answer, session: Session, shown: Callable[[Answer], str] | None = None) -> None:
    """Write the answer in the format asked for; notes go to standard error as well, unless they stand in the table."""
    if session.output is None:
        if sys.stdout is None:
            raise RequestError("Standard output is closed: use --output FILE.", "标准输出已关闭：请用 --output 文件。")
        _to_stdout(_text(answer, session.format, _columns(), shown))
    else:
        # A spreadsheet takes UTF-8 for what it is only where the mark says so.
        mark = BOM if session.format == "csv" else ""
        write_file(session.output, mark + _text(answer, session.format, None, shown))
        say_aside(say(f"written to {session.output}", f"已写入 {session.output}"))
    if session.format != "table":
        for note in answer.notes:
            say_aside(say(f"note: {note}", f"提示：{note}"))


class ReaderGone(Exception):
    """Whoever read the standard output has seen enough. No OSError, which click would make an exit status of."""


def _to_stdout(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as gone:
        raise ReaderGone from gone


def _text(answer: Answer, form: str, columns: int | None, shown: Callable[[Answer], str] | None) -> str:
    return shown(answer) if shown and form == "table" else rendered(answer, form, columns)


def rendered(answer: Answer, form: str, columns: int | None) -> str:
    """The answer as text in one of the formats."""
    if form == "json":
        return to_json(answer)
    if form == "csv":
        return to_csv(answer)
    return to_table(answer, columns)


def _columns() -> int | None:
    """The terminal's width; None where the output goes elsewhere, for there nothing should be broken into lines."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say_aside(text: str) -> None:
    """Say something that is not the answer: on standard error."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(visible(text) + "\n")
            sys.stderr.flush()


def checked_output(path: Path) -> Path:
    """The file to write to, before any work is done for it. Raises RequestError."""
    if path.is_dir():
        raise RequestError(
            f"--output {path} is a folder: name a file in it.", f"--output {path} 是文件夹：请指定其中的文件名。"
        )
    if not path.parent.is_dir():
        raise RequestError(
            f"--output {path}: there is no folder {path.parent}.", f"--output {path}：没有文件夹 {path.parent}。"
        )
    return path


def write_file(path: Path, text: str) -> None:
    """Write the text into a new file and give it its name at the end, so that nobody ever sees half of it."""
    content = text.encode("utf-8", errors="backslashreplace")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise RequestError(
            f"{path} cannot be written: {error.strerror}", f"无法写入 {path}：{error.strerror}"
        ) from error


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
