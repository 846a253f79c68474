"""Writing a page: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from graphkit.errors import RequestError

_SUFFIXES = (".html", ".htm")


def checked_page(path: Path) -> Path:
    """The file to write to, before any work is done for it. Raises RequestError."""
    if path.suffix.lower() not in _SUFFIXES:
        raise RequestError(f"{path}: a page's name ends in .html.", f"{path}：页面文件名须以 .html 结尾。")
    if path.is_dir():
        raise RequestError(f"{path} is a folder: name a file in it.", f"{path} 是文件夹：请指定其中的文件名。")
    if not path.parent.is_dir():
        raise RequestError(f"{path}: there is no folder {path.parent}.", f"{path}：没有文件夹 {path.parent}。")
    return path


def write_page(path: Path, text: str) -> None:
    """Write the text as UTF-8 beside the file and give it its name at the end. Raises RequestError."""
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(text.encode("utf-8", errors="backslashreplace"))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise RequestError(
            f"{path} cannot be written: {error.strerror}", f"无法写入 {path}：{error.strerror}"
        ) from error
