"""What a file may be, at most, and the one way in which a file is refused."""

from __future__ import annotations

import stat
from pathlib import Path

from graphkit.errors import UnreadableFile
from graphkit.records.reading.tables import column_letter

FILE_BYTES = 2 * 1024**3
COLUMNS = 16_384  # as many as a spreadsheet has
CELL_CHARACTERS = 1_000_000

_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"SQLite": "SQLite",
}


def unreadable(
    name: str, english: str, chinese: str, *, sheet: str = "", row: int = 0, column: int = -1
) -> UnreadableFile:
    """The error that says what is wrong with this place of the file."""
    places = [name]
    chinese_places = [name]
    if sheet:
        places.append(f"sheet {sheet}")
        chinese_places.append(f"工作表 {sheet}")
    if row:
        places.append(f"row {row}")
        chinese_places.append(f"第 {row} 行")
    if column >= 0:
        places.append(f"column {column_letter(column)}")
        chinese_places.append(f"{column_letter(column)} 列")
    return UnreadableFile(f"{', '.join(places)}: {english}", f"{'，'.join(chinese_places)}：{chinese}")


def content_of(source: Path | bytes, name: str) -> bytes:
    """The bytes of a file that can be read whole."""
    if isinstance(source, bytes):
        return _not_foreign(source, name)
    try:
        status = source.stat()
        _check_status(status.st_mode, status.st_size, name)
        return _not_foreign(source.read_bytes(), name)
    except FileNotFoundError:
        raise unreadable(name, "there is no such file; check the path", "没有这个文件，请检查路径") from None
    except PermissionError:
        raise unreadable(
            name, "you may not read this file; ask its owner for the right", "没有读取权限，请向文件所有者申请"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(
            name,
            f"cannot be opened ({reason}); copy the file itself to another folder and load that",
            f"无法打开（{reason}），请将文件本身复制到其他文件夹后再加载",
        ) from None


def _check_status(mode: int, size: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise unreadable(name, "is a folder; name a file in it", "是文件夹，请指定其中的文件")
    if not stat.S_ISREG(mode):  # a pipe or a device could make us wait for ever
        raise unreadable(name, "is not a regular file; save it as csv or xlsx", "不是普通文件，请另存为 csv 或 xlsx")
    if size > FILE_BYTES:
        raise unreadable(name, "is larger than 2 GiB; split it", "超过 2 GiB，请拆分后再加载")


def _not_foreign(content: bytes, name: str) -> bytes:
    if not content:
        raise unreadable(name, "is empty; ask for the file again", "是空文件，请重新索取")
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            raise unreadable(
                name,
                f"is a {kind} file, not a table; load the csv or xlsx it holds",
                f"是 {kind} 文件，不是表格，请加载其中的 csv 或 xlsx",
            )
    return content


def check_columns(width: int, name: str, sheet: str = "", row: int = 0) -> None:
    """Refuse a table that is wider than any spreadsheet."""
    if width > COLUMNS:
        raise unreadable(
            name,
            f"has {width:,} columns, more than {COLUMNS:,}; check the separator or split the table",
            f"有 {width:,} 列，超过 {COLUMNS:,} 列，请检查分隔符或拆分表格",
            sheet=sheet,
            row=row,
        )


def cell_too_long(name: str, sheet: str, row: int, column: int) -> UnreadableFile:
    """The error for a cell longer than any text a person writes."""
    return unreadable(
        name,
        f"the cell holds more than {CELL_CHARACTERS:,} characters; shorten it, or close its quotation mark",
        f"单元格超过 {CELL_CHARACTERS:,} 个字符，请缩短内容或补全引号",
        sheet=sheet,
        row=row,
        column=column,
    )
