"""One party under several spellings, some without its number, is one party to every question that counts or ranks."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook
from graphkit.errors import RequestError
from graphkit.model.language import set_language

WORKS, DRUGSTORE = "91350100717310077T", "91350200612004581X"
MAKER, DEALER, SHOP = "430111198506200466", "350203199007070353", "440305198001150112"
FIRMS = {
    "sales.csv": f"""单号,卖方,卖方证件号,买方,品名,批号,数量,单位,金额,日期
X-1,福州安康医药有限公司,{WORKS},同春大药房,降压片,A1,600,盒,6000,2023-03-01
X-2,福州安康医药有限公司,{WORKS},老何,降压片,A1,250,盒,2500,2023-03-05
""",
    "bought.csv": f"""单号,卖方,买方,买方证件号,品名,批号,数量,单位,金额,日期
J-1,安康医药,厦门同春大药房有限公司,{DRUGSTORE},降压片,A1,600,盒,6000,2023-03-02
J-2,安康医药,何建国,{DEALER},降压片,A1,250,盒,2500,2023-03-06
""",
    "waybills.csv": """运单号,寄件人,寄件地址,收件人,收件地址,品名,批号,数量,单位,揽收时间,承运商
SF1,福州安康医药,福建省福州市鼓楼区1号,同春大药房,福建省厦门市思明区2号,降压片,A1,600,盒,2023-03-01 10:00,顺丰
SF2,福州安康医药,福建省福州市鼓楼区1号,何建国,广东省广州市越秀区3号,降压片,A1,250,盒,2023-03-05 10:00,顺丰
""",
}


def opened(folder: Path, records: dict[str, str]) -> Casebook:
    for name, text in records.items():
        (folder / name).write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder)
    return casebook


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return opened(tmp_path_factory.mktemp("firms"), FIRMS)


def test_a_movement_counts_once_though_each_ledger_spells_the_other_side_without_its_number(firms: Casebook) -> None:
    rows = firms.flows(what="goods", within=True).rows
    assert (sum(row["movements"] for row in rows), sum(row["quantity_max"] for row in rows)) == (2, 850)
    found = {row["measure"]: row["value"] for row in firms.stats().rows}
    assert (found["supplies"], found["supplied_amount"], found["shipments"]) == (2, 8500, 2)
    assert firms.strike(1, objective="flow", licensed=True, time_limit=20).facts["before"] == 850
    (row,) = firms.balance(party=f"company:{WORKS}").rows
    assert row["out"] == 850


@pytest.mark.parametrize("question", ["flows", "stats", "rank", "groups"])
def test_who_was_taken_for_whom_is_said_with_the_reason(firms: Casebook, question: str) -> None:
    told = [note for note in getattr(firms, question)().notes if "taken for" in note]
    assert len(told) == 1
    assert "老何" in told[0] and f"person:{DEALER}" in told[0] and "Nothing is merged" in told[0]
    set_language("zh")
    assert any("视为" in note and "老何" in note for note in getattr(firms, question)().notes)


def test_roles_ranks_and_groups_have_the_party_once(firms: Casebook) -> None:
    parties = {f"company:{WORKS}", f"company:{DRUGSTORE}", f"person:{DEALER}"}
    ranked = firms.rank().rows
    assert {row["id"] for row in ranked} == parties
    assert {row["id"]: row["role"] for row in ranked}[f"company:{WORKS}"] == "source"
    assert {row["id"] for row in firms.groups().rows} == parties


# The dealer is in custody; the buyer's ledger and a waybill have his name only.
HELD = {
    "people.csv": f"姓名,身份证号,案件编号,到案状态\n何建国,{DEALER},A-1,逮捕\n陈静,{MAKER},A-1,在逃\n",
    "sales.csv": f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,陈静,{MAKER},何建国,{DEALER},止痛胶囊,Z1,500,盒,2023-03-01
C-2,陈静,{MAKER},王强,{SHOP},止痛胶囊,Z2,90,盒,2023-03-01
""",
    "bought.csv": """单号,卖方,买方,买方证件号,品名,批号,数量,单位,日期
J-1,何建国,张伟,430111198506200001,止痛胶囊,Z1,300,盒,2023-03-09
J-2,何建国,李梅,350203199007070003,止痛胶囊,Z1,150,盒,2023-03-10
J-3,王强,赵敏,440305198001150008,止痛胶囊,Z2,90,盒,2023-03-10
""",
    "seizures.csv": """扣押编号,案件编号,扣押日期,持有人,持有人证件号,品名,批号,数量,单位
K-1,A-1,2023-03-20,张伟,430111198506200001,止痛胶囊,Z1,20,盒
""",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return opened(tmp_path_factory.mktemp("held"), HELD)


@pytest.mark.parametrize("objective", ["flow", "pairs", "largest"])
def test_the_entry_by_name_of_a_man_in_custody_is_out_with_him(held: Casebook, objective: str) -> None:
    plan = held.strike(1, objective=objective, time_limit=4)
    assert not [row for row in plan.rows if row["name"] == "何建国"]
    assert plan.facts["before"] == {"flow": 90, "pairs": 3, "largest": 3}[objective]
    assert "In custody, so out before it starts: 1." in plan.notes
    (note,) = [note for note in plan.notes if note.startswith("Out with them")]
    assert f"何建国 for person:{DEALER} 何建国" in note and "--keep-detained" in note
    kept = held.strike(1, objective=objective, keep_detained=True, time_limit=4)
    assert kept.facts["before"] > plan.facts["before"]


def test_he_is_one_in_ranks_groups_and_among_the_sources(held: Casebook) -> None:
    for rows in (held.rank().rows, held.groups().rows, held.sources().rows):
        assert [row["id"] for row in rows if row["name"] == "何建国"] == [f"person:{DEALER}"]
    maker = next(row for row in held.sources().rows if row["id"] == f"person:{MAKER}")
    assert maker["explained"] == 1  # beyond him, whom the seized man's ledger has by name only


def test_another_of_the_name_with_a_number_leaves_the_name_nobody_s(tmp_path: Path) -> None:
    another = f"C-3,陈静,{MAKER},何建国,440305198001150999,止痛胶囊,Z1,10,盒,2023-03-02\n"
    casebook = opened(tmp_path, HELD | {"sales.csv": HELD["sales.csv"] + another})
    named = [row["id"] for row in casebook.rank().rows if row["name"] == "何建国"]
    assert len(named) == 3 and not any("何建国 for" in note for note in casebook.rank().notes)


def test_a_name_that_several_have_is_listed_with_their_numbers(held: Casebook) -> None:
    with pytest.raises(RequestError) as raised:
        held.show("何建国")
    first, second = f"person:{DEALER} (何建国, Person, 2 rows)", "何建国 (何建国, known by name only, 2 rows)"
    said = str(raised.value)
    assert first in said and second in said and said.index(first) < said.index(second)
    assert said.endswith(f"Give the id of one in its stead, such as person:{DEALER}.")
    set_language("zh")
    assert f"person:{DEALER}（何建国，人员，2 行）" in str(raised.value) and "仅知名称" in str(raised.value)


def test_who_is_shown_is_told_of_the_others_of_the_name(held: Casebook) -> None:
    (note,) = [note for note in held.show(f"person:{DEALER}").notes if "same name" in note]
    assert ":何建国" in note
    assert not any("same name" in note for note in held.show(f"person:{MAKER}").notes)


# One supplier in three provinces: by his number, by an alias with his phone, by name and nickname only.
ABROAD = {
    "people.csv": f"姓名,身份证号,别名,手机号,到案状态\n陈国强,{DEALER},强哥,13900000001,在逃\n",
    "fujian.csv": f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
F-1,陈国强,{DEALER},王强,{MAKER},止痛胶囊,Z1,400,盒,2023-03-01
""",
    "hunan.csv": """运单号,寄件人,寄件电话,寄件地址,收件人,收件电话,收件地址,品名,批号,数量,单位,揽收时间,承运商
H1,陈总,13900000001,湖南省长沙市芙蓉区1号,王强,13800000002,长沙市岳麓区2号,止痛胶囊,Z1,400,盒,2023-03-02 10:00,顺丰
H2,陈总,13900000001,湖南省长沙市芙蓉区1号,李梅,13800000003,株洲市天元区2号,止痛胶囊,Z1,150,盒,2023-04-02 10:00,顺丰
""",
    "guangdong.csv": f"""单号,卖方,买方,买方证件号,品名,批号,数量,单位,日期
G-1,陈国强,赵敏,430111198506200001,止痛胶囊,Z1,90,盒,2023-05-05
G-2,强哥,李梅,{SHOP},止痛胶囊,Z1,150,盒,2023-04-03
""",
}


def test_answers_about_one_supplier_under_three_names_in_three_provinces_agree(tmp_path: Path) -> None:
    casebook, supplier = opened(tmp_path, ABROAD), f"person:{DEALER}"
    stats, flows = casebook.stats(), casebook.flows(what="goods", within=True)
    counted = {row["measure"]: row["value"] for row in stats.rows}
    assert (counted["supplies"], counted["shipments"]) == (3, 2)
    assert (sum(row["movements"] for row in flows.rows), sum(row["quantity_max"] for row in flows.rows)) == (3, 640)
    (balance,) = casebook.balance(party=supplier).rows
    plan = casebook.strike(1, objective="flow", time_limit=2)
    assert balance["out"] == plan.facts["before"] == plan.rows[0]["gain"] == 640
    ranked = casebook.rank(by="degree")
    assert (ranked.rows[0]["id"], ranked.rows[0]["role"], len(ranked.rows)) == (supplier, "source", 4)
    months = casebook.rank(period="month")
    assert [row["period"] for row in months.rows if row["id"] == supplier] == ["2023-03", "2023-04", "2023-05"]
    assert {row["group"] for row in casebook.groups().rows} == {1} and len(casebook.groups().rows) == 4
    best = casebook.sources(case=[f"person:{SHOP}", "person:430111198506200001"])
    assert (best.rows[0]["id"], best.rows[0]["explained"]) == (supplier, 2)
    for answer in (stats, flows, plan, ranked, months, casebook.groups(), best):
        (told,) = [note for note in answer.notes if "taken for one" in note]
        assert f"强哥 for {supplier} 陈国强" in told
    (apart,) = [note for note in casebook.trace(supplier, "forward").notes if "not followed" in note]
    assert "陈国强: party:" in apart
