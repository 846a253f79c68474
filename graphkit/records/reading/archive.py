"""Whether a workbook's zip archive is safe to unpack: bombs, lying sizes, cells strewn over an endless sheet."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from graphkit.errors import UnreadableFile
from graphkit.records.reading.extent import Bound, exact_extent
from graphkit.records.reading.safety import COLUMNS, unreadable

UNPACKED_BYTES = 2 * 1024**3
_RATIO = 200
_SMALL = 64 * 1024**2  # below this no ratio hurts
AREA = 30_000_000
"""Cells between the first and the last filled one: the reader allots memory for all of them, filled or not."""
_BLOCK, _PACKED = 1 << 18, 1 << 16  # bytes, unpacked and packed, taken at a time
_OTHERS = (".et", ".ett", ".wps", ".wpt", ".doc", ".dot")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_workbook(content: bytes, name: str) -> bool:
    """Refuse a workbook that opens only with a password, is damaged, or would not fit into memory.

    Says whether some cell of an xlsx is an error such as #N/A.
    """
    if content.startswith(b"PK"):
        return check_archive(content, name)
    if _ENCRYPTED in content:
        raise locked(name)
    return False


def is_document(content: bytes) -> bool:
    """Whether the bytes are a Word document (docx)."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return False


def check_archive(content: bytes, name: str) -> bool:
    """Refuse an archive that is no workbook or would not fit into memory; says whether some cell is an error."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise damaged(name) from None
    names = {member.filename.lower().replace("\\", "/").lstrip("/") for member in members}
    if not any(path.endswith(("workbook.xml", "word/document.xml")) for path in names):
        if any(path == "content.xml" for path in names):
            raise _open_document(name)
        raise unreadable(
            name,
            "is a zip archive but not an xlsx workbook; unpack it, or save the table as xlsx",
            "是压缩包但不是 xlsx 工作簿，请先解压或另存为 xlsx",
        )
    declared = sum(member.file_size for member in members)
    _check_size(declared, len(content), name)
    errors = False
    for member in members:
        if member.flag_bits & 1:
            raise locked(name)
        size, wrong = _check_member(content, member, declared, name)
        declared -= size
        errors |= wrong
    return errors


def _open_document(name: str) -> UnreadableFile:
    return unreadable(
        name,
        "is an OpenDocument file (.ods); open it in a spreadsheet program and save it as xlsx",
        "是 OpenDocument 文件（.ods），请用电子表格软件打开后另存为 xlsx",
    )


def _check_member(content: bytes, member: zipfile.ZipInfo, left: int, name: str) -> tuple[int, bool]:
    """The member's true size, and whether a cell in it is an error.

    Refuses a member that is larger than declared or whose cells are strewn.
    """
    unpacked, bound = 0, Bound()
    for block in _inflated(content, member, name):
        unpacked += len(block)
        if unpacked > left:
            raise _bomb(name)
        bound.feed(block)
    if bound.is_sheet and (bound.unusual or bound.area > AREA):
        rows, columns = exact_extent(_inflated(content, member, name), name)
        if rows * columns > AREA or columns > COLUMNS:
            raise unreadable(
                name,
                f"its cells are strewn over {rows:,} rows and {columns:,} columns; delete the stray cells far away",
                f"单元格散布在 {rows:,} 行、{columns:,} 列中，请删除远处的零散单元格",
                sheet=member.filename.rsplit("/", 1)[-1],
            )
    return unpacked, bound.is_sheet and bound.errors


def _check_size(unpacked: int, packed: int, name: str) -> None:
    if unpacked > UNPACKED_BYTES or (unpacked > _SMALL and unpacked > _RATIO * packed):
        raise _bomb(name)


def _bomb(name: str) -> UnreadableFile:
    return unreadable(
        name,
        "unpacks to far more than its size or more than it declares; it may be a zip bomb, ask for the table as csv",
        "解压后大小异常，可能是压缩炸弹，请索取 csv 格式",
    )


def damaged(name: str) -> UnreadableFile:
    """The error for a file that does not hold a whole workbook, or is one of an office program's other formats."""
    if name.lower().endswith(_OTHERS):
        return unreadable(
            name,
            "is in a format of WPS or of old Word; open it there and save it as xlsx, or as docx with the table in it",
            "是 WPS 或旧版 Word 的格式，请用原程序打开后另存为 xlsx，或另存为含表格的 docx",
        )
    return unreadable(
        name,
        "is not a whole xlsx workbook; ask for the file again or save it anew",
        "不是完整的 xlsx 工作簿，请重新索取或另存",
    )


def locked(name: str) -> UnreadableFile:
    """The error for a workbook that opens only with a password."""
    return unreadable(
        name,
        "is protected by a password; open it, remove the password and save it",
        "有密码保护，请打开后取消密码并保存",
    )


def _inflated(content: bytes, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The member's bytes by what is really stored: `zipfile` stops at the declared size, other readers do not."""
    start = member.header_offset
    header = content[start : start + 30]
    if header[:4] != b"PK\x03\x04" or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(name)
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[place : place + _BLOCK]) for place in range(0, len(packed), _BLOCK))
        return
    inflater = zlib.decompressobj(-15)
    try:
        for place in range(0, len(packed), _PACKED):  # in pieces: what was not used of a piece is copied each time
            tail: bytes | memoryview = packed[place : place + _PACKED]
            while block := inflater.decompress(tail, _BLOCK):
                yield block
                tail = inflater.unconsumed_tail
            if inflater.eof:
                return
    except zlib.error:
        raise damaged(name) from None
