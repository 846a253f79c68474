"""A waybill that says nothing of its content says what it weighs: which ledger's row it may tell of."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Answer
from graphkit.tracing.amounts.figures import Figure, surely

MAKER, DEALER = "430111198506200466", "350203199007070353"
LEDGER = f"""单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
C-1,陈静,{MAKER},王强,{DEALER},止痛胶囊,Z1,300,盒,2022-05-01
C-2,陈静,{MAKER},王强,{DEALER},止痛胶囊,Z1,400,盒,2022-06-01
"""
WAYBILLS = """运单号,寄件人,收件人,品名,批号,数量,单位,重量(kg),揽收时间,承运商
SF1,陈静,王强,止痛胶囊,Z1,300,盒,18,2022-05-01 10:00,顺丰
SF7,吴七,郑八,止痛胶囊,Z7,200,盒,{heavy},2021-05-01 10:00,顺丰
SF8,吴七,郑八,止痛胶囊,Z7,250,盒,15,2021-06-01 10:00,顺丰
SF2,陈静,王强,,,,,{weight},2022-06-03 10:00,顺丰
"""


MAKING = """加工编号,窝点编号,日期,产出品名,产出批号,产出数量,产出单位
J1,WD1,2022-04-20,止痛胶囊,Z1,5000,盒
"""
DEN = f"""窝点编号,名称,类型,地址,控制人,控制人身份证号
WD1,一号厂房,生产,广东省广州市天河区一路1号,陈静,{MAKER}
"""


def _trace(folder: Path, weight: str, more: str = "", exact: str | None = None, heavy: str = "12") -> Answer:
    waybills = WAYBILLS.format(weight=weight, heavy=heavy)
    records = {"sales.csv": LEDGER + more, "waybills.csv": waybills, "making.csv": MAKING, "dens.csv": DEN}
    for name, text in records.items():
        (folder / name).write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / name for name in records))
    return casebook.trace("batch:止痛胶囊|Z1", direction="forward", exact=exact)


def _counted_once(folder: Path, weight: str, more: str = "") -> list[dict[str, list[str]]]:
    return _trace(folder, weight, more).whole["counted_once"]


def _dealer(answer: Answer) -> tuple[float | None, float | None, str]:
    row = next(row for row in answer.rows if row["id"] == f"person:{DEALER}")
    return row["quantity_min"], row["quantity_max"], row["bound"]


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


def test_what_weighs_as_much_adds_nothing_to_the_most_and_is_not_called_exact(tmp_path: Path) -> None:
    answer = _trace(tmp_path, "24", exact="all")
    assert _dealer(answer) == (700, 700, "outer")
    assert any("weigh" in note and "SF2" in note for note in answer.notes)


def test_a_parcel_of_its_own_held_no_more_than_its_weight_allows(tmp_path: Path) -> None:
    """Ninety-one kilograms and half as much again, of boxes of sixty grams."""
    answer = _trace(tmp_path, "90")
    assert _dealer(answer) == (700, 700 + 2275, "outer")
    assert any("90 kg" in note and "SF2" in note for note in answer.notes)


@pytest.mark.parametrize("heavy", ["9", ""])
def test_two_parcels_or_a_light_one_do_not_show_what_goods_weigh(tmp_path: Path, heavy: str) -> None:
    """Of a light parcel most may be wrapping."""
    _, most, _ = _dealer(_trace(tmp_path, "90", heavy=heavy))
    assert most is not None and most > 4000


@pytest.mark.parametrize("weight", ["", "1"])
def test_no_weight_and_a_courier_s_first_kilogram_tell_nothing(tmp_path: Path, weight: str) -> None:
    least, most, bound = _dealer(_trace(tmp_path, weight))
    assert (least, bound) == (700, "outer") and most is not None and most > 4000


def test_a_weight_never_raises_the_least_nor_makes_a_figure_exact() -> None:
    by_weight, by_rows = Figure(225.0, 400.0, "盒", exact=True), Figure(0.0, 400.0, "盒")
    assert surely(by_weight, by_rows) == Figure(0.0, 400.0, "盒")
    assert surely(Figure(), by_rows) == Figure()
    assert surely(by_rows, by_rows) is by_rows


def test_who_gave_on_more_than_the_weight_allows_is_not_said_to_have_got_it_unseen(tmp_path: Path) -> None:
    """What is only likely shows no lack: the parcel may have been wrapped lightly."""
    onward = f"C-9,王强,{DEALER},李梅,110101199003070038,止痛胶囊,Z1,3500,盒,2022-07-01\n"
    notes = _trace(tmp_path, "90", onward).notes
    assert not any("must have come unseen" in note and DEALER in note for note in notes)
