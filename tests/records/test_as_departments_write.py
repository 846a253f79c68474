"""Tables as departments write them: addresses in several columns, groups of columns, units with 万 or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.errors import UnknownTable
from tests.records.files import links, staged, statements, write, write_book

WAYBILL = "运单号,寄件人,寄件省,寄件市,寄件区县,寄件详细地址,收件人,收件省,收件市,收件区县,收件详细地址,物品,揽收时间"


def places(path: Path) -> list[str]:
    return sorted(target for kind, _, target, _ in links(path) if kind == "LOCATED_AT")


def test_an_address_in_several_columns_is_one(tmp_path: Path) -> None:
    line = "Y1,甲,广东省,广州市,白云区,人民路1号,乙,河南省,郑州市,金水区,河南省郑州市金水区人民路1号,药,2024-05-01"
    city = "Y2,甲,北京市,北京市,朝阳区,人民路1号,乙,湖北省,省直辖县级行政区划,仙桃市,,药,2024-05-01"
    path = write(tmp_path, "a.csv", WAYBILL, line, city)
    assert places(path) == [
        "place:北京市朝阳区人民路1号",
        "place:广东省广州市白云区人民路1号",
        "place:河南省郑州市金水区人民路1号",
        "region:429004",
    ]
    assert any("寄件省, 寄件市, 寄件区县, 寄件详细地址" in note for note in staged(path).notes)


@pytest.mark.parametrize(
    "names", ["省,市,区县,详细地址", "省份,城市,区/县,地址", "注册地省,注册地市,注册地区县,注册地址"]
)
def test_the_parts_of_a_company_s_address(tmp_path: Path, names: str) -> None:
    header = f"企业名称,法定代表人,{names}"
    path = write(tmp_path, "a.csv", header, "某药房有限公司,张三,广东省,惠州市,惠城区,麦地路55号")
    assert places(path) == ["place:广东省惠州市惠城区麦地路55号"]


def test_columns_for_parts_elsewhere_are_left_alone(tmp_path: Path) -> None:
    foreign = write(tmp_path, "a.csv", "name,id_number,city,address", "Bob,X1,Springfield,1 Main St")
    assert places(foreign) == ["place:1 Main St"]
    lone = write(tmp_path, "b.csv", "姓名,身份证号,街道,地址", "甲,440305198001150112,南街,广东省深圳市福田区南街1号")
    assert places(lone) == ["place:广东省深圳市福田区南街1号"]


def test_below_a_group_the_name_is_who_is_meant(tmp_path: Path) -> None:
    lines = [
        "No,Consignor,,Consignee,,Goods,,,Date",
        ",Name,Phone,Country,Name,Description,Quantity,Unit,",
        "D1,Acme,13800138001,US,Sun Co,aspirin,100,box,2024-03-01",
    ]
    (sent,) = [each for each in links(write(tmp_path, "a.csv", *lines)) if each[0] == "SHIPPED"]
    assert (sent[1], sent[2]) == ("party:FILE:Acme:+8613800138001", "party:FILE:Sun Co")


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("数量(万盒)", "1.2", (12_000, "box")),
        ("数量,单位", "1.2,万盒", (12_000, "box")),
        ("数量,单位", "1.2万,万盒", (12_000, "万盒")),  # not twice
        ("数量,单位", "3,千克", (3, "kg")),
        ("数量,单位", "5,盒（10瓶）", (5, "box")),
        ("数量,单位", "5,万步", (5, "万步")),
        ("数量", "2.5万片", (25_000, "tablet")),
    ],
)
def test_a_sale_and_the_unit_it_is_counted_in(tmp_path: Path, header: str, cells: str, told: tuple[float, str]) -> None:
    import polars as pl

    path = write(tmp_path, "a.csv", f"单号,卖方,买方,品名,{header},日期", f"S1,甲公司,乙公司,阿胶,{cells},2024-01-01")
    found = staged(path).staged
    assert found is not None
    sold = pl.read_parquet(found.links).filter(pl.col("kind") == "SUPPLIED")
    assert sold.select("quantity", "unit").rows() == [told]


def test_a_sale_without_any_unit_is_no_waybill(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "单号,卖方,买方,品名,数量,日期", "S1,甲公司,乙公司,阿胶,3,2024-01-01")
    with pytest.raises(UnknownTable, match="supply, which also needs: unit"):
        staged(path)


def test_what_a_den_is_called(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", "窝点编号,窝点类型,窝点地址", "D1,生产窝点,周口市某路1号", "D2,仓储型,周口市某路2号"
    )
    assert [value for _, name, value, _ in statements(path) if name == "type"] == ["production", "storage"]


KEPT = [["某某医院药品入库明细"], ["入库单号", "入库日期", "供应商", "药品名称", "批号", "入库数量", "单位"]]


def test_an_order_goes_to_whom_it_is_sent_and_a_hospital_s_ledger_to_the_hospital(tmp_path: Path) -> None:
    header = "订单编号,买家会员名,收货人姓名,收货地址,联系手机,宝贝标题,宝贝总数量,订单付款时间,店铺名称"
    order = write(
        tmp_path, "o.csv", header, "'1234,tb1,张三,某市某路1号,13800138001,阿胶,2,2024-01-01 10:00:00,某旗舰店"
    )
    assert ("SUPPLIED", "party:FILE:某旗舰店", "party:FILE:张三:+8613800138001", [2]) in links(order)
    ledger = write_book(tmp_path, "l.xlsx", {"S": [*KEPT, ["R1", "2024-01-01", "甲公司", "阿胶", "B1", 10, "盒"]]})
    assert ("SUPPLIED", "party:FILE:甲公司", "party:FILE:某某医院", [3]) in links(ledger)


def test_an_authority_that_fills_in_a_list_bought_nothing(tmp_path: Path) -> None:
    rows = [["填报单位：某省药品监督管理局稽查处"], KEPT[1], ["R1", "2024-01-01", "甲公司", "阿胶", "B1", 10, "盒"]]
    with pytest.raises(UnknownTable, match="supply, which also needs: buyer"):
        staged(write_book(tmp_path, "l.xlsx", {"S": rows}))


def test_remarks_below_a_table_are_no_records(tmp_path: Path) -> None:
    header = "单号,卖方,买方,品名,数量,单位,日期"
    below = ["注：1.来源于企业自报。", "2.单位：盒；金额含税。", "*** 以下空白 ***", "S9"]
    path = write(tmp_path, "a.csv", header, "S1,甲,乙公司,药,1,盒,2024-01-01", *(f"{text},,,,,," for text in below))
    (report,) = staged(path).tables
    assert (report.accepted, report.rejected) == (1, 1)  # S9 may be a broken record


def test_a_column_of_names_with_ids_behind_them(tmp_path: Path) -> None:
    header = "窝点编号,窝点类型,窝点地址,负责人及身份证号"
    path = write(tmp_path, "a.csv", header, "D1,生产,周口市某路1号,张三 440305198001150112")
    assert ("CONTROLS", "person:440305198001150112", "place:D1", [2]) in links(path)


@pytest.mark.parametrize(
    ("status", "done"), [("交易成功", 1), ("交易关闭", 0), ("已取消", 0), ("已退款", 0), ("退款中", 1), ("", 1)]
)
def test_what_did_not_take_place_is_refused(tmp_path: Path, status: str, done: int) -> None:
    header = "订单编号,收货人,商品名称,购买数量,下单时间,店铺名称,订单状态"
    path = write(tmp_path, "a.csv", header, f"O1,张三,阿胶,2,2024-01-01,某店,{status}")
    (report,) = staged(path).tables
    assert (report.accepted, report.rejected) == (done, 1 - done)
    assert report.issues is not None and ("not_carried_out" in report.issues["reason"].to_list()) == (not done)
