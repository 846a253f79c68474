"""Sales ledgers tell of returns in a column of their own: the goods went back."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import write

HEADER = "单号,{kind},卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期"
SELLER, BUYER = "91420111MA40851679", "91420112MA7773037D"
SALE = f"甲公司,{SELLER},乙公司,{BUYER},药A,B1"


@pytest.mark.parametrize(
    ("header", "sold", "back"),
    [("业务类型", "销售出库", "销售退货"), ("备注", "", "客户退回"), ("type", "sale", "Return")],
)
@pytest.mark.parametrize("quantity", ["20", "-20"])
def test_a_return_went_from_the_buyer_to_the_seller(
    tmp_path: Path, header: str, sold: str, back: str, quantity: str
) -> None:
    lines = [f"X1,{sold},{SALE},100,盒,2024-01-05", f"X2,{back},{SALE},{quantity},盒,2024-01-15"]
    casebook = graphkit.open(tmp_path / "book")
    (row,) = casebook.load(write(tmp_path, "sales.csv", HEADER.format(kind=header), *lines)).rows
    assert (row["accepted"], row["rejected"]) == (2, 0)
    sale, gone_back = casebook.store.links([f"SUPPLIED:supply:{number}|药A|B1|box" for number in ("X1", "X2")])
    assert (sale.source, sale.target, sale.quantity) == (f"company:{SELLER}", f"company:{BUYER}", 100)
    assert (gone_back.source, gone_back.target, gone_back.quantity) == (sale.target, sale.source, 20)
    assert casebook.evidence(*gone_back.evidence).rows[0]["cells"]["数量"] == quantity


def test_a_quantity_below_zero_alone_stays_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "sales.csv", HEADER.format(kind="业务类型"), f"X1,销售出库,{SALE},-5,盒,2024-01-05")
    (row,) = graphkit.open(tmp_path / "book").load(path).rows
    assert (row["accepted"], row["rejected"]) == (0, 1)
