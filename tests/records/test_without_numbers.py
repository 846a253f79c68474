"""Lists without a column for the documents' numbers: each row is a record, known by its file, sheet and row."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.errors import UnknownTable
from graphkit.records.recognition import recognise
from tests.records.files import links, staged, statements, write

LEDGER = "日期,卖方,买方,品名,批号,数量,单位,金额"
SEIZED = "查扣日期,查扣地点,持有人,品名,数量,单位"


def test_a_ledger_without_numbers_counts_each_row(tmp_path: Path) -> None:
    row = "2023-05-01,甲公司,乙药房,某胶囊,B1,10,盒,100"
    path = write(tmp_path, "ledger.csv", LEDGER, row, row, "2023-05-02,甲公司,丙药房,某胶囊,B1,5,盒,50")
    assert sorted(one[3] for one in links(path) if one[0] == "SUPPLIED") == [[2], [3], [4]]
    casebook = graphkit.open(tmp_path / "casebook")
    told = casebook.load(path)
    assert (told.rows[0]["kind"], told.rows[0]["accepted"], told.rows[0]["rejected"]) == ("supply", 3, 0)
    assert any("no column has a supply_id" in note for note in told.notes)
    casebook.load(path)
    assert casebook.store.kinds()[1]["SUPPLIED"] == 3


def test_each_row_of_a_list_of_seizures_is_one(tmp_path: Path) -> None:
    row = "2023-05-01,某市某路1号,张三,某胶囊,10,盒"
    path = write(tmp_path, "seized.csv", SEIZED, row, row)
    assert sorted({one[1] for one in links(path) if one[0] == "OF_PRODUCT"}) == ["seizure:FILE#1:2", "seizure:FILE#1:3"]
    assert ("seizure:FILE#1:2", "address", "某市某路1号", [2]) in statements(path)
    assert not [one for one in statements(path) if one[2] == "?"]


def test_a_den_without_a_number_is_known_by_its_address(tmp_path: Path) -> None:
    path = write(tmp_path, "dens.csv", "类型,地址,控制人,发现日期", "生产,某市某路1号,张三,2023-05-01")
    assert ("CONTROLS", "party:FILE:张三", "place:某市某路1号", [2]) in links(path)


def test_what_goes_in_and_out_of_a_row_belongs_together(tmp_path: Path) -> None:
    head = "窝点编号,加工日期,投入品名,投入批号,投入数量,投入单位,产出品名,产出批号,产出数量,产出单位"
    path = write(
        tmp_path, "made.csv", head, "D1,2023-05-01,粉,A,5,千克,胶囊,B,9,盒", "D1,2023-05-02,粉,C,5,千克,胶囊,D,9,盒"
    )
    made = [(one[1], one[2]) for one in links(path) if one[0] == "TRANSFORMED_INTO"]
    assert made == [("batch:粉|A", "batch:胶囊|B"), ("batch:粉|C", "batch:胶囊|D")]


def test_an_empty_number_in_a_column_of_numbers_is_still_refused(tmp_path: Path) -> None:
    told = staged(
        write(tmp_path, "a.csv", "扣押编号," + SEIZED, "K1,2023-05-01,,张三,药,10,盒", ",2023-05-01,,张三,药,1,盒")
    )
    assert (told.tables[0].accepted, told.tables[0].rejected) == (1, 1)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (LEDGER, "supply"),
        (SEIZED, "seizure"),
        ("buyer,seller,product,quantity,unit,date", "supply"),
        ("寄件人,寄件电话,收件人,收件电话,揽收时间", "waybill"),
        ("线索来源,举报时间,举报内容,被举报人", "lead"),
        ("案件编号,移送单位,接收单位,移送日期,类型", "handover"),
        ("案件编号,请求单位,协查单位,请求日期,期限", "request"),
        ("被抽样单位,品名,批号,抽样日期,检验结论", "sampling"),
        ("单位或人员,品名,数量,单位,盘点日期", "stocktake"),
        ("购买人,电话,品名,购买日期,平台", "purchase"),
        ("企业名称,地址,类型,负责人", "company"),
        ("名称,类型,地址", "company"),
        ("姓名,身份证号,手机号,住址", "person"),
    ],
)
def test_what_kind_a_list_without_numbers_is_of(header: str, kind: str) -> None:
    assert recognise(header.split(","), "here").kind.name == kind


def test_names_of_anything_are_no_companies() -> None:
    for header in (["code", "name", "cityCode", "provinceCode"], ["编码", "名称"]):
        with pytest.raises(UnknownTable, match="fits no kind of record"):
            recognise(header, "areas.csv")
    assert recognise(["序号", "企业名称"], "firms.csv").kind.name == "company"
