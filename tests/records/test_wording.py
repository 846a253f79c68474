"""Tables headed and filled in as offices do it: other words for the same column, 同上, signatures below the table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import graphkit
from graphkit.errors import UnknownTable
from graphkit.model.records import RECORD_KINDS
from graphkit.records.recognition import assign, recognise
from graphkit.records.wording import reworded
from tests.records.files import write, write_book

LEDGER = (
    "随货同行单号",
    "销货单位名称",
    "供货单位统一社会信用代码",
    "客户名称",
    "商品名称",
    "生产批次",
    "数量",
    "计量单位",
    "出库日期",
)


def test_other_words_for_the_columns_of_a_ledger() -> None:
    found = recognise(LEDGER, "here")
    fields = ("supply_id", "seller", "seller_id", "buyer", "product", "batch", "quantity", "unit", "supplied_at")
    assert found.kind.name == "supply"
    assert [found.columns.get(field) for field in fields] == list(range(9))


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.name)
def test_no_two_columns_of_a_kind_become_one(kind: object) -> None:
    names = {(name, field.name) for field in kind.every_field for name in field.names}  # type: ignore[attr-defined]
    words = {reworded(name): field for name, field in names}
    assert all(words[reworded(name)] == field for name, field in names)


def test_the_standard_name_comes_before_other_words() -> None:
    supply = next(kind for kind in RECORD_KINDS if kind.name == "supply")
    assert assign(["客户", "买方"], supply) == {"buyer": 1}


def test_the_same_as_above_is_written_out(tmp_path: Path) -> None:
    rows = [["1", "甲", "2026-01-02", "盒"], ["2", "同上", "〃", "盒"], ["3", "乙", "同上", "盒"]]
    table = [["扣押编号", "持有人", "扣押日期", "单位", "品名", "数量"], *([*row, "药", 5] for row in rows)]
    casebook = graphkit.open(tmp_path / "casebook")
    told = casebook.load(write_book(tmp_path, "seized.xlsx", {"扣押": table}))
    assert any("持有人, 扣押日期" in note for note in told.notes)
    shown = casebook.show("seizure:2").rows
    assert "2026-01-02" in [row["value"] for row in shown if row["property"] == "seized_at"]
    assert [row["name"] for row in shown if row["kind"] == "SEIZED_FROM"] == ["甲"]


def test_signatures_below_a_table_are_no_records(tmp_path: Path) -> None:
    lines = ("车牌号,型号,车主", "粤B12345,货车,甲", "制表人：张三,,审核人：李四", "备注：以上均已核实,,")
    casebook = graphkit.open(tmp_path / "casebook")
    told = casebook.load(write(tmp_path, "cars.csv", *lines))
    assert [(row["accepted"], row["rejected"]) for row in told.rows] == [(1, 0)]
    assert any("row 3, 4" in note for note in told.notes)


@pytest.mark.parametrize(
    "written", ["豫药案〔2026〕7号", "case:豫药案〔2026〕7号", "豫药案[2026]7号", "豫药案(2026)7号"]
)
def test_a_number_is_found_with_any_brackets(tmp_path: Path, written: str) -> None:
    lines = ("姓名,手机号,案件编号", "甲,13800138001,豫药案〔2026〕7号", "乙,13800138002,豫药案【2026】7号")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "people.csv", *lines))
    assert {row["id"] for row in casebook.show(written).rows} == {"case:豫药案(2026)7号"}
    assert casebook.search(written.removeprefix("case:")).rows[0]["id"] == "case:豫药案(2026)7号"


def test_both_lines_of_a_merged_header_name_a_column_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某市查扣物品清单（2026年第3号）"])
    sheet.append(["扣押编号", "扣押日期", "持有人", None, "品名", "数量", None, "货值（万元）"])
    sheet.append([None, None, "姓名", "证件号", None, "数值", "单位", None])
    sheet.append(["K1", "2026年5月12日", "王　建国", "11010519491231002X", "注射液", "１，２００", "支", "36"])
    for merged in ("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2", "H2:H3"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "seized.xlsx")
    casebook = graphkit.open(tmp_path / "casebook")
    assert [(row["kind"], row["accepted"]) for row in casebook.load(tmp_path / "seized.xlsx").rows] == [("seizure", 1)]
    (goods,) = casebook.store.links(["OF_PRODUCT:seizure:K1|注射液||vial"])
    assert (goods.quantity, goods.unit, goods.amount) == (1200, "vial", 360_000)
    assert casebook.show("person:11010519491231002X").rows


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Calling Number,Called Number,Start Time,Duration (s),Cell ID", "call"),
        ("Full Name,ID Number,Phone Number,Address,Role", "person"),
        ("Seizure No,Date of Seizure,Held By,Product Name,Lot No,Qty,Unit,Value", "seizure"),
        ("Tracking Number,Sender Name,Sender Phone,Recipient Name,Item,Shipped Date,Courier", "waybill"),
        ("流水号,转出账户,转出户名,转入账户,转入户名,交易金额,余额,交易日期", "payment"),
        ("窝点编号,窝点类型,窝点地址,窝点负责人", "place"),
        ("主叫号码,被叫号码,通话开始时间,通话时长", "call"),
    ],
)
def test_what_others_call_the_columns(header: str, kind: str) -> None:
    assert recognise(header.split(","), "here").kind.name == kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("卖方,买方,品名,批号,数量,单位,日期", "supply"),
        ("扣押日期,持有人,品名,批号,数量,单位", "seizure"),
    ],
)
def test_a_document_without_its_number_is_no_other_kind(header: str, kind: str) -> None:
    assert recognise(header.split(","), "here").kind.name == kind


def test_a_unit_is_nobodys_name() -> None:
    with pytest.raises(UnknownTable):
        recognise(["药品名称", "规格", "单位", "单价"], "here")


def test_a_mended_row_names_the_parties_of_its_file(tmp_path: Path) -> None:
    header = "单号,卖方,买方,品名,数量,单位,日期"
    lines = ("S1,甲,乙,药,5,盒,2026-01-01", "S2,乙,丙,药,约六,盒,2026-01-02", "S3,丙,丁,药,5,盒,2026-01-03")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "ledger.csv", header, *lines))
    (refused,) = (tmp_path / "casebook" / "rejects").glob("*.csv")
    mended = refused.read_text(encoding="utf-8-sig").replace(",约六,盒,2026", ",6,盒,2026")
    casebook.load(write(tmp_path, "mended.csv", *mended.splitlines()))
    assert len(casebook.sql("select id from nodes where kind = 'Party'").rows) == 4
    assert casebook.path("甲", "丁").rows[0]["hops"] == 3


def test_every_phone_of_a_person_is_one(tmp_path: Path) -> None:
    lines = ("姓名,联系电话,手机号,联系电话2,性别", "甲,13800138001,13800138002,13800138003,男", "乙,,13800138002,,女")
    casebook = graphkit.open(tmp_path / "casebook")
    told = casebook.load(write(tmp_path, "people.csv", *lines))
    assert any("联系电话, 手机号, 联系电话2" in note for note in told.notes)
    used = casebook.sql("select target from links where kind = 'USES'").rows
    assert sorted(row["target"][-4:] for row in used) == ["8001", "8002", "8002", "8003"]


def test_nobody_is_no_party(tmp_path: Path) -> None:
    lines = [f"K{i},2026-01-02,{holder},药,5,盒" for i, holder in enumerate(("不详", "未知", "无名氏", "无锡市人"))]
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "seized.csv", "扣押编号,扣押日期,持有人,品名,数量,单位", *lines))
    parties = casebook.sql("select name from nodes where kind = 'Party'").rows
    assert [row["name"] for row in parties] == ["无锡市人"]


@pytest.mark.parametrize("marked", ["'6222020200112233445", '"=""6222020200112233445"""', "’6222020200112233445"])
def test_what_marks_digits_as_text_is_no_part_of_them(tmp_path: Path, marked: str) -> None:
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "accounts.csv", "账号,户名,证件号", f"{marked},甲,'11010519491231002X"))
    found = {row["id"] for row in casebook.sql("select id from nodes").rows}
    assert found == {"account:6222020200112233445", "person:11010519491231002X"}
