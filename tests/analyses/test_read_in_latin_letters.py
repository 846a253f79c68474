"""A name in Latin letters means whom it reads, where he had the same goods and no other is read so."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit import Casebook

SALES = "日期,卖方,买方,产品名称,批号,数量,单位\n"
MAKER = "2024-01-05,甲厂,曾强,消痛胶囊,B1,100,盒\n"


def loaded(folder: Path, *sales: str, people: str = "曾强,110101199003070038\n") -> Casebook:
    (folder / "人员.csv").write_text("姓名,身份证号\n" + people, "utf-8")
    for number, rows in enumerate(sales):
        (folder / f"台账{number}.csv").write_text(SALES + rows, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*sorted(folder.glob("*.csv")))
    return casebook


@pytest.mark.parametrize("written", ["Zeng Qiang", "ZENG QIANG", "Qiang Zeng", "zengqiang", "Zēng, Qiáng"])
def test_what_the_reading_gave_on_is_his(tmp_path: Path, written: str) -> None:
    quoted = f'"{written}"'
    casebook = loaded(tmp_path, MAKER, f"2024-02-01,{quoted},乙店,消痛胶囊,B1,60,盒\n")
    answer = casebook.trace("batch:消痛胶囊|B1", "forward")
    shop = next(row for row in answer.rows if row["name"] == "乙店")
    assert (shop["quantity_min"], shop["quantity_max"]) == (60, 60)
    assert any("the reading of the name" in note and "曾强" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("sold", "more"),
    [("另一种药,C9", ""), ("消痛胶囊,B1", "2024-01-06,甲厂,曾蔷,消痛胶囊,B1,20,盒\n")],
    ids=["other goods", "two who are read so"],
)
def test_nobody_is_meant_by_a_reading_alone(tmp_path: Path, sold: str, more: str) -> None:
    casebook = loaded(tmp_path, MAKER + more, f"2024-02-01,Zeng Qiang,乙店,{sold},60,盒\n", people="丁一,\n")
    notes = casebook.trace("batch:消痛胶囊|B1", "forward").notes
    assert not any("the reading of the name" in note for note in notes)
