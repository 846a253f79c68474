"""One sale that went in several parcels, and several sales in one, may be told twice: once at least, twice at most."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook

LOT = "batch:止痛胶囊|Z1"
MAKER, DEALER = "person:430111198506200466", "person:350203199007070353"
PEOPLE = """身份证号,姓名,手机号
430111198506200466,陈静,13800000001
350203199007070353,王强,13800000002
"""
SALES = "单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期\n"
WAYBILLS = "运单号,寄件人,寄件电话,收件人,收件电话,品名,批号,数量,单位,揽收时间\n"


def loaded(folder: Path, sold: list[tuple[int, str]], sent: list[tuple[int, str]], lot: str = "Z1") -> Casebook:
    sales = (
        f"C-{n},陈静,{MAKER[7:]},王强,{DEALER[7:]},止痛胶囊,Z1,{much},盒,{day}\n" for n, (much, day) in enumerate(sold)
    )
    parcels = (
        f"SF{n},陈静,13800000001,王强,13800000002,止痛胶囊,{lot},{much},盒,{day} 10:00\n"
        for n, (much, day) in enumerate(sent)
    )
    tables = {"人员": PEOPLE, "销售台账": SALES + "".join(sales), "运单": WAYBILLS + "".join(parcels)}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in tables), strict=True)
    return casebook


@pytest.mark.parametrize(
    ("sold", "sent", "least", "most"),
    [
        ([(1000, "2022-05-01")], [(500, "2022-05-01"), (500, "2022-05-02")], 1000, 2000),
        ([(300, "2022-05-01"), (200, "2022-05-02")], [(500, "2022-05-02")], 500, 1000),
        # five parcels of one sale, and one of another
        ([(1000, "2022-05-01"), (70, "2022-05-03")], [(200, f"2022-05-0{n}") for n in range(1, 6)], 1070, 2070),
        ([(1000, "2022-05-01")], [(500, "2022-05-01"), (400, "2022-05-02")], 1900, 1900),  # not as much
        ([(1000, "2022-05-01")], [(500, "2022-05-01"), (500, "2022-07-02")], 2000, 2000),  # not near in time
        # each has its like
        ([(1000, "2022-05-01"), (500, "2022-05-01"), (500, "2022-05-03")],
         [(500, "2022-05-01"), (500, "2022-05-03")], 2000, 2000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lot", ["Z1", ""])
def test_what_adds_up_to_one_row_of_the_other_book_may_be_told_twice(
    tmp_path: Path, sold: list[tuple[int, str]], sent: list[tuple[int, str]], least: int, most: int, lot: str
) -> None:
    casebook = loaded(tmp_path, sold, sent, lot)
    trace = casebook.trace(MAKER, "forward", exact="all")
    (dealer,) = (row for row in trace.rows if row["id"] == DEALER)
    assert (dealer["quantity_min"], dealer["quantity_max"]) == (least, most)
    balance = casebook.balance(product="止痛胶囊")
    if lot:  # a parcel of an unknown lot is in no batch's balance for sure
        assert (balance.rows[0]["in"], balance.rows[0]["unexplained_max"]) == (least, most)
    for answer in (trace, balance, casebook.flows(what="goods", within=True)):
        assert any("another row may tell of the same" in note for note in answer.notes) == (least < most)


def test_the_buyer_s_book_may_tell_of_a_sale_in_parts(tmp_path: Path) -> None:
    row = "{},陈静,430111198506200466,王强,350203199007070353,止痛胶囊,Z1,{},盒,2022-05-0{}\n".format
    tables = {
        "陈静销售台账": SALES + row("C-1", 1000, 1),
        "王强进货台账": SALES + row("J-1", 600, 2) + row("J-2", 400, 3),
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(*(tmp_path / f"{name}.csv" for name in tables), strict=True)
    (dealer,) = (row for row in casebook.trace(MAKER, "forward").rows if row["id"] == DEALER)
    assert (dealer["quantity_min"], dealer["quantity_max"]) == (1000, 2000)
