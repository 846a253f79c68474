"""The bytes of a file, seen to be safe to take apart, before anything is read from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graphkit.model.language import say
from graphkit.records.reading.safety import content_of

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Opened:
    """The bytes of a file that can be read, and what errors call it."""

    content: bytes
    name: str
    document: bool = False  # a Word document
    errors: bool = False  # some cell is an error such as #N/A, or a formula without a result


def opened(source: Path | bytes | Opened, name: str = "") -> Opened:
    """The file's bytes, a workbook's archive checked. Raises `graphkit.errors.UnreadableFile` where it is not safe.

    >>> opened("姓名,电话".encode(), "a.csv").name
    'a.csv'
    """
    if isinstance(source, Opened):
        return source
    name = name or (source.name if isinstance(source, Path) else "") or say("the file", "文件")
    content = content_of(source, name)
    if not is_workbook(content):
        return Opened(content, name)
    from graphkit.records.reading.archive import check_workbook, is_document

    return Opened(content, name, is_document(content), check_workbook(content, name))


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is a workbook, or at least no text.

    >>> is_workbook(b"PK\\x03\\x04..."), is_workbook("姓名,电话".encode())
    (True, False)
    """
    return head.startswith((*_ZIP, _OLE))
