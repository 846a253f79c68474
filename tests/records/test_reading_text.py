"""Text files: encodings, separators, rows and cells as a spreadsheet program would number and show them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.records.reading import RawTable, comparable, read_cells, read_tables, text

NAMES = {"姓名", "身份证号", "手机号", "住址", "电话", "地址", "name", "phone", "address", "数量", "备注"}
PEOPLE = (
    "姓名,身份证号,手机号,住址\n张三,11010119900101123X,13800001111,北京市朝阳区建国路1号\n李四,,13900002222,上海市\n"
)
TRADITIONAL = "姓名,電話,地址\n陳國強,0912345678,臺北市中正區重慶南路\n劉麗華,0987654321,高雄市\n"


def known(name: str) -> bool:
    return name in NAMES


def only(content: bytes | Path, name: str = "a.csv") -> RawTable:
    found = read_tables(content, known, name)
    assert len(found.tables) == 1, found.notes
    return found.tables[0]


def rows(table: RawTable) -> list[tuple[object, ...]]:
    return table.cells.rows()


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        *((encoding, PEOPLE) for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le")),
        *((encoding, PEOPLE) for encoding in ("utf-16-be", "utf-32")),
        *((encoding, TRADITIONAL) for encoding in ("big5", "big5hkscs", "utf-16", "utf-8")),
        ("gb18030", "姓名,地址\n𠮷田,丂\n"),
        ("utf-16-le", "name,phone\na,1\n"),
    ],
)
def test_every_encoding_gives_the_same_cells(encoding: str, content: str) -> None:
    table = only(content.encode(encoding))
    header, *body = csv.reader(io.StringIO(content))
    assert table.header == tuple(header)
    assert rows(table) == [(row, *(cell or None for cell in cells)) for row, cells in enumerate(body, 2)]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, line_end: str) -> None:
    content = PEOPLE.replace(",", separator).replace("\n", line_end)
    table = only(content.encode("gbk"), "people.xls")  # what many a system calls xls
    assert table.header == ("姓名", "身份证号", "手机号", "住址")
    assert rows(table)[1] == (3, "李四", None, "13900002222", "上海市")


def test_a_declared_separator_is_obeyed() -> None:
    table = only(b"sep=;\nname;phone,address\nA,B;1\n")
    assert table.header == ("name", "phone,address")
    assert rows(table) == [(3, "A,B", "1")]


def test_the_separator_is_the_one_that_shows_known_names() -> None:
    """Decimal commas make the comma look as regular as the semicolon."""
    assert only("姓名;数量\n甲;1,5\n乙;2,5\n".encode()).header == ("姓名", "数量")


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    content = '\n人员信息表,,\n\n姓名,手机号,住址\n\n张三,1,"一行\n二行"\n   ,,\n李四,2,x\n\n'
    table = only(content.encode())
    assert table.header_row == 4
    assert rows(table) == [(6, "张三", "1", "一行\n二行"), (8, "李四", "2", "x")]
    assert "人员信息表" in table.notes[0]


def test_cells_are_only_trimmed() -> None:
    table = only(
        "\u3000姓 名 ,\u200b手机号\ufeff,数量\n"
        " \u00a0张 三\t,１３８００００１１１１, 1.23E+17\n"
        "''李,'0012,=1+1\n".encode()
    )
    assert table.header == ("姓 名", "手机号", "数量")
    assert rows(table) == [(2, "张 三", "１３８００００１１１１", "1.23E+17"), (3, "''李", "'0012", "=1+1")]


def test_full_width_header_is_found() -> None:
    table = only("标题,,\n某某单位,,\nＮａｍｅ,ＰＨＯＮＥ,Address \nA,1,x\n".encode())
    assert (table.header_row, table.header) == (3, ("Name", "PHONE", "Address"))


def test_wider_rows_lose_nothing() -> None:
    body = "".join(f"p{number},{number}\n" for number in range(2000))
    table = only(f"姓名,手机号\n{body}p,1,,extra,,,,,,,,end\n".encode())
    assert table.header == ("姓名", "手机号", "D", "L")
    assert rows(table)[-1] == (2002, "p", "1", "extra", "end")
    assert table.cells.height == 2001


def test_an_unnamed_column_without_cells_is_left_out_and_the_others_move_up() -> None:
    table = only("姓名,,手机号\n甲,,1\n".encode())
    assert table.header == ("姓名", "手机号")
    assert rows(table) == [(2, "甲", "1")]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('5" 烟管,1', ('5" 烟管', "1")),
        ('"甲"乙,1', ("甲乙", "1")),
        ('"say ""hi""",1', ('say "hi"', "1")),
        ('"a,b",1', ("a,b", "1")),
        ('"甲\r\n乙",1', ("甲\n乙", "1")),
    ],
)
def test_quotation_marks(line: str, cells: tuple[str, ...]) -> None:
    table = only(f"姓名,数量\n{line}\n丙,2\n".encode())
    assert tuple(str(cell).replace("\r", "") for cell in rows(table)[0][1:]) == cells
    assert rows(table)[1] == (3, "丙", "2")


def test_an_unclosed_mark_in_tab_separated_text_is_text() -> None:
    table = only('姓名\t数量\n"大前门\t2\n丙\t3\n'.encode())
    assert rows(table) == [(2, '"大前门', "2"), (3, "丙", "3")]
    assert any("2" in note for note in table.notes)


def test_two_header_lines_without_merges() -> None:
    content = "调拨表,,,,\n编号,卖方,,买方,\n,姓名,电话,姓名,电话\n1,甲,11,乙,22\n"
    names = {"编号", "卖方", "买方", "卖方电话", "买方电话"}
    table = read_tables(content.encode(), names.__contains__).tables[0]
    assert (table.header, table.header_row) == (("编号", "卖方", "卖方电话", "买方", "买方电话"), 3)
    assert rows(table) == [(4, "1", "甲", "11", "乙", "22")]


def test_without_known_names_the_first_wide_row_of_text_is_the_header() -> None:
    table = read_tables("某某局\n\nwho,what,when\nA,b,2022-01-01\nB,c,2022-01-02\n".encode()).tables[0]
    assert (table.header_row, table.header) == (3, ("who", "what", "when"))


def test_a_table_of_numbers_has_no_header() -> None:
    table = read_tables(b"1,2\n3,4\n").tables[0]
    assert (table.header_row, table.header) == (0, ())
    assert rows(table) == [(1, "1", "2"), (2, "3", "4")]


@pytest.mark.parametrize("content", ["本页无内容\n", "\n\n", "  ,,\n", "说明：\n见附件\n"])
def test_no_table_is_a_note(content: str) -> None:
    found = read_tables(content.encode(), known)
    assert found.tables == ()
    assert len(found.notes) == 1


def test_a_header_alone_is_a_table_without_rows() -> None:
    table = only("姓名,手机号\n".encode())
    assert (table.header, table.cells.height) == (("姓名", "手机号"), 0)


def test_a_rejects_file_reads_as_the_table_it_came_from() -> None:
    content = "graphkit:row,graphkit:reason,姓名,数量,备注\n7,missing,'=甲,'-5,'普通\n9,bad,'@乙,'+1,-\n"
    table = only(content.encode("utf-8-sig"))
    assert table.header == ("姓名", "数量", "备注")
    assert rows(table) == [(2, "=甲", "-5", "'普通"), (3, "@乙", "+1", "-")]


def test_cells_for_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("表\n姓名,电话,电话,\n甲,1,2,x\n乙,3,,\n".encode("gbk"))
    expected = {
        4: {"姓名": "乙", "电话": "3", "电话 (C)": "", "D": ""},
        3: {"姓名": "甲", "电话": "1", "电话 (C)": "2", "D": "x"},
    }
    assert read_cells(path, "1", [3, 4], known) == expected
    assert read_cells(path.read_bytes(), "1", [4, 99], known) == {4: expected[4]}


def test_names_are_compared_without_width_space_or_case() -> None:
    assert comparable(" Ｉd \n号 ") == "id号"


CELLS = st.lists(st.text(st.sampled_from('ab,\n" 字\t;'), max_size=6), min_size=2, max_size=5)


@given(st.lists(CELLS, min_size=1, max_size=8))
def test_what_the_standard_library_writes_is_read_back(body: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["姓名", "手机号"], *body])
    table = only(stream.getvalue().encode())
    read = {row: [cell or "" for cell in cells] for row, *cells in rows(table)}
    for row, cells in enumerate(body, 2):
        wanted = [cell.strip().replace("\r\n", "\n") for cell in cells if cell.strip()]
        assert [cell for cell in read.get(row, []) if cell] == wanted


@given(st.text(st.sampled_from('ab,,\n"" 字'), max_size=40).map(lambda body: body.replace("\r", "")), st.integers(1, 7))
def test_the_fast_reader_is_used_only_where_it_agrees_with_the_lenient_one(content: str, block: int) -> None:
    encoded = content.encode()
    ordinary, text._BLOCK = text._BLOCK, block  # marks at the edges of blocks must not be missed
    try:
        safe = text.well_quoted(encoded, ",")
    finally:
        text._BLOCK = ordinary
    assert safe == text.well_quoted(encoded, ",")
    if safe:
        fast = text._native(encoded, ",", 41).rows()
        slow = list(csv.reader(io.StringIO(content)))
        assert [[cell or "" for cell in row[1:]] for row in fast] == [row + [""] * (45 - len(row)) for row in slow]
