"""An address that names only a province, a city or a county is a region: nobody is joined by it."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def test_a_province_joins_no_strangers(casebook: Casebook, tmp_path: Path) -> None:
    header = "扣押编号,扣押日期,扣押地点,持有人,品名,数量,单位"
    casebook.load(
        write(tmp_path, "s.csv", header, "A1,2023-01-01,河南省,张三,胶囊,5,盒", "A2,2023-01-02,河南,李四,片剂,5,盒")
    )
    people = "王五,13800138001,深圳市福田区", "赵六,13800138002,广东深圳福田区"
    casebook.load(write(tmp_path, "p.csv", "姓名,手机号,户籍地", *people))
    assert not casebook.path("seizure:A1", "seizure:A2").rows
    assert not casebook.dens().rows
    assert {each["kind"] for each in casebook.search("河南省").rows} <= {"Region", "Seizure"}
    regions = {row["region"]: row["value"] for row in casebook.stats(by="region").rows if row["measure"] == "seizures"}
    assert regions == {"410000": 2}
    assert [link.kind for link in casebook.store.links_of(["region:410000"])] == ["SEIZED_AT"] * 2


def test_namesakes_are_not_one_for_living_in_one_province(casebook: Casebook, tmp_path: Path) -> None:
    lines = ("张三,K1,{}", "张三,K1,{}")
    header = "姓名,案件编号,住址"
    casebook.load(write(tmp_path, "p.csv", header, *(line.format("湖北省") for line in lines)))
    casebook.load(write(tmp_path, "q.csv", header, *(line.format("湖北省武汉市江汉区解放大道1号") for line in lines)))
    people = [each["id"] for each in casebook.search("张三").rows if each["kind"] == "Person"]
    assert len(people) == 3


def test_goods_that_go_to_a_province_go_to_that_region(casebook: Casebook, tmp_path: Path) -> None:
    header = "运单号,寄件人,寄件电话,寄件地址,收件人,收件电话,收件地址,品名,数量,单位,揽收时间"
    row = "W1,甲,13800138001,河南省,乙,13800138002,广东省深圳市南山区科技路1号,胶囊,5,盒,2023-01-01 10:00"
    casebook.load(write(tmp_path, "w.csv", header, row))
    (flow,) = casebook.flows(what="goods").rows
    assert (flow["from"], flow["to"]) == ("410000", "440000")
