"""Who rows show to be one across files, followed by every question that follows goods; asked of small case folders."""

from __future__ import annotations

import csv
from pathlib import Path

import graphkit
from graphkit.casebook import Casebook

WAYBILL = (
    "运单号",
    "寄件人",
    "寄件电话",
    "寄件地址",
    "收件人",
    "收件电话",
    "收件地址",
    "品名",
    "数量",
    "单位",
    "揽收时间",
    "签收时间",
)
SUPPLY = ("单号", "卖方", "卖方证件号", "买方", "买方证件号", "品名", "批号", "数量", "单位", "日期")
PAYMENT = ("流水号", "付款账号", "付款户名", "收款账号", "收款户名", "金额", "交易时间")
CLINIC, MAKER = "91210102309577048K", "915101079385708391"
BOSS, SELLER = "410105198004075203", "420106198001265210"
HOME, SHOP = "河南省郑州市金水区文化路1号", "山东省济南市历下区解放路2号"


def loaded(folder: Path, **tables: tuple[tuple[object, ...], ...]) -> Casebook:
    """A casebook of these tables, the first row of each its header."""
    (folder / "in").mkdir()
    for name, rows in tables.items():
        with (folder / "in" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    casebook = graphkit.open(folder / "casebook")
    found = casebook.load(folder / "in")
    assert all(row["accepted"] and not row["rejected"] for row in found.rows), found.rows
    return casebook


def waybill(number: str, sender: str, phone: str, address: str, to: str, to_phone: str, to_address: str, day: int,
            quantity: int) -> tuple[object, ...]:  # fmt: skip
    begun, ended = f"2023-01-{day:02d} 10:00", f"2023-01-{day + 1:02d} 10:00"
    return number, sender, phone, address, to, to_phone, to_address, "胶囊", quantity, "瓶", begun, ended


def two_carriers(folder: Path) -> Casebook:
    first = waybill("A1", "张三", "13926862503", HOME, "李四", "13826862504", SHOP, 1, 100)
    second = waybill("B1", "李四", "13826862504", "", "王五", "13726862505", "", 4, 40)
    return loaded(folder, a=(WAYBILL, first), b=(WAYBILL, second))


def test_a_name_with_a_phone_is_one_in_the_files_of_two_carriers(tmp_path: Path) -> None:
    casebook = two_carriers(tmp_path)
    for start, direction, end in (("王五", "back", "张三"), ("张三", "forward", "王五")):
        answer = casebook.trace(start, direction=direction)
        rows = {row["name"]: row for row in answer.rows}
        assert (rows[end]["quantity_min"], rows[end]["quantity_max"]) == (40, 40)
        assert not any("not followed" in note for note in answer.notes)
    flows = casebook.flows(of="王五", what=("goods",)).rows
    assert {(row["from"], row["to"]) for row in flows} == {("410000", "370000"), ("370000", "unknown")}


def diverted(folder: Path) -> Casebook:
    """A clinic buys from its wholesaler by the ledger, and by waybills from somebody whose phone a register knows."""
    company = (
        ("统一社会信用代码", "名称", "地址", "类型"),
        (CLINIC, "甲诊所", SHOP, "医疗机构"),
        (MAKER, "乙厂", "", "生产"),
    )
    person = (("身份证号", "姓名", "手机号"), (BOSS, "张三", "13926862503"))
    supply = (SUPPLY, ("S1", "乙厂", MAKER, "甲诊所", CLINIC, "胶囊", "", 30, "瓶", "2023-01-02"))
    seizure = (("扣押编号", "扣押日期", "持有人", "持有人证件号", "品名", "数量", "单位"),
               ("Q1", "2023-01-10", "甲诊所", CLINIC, "胶囊", 60, "瓶"))  # fmt: skip
    shipped = (WAYBILL, waybill("A1", "张三", "13926862503", HOME, "甲诊所", "", SHOP, 3, 70))
    return loaded(folder, company=company, person=person, supply=supply, seizure=seizure, a=shipped)


def test_a_waybills_recipient_is_the_company_of_that_name_at_that_address(tmp_path: Path) -> None:
    casebook = diverted(tmp_path)
    rows = {row["id"]: row for row in casebook.trace("Q1", exact="all").rows}
    told = {node: (rows[node]["quantity_min"], rows[node]["quantity_max"])
            for node in (f"person:{BOSS}", f"company:{MAKER}")}  # fmt: skip
    assert told == {f"person:{BOSS}": (30, 60), f"company:{MAKER}": (0, 30)}
    sources = casebook.sources().rows
    assert f"person:{BOSS}" in [row["id"] for row in sources]
    assert [row["name"] for row in sources].count("张三") == 1  # the name on the waybills stands for him


def test_who_was_found_with_goods_at_an_address_is_who_receives_under_his_name_there(tmp_path: Path) -> None:
    seizure = (("扣押编号", "扣押日期", "扣押地点", "持有人", "品名", "数量", "单位"),
               ("Q1", "2023-01-10", SHOP, "李四", "胶囊", 60, "瓶"))  # fmt: skip
    shipped = waybill("A1", "张三", "13926862503", HOME, "李四", "13826862504", SHOP, 3, 70)
    casebook = loaded(tmp_path, seizure=seizure, a=(WAYBILL, shipped))
    assert "张三" in {row["name"] for row in casebook.trace("Q1").rows}


def test_who_counts_stock_at_a_place_under_the_name_of_its_controller_is_he(tmp_path: Path) -> None:
    place = (("窝点编号", "名称", "类型", "地址", "控制人"), ("WD1", "柳林村厂房", "生产", HOME, "张三"))
    stock = (("盘点编号", "单位或人员", "证件号", "窝点编号", "品名", "批号", "数量", "单位", "日期"),
             ("PD1", "张三", BOSS, "WD1", "胶囊", "B2", 5, "瓶", "2023-02-01"))  # fmt: skip
    made = (("加工编号", "窝点编号", "日期", "投入品名", "投入批号", "投入数量", "投入单位",
             "产出品名", "产出批号", "产出数量", "产出单位"),
            ("JG1", "WD1", "2023-01-09", "散装", "B1", 90, "瓶", "胶囊", "B2", 90, "瓶"))  # fmt: skip
    supply = (SUPPLY, ("S1", "李四", SELLER, "张三", BOSS, "散装", "B1", 90, "瓶", "2023-01-05"))
    casebook = loaded(tmp_path, place=place, stock=stock, made=made, supply=supply)
    rows = {row["id"]: row for row in casebook.trace(SELLER, "forward").rows}
    assert rows["batch:胶囊|B2"]["quantity_min"] == rows["batch:胶囊|B2"]["quantity_max"] == 90


def test_names_in_a_ledger_are_who_shipped_that_very_movement(tmp_path: Path) -> None:
    shipped = waybill("A1", "李四", "13826862504", SHOP, "王五", "13726862505", "", 4, 2)
    brought = waybill("A2", "张三", "13926862503", HOME, "李四", "13826862504", SHOP, 1, 50)
    ledger = (SUPPLY, ("S1", "李四", "", "王五", "", "胶囊", "", 2, "瓶", "2023-01-04"))
    casebook = loaded(tmp_path, a=(WAYBILL, shipped, brought), ledger=ledger)
    (seller,) = [row["id"] for row in casebook.search("李四").rows if "1382686" not in row["id"]]
    assert "张三" in {row["name"] for row in casebook.trace(seller).rows}


def paid(number: str, payer: str, payee: str, day: str, amount: int = 900) -> tuple[object, ...]:
    accounts = {"张三": "6222001111111111111", "李四": "6222002222222222222", "王五": "6222003333333333333"}
    return number, accounts[payer], payer, accounts[payee], payee, amount, f"{day} 12:00:00"


def bought(folder: Path, *payments: tuple[object, ...]) -> Casebook:
    supply = (SUPPLY, ("S1", "张三", BOSS, "李四", SELLER, "胶囊", "", 30, "瓶", "2023-01-05"))
    return loaded(folder, supply=supply, bank=(PAYMENT, *payments))


def test_two_names_that_pay_for_a_delivery_are_its_parties(tmp_path: Path) -> None:
    casebook = bought(tmp_path, paid("P1", "李四", "张三", "2023-01-07"), paid("P2", "王五", "李四", "2023-01-06", 500))
    rows = {row["id"]: row for row in casebook.trace(BOSS, follow=("goods", "money")).rows}
    assert {"account:6222002222222222222", f"person:{SELLER}", "account:6222003333333333333"} <= rows.keys()
    assert (rows[f"person:{SELLER}"]["quantity_max"], rows[f"person:{SELLER}"]["unit"]) == (900, "CNY")
    assert [row["name"] for row in rows.values()].count("李四") == 1
    alone = {row["id"] for row in casebook.trace(BOSS, follow=("money",)).rows}
    assert "account:6222003333333333333" in alone
    assert {row["kind"] for row in casebook.trace(SELLER).rows} == {"Person"}  # goods alone: no names of a bank's list


def test_names_alone_are_nobody(tmp_path: Path) -> None:
    """Payments a month later, the way the goods went, and by somebody else."""
    payments = (paid("P1", "李四", "张三", "2023-02-07"), paid("P2", "张三", "李四", "2023-01-07"),
                paid("P3", "王五", "张三", "2023-01-07"))  # fmt: skip
    assert not bought(tmp_path, *payments).trace(BOSS, follow=("goods", "money")).rows


def test_a_name_that_may_be_two_is_neither(tmp_path: Path) -> None:
    supply = (SUPPLY, ("S1", "张三", BOSS, "李四", SELLER, "胶囊", "", 30, "瓶", "2023-01-05"),
              ("S2", "张三", BOSS, "李四", "440305196008044217", "胶囊", "", 30, "瓶", "2023-01-05"))  # fmt: skip
    casebook = loaded(tmp_path, supply=supply, bank=(PAYMENT, paid("P1", "李四", "张三", "2023-01-07")))
    found = {row["id"] for row in casebook.trace(BOSS, follow=("goods", "money")).rows}
    assert found.isdisjoint({f"person:{SELLER}", "person:440305196008044217"})
