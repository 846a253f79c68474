"""Exports of couriers, banks, telecoms, registries: what stands in several columns, above the header, in a status."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.errors import UnknownTable
from tests.records.files import links, staged, statements, write

ID, CARD, OTHER = "330106197001011249", "6222021001098765432", "6228480031234567890"
PERSON = "姓名,身份证号,户籍所在地,现住址"
PARCEL = "运单号,寄件人,寄件人电话,收件人,收件人电话,寄件时间"


def ends(path: Path, kind: str) -> list[tuple[str, str]]:
    return [(source, target) for name, source, target, _ in links(path) if name == kind]


@pytest.mark.parametrize("header", [PERSON, "姓名,身份证号,现住址,户籍地址", "姓名,身份证号,户籍,实际居住地"])
def test_a_person_is_where_he_lives(tmp_path: Path, header: str) -> None:
    home, lives = "河南省太康县建设路5号", "浙江省义乌市江滨北路123号"
    first, second = (lives, home) if header.split(",")[2].startswith("现") else (home, lives)
    path = write(tmp_path, "a.csv", header, f"李秀英,{ID},{first},{second}")
    assert ends(path, "LOCATED_AT") == [(f"person:{ID}", f"place:{lives}")]
    kept = {value for _, _, value, _ in statements(path)}
    assert {home, lives} <= kept  # both are kept


@pytest.mark.parametrize("lives", ["", "不详", "同户籍地", "/"])
def test_who_has_no_other_address_is_where_he_is_registered(tmp_path: Path, lives: str) -> None:
    path = write(tmp_path, "a.csv", PERSON, f"李秀英,{ID},河南省太康县建设路5号,{lives}")
    assert ends(path, "LOCATED_AT") == [(f"person:{ID}", "place:河南省太康县建设路5号")]


def test_a_sender_without_a_name_is_his_firm(tmp_path: Path) -> None:
    header = "运单号码,寄件时间,寄件公司,寄件联系人,寄件人手机,收件公司,收件联系人,收件人手机"
    lines = [
        "S1,2024-01-05,某商行,张建国,13805710001,,李秀英,13857900001",
        "S2,2024-01-06,某商行,,,,李秀英,13857900001",
    ]
    sent = ends(write(tmp_path, "a.csv", header, *lines), "SHIPPED")
    assert {source.split(":")[2] for source, _ in sent} == {"张建国", "某商行"}


@pytest.mark.parametrize("state", ["已取消", "退回件签收", "退件", "已退回", "拒收"])
def test_a_parcel_that_came_back_was_not_delivered(tmp_path: Path, state: str) -> None:
    lines = [f"Y1,甲,13805710001,乙,13857900001,2024-01-05,{state}", "Y2,甲,13805710001,丙,,2024-01-05,已签收"]
    path = write(tmp_path, "a.csv", f"{PARCEL},最后状态", *lines)
    (report,) = staged(path).tables
    assert (report.accepted, report.rejected) == (1, 1)
    assert report.issues is not None and "not_carried_out" in report.issues["reason"].to_list()


def test_either_of_two_statuses_says_that_nothing_came_of_an_order(tmp_path: Path) -> None:
    header = "订单编号,收货人,商品名称,购买数量,下单时间,店铺名称,订单状态,退款状态"
    lines = [f"O{i},张三,药,2,2024-01-01,某店,交易成功,{state}" for i, state in enumerate(["", "退款成功", "无退款"])]
    (report,) = staged(write(tmp_path, "a.csv", header, *lines)).tables
    assert (report.accepted, report.rejected) == (2, 1)


@pytest.mark.parametrize("name", ["身份证号/统一社会信用代码", "身份证号或信用代码"])
def test_a_column_for_either_of_two_numbers(tmp_path: Path, name: str) -> None:
    header = f"扣押日期,持有人,{name},品名,数量,单位"
    path = write(tmp_path, "a.csv", header, f"2024-03-05,李秀英,{ID},药,3,盒")
    assert [target for _, target in ends(path, "SEIZED_FROM")] == [f"person:{ID}"]


def test_a_column_for_two_fields_is_neither(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"{PARCEL},托寄物名称/数量", "Y1,甲,,乙,,2024-01-05,药/20瓶")
    assert any("托寄物名称/数量" in note for note in staged(path).notes)
    assert not [line for line in statements(path) if line[1] == "name" and line[2] == "药/20瓶"]


def test_the_ids_in_a_bank_s_answer_say_who_holds_the_accounts(tmp_path: Path) -> None:
    header = "交易卡号,交易户名,交易证件号码,交易时间,交易金额,收付标志,交易对手账卡号,对手户名,对手身份证号"
    path = write(tmp_path, "a.csv", header, f"{CARD},甲,,2024-01-05 09:30:15,5,出,{OTHER},李秀英,{ID}")
    assert (f"person:{ID}", f"account:{OTHER}") in ends(path, "HOLDS")


def test_the_card_above_the_header_is_the_account_others_know(tmp_path: Path) -> None:
    above = f"卡号：{CARD},,户名：张建国"
    header = "交易日期,账号,摘要,收入/支出金额,余额,对方户名,对方账号"
    line = f'2024-01-05,1001098765432001,转账,"-12,000.00","88,000.00",李秀英,{OTHER}'
    path = write(tmp_path, "a.csv", above, header, line)
    assert ends(path, "PAID") == [(f"account:{CARD}", f"account:{OTHER}")]


def test_what_kind_of_a_payment_it_was_is_nobody_s_name(tmp_path: Path) -> None:
    above = f"借记卡号：,{CARD},客户姓名：,孙七"
    header = "记账日期,金额,余额,交易名称,对方账户名,对方卡号/账号"
    path = write(tmp_path, "a.csv", above, header, f"2024-01-05,-50,100,网上快捷支付,李秀英,{OTHER}")
    held = ends(path, "HOLDS")
    assert ("party:FILE:孙七", f"account:{CARD}") in held and len(held) == 2


def test_the_user_of_a_wallet_holds_it(tmp_path: Path) -> None:
    header = "用户ID,用户侧账号名称,借贷类型,交易金额(分),交易时间,对手方ID,对手侧账户名称"
    path = write(tmp_path, "a.csv", header, "wxid_abc123,张建国,出,120000,2024-01-05 09:30:15,lixiuying88,李秀英")
    assert ("party:FILE:张建国", "account:WXID_ABC123") in ends(path, "HOLDS")


def test_a_list_that_does_not_say_whose_it_is(tmp_path: Path) -> None:
    bank = write(tmp_path, "b.csv", "交易日期,交易金额,本次余额,对方户名,对方账号", f"20240105,-5,95,李秀英,{OTHER}")
    with pytest.raises(UnknownTable, match=r"says nowhere whose it is.*本方卡号"):
        staged(bank)
    calls = write(tmp_path, "c.csv", "起始时间,通信方式,对方号码,通信时长", "2024-01-05 09:30:15,主叫,13857900001,35")
    with pytest.raises(UnknownTable, match=r"says nowhere whose it is.*本机号码"):
        staged(calls)


def test_a_word_that_tells_no_direction_is_named(tmp_path: Path) -> None:
    header = "机主号码,机主姓名,呼叫类型,对方号码,开始时间,时长"
    lines = [f"13157900001,赵六,{word},13805710001,2024-01-05 09:3{i}:15,8" for i, word in enumerate(["主叫", "短信"])]
    path = write(tmp_path, "a.csv", header, *lines)
    (report,) = staged(path).tables
    assert report.issues is not None
    told = report.issues.select("value", "reason", "refuses").rows()
    assert told == [("短信", "no_direction", "row")]
    assert ends(path, "USES") == [("party:FILE:赵六:+8613157900001", "phone:+8613157900001")]


def test_pounds_are_no_kilograms(tmp_path: Path) -> None:
    header = "Waybill no,Shipper,Consignee,Gross weight (lbs),Ship date"
    path = write(tmp_path, "a.csv", header, "H1,Acme,John Doe,220,2024-03-05")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(path)
    (row,) = casebook.sql("SELECT properties['weight_kg'] AS kg FROM links WHERE kind='SHIPPED'").rows
    assert float(row["kg"]) == pytest.approx(99.79, abs=0.01)


def test_one_address_however_it_is_spaced(tmp_path: Path) -> None:
    header = "姓名,身份证号,住址"
    lines = [f"甲,{ID},安徽省 亳州市 谯城区 魏武大道1号", f"甲,{ID},安徽省亳州市谯城区魏武大道１号"]
    assert ends(write(tmp_path, "a.csv", header, *lines), "LOCATED_AT") == [
        (f"person:{ID}", "place:安徽省亳州市谯城区魏武大道1号")
    ]


def test_the_phones_of_a_company(tmp_path: Path) -> None:
    header = "企业名称,法定代表人,电话,更多电话,企业地址"
    path = write(
        tmp_path, "a.csv", header, "某药店有限公司,李秀英,13857900001,0579-88888888; 13857900002,义乌市某路8号"
    )
    phones = {target for source, target in ends(path, "USES") if source.startswith("company:")}
    assert phones == {"phone:+8613857900001", "phone:+8657988888888", "phone:+8613857900002"}


def test_lines_below_a_table_that_are_no_records(tmp_path: Path) -> None:
    below = ["合计：2件,,,,,", "* provisional figures,,,,,", "------------,以下为空白,,,,"]
    (report,) = staged(write(tmp_path, "a.csv", PARCEL, "Y1,甲,,乙,,2024-01-05", *below)).tables
    assert (report.accepted, report.rejected) == (1, 0)


def test_several_people_in_one_cell_of_a_list_are_each_himself(tmp_path: Path) -> None:
    header = "姓名,身份证号,手机号,案件编号,强制措施"
    lines = [
        "张建国、李秀英、王五,,,A1,刑拘",
        f"李秀英、赵六,{ID}、440305198001150112,13857900001、13857900002,A2,取保、逮捕",
        f"孙七、周八,{ID},,A3,",  # whose number it is, is not told
    ]
    path = write(tmp_path, "a.csv", header, *lines)
    (report,) = staged(path).tables
    assert (report.rows, report.accepted) == (3, 3)
    names = {(node, value): rows for node, name, value, rows in statements(path) if name == "name"}
    assert names[f"person:{ID}", "李秀英"] == [3] and names["person:440305198001150112", "赵六"] == [3]
    assert sorted(value for _, value in names) == ["孙七、周八", "张建国", "李秀英", "李秀英", "王五", "赵六"]
    suspects = ends(path, "SUSPECT_IN")
    assert len({source for source, case in suspects if case == "case:A1"}) == 3
    assert ("person:440305198001150112", "phone:+8613857900002") in ends(path, "USES")
    assert any("one by one: row 2, 3" in note for note in staged(path).notes)


def test_what_several_people_had_together_is_counted_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "扣押日期,持有人,品名,数量,单位", "2024-03-05,王五、赵六,药,30,盒")
    assert len(ends(path, "SEIZED_FROM")) == 1
    assert any("kept as one party" in note and "王五、赵六 (row 2)" in note for note in staged(path).notes)


def test_two_things_in_one_column_are_read_apart(tmp_path: Path) -> None:
    lines = [f"Y{i},甲,,乙,,2024-01-05,{goods}" for i, goods in enumerate(["药/20瓶", "包装盒", "药/20瓶"])]
    path = write(tmp_path, "a.csv", f"{PARCEL},品名/数量", *lines)
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(path)
    sent = casebook.sql(
        "SELECT quantity, unit, properties['product'] AS p FROM links WHERE kind='SHIPPED' ORDER BY p"
    ).rows
    assert [(row["p"], row["quantity"], row["unit"]) for row in sent] == [
        ("包装盒", None, None),
        *[("药", 20, "bottle")] * 2,
    ]


def test_a_name_with_an_alias_behind_it(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名/绰号,性别,身份证号码", f"张建国/阿国,男,{ID}", "王五/小五,男,", "李某,女,")
    told = {(name, value) for _, name, value, _ in statements(path)}
    assert {("name", "张建国"), ("alias", "阿国"), ("name", "李某")} <= told


def test_the_owner_of_an_english_statement_stands_above_it(tmp_path: Path) -> None:
    above = ["Account holder: Acme Ltd,,,,,", "Account number: GB11BARC20000012345678,,,,,"]
    header = "Date,Paid Out,Paid In,Balance,Counterparty name,Counterparty account"
    lines = ["25/01/2024,1000.00,,500.00,Jane Roe,GB29NWBK60161331926819"]
    path = write(tmp_path, "a.csv", *above, header, *lines)
    assert ("party:FILE:Acme Ltd", "account:GB11BARC20000012345678") in ends(path, "HOLDS")
    with pytest.raises(UnknownTable, match="says nowhere whose it is"):
        staged(write(tmp_path, "b.csv", header, *lines))


def test_what_a_header_has_in_brackets_stands_in_brackets_below(tmp_path: Path) -> None:
    header = "样品名称,批号,被抽样单位（环节）,抽样日期,检验结论"
    lines = [
        "药,B1,某药店（零售）,2024-02-01,不合格",
        "药,B2,某医院（使用）,2024-02-02,合格",
        "药,B3,某药店,2024-02-03,合格",
    ]
    path = write(tmp_path, "a.csv", header, *lines)
    assert {target for _, target in ends(path, "SAMPLED_FROM")} == {"party:FILE:某药店", "party:FILE:某医院"}
    plain = write(
        tmp_path, "b.csv", "扣押日期,持有人(签字),品名,数量(盒)", "2024-02-01,某药店（总店）,药,3", "2024-02-01,甲,药,4"
    )
    assert {target for _, target in ends(plain, "SEIZED_FROM")} == {"party:FILE:甲", "party:FILE:某药店(总店)"}


@pytest.mark.parametrize(
    ("header", "line", "name"),
    [
        ("Surname;Forename(s);DOB;Phone", "DOE;John;1984-03-05;+254 712 345678", "John DOE"),
        ("姓;名;出生日期;电话", "欧阳;修;1984-03-05;13805710001", "欧阳修"),
    ],
)
def test_a_name_in_two_columns(tmp_path: Path, header: str, line: str, name: str) -> None:
    path = write(tmp_path, "a.csv", header, line)
    assert name in {value for _, what, value, _ in statements(path) if what == "name"}


def test_what_a_shop_sold_to_its_members(tmp_path: Path) -> None:
    above = "门店：义乌市康泰药店,,,,,,,"
    header = "单据号,销售日期,商品名称,单位,批号,数量,会员姓名,状态"
    lines = [
        "X1,2024-01-05,药,盒,B1,2,孙七,正常",
        "X2,2024-01-06,药,盒,B1,-1,孙七,退货",
        "X3,2024-01-06,药,盒,B1,3,周八,已退款",
    ]
    path = write(tmp_path, "a.csv", above, header, *lines)
    shop, member = "party:FILE:义乌市康泰药店", "party:FILE:孙七"
    assert ends(path, "SUPPLIED") == [(shop, member), (member, shop)]
