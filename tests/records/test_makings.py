"""Records of production without numbers: one line for each lot of material, the product repeated beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import write

HEADER = "加工日期,窝点编号,投入品名,投入批号,投入数量,投入单位,产出品名,产出批号,产出数量,产出单位"


def produced(folder: Path, *lines: str) -> tuple[float, list[str]]:
    path = write(folder, "made.csv", HEADER, *lines)
    casebook = graphkit.open(folder / "casebook")
    notes = casebook.load(path).notes
    (row,) = [row for row in casebook.balance().rows if row["batch"] == "batch:止痛丸|B1"]
    return row["produced"], [note for note in notes if "加工编号" in note and "B1" not in note]


@pytest.mark.parametrize("second", ["原料粉,Y2,16.4,kg", "淀粉,,26.8,kg", "原料粉,Y2,0.2,袋"])
def test_what_was_made_of_two_lots_counts_once(tmp_path: Path, second: str) -> None:
    lines = [f"2023-05-22,W1,{used},止痛丸,B1,1800,盒" for used in ("原料粉,Y1,26.8,kg", second)]
    made, notes = produced(tmp_path, *lines)
    assert made == 1800
    assert any("3" in note for note in notes)  # the row is named


def test_two_makings_of_one_lot_stay_two(tmp_path: Path) -> None:
    made, _ = produced(
        tmp_path,
        "2023-05-22,W1,原料粉,Y1,25,kg,止痛丸,B1,1800,盒",
        "2023-05-23,W1,原料粉,Y2,20,kg,止痛丸,B1,1800,盒",
        "2023-05-23,W1,原料粉,Y2,20,kg,止痛丸,B1,1500,盒",
    )
    assert made == 5100


def test_as_much_made_of_as_much_of_another_lot_may_be_two_makings(tmp_path: Path) -> None:
    lines = [f"2023-05-22,W1,原料粉,{lot},25,kg,止痛丸,B1,1800,盒" for lot in ("Y1", "Y2")]
    made, notes = produced(tmp_path, *lines)
    assert made == 3600
    assert any("3" in note for note in notes)
