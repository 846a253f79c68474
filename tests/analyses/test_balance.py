"""The balance against what is true of the sample, and on small cases by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.analyses.balance import BALANCE
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from graphkit.sample import write_sample
from tests.sample.reading import grids_of

SUPPLY = "supply_id,seller,seller_id,buyer,buyer_id,product,batch,quantity,unit,supplied_at\n"
WAYBILL = "waybill_id,sender,recipient,product,batch,quantity,unit,sent_at,received_at\n"
SEIZURE = "seizure_id,seized_at,holder,product,batch,quantity,unit\n"
COUNT = "stocktake_id,holder,product,batch,quantity,unit,counted_at\n"
MADE = (
    "transformation_id,place_id,transformed_at,input_product,input_batch,input_quantity,input_unit,"
    "output_product,output_batch,output_quantity,output_unit\n"
)


@pytest.mark.parametrize(("size", "seed"), [(300, 7), (800, 3), (2000, 1), (2000, 11)])
def test_the_balance_of_every_batch_brackets_the_truth(size: int, seed: int, tmp_path: Path) -> None:
    write_sample(tmp_path, size, seed)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    rows = {row["batch"]: row for row in casebook.balance().rows if row["batch"]}
    cut = " ".join(cells_refused(tmp_path, truth))
    # A waybill may not say what was in the parcel: what only waybills tell of cannot be derived.
    untold = {m["batch"] for m in truth["movements"] if not {"supply", "supply_in"} & set(m["rows"])}
    checked = 0
    for batch in truth["batches"]:
        row = rows.get(f"batch:{batch['product']}|{batch['batch']}")
        if row is None or batch["kind"] in ("hidden", "genuine") or batch["batch"] in cut:
            continue
        if batch["kind"] == "raw" and batch["batch"] in untold:
            continue
        unknown = batch["total"].get("sold", 0) + batch["total"].get("lost", 0)
        assert row["unexplained_min"] - 1e-6 <= unknown <= row["unexplained_max"] + 1e-6, (batch["batch"], row)
        checked += 1
    assert checked >= 2
    for told in truth["hidden_source"]["deliveries"]:
        row = rows[f"batch:{told['product']}|{told['batch']}"]
        assert (row["missing"], row["missing_by"]) == (told["quantity"], told["needed_by"])
        assert row["unexplained_max"] == -told["quantity"]
        assert row["evidence"]


def cells_refused(folder: Path, truth: dict[str, Any]) -> list[str]:
    """The cells of every refused row: what they tell of a batch is not in the records."""
    found = []
    for told in truth["refused"]:
        row = grids_of(folder / told["file"])[told["sheet"]][told["row"] - 1]
        found += [str(cell).replace(" ", "") for cell in row]
    return found


def asked(folder: Path, tables: dict[str, str], **given: Any) -> Answer:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in tables), strict=True)
    return casebook.balance(**given)


def test_ledger_counter_ledger_and_waybill_of_one_movement_count_once(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-02\nS2,甲厂,,乙店,,药片,B1,100,box,2024-01-02\n",
        "purchases": SUPPLY + "P9,甲厂,,乙店,,药片,B1,100,box,2024-01-04\n",
        "waybills": WAYBILL + "W1,甲厂,乙店,药片,,100,box,2024-01-02 10:00,2024-01-03 10:00\n",
        "counts": COUNT + "C1,乙店,药片,B1,40,box,2024-02-01\n",
    }
    found = asked(tmp_path, tables)
    (row,) = found.rows
    assert (row["in"], row["stock"], row["unexplained_min"]) == (200, 40, 160)
    assert any("SUPPLIED:supply:P9" in note and "SHIPPED:waybill:W1" in note for note in found.notes)


def test_a_movement_under_another_name_widens_the_range(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-02\n",
        "purchases": SUPPLY + "P9,甲厂,,乙商店,,药片,B1,100,box,2024-01-03\n",
    }
    (row,) = asked(tmp_path, tables).rows
    assert (row["unexplained_min"], row["unexplained_max"]) == (100, 200)


def test_rows_that_disagree_give_a_range(tmp_path: Path) -> None:
    tables = {
        "one": SUPPLY + "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-02\n",
        "two": SUPPLY + "S1,甲厂,,乙店,,药片,B1,120,box,2024-01-02\n",
        "seized": SEIZURE + "K1,2024-03-01,乙店,药片,B1,30,box\n",
    }
    found = asked(tmp_path, tables)
    (row,) = found.rows
    assert (row["seized"], row["unexplained_min"], row["unexplained_max"]) == (30, 70, 90)
    assert len(row["evidence"]) == 3


def test_units_convert_by_mass_and_by_packing_and_else_stand_apart(tmp_path: Path) -> None:
    tables = {
        "mass": SUPPLY
        + "S1,甲,,乙,,粉,R1,2,kg,2024-01-02\nS2,甲,,乙,,粉,R1,500,g,2024-01-03\nS3,甲,,乙,,粉,R1,3,bag,2024-01-04\n",
        "packed": SUPPLY.replace("unit,", "unit,规格,") + "S4,甲,,乙,,药,B1,2,carton,12盒/箱,2024-01-02\n"
        "S5,甲,,乙,,药,B1,6,box,,2024-01-03\nS6,甲,,乙,,药,B1,1,box,,2024-01-04\n",
    }
    found = asked(tmp_path, tables)
    powder, box = found.rows
    assert (powder["in"], powder["unit"]) == (2.5, "kg")
    assert (box["in"], box["unit"]) == (31, "box")
    assert any("SUPPLIED:supply:S3" in note and "3 bag" in note for note in found.notes)


def test_yields_places_and_goods_sold_before_they_were_made(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-10,药,B0,100,box,药,B1,98,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-05\n",
    }
    batch = asked(tmp_path, tables, batch="batch:药|B1")
    assert [(row["produced"], row["yield"], row["unexplained_max"]) for row in batch.rows] == [(98, 0.98, 98)]
    assert any("SUPPLIED:supply:S1" in note for note in batch.notes)
    place = graphkit.open(tmp_path / "casebook").balance(place="place:WD1")
    rows = {row["batch"]: row for row in place.rows}
    assert (rows["batch:药|B0"]["missing"], rows["batch:药|B0"]["missing_by"]) == (100, "2024-01-10")
    assert rows["batch:药|B1"]["place"] == "place:WD1"


def test_the_same_answer_twice_and_refusals(tmp_path: Path) -> None:
    tables = {"sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-05\nS2,甲,,丙,,药,,60,box,2024-01-05\n"}
    first = asked(tmp_path, tables)
    casebook = graphkit.open(tmp_path / "casebook")
    assert BALANCE.ask(casebook).to_dict() == first.to_dict()
    with pytest.raises(NotFound):
        casebook.balance(batch="batch:nothing|X")
    with pytest.raises(RequestError):
        casebook.balance(batch="product:药")
    assert all(row["evidence"] for row in first.rows)


def test_an_earlier_count_bounds_what_could_be_sold_and_stock_below_zero_is_told_with_its_rows(tmp_path: Path) -> None:
    second = "乙,430111198709010240"
    tables = {
        "sales": SUPPLY + f"S1,甲,,{second},药片,B1,100,box,2024-01-02\nS2,{second},丙,,药片,B1,60,box,2024-01-20\n"
        f"S3,{second},丁,,药片,B1,15,box,2024-01-25\n",
        "counts": COUNT.replace("holder,", "holder,holder_id,") + f"C1,{second},药片,B1,40,box,2024-01-10\n"
        f"C2,{second},药片,B1,0,box,2024-02-10\n",
    }
    found = asked(tmp_path, tables, party="person:430111198709010240")
    (row,) = found.rows
    assert (row["missing"], row["missing_by"], row["unexplained_min"]) == (35, "2024-01-25", 25)
    told = next(note for note in found.notes if "below zero" in note)
    assert "supply:S2" in told and "supply:S3" in told and "supply:S1" not in told
