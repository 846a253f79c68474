"""Ledgers that name only the other side: whoever keeps them is the seller, or the buyer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graphkit.errors import UnknownTable
from tests.records.files import links, staged

SOLD = ["日期", "客户名称", "药品通用名", "生产批号", "数量", "单位", "金额"]
BOUGHT = ["日期", "供货单位", "品名", "批号", "数量", "单位", "金额"]
ROW = ["2023-05-01", "乙药房", "某胶囊", "A1", 10, "盒", 50]


def book(folder: Path, header: list[str], *above: list[str], sheet: str = "S", name: str = "台账.xlsx") -> Path:
    made = openpyxl.Workbook()
    table = made.active
    assert table is not None
    table.title = sheet
    for row in (*above, header, ROW, ["合计", None, None, None, 10, None, 50]):
        table.append(row)
    made.save(folder / name)
    return folder / name


def supplied(path: Path) -> list[tuple[str, str]]:
    return [(one[1].split(":")[2], one[2].split(":")[2]) for one in links(path) if one[0] == "SUPPLIED"]


@pytest.mark.parametrize(
    "above",
    [
        [["广州甲医药有限公司销售台账"]],
        [["广州甲医药有限公司2023年药品销售出库明细表"]],
        [["销售记录"], ["单位名称：广州甲医药有限公司", "制表日期：2023年6月1日"]],
        [["销售台账"], ["供货单位：", "广州甲医药有限公司"]],
    ],
)
def test_who_keeps_a_ledger_of_sales_is_the_seller(tmp_path: Path, above: list[list[str]]) -> None:
    path = book(tmp_path, SOLD, *above)
    assert supplied(path) == [("广州甲医药有限公司", "乙药房")]
    assert any("in every line, who" in note or "for every line" in note for note in staged(path).notes)


def test_who_keeps_a_ledger_of_purchases_is_the_buyer(tmp_path: Path) -> None:
    assert supplied(book(tmp_path, BOUGHT, ["丙大药房药品购进记录"])) == [("乙药房", "丙大药房")]
    assert supplied(book(tmp_path, BOUGHT, sheet="丙大药房采购", name="b.xlsx")) == [("乙药房", "丙大药房")]
    assert supplied(book(tmp_path, BOUGHT, name="丙大药房（总店）采购台账.xlsx")) == [("乙药房", "丙大药房(总店)")]


@pytest.mark.parametrize("above", [[], [["药品销售台账"]], [["某市药监局移交"]], [["丙大药房药品购进记录"]]])
def test_nobody_is_guessed_to_keep_a_ledger(tmp_path: Path, above: list[list[str]]) -> None:
    with pytest.raises(UnknownTable, match="seller"):
        staged(book(tmp_path, SOLD, *above))


@pytest.mark.parametrize("number", ["04", "3、", "12.", "2-1 ", "07-"])
def test_a_file_s_place_in_a_folder_is_no_part_of_who_keeps_the_ledger(tmp_path: Path, number: str) -> None:
    path = book(tmp_path, SOLD, name=f"{number}广州甲医药有限公司销售明细.xlsx")
    assert supplied(path) == [("广州甲医药有限公司", "乙药房")]


def test_a_name_may_begin_with_a_number(tmp_path: Path) -> None:
    assert supplied(book(tmp_path, SOLD, name="360大药房销售明细.xlsx")) == [("360大药房", "乙药房")]


SENT = ["日期", "收货人", "收货人电话", "货品", "批号", "数量", "单位", "货款（元）"]
GONE = ["2024-05-01", "胖子", "13800000001", "除皱针", "A1", 10, "支", 500]


def test_a_person_s_book_of_what_he_sent_names_him_above(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in (["赵坤（绰号“阿坤”，身份证号430111198506200466）发货记录 2024年"], SENT, GONE):
        made.active.append(row)
    made.save(tmp_path / "1.阿坤发货记录.xlsx")
    (sold,) = [one for one in links(tmp_path / "1.阿坤发货记录.xlsx") if one[0] == "SUPPLIED"]
    assert sold[1] == "person:430111198506200466"


@pytest.mark.parametrize(
    ("header", "title", "giver", "taker"),
    [
        (["退货日期", "退货单位", "药品名称", "批号", "退货数量", "单位", "退货原因"],
         "广州甲医药有限公司销后退回药品登记表", "乙药房", "广州甲医药有限公司"),
        (SOLD, "广州甲医药有限公司销后退回记录", "乙药房", "广州甲医药有限公司"),
        (BOUGHT, "广州甲医药有限公司购进退出记录", "广州甲医药有限公司", "乙药房"),
    ],
)  # fmt: skip
def test_a_register_of_returns_tells_of_goods_that_went_back(
    tmp_path: Path, header: list[str], title: str, giver: str, taker: str
) -> None:
    path = book(tmp_path, header, [title])
    assert supplied(path) == [(giver, taker)]
    assert any("returns" in note for note in staged(path).notes)
