"""The reconciliation as a user asks for it: planted lacks are found, and nothing is told as the truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.model.answer import Answer
from graphkit.sample import write_sample
from tests.analyses.test_balance import COUNT, MADE, SEIZURE, SUPPLY, WAYBILL


def asked(folder: Path, tables: dict[str, str], **given: Any) -> Answer:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in tables), strict=True)
    return casebook.reconcile(**given)


def test_who_gave_more_than_he_had_lacks_it_under_every_weighting(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,100,box,2024-01-02\nS2,乙,,丙,,药,B1,130,box,2024-01-05\n",
    }
    found = asked(tmp_path, tables, each=True)
    rows = {row["weighting"]: row for row in found.rows}
    assert {row["name"] for row in found.rows} == {"乙"}
    supply = rows["supply"]
    assert (supply["lack"], supply["by"], supply["received"], supply["sent"]) == (30, "2024-01-05", 100, 130)
    assert (supply["supply_min"], supply["entered_min"]) == (30, 30) and 30 <= supply["supply_max"] < 32
    assert rows["corrections"]["supply_min"] == 0  # the seller's 130 may have been 110, his 100 likewise
    every = rows["all"]
    assert every["supply_min"] == min(row["supply_min"] for row in rows.values())
    assert every["supply_max"] == max(row["supply_max"] for row in rows.values())
    assert all(len(row["evidence"]) == 2 for row in found.rows)
    assert any("30" in note and "2024-01-05" in note for note in found.notes)
    assert any("came from outside the records" in note for note in found.notes)


def test_what_is_lacking_may_have_come_by_rows_that_tell_no_amount(tmp_path: Path) -> None:
    sold = SUPPLY + "S1,甲,,乙,,药,B1,{},box,2024-01-02\nS2,乙,,丙,,药,B1,130,box,2024-01-05\n"
    for number, much in enumerate(("0", "100")):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = asked(folder, {"sales": sold.format(much)})
        lacking = [note for note in found.notes if " unseen by then" in note and "乙" in note]
        assert lacking and all(("Unless it came" in note and "supply:S1" in note) == (much == "0") for note in lacking)


def test_stocktakes_before_the_last_count_too(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,100,box,2024-01-02\nS2,乙,,丙,,药,B1,60,box,2024-01-20\n",
        "counts": COUNT + "C1,乙,药,B1,40,box,2024-01-10\nC2,乙,药,B1,0,box,2024-02-10\n",
    }
    rows = [row for row in asked(tmp_path, tables).rows if row["name"] == "乙"]
    assert [(row["lack"], row["received"], row["sent"], row["by"]) for row in rows] == [(20, 40, 60, "2024-01-20")]


def test_goods_without_a_batch_may_be_of_any_and_movements_count_once(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,50,box,2024-01-02\nS2,甲,,乙,,药,,50,box,2024-01-03\n"
        "S3,乙,,丙,,药,B1,80,box,2024-01-05\nS4,乙,,丁,,药,,20,box,2024-01-06\n",
        "purchases": SUPPLY + "P1,乙,,丙,,药,B1,80,box,2024-01-05\n",
        "waybills": WAYBILL + "W1,乙,丁,药,,20,box,2024-01-06 10:00,2024-01-07 10:00\n",
        "seized": SEIZURE + "K1,2024-03-01,丙,药,B1,80,box\n",
    }
    assert {row["name"] for row in asked(tmp_path, tables).rows} == {"甲"}


def test_units_that_do_not_convert_are_listed(tmp_path: Path) -> None:
    tables = {"sales": SUPPLY + "S1,甲,,乙,,药,B1,50,box,2024-01-02\nS2,甲,,乙,,药,B1,3,bag,2024-01-03\n"
              "S3,甲,,乙,,药,B1,9,box,2024-01-04\n"}  # fmt: skip
    found = asked(tmp_path, tables)
    assert any("SUPPLIED:supply:S2" in note and "3 bag" in note for note in found.notes)
    assert [row["sent"] for row in found.rows] == [59]


@pytest.mark.parametrize(("size", "seed"), [(800, 3), (1000, 11)])
def test_the_hidden_source_shows_where_what_it_gave_was_used(size: int, seed: int, tmp_path: Path) -> None:
    write_sample(tmp_path, size, seed)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    shown = 0
    for told in truth["hidden_source"]["deliveries"]:
        batch, product = f"batch:{told['product']}|{told['batch']}", f"product:{told['product']}"
        found = casebook.reconcile(product=product, limit=100)
        # Where a row of his, under whatever name, tells no batch, his batches are one stock.
        rows = [row for row in found.rows if row["id"] == told["to"] and row["batch"] in (batch, None)]
        if casebook.balance(batch=batch).rows[0]["missing"] is None:
            assert not rows  # he also received goods of which no row tells the batch: it may have been this one
            continue
        (row,) = rows
        assert (row["lack"], row["by"]) == (told["quantity"], told["needed_by"])
        others = [each for each in found.rows if each["id"] == told["to"] and each is not row]
        assert not others  # nothing that he got under another name is said to be lacking
        assert row["supply_min"] <= told["quantity"] <= row["supply_max"]
        assert row["supply_min"] > 0 or row["batch"] is None
        assert row["evidence"]
        shown += 1
    assert shown
    assert found.to_dict() == casebook.reconcile(product=product, limit=100).to_dict()


def test_nothing_lacks_where_nothing_is_recorded(tmp_path: Path) -> None:
    found = asked(tmp_path, {"people": "name,id_number\n甲,\n"})
    assert found.rows == [] and any("more than" in note for note in found.notes)
