"""Files that are damaged, locked or made to do harm: each is refused in one line that says where and what to do."""

from __future__ import annotations

import io
import os
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from graphkit.errors import UnreadableFile
from graphkit.records.reading import read_tables

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = "姓名,手机号\n"


def workbook(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for place, value in cells.items():
        sheet[place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(replaced: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """A workbook whose first sheet's XML is changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or workbook(A1="姓名", B1="手机号", A2="甲"))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, replaced(text) if member.endswith("sheet1.xml") else text)
    return stream.getvalue()


def bomb(size: int) -> bytes:
    return repacked(lambda text: text.replace(b"<sheetData>", b"<sheetData>" + b" " * size))


def lying(size: int) -> bytes:
    """A bomb whose directory declares the sheet to be small."""
    content = bytearray(bomb(size))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    true = struct.pack("<I", member.file_size)
    start = 0
    while (start := content.find(true, start)) >= 0:
        content[start : start + 4] = struct.pack("<I", 500)
    return bytes(content)


def strewn(cell: bytes) -> bytes:
    return repacked(lambda text: text.replace(b"</sheetData>", cell + b"</sheetData>"))


def other_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return stream.getvalue()


def truncated() -> bytes:
    return workbook(A1="姓名", B1="手机号")[:-200]


def directory_overwritten() -> bytes:
    content = workbook(A1="姓名", B1="手机号")
    return content[:40] + b"\xff" * 400 + content[440:]


def long_cell() -> bytes:
    text = b"<is><t>" + os.urandom(600_000).hex().encode() + b"</t></is>"
    return strewn(b'<row r="2"><c r="B2" t="inlineStr">' + text + b"</c></row>")


def table(body: str) -> Callable[[], bytes]:
    """Text with a header that is in order."""
    return (HEADER + body).encode


ROW = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "NUL": (table("甲,1\n乙,\x002\n"), "row 3.*NUL"),
    "long cell": (table("甲," + "x" * 10_000_000 + "\n"), "row 2, column B.*1,000,000"),
    "long quoted cell": (table('甲,"' + "x,\n" * 500_000 + '"\n'), "row 2, column B.*1,000,000"),
    "long cell beside a stray mark": (table('x"y,' + "字" * 1_000_001), "row 2, column B"),
    "unclosed mark": (table('甲,1\n"乙,2\n丙,3\n'), "row 3.*quotation mark"),
    "too many columns": (table(",".join("x" * 17_000) + "\n"), "17,000 columns"),
    "too many columns far below": (table("a,b\n" * 100_000 + "," * 20_000), "row 100002.*20,001"),
    "UTF-16 cut off": (lambda: HEADER.encode("utf-16")[:-1], "utf-16-le but damaged"),
    "UTF-8 with a broken byte": (lambda: (HEADER + "甲,1\n" * 50).encode() + b"\xe7\x94,2\n", "row 52: .*broken"),
    "no encoding": (lambda: b"name,phone\n" + b"\xff\xff,1\n", "none of UTF-8"),
    "PDF": (lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "PNG"),
    "web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "old XML": (lambda: b'<?xml version="1.0"?><Workbook/>', "XML"),
    "zip bomb": (lambda: bomb(100_000_000), "zip bomb"),
    "zip bomb that lies": (lambda: lying(5_000_000), "zip bomb"),
    "another archive": (other_archive, "not an xlsx workbook"),
    "truncated": (truncated, "not a whole xlsx"),
    "damaged directory": (directory_overwritten, "not a whole xlsx"),
    "sheet that is no XML": (lambda: repacked(lambda text: b"<worksheet><sheetData><row r='1'"), "damaged|not a whole"),
    "strewn cells": (lambda: strewn(ROW), "1,048,576 rows and 16,384 columns"),
    "strewn cells, other marks": (lambda: strewn(ROW.replace(b'"', b"'")), "1,048,576 rows"),
    "strewn cells, other spaces": (
        lambda: strewn(ROW.replace(b"<c ", b"<c\n").replace(b"r=", b"r = ")),
        "1,048,576 rows",
    ),
    "strewn cells, no row": (lambda: strewn(b'<row><c r="XFD1048576"><v>1</v></c></row>'), "1,048,576 rows"),
    "strewn cells, lower case": (lambda: strewn(ROW.replace(b"XFD", b"xfd")), "1,048,576 rows"),
    "column beyond the last": (lambda: strewn(b'<row r="3"><c r="XFE3"><v>1</v></c></row>'), "XFE|columns|whole"),
    "long cell in a sheet": (long_cell, "sheet Sheet.*row 2, column B"),
    "password": (lambda: OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "password"),
    "OLE that is no workbook": (lambda: OLE + b"\0" * 5000, "not a whole"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.timeout(60)
def test_hostile_content_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    make, message = HOSTILE[case]
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(make())
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_tables(path)
    assert time.monotonic() - started < 20
    for text in (caught.value.english, caught.value.chinese):
        assert text.startswith("hostile.xlsx")
        assert "\n" not in text
        assert len(text) < 300
    assert caught.value.english != caught.value.chinese


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = bomb(300_000_000)
    tracemalloc.start()
    with pytest.raises(UnreadableFile):
        read_tables(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("kind", ["missing", "folder", "loop", "pipe", "device", "nul in the name", "too long a name"])
@pytest.mark.timeout(20)
def test_what_is_no_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "nul in the name":
        path = Path("a\0.csv")
    elif kind == "too long a name":
        path = tmp_path / ("a" * 5000)
    with pytest.raises(UnreadableFile) as caught:
        read_tables(path)
    assert "\n" not in str(caught.value)


def test_an_unreadable_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # the tests may run as a user who may read everything
    with pytest.raises(UnreadableFile, match="may not read"):
        read_tables(path)


def test_a_declared_million_empty_rows_cost_nothing() -> None:
    empty = b"".join(b'<row r="%d" spans="1:16384"/>' % row for row in range(3, 200_000))
    content = repacked(
        lambda text: text.replace(b"</sheetData>", empty + b"</sheetData>").replace(b'"A1:B2"', b'"A1:XFD1048576"')
    )
    started = time.monotonic()
    assert read_tables(content).tables[0].cells.rows() == [(2, "甲", None)]
    assert time.monotonic() - started < 10


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xff\xfe", b"a,b\n", b"\x00"]))
def test_any_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    try:
        found = read_tables(start + content)
    except UnreadableFile as error:
        assert str(error)
    else:
        assert found.tables or found.notes


SOUND = workbook(A1="姓名", B1="手机号", A2="甲", B2=1)


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for place, byte in changes:
        content[place] = byte
    try:
        read_tables(bytes(content))
    except UnreadableFile as error:
        assert str(error)
