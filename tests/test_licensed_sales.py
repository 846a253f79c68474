"""A licence holder who sells to dealers without one is the source a plan looks for, not lawful trade to leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook
from graphkit.model.language import set_language

WORKS, WHOLESALER, CHEMIST = "91350100717310077T", "91350200612004581X", "91440300708461136T"
DEALER, SELLER, PATIENT = "430111198506200466", "350203199007070353", "440305198001150112"
RECORDS = {
    "companies.csv": f"""名称,统一社会信用代码,许可证号
福州制药厂,{WORKS},闽20200001
厦门医药批发有限公司,{WHOLESALER},闽AA5920001
深圳大药房,{CHEMIST},粤BA7550001
""",
    "sales.csv": f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,福州制药厂,{WORKS},厦门医药批发有限公司,{WHOLESALER},胰岛素,L1,1000,支,2023-03-01
C-2,厦门医药批发有限公司,{WHOLESALER},深圳大药房,{CHEMIST},胰岛素,L1,500,支,2023-03-03
C-3,厦门医药批发有限公司,{WHOLESALER},王强,{DEALER},胰岛素,L1,300,支,2023-03-04
C-4,深圳大药房,{CHEMIST},赵敏,{PATIENT},胰岛素,L1,5,支,2023-03-09
C-5,王强,{DEALER},李梅,{SELLER},胰岛素,L1,200,支,2023-03-12
""",
}


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    folder = tmp_path_factory.mktemp("licensed")
    for name, text in RECORDS.items():
        (folder / name).write_text(text, "utf-8")
    made = graphkit.open(folder / "casebook")
    made.load(folder)
    return made


def test_what_a_licence_holder_sold_to_a_dealer_without_one_flows_from_him(casebook: Casebook) -> None:
    plan = casebook.strike(1, objective="flow", time_limit=5)
    assert (plan.facts["before"], plan.facts["value"]) == (300, 0)
    leak = casebook.strike(1, objective="flow", must_not=[f"person:{DEALER}"], time_limit=5)
    assert [row["id"] for row in leak.rows] == [f"company:{WHOLESALER}"] and leak.facts["value"] == 0


def test_both_what_counts_and_what_is_left_out_are_said_with_amounts(casebook: Casebook) -> None:
    notes = casebook.strike(1, objective="flow", time_limit=5).notes
    (out,) = [note for note in notes if note.startswith("Licensed trade is left out")]
    assert "3 movements" in out and "1505" in out and "--licensed" in out
    (leak,) = [note for note in notes if "without a licence" in note and note is not out]
    assert "2 movements" in leak and "500" in leak and "厦门医药批发有限公司" in leak
    set_language("zh")
    assert any("无证" in note and "500" in note for note in casebook.strike(1, objective="flow", time_limit=5).notes)


def test_licensed_counts_all(casebook: Casebook) -> None:
    assert casebook.strike(1, objective="flow", licensed=True, time_limit=5).facts["before"] == 1000


def test_a_licence_holder_s_short_name_in_a_buyer_s_ledger_is_the_licence_holder(tmp_path: Path) -> None:
    """What the chemist's own ledger tells of the works, without number and in short, is lawful all the same."""
    bought = f"""单号,卖方,买方,买方证件号,品名,批号,数量,单位,日期
J-1,福州制药厂,深圳大药房,{CHEMIST},胰岛素,L2,70,支,2023-02-01
J-2,厦门医药批发,深圳大药房,{CHEMIST},胰岛素,L3,80,支,2023-02-02
"""
    for name, text in (RECORDS | {"bought.csv": bought}).items():
        (tmp_path / name).write_text(text, "utf-8")
    made = graphkit.open(tmp_path / "casebook")
    made.load(tmp_path)
    plan = made.strike(1, objective="flow", time_limit=5)
    assert plan.facts["before"] == 300
    assert any("5 movements" in note and "1655" in note for note in plan.notes)
