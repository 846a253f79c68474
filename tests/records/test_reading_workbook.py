"""Workbooks: real xlsx files made here, and what their cells become."""

from __future__ import annotations

import base64
import datetime
import io
import zlib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from graphkit.errors import NotFound
from graphkit.records.reading import RawTable, Tables, read_cells, read_tables
from graphkit.records.reading.sheet import number_text

NAMES = {"姓名", "身份证号", "手机号", "数量", "单号", "卖方", "买方", "卖方证件号", "买方证件号", "日期", "品名"}


# A binary workbook of Excel 97, made with xlwt: deflated, base 85. openpyxl cannot write one.
BINARY_XLS = (
    "c-rk)O-NKx6#nj=8Rw_@wK34Z1}Q7kMYV}Qp9$q68mxp&1aq1}!W`pK3tN<BvkZb(MH|6_HdYWd{VZzNA~13h1i?(vs#Q?bLg#hv"
    "nfGF}0tZSk?)SLgJ@=e@-aYUBzV}|u#tKvS8j4tg4!BUV{HUqW2}*va5Cz#SONmbIqhx8UD)@agkTo7W3BB~HF;wGSgv4F<b7J5<"
    "r2(8max9xktRT8Lh9RM1XeSo9L7Fh?IjUOb<IHQB?{Lkh%$=;c%-l|O3!)#hMzUp>J&XHf6WhX2_kGAdZ&|Y)b$Fp>@%byFT-Sp="
    "=82(`tIW{o4q_TKpxv2l##H49ZXy7T6WT^c+tTR*;xyRP_-ZA9FV3odmeBf@)eDgR`(nNK4|*RB;!^!p=>{fX9pgokLlA4+$|A+%"
    "WMA(*HbNCuBKzFYP_GMOe`@#ex5HHanAtEaAa<MysI8s1g6N{HAjC@~NSsE5<rpuND8({=`}6AqsUBmHH50u3mk)_eDkfOCpghPq"
    "%ofS)qSV6jHs*_b*YzwnFvn>YQ{LQDXAAo#xy~iFHd8x08FR+w3V933xlaf4jkyoTR+4ABi)Z6AZ;UB4(V>+le|1fwRkVuh*AyNZ"
    "PA=>X<sEbVFPn=`M(x-w`y`BDK`kdjjJaG=y(4~>q}^A_Tl~gbu(#?D7xj=}Zy;~>-}iT&lgchBu3LGD4q1x_+<l!D$8i7}8X6iJ"
    "8X6iJ8dXBrFXk@$Bf(?8_<QaDIt!Fa`Zvjci$fTr>ok2-?nRbz6XR9QpLOsE=U!r&KF<F_g(K9ui4mkYj*+V8FMYU)%I8_OWAyJW"
    "p=#SNRTJkwZvO`hY15b"
)


def known(name: str) -> bool:
    return name in NAMES


def workbook(*body: list[object], title: str = "数据", merges: tuple[str, ...] = ()) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in body:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(book: openpyxl.Workbook) -> Tables:
    return read_tables(saved(book), known, "a.xlsx")


def only(book: openpyxl.Workbook) -> RawTable:
    found = read(book)
    assert len(found.tables) == 1, found.notes
    return found.tables[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  甲　", "甲"),
        ("110101199001011234", "110101199001011234"),
        ("１２３", "１２３"),
        (110101199001011234, "1.10101199001011E+17"),
        (1.23e17, "1.23E+17"),
        (-1e15, "-1E+15"),
        (999999999999999, "999999999999999"),
        (13800001111, "13800001111"),
        (3.0, "3"),
        (-0.5, "-0.5"),
        (12345.678, "12345.678"),
        (0.1 + 0.2, "0.3"),
        (datetime.datetime(2022, 1, 24, 8, 5), "2022-01-24T08:05:00"),
        (datetime.datetime(2022, 1, 24, 23, 59, 59), "2022-01-24T23:59:59"),
        (datetime.datetime(2022, 1, 24), "2022-01-24"),
        (datetime.date(2022, 1, 24), "2022-01-24"),
        (datetime.time(8, 5), "08:05:00"),
        (datetime.timedelta(hours=30), "30:00:00"),
        (True, "TRUE"),
        (None, None),
        ("   ", None),
    ],
)
def test_a_cell_becomes_the_text_that_was_written(value: object, text: str | None) -> None:
    table = only(workbook(["姓名", "数量"], ["甲", value], ["乙", "文字"]))
    assert table.cells.rows() == [(2, "甲", text), (3, "乙", "文字")]


@given(st.floats(-1e300, 1e300))
def test_no_number_is_shown_as_another(value: float) -> None:
    assert float(number_text(value)) == pytest.approx(value, rel=1e-14, abs=0)
    assert ("E+" in number_text(value)) == (abs(value) >= 1e15)


def test_title_rows_blank_rows_and_a_table_that_begins_elsewhere() -> None:
    book = workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["C3"] = "某市涉案人员一览表"
    sheet.merge_cells("C3:E3")
    for place, text in {"C5": "姓\n名", "D5": "手 机 号", "E5": "备用", "C7": "甲", "D7": "1", "G8": "旁注"}.items():
        sheet[place] = text
    table = only(book)
    assert (table.header, table.header_row) == (("姓名", "手 机 号", "备用", "G"), 5)
    assert table.cells.rows() == [(7, "甲", "1", None, None), (8, None, None, None, "旁注")]


def test_two_header_lines_with_merged_cells() -> None:
    table = only(
        workbook(
            ["购销台账"],
            ["单号", "卖方", None, "买方", None, "数量"],
            [None, "名称", "证件号", "名称", "证件号", None],
            ["S1", "甲", "11", "乙", "22", 5],
            merges=("A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"),
        )
    )
    assert table.header == ("单号", "卖方", "卖方证件号", "买方", "买方证件号", "数量")
    assert table.header_row == 3
    assert table.cells.rows() == [(4, "S1", "甲", "11", "乙", "22", "5")]


def test_the_lower_line_gives_the_names_where_they_differ() -> None:
    table = only(
        workbook(
            ["人员", None, "货物", None],
            ["姓名", "手机号", "品名", "数量"],
            ["甲", "1", "药", 2],
            merges=("A1:B1", "C1:D1"),
        )
    )
    assert table.header == ("姓名", "手机号", "品名", "数量")
    assert table.cells.rows() == [(3, "甲", "1", "药", "2")]


def test_two_unknown_header_lines_with_merged_cells() -> None:
    table = only(
        workbook(
            ["编", "人", None, "物"],
            [None, "甲列", "乙列", None],
            ["x", "1", "2", "3"],
            merges=("A1:A2", "B1:C1", "D1:D2"),
        )
    )
    assert (table.header, table.header_row) == (("编", "甲列", "乙列", "物"), 2)


def test_a_merged_header_cell_does_not_swallow_the_first_row() -> None:
    table = only(
        workbook(["姓名", "品名", "备注", None], ["甲", "药", "一", "二"], ["乙", "药", "三", None], merges=("C1:D1",))
    )
    assert (table.header, table.header_row) == (("姓名", "品名", "备注", "D"), 1)
    assert table.cells.height == 2


def test_several_sheets_and_one_without_a_table() -> None:
    book = workbook(["姓名", "手机号"], ["甲", "1"], title="人员")
    cover = book.create_sheet("封面", 0)
    cover["A1"] = "说明"
    book.create_sheet("空")
    hidden = book.create_sheet("隐藏")
    hidden.append(["姓名", "手机号"])
    hidden.append(["乙", "2"])
    hidden.sheet_state = "hidden"
    book.create_chartsheet("图")
    found = read(book)
    assert [table.sheet for table in found.tables] == ["人员", "隐藏"]
    assert [("封面" in note, "空" in note) for note in found.notes] == [(True, False), (False, True)]
    assert len(found.tables[1].notes) == 1


def test_the_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(saved(workbook(["姓名", "手机号"], ["甲", "1"])))
    assert read_tables(path, known).tables[0].cells.rows() == [(2, "甲", "1")]


@pytest.mark.parametrize("name", ["a.xls", "a.txt"])
def test_a_binary_workbook_of_old(name: str) -> None:
    table = read_tables(zlib.decompress(base64.b85decode(BINARY_XLS)), known, name).tables[0]
    assert (table.sheet, table.header) == ("人员", ("姓名", "手机号", "日期"))
    assert table.cells.rows() == [(2, "甲", "13800001111", "2022-01-24")]


def test_more_rows_than_one_batch_keep_their_numbers() -> None:
    table = only(workbook(["姓名", "数量"], *([f"p{row}", row] for row in range(2, 12_001))))
    assert table.cells["row"].to_list() == list(range(2, 12_001))
    assert table.cells["c1"].to_list() == [str(row) for row in range(2, 12_001)]


def test_cells_far_apart_that_are_empty_cost_nothing() -> None:
    book = workbook(["姓名", "手机号"], ["甲", "1"])
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for place in ("A1048576", "XFD1", "XFD1048576"):
        sheet[place].font = openpyxl.styles.Font(bold=True)
    table = only(book)
    assert table.cells.rows() == [(2, "甲", "1")]


def test_cells_for_evidence() -> None:
    content = saved(workbook(["表"], ["姓名", "手机号", None], ["甲", 13800001111, "x"], title="人员"))
    assert read_cells(content, "人员", [3], known) == {3: {"姓名": "甲", "手机号": "13800001111", "C": "x"}}
    with pytest.raises(NotFound, match="人员"):
        read_cells(content, "人", [3], known)
