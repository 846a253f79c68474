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


@pytest.mark.parametrize("start", ["batch:降压片|A1", f"company:{WORKS}"])
def test_a_trace_weighs_a_movement_once_too(firms: Casebook, start: str) -> None:
    answer = firms.trace(start, "forward")
    rows = {row["id"]: row for row in answer.rows}
    for taker, much in ((f"company:{DRUGSTORE}", 600), (f"person:{DEALER}", 250)):
        assert (rows[taker]["quantity_min"], rows[taker]["quantity_max"]) == (much, much)
    assert any("taken for one" in note and "老何" in note for note in answer.notes)


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
    onward = casebook.trace(supplier, "forward")
    assert {"王强", "李梅", "赵敏"} <= {row["name"] for row in onward.rows}
    got = {row["id"]: (row["quantity_min"], row["quantity_max"]) for row in onward.rows}
    taken = ((MAKER, 400), (SHOP, 150), ("430111198506200001", 90))
    assert all(got[f"person:{number}"] == (much, much) for number, much in taken)
    for answer in (stats, flows, plan, ranked, months, casebook.groups(), best, onward):
        (told,) = [note for note in answer.notes if "taken for one" in note]
        assert f"强哥 for {supplier} 陈国强" in told


# No row gives a number: what ties the files together are names, and goods that both had.
NAMES = {
    "invoices.csv": """Invoice No,Date,Seller,Buyer,Product,Batch,Quantity,Unit
F-1,2014-03-03,Hill Trading,Harbour Pharma,Vial X,L7,400,box
F-2,2014-03-12,Harbour Pharma,Clinic North,Vial X,L7,250,box
F-3,2014-03-17,Harbour Pharma,Clinic South,Vial X,L7,100,box
F-4,2014-03-18,Harbour Pharma,Smith,Gauze,G1,30,box
""",
    "powder.csv": """Invoice No,Date,Seller,Buyer,Product,Batch,Quantity,Unit
P-1,2014-01-10,Powder Works,Hill Trading,Powder,Y1,90,kg
""",
    "dens.csv": "Den number,Type,Address,Controller\nD-1,production,Mill Lane 4,Hill Trading\n",
    "made.csv": """transformation_id,place_id,date,input_product,input_batch,input_quantity,input_unit,output_product,output_batch,output_quantity,output_unit
T-1,D-1,2014-02-01,Powder,Y1,80,kg,Vial X,L7,400,box
""",  # noqa: E501
    "seizures.csv": """Seizure no,Date seized,Held by,Product,Batch,Quantity,Unit
Z-1,2014-04-02,Clinic South,Vial X,L7,95,box
Z-2,2014-04-03,Smith,Vial X,L8,5,box
""",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return opened(tmp_path_factory.mktemp("names"), NAMES)


def test_a_trace_goes_on_where_a_ledger_names_whom_goods_were_seized_from(names: Casebook) -> None:
    found = {row["name"]: row for row in names.trace("Z-1").rows}
    assert {"Harbour Pharma", "Hill Trading", "Powder Works"} <= set(found)
    assert (found["Hill Trading"]["quantity_min"], found["Hill Trading"]["quantity_max"]) == (95, 95)
    assert found["Harbour Pharma"]["score"] == 0.35  # the name, not the rows, tells that it is the same Clinic South
    assert [note for note in names.trace("Z-1").notes if "Clinic South" in note and "goods that both had" in note]


def test_one_of_the_very_name_whom_a_name_means_has_one_row(held: Casebook) -> None:
    rows = held.trace("batch:止痛胶囊|Z1", direction="forward").rows
    names = [row["name"] for row in rows if row["kind"] in ("Party", "Person", "Company")]
    assert len(names) == len(set(names)) > 1
    (dealer,) = [row for row in rows if row["id"] == f"person:{DEALER}"]
    assert dealer["hops"] == 1 and len(dealer["evidence"]) > 1  # with the row that has him by name only


def test_a_name_with_other_goods_is_not_followed(names: Casebook) -> None:
    answer = names.trace("Z-2")
    assert "Harbour Pharma" not in {row["name"] for row in answer.rows}
    assert [note for note in answer.notes if "not followed" in note and "Smith" in note]


def test_a_source_is_found_by_names_alone(names: Casebook) -> None:
    found = {row["name"]: row["missed"] for row in names.sources(case=["Z-1"]).rows}
    assert found["Powder Works"] == found["Hill Trading"] == []


def test_a_delivery_that_only_tells_who_somebody_is_carries_nothing(names: Casebook) -> None:
    rows = names.trace("batch:Vial X|L7", direction="forward").rows
    assert rows and not [row for row in rows if row["unit"] == "kg"]  # the powder is no part of what was made of it


# A register of firms, and a ledger that writes their names out without a credit code.
REGISTER = {
    "firms.csv": f"""统一社会信用代码,企业名称,地址,类型,许可证号
{WORKS},福州安康医药有限公司,福建省福州市鼓楼区1号,批发,闽A123
{DRUGSTORE},同春大药房,福建省厦门市思明区2号,零售,闽B123
""",
    "sales.csv": """单号,卖方,买方,品名,批号,数量,单位,日期
X-1,福州安康医药有限公司,同春大药房,降压片,A1,600,盒,2023-03-01
""",
}


def test_the_full_name_of_a_registered_firm_means_it(tmp_path: Path) -> None:
    casebook = opened(tmp_path, REGISTER)
    (row,) = casebook.flows(what="goods", within=True).rows
    assert row["from"] == "350000"
    (note,) = [note for note in casebook.rank().notes if "taken for one" in note]
    assert "full name of a registered firm" in note and "同春大药房" not in note  # many shops are called so
    assert "同春大药房" in {row["name"] for row in casebook.trace(f"company:{WORKS}", "forward").rows}


def test_a_full_name_that_two_firms_have_is_neither_s(tmp_path: Path) -> None:
    firms = REGISTER["firms.csv"] + "91350200612004582Y,福州安康医药有限公司,福建省厦门市思明区9号,批发,闽C1\n"
    casebook = opened(tmp_path, REGISTER | {"firms.csv": firms})
    assert not [note for note in casebook.rank().notes if "full name" in note]


def test_a_name_of_somebody_in_custody_that_stays_in_is_told(tmp_path: Path) -> None:
    people = {"people.csv": f"姓名,身份证号,案件编号,到案状态\n老王头,{MAKER},A-1,逮捕\n"}
    sold = "单号,卖方,买方,品名,批号,数量,单位,日期\nX-1,老王头,张三丰,止痛片,B1,10,盒,2023-01-01\n"
    casebook = opened(tmp_path, people | {"sales.csv": sold})
    (note,) = [note for note in casebook.strike(1, objective="pairs", time_limit=2).notes if "stay in" in note]
    assert ":老王头" in note and "--without" in note


def test_a_nickname_in_a_ledger_lacks_nothing_and_holds_nothing_of_its_own(tmp_path: Path) -> None:
    """The maker's book has the dealer by his alias: what he sold on came to him, and did not come unseen."""
    records = {
        "people.csv": f"姓名,绰号,身份证号\n何建国,胖子,{DEALER}\n",
        "sales.csv": f"""单号,卖方,卖方证件号,买方,品名,批号,数量,单位,日期
C-1,陈静,{MAKER},胖子,止痛胶囊,Z1,500,盒,2023-03-01
""",
        "dealer.csv": f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
D-1,何建国,{DEALER},王强,{SHOP},止痛胶囊,Z1,450,盒,2023-03-09
""",
    }
    casebook = opened(tmp_path, records)
    (row,) = [row for row in casebook.balance().rows if row["batch"] == "batch:止痛胶囊|Z1"]
    assert (row["held"], row["held_max"]) == (500, 500)
    assert f"person:{DEALER}" in str(row["holders"]) and "胖子" not in str(row["holders"])
    lacking = [each["id"] for each in casebook.reconcile().rows]
    assert lacking == [f"person:{MAKER}"]  # the maker alone
