"""A column that holds a product's name and its specification: the name alone is the product, the rest tells packing."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import write

HEAD = "单号,卖方,买方,{},批号,数量,单位,日期"


@pytest.mark.parametrize("header", ["品名规格", "品名/规格", "药品名称及规格"])
@pytest.mark.parametrize(
    ("cell", "name", "packing"),
    [
        ("S曲线减肥胶囊/50瓶/箱", "S曲线减肥胶囊", "50瓶/箱"),
        ("降压宁片 0.5g*24片*10盒/箱", "降压宁片", "0.5g*24片*10盒/箱"),
        ("维生素B12片（0.25mg×100片/瓶）", "维生素B12片", "0.25mg×100片/瓶"),
        ("阿莫西林胶囊0.25g*24粒", "阿莫西林胶囊", "0.25g*24粒"),
        ("痹祺胶囊", "痹祺胶囊", None),
        ("100年老药酒 500ml", "100年老药酒", "500ml"),
        ("复方丹参片(薄膜衣)", "复方丹参片(薄膜衣)", None),
    ],
)
def test_the_name_is_the_product_and_the_rest_its_packing(
    tmp_path: Path, header: str, cell: str, name: str, packing: str | None
) -> None:
    path = write(tmp_path, "sales.csv", HEAD.format(header), f"1,甲公司,乙药房,{cell},B1,10,盒,2023-05-01")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(path, strict=True)
    (supply,) = casebook.store.links(["SUPPLIED:supply:1|" + f"{name}|B1|box"])
    assert (supply.properties["product"], supply.properties.get("规格")) == (name, packing)


def test_a_column_for_the_specification_beside_it_stays(tmp_path: Path) -> None:
    path = write(
        tmp_path, "sales.csv", HEAD.format("品名规格,规格"), "1,甲公司,乙药房,降压宁片 0.5g,10盒/箱,B1,10,盒,2023-05-01"
    )
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(path, strict=True)
    (supply,) = casebook.store.links(["SUPPLIED:supply:1|降压宁片|B1|box"])
    assert supply.properties["规格"] == "10盒/箱"
