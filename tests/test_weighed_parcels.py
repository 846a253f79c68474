"""A waybill that says nothing of its content says what it weighs: which ledger's row it may tell of."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit

MAKER, DEALER = "430111198506200466", "350203199007070353"
LEDGER = f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,陈静,{MAKER},王强,{DEALER},止痛胶囊,Z1,300,盒,2022-05-01
C-2,陈静,{MAKER},王强,{DEALER},止痛胶囊,Z1,400,盒,2022-06-01
"""
WAYBILLS = """运单号,寄件人,收件人,品名,批号,数量,单位,重量(kg),揽收时间,承运商
SF1,陈静,王强,止痛胶囊,Z1,300,盒,18,2022-05-01 10:00,顺丰
SF2,陈静,王强,,,,,{weight},2022-06-03 10:00,顺丰
"""


def _counted_once(folder: Path, weight: str, more: str = "") -> list[dict[str, list[str]]]:
    (folder / "sales.csv").write_text(LEDGER + more, "utf-8")
    (folder / "waybills.csv").write_text(WAYBILLS.format(weight=weight), "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder)
    return casebook.trace("batch:止痛胶囊|Z1", direction="forward").whole["counted_once"]


@pytest.mark.parametrize("weight", ["24.6", "24", "21", "35", ""])
def test_a_parcel_as_heavy_as_a_ledger_s_goods_is_that_movement(tmp_path: Path, weight: str) -> None:
    assert [len(group["links"]) for group in _counted_once(tmp_path, weight)] == [2, 2]


@pytest.mark.parametrize("weight", ["90", "6"])
def test_a_parcel_far_too_heavy_or_too_light_is_another(tmp_path: Path, weight: str) -> None:
    """Thrice as much as four hundred boxes weigh by the other waybill, or a quarter of it."""
    assert [len(group["links"]) for group in _counted_once(tmp_path, weight)] == [2]


def test_a_parcel_is_the_row_that_it_weighs_as_much_as_rather_than_the_one_nearer_in_time(tmp_path: Path) -> None:
    nearer = f"C-3,陈静,{MAKER},王强,{DEALER},止痛胶囊,Z1,520,盒,2022-06-03\n"
    groups = [" ".join(group["links"]) for group in _counted_once(tmp_path, "24", nearer)]
    assert sum("C-2" in links and "SF2" in links for links in groups) == 1
