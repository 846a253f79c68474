"""Books of dealers who know one another by a nickname and a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import links, write

BOOK = "日期,卖家,卖家手机,买家,{},品名,批号,数量,单位"


@pytest.mark.parametrize("phone", ["买家手机", "客户电话", "下家电话"])
def test_who_is_meant_by_a_nickname_is_told_by_the_phone_beside_it(tmp_path: Path, phone: str) -> None:
    book = BOOK.format(phone).replace("买家,", "客户,") if phone == "客户电话" else BOOK.format(phone)
    sold = write(tmp_path, "sold.csv", book, "2023-05-01,雅雅,13800000001,糖糖,13800000002,除皱针,A1,20,支")
    uses = {(one.split(":")[2], other) for kind, one, other, _ in links(sold) if kind == "USES"}
    assert uses == {("雅雅", "phone:+8613800000001"), ("糖糖", "phone:+8613800000002")}
    people = write(tmp_path, "people.csv", "姓名,身份证号,手机号", "林雅婷,330106197001011249,13800000002")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(sold, people)
    found = [row["id"] for row in casebook.trace("除皱针|A1", direction="forward").rows]
    assert "person:330106197001011249" in found
