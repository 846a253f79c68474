"""A waybill without a lot carries the lot that a ledger names of the same movement, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook

MAKER, OTHER, DEALER = "430111198506200466", "320102197809120352", "350203199007070353"
CLINIC, SHOP = "440305198001150112", "510104199203030237"
_WAYBILLS = """运单号,寄件人,寄件电话,收件人,收件电话,品名,数量,单位,揽收时间,签收时间
SF1,陈静,13800000001,王强,13800000002,减肥胶囊,{quantity},{unit},2024-05-02 10:00,2024-05-04 09:00
"""
RECORDS = {
    "sales.csv": f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,陈静,{MAKER},王强,{DEALER},减肥胶囊,GOOD,2000,盒,2024-05-01
C-2,李山,{OTHER},王强,{DEALER},减肥胶囊,BAD,500,盒,2024-05-01
W-1,王强,{DEALER},刘敏,{CLINIC},减肥胶囊,GOOD,2000,盒,2024-05-06
W-2,王强,{DEALER},周平,{SHOP},减肥胶囊,BAD,500,盒,2024-05-06
""",
    "persons.csv": f"""姓名,证件号,电话
陈静,{MAKER},13800000001
王强,{DEALER},13800000002
""",
    "samples.csv": f"""抽样编号,被抽样单位,证件号,品名,批号,抽样日期,结论
CJ1,周平,{SHOP},减肥胶囊,BAD,2024-05-08,不合格
CJ2,刘敏,{CLINIC},减肥胶囊,GOOD,2024-05-08,合格
""",
}


def opened(folder: Path, waybill: dict[str, str]) -> Casebook:
    folder.mkdir()
    for name, text in (RECORDS | {"waybills.csv": _WAYBILLS.format_map(waybill)}).items():
        (folder / name).write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder)
    return casebook


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return opened(tmp_path_factory.mktemp("case") / "told", {"quantity": "2000", "unit": "盒"})


def test_who_sent_another_lot_is_no_source(casebook: Casebook) -> None:
    found = {row["id"]: row for row in casebook.sources(case=["CJ1"], passed=["CJ2"]).rows}
    assert f"person:{MAKER}" not in found
    assert (found[f"person:{OTHER}"]["score"], found[f"person:{OTHER}"]["against"]) == (1, 0)


def test_nor_does_a_trace_lead_to_him(casebook: Casebook) -> None:
    back = {row["id"] for row in casebook.trace("CJ1").rows}
    assert f"person:{OTHER}" in back and f"person:{MAKER}" not in back
    flows = casebook.flows(of="CJ1", direction="back", level="county", within=True)
    assert all("SF1" not in str(row) for row in flows.rows)


def test_the_lot_still_goes_by_the_waybill_s_times(casebook: Casebook) -> None:
    """The ledger's day is five days before the next sale, the waybill's arrival two."""
    reached = {row["id"] for row in casebook.trace(f"person:{MAKER}", "forward", max_lag=3).rows}
    assert f"person:{CLINIC}" in reached


def test_a_waybill_that_does_not_say_how_much_may_carry_any_lot(tmp_path: Path) -> None:
    casebook = opened(tmp_path / "open", {"quantity": "", "unit": ""})
    assert f"person:{MAKER}" in {row["id"] for row in casebook.trace("CJ1").rows}


def test_what_names_no_lot_and_came_from_whom_nobody_knows_may_be_of_the_lot(tmp_path: Path) -> None:
    header = "单号,卖方,买方,买方证件号,品名,批号,数量,单位,日期\n"
    rows = "S1,陈伟,大药房,91330326MA9056066Y,某片,L1,100,盒,2024-03-05\n"
    rows += "S3,阿伟,大药房,91330326MA9056066Y,某片,,500,盒,2024-03-06\n"
    (tmp_path / "sales.csv").write_text(header + rows, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "sales.csv")
    (row,) = [row for row in casebook.trace("L1", "forward", exact="all").rows if row["name"] == "大药房"]
    assert (row["quantity_min"], row["quantity_max"]) == (100, 600)
    (row,) = casebook.balance(batch="L1").rows
    assert (row["held"], row["held_max"]) == (100, 600)
