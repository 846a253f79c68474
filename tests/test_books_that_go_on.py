"""A book that goes on in another file: the next month's rows are not the last one's told again."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook

LOT = "batch:止痛胶囊|Z1"
SALES = "单号,销售方,购货方,品名,批号,数量,单位,{dated}"
WAYBILLS = "{number}寄件人,寄件电话,收件人,收件电话,品名,批号,数量,单位,揽收时间"


def sale(number: int, day: str) -> str:
    return f"{number},甲药业有限公司,乙大药房有限公司,止痛胶囊,Z1,500,盒,{day}"


def parcel(number: str, day: str) -> str:
    return f"{number}甲某,13800000001,乙某,13800000002,止痛胶囊,Z1,500,盒,{day}"


def loaded(folder: Path, tables: dict[str, tuple[str, ...]]) -> Casebook:
    casebook = graphkit.open(folder / "casebook")
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines), "utf-8")
    casebook.load(*(folder / name for name in tables), strict=True)
    return casebook


def came_in(casebook: Casebook) -> float:
    (row,) = casebook.balance(batch=LOT).rows
    return float(row["in"])


MONTHS = ("5月销售台账.csv", "6月销售台账.csv")


@pytest.mark.parametrize(
    ("names", "dated", "least", "most"),
    [
        (MONTHS, "日期", 2000, 2000),
        (("5月.csv", "6月.csv"), "出库日期", 2000, 2000),
        (("五月购进记录.csv", "六月购进记录.csv"), "日期", 2000, 2000),
        # what one book says was sold the other says was bought; the others' day may be a mistake
        (("甲销售台账.csv", "乙进货台账.csv"), "日期", 1000, 1500),
        (("甲销售台账.csv", "甲出库单.csv"), "日期", 1500, 1500),  # sold on one day, out of the warehouse on another
        (("甲.csv", "乙.csv"), "日期", 1500, 1500),  # no word says whose they are
    ],
)
def test_what_two_months_of_one_ledger_tell_is_two(
    tmp_path: Path, names: tuple[str, str], dated: str, least: float, most: float
) -> None:
    head = SALES.format(dated=dated)
    one = head, sale(1, "2022-05-10"), sale(2, "2022-05-29")
    other = head, sale(3, "2022-06-02"), sale(4, "2022-06-20")
    casebook = loaded(tmp_path, dict(zip(names, (one, other), strict=True)))
    assert came_in(casebook) == least
    (seller,) = {row["id"] for row in casebook.search("甲药业有限公司").rows[:1]}
    (buyer,) = (row for row in casebook.trace(seller, "forward").rows if row["kind"] != "Batch" and row["hops"] == 1)
    assert (buyer["quantity_min"], buyer["quantity_max"]) == (least, most)


def test_one_ledger_handed_over_twice_is_told_once(tmp_path: Path) -> None:
    head = SALES.format(dated="日期").removeprefix("单号,")
    lines = head, sale(1, "2022-05-10")[2:], sale(2, "2022-05-29")[2:]
    later = lines[0] + ",备注", *(f"{line}," for line in lines[1:]), sale(3, "2022-06-02")[2:] + ","
    assert came_in(loaded(tmp_path, {"销售台账.csv": lines, "销售台账（更新）.csv": later})) == 1500


def test_both_sides_sheets_of_one_workbook_tell_of_one(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, lines in {"销售台账": [sale(1, "2022-05-10")], "进货台账": [sale(7, "2022-05-11")]}.items():
        sheet = book.create_sheet(name)
        for line in (SALES.format(dated="日期"), *lines):
            sheet.append(line.split(","))
    book.remove(book.worksheets[0])
    book.save(tmp_path / "材料.xlsx")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "材料.xlsx", strict=True)
    assert came_in(casebook) == 500


def test_two_waybills_of_other_numbers_are_two_parcels(tmp_path: Path) -> None:
    head = WAYBILLS.format(number="运单号,")
    may = head, parcel("SF1,", "2022-05-10"), parcel("SF2,", "2022-05-29")
    june = head, parcel("SF3,", "2022-06-02"), parcel("SF4,", "2022-06-20")
    assert came_in(loaded(tmp_path, {"a.csv": may, "b.csv": june})) == 2000


def test_waybills_without_numbers_may_be_told_twice(tmp_path: Path) -> None:
    head = WAYBILLS.format(number="")
    sent, got = (head, parcel("", "2022-05-29")), (head + ",备注", parcel("", "2022-05-30") + ",")
    assert came_in(loaded(tmp_path, {"a.csv": sent, "b.csv": got})) == 500
