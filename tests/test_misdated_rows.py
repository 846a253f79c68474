"""A ledger's and a waybill's row of one movement, torn apart by a wrong time, are said to be perhaps one."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook

MAKER, DEALER, SHOP = (
    f"person:{number}" for number in ("430111198506200466", "350203199007070353", "440305198001150112")
)
PEOPLE = """身份证号,姓名,手机号
430111198506200466,陈静,13800000001
350203199007070353,王强,13800000002
440305198001150112,张伟,13800000003
"""
SALES = """单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,陈静,430111198506200466,王强,350203199007070353,止痛胶囊,{lot},1000,盒,{on}
C-2,王强,350203199007070353,张伟,440305198001150112,止痛胶囊,{lot},300,盒,2022-05-20
"""
WAYBILLS = """运单号,寄件人,寄件电话,收件人,收件电话,品名,批号,数量,单位,揽收时间,承运商
SF1,陈静,13800000001,王强,13800000002,止痛胶囊,{lot},{much},盒,{sent},顺丰
"""


def loaded(folder: Path, sent: str, on: str = "2022-05-03", lot: str = "Z1", other: str = "Z1", much: int = 1000,
           more: str = "") -> Casebook:  # fmt: skip
    tables = {"people": PEOPLE, "sales": SALES.format(lot=lot, on=on),
              "waybills": WAYBILLS.format(lot=other, much=much, sent=sent) + more}  # fmt: skip
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in tables), strict=True)
    return casebook


def told(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if "may tell of one movement" in note]


@pytest.mark.parametrize(
    ("sent", "lot"),
    [("2022-03-05 10:00", "Z1"), ("2023-05-03 10:00", "Z1"), ("2022-09-09 10:00", "Z1"), ("2021-05-04 10:00", "")],
)
def test_one_movement_at_two_times_is_named_with_its_rows_and_neither_merged_nor_exact(
    tmp_path: Path, sent: str, lot: str
) -> None:
    casebook = loaded(tmp_path, sent, lot=lot, other=lot)
    answer = casebook.trace(MAKER, "forward", exact="all")
    (note,) = told(answer.notes)
    rows = {row["id"]: row for row in answer.rows}
    dealer = rows[DEALER]
    assert (dealer["quantity_min"], dealer["quantity_max"], dealer["bound"]) == (1000, 2000, "outer")
    assert rows[SHOP]["bound"] == "outer"
    for file in ("sales.csv", "waybills.csv"):
        (known,) = [each["file"] for each in casebook.files().rows if each["name"] == file]
        assert f"{known}#1:2" in note
    balance = casebook.balance(party=DEALER)
    (row,) = balance.rows
    assert (row["in"], row["unexplained_min"], row["unexplained_max"]) == (1000, 700, 1700)
    assert told(balance.notes) == [note]


BOOK = "单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期\n"


@pytest.mark.parametrize(
    ("name", "day", "most"),
    [("王强进货台账", "2023-05-04", 2000), ("陈静出库台账", "2023-05-04", 2000), ("王强进货台账", "2022-05-04", 1000)],
)
def test_of_two_ledgers_one_may_have_the_wrong_year(tmp_path: Path, name: str, day: str, most: int) -> None:
    ends = "陈静,430111198506200466,王强,350203199007070353,止痛胶囊,Z1,1000,盒"
    tables = {"陈静销售台账": BOOK + f"C-1,{ends},2022-05-03\n", name: BOOK + f"J-1,{ends},{day}\n"}
    for title, text in tables.items():
        (tmp_path / f"{title}.csv").write_text(text, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(*(tmp_path / f"{title}.csv" for title in tables), strict=True)
    answer = casebook.trace(MAKER, "forward")
    (dealer,) = (row for row in answer.rows if row["id"] == DEALER)
    of_two = "进货" in name
    assert (dealer["quantity_min"], dealer["quantity_max"]) == (1000 if of_two else most, most)
    assert bool(told(answer.notes)) == (of_two and most == 2000)


@pytest.mark.parametrize(
    ("given", "much"),
    [
        ({"sent": "2022-05-04 10:00"}, 1000),  # near: one movement
        ({"sent": "2022-03-05 10:00", "much": 900}, 1900),
        ({"sent": "2022-03-05 10:00", "other": "Z2"}, 2000),
        ({"sent": "2022-09-09 10:00", "lot": "", "other": ""}, 2000),  # as traders do every few months
        # a waybill beside the ledger's row, and another parcel later
        ({"sent": "2022-05-04 10:00",
          "more": "SF2,陈静,13800000001,王强,13800000002,止痛胶囊,Z1,1000,盒,2022-09-09 10:00,顺丰\n"}, 2000),
    ],
)  # fmt: skip
def test_movements_that_differ_or_are_each_told_in_full_are_two(
    tmp_path: Path, given: dict[str, object], much: int
) -> None:
    casebook = loaded(tmp_path, **given)  # type: ignore[arg-type]
    answer = casebook.trace(MAKER, "forward")
    (dealer,) = (row for row in answer.rows if row["id"] == DEALER)
    assert (dealer["quantity_min"], dealer["quantity_max"]) == (much, much)
    assert not told(answer.notes) and not told(casebook.balance(party=DEALER).notes)
