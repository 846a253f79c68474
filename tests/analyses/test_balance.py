"""The balance against what is true of the sample, and on small cases by hand."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.analyses.goods.balance import BALANCE
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from graphkit.sample import write_sample
from graphkit.store.base import Link
from tests.network.memory_store import link
from tests.sample.reading import grids_of
from tests.tracing.test_rules import case, supply

SUPPLY = "supply_id,seller,seller_id,buyer,buyer_id,product,batch,quantity,unit,supplied_at\n"
WAYBILL = "waybill_id,sender,recipient,product,batch,quantity,unit,sent_at,received_at\n"
SEIZURE = "seizure_id,seized_at,holder,product,batch,quantity,unit\n"
SAMPLE = "sample_id,company,product,batch,quantity,unit,sampled_on,result\n"
BOB, CAY = "41010519800101013X", "410105198001010113"
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
    assert (row["in"], row["stock"], row["unexplained_min"], row["unexplained_max"]) == (200, 40, 160, 160)
    assert row["held"] == 0  # a count later than all of it: what is not there is gone
    assert any("SUPPLIED:supply:P9" in note and "SHIPPED:waybill:W1" in note for note in found.notes)


def test_a_movement_under_another_name_widens_the_range(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-02\n",
        "purchases": SUPPLY + "P9,甲厂,,乙商店,,药片,B1,100,box,2024-01-03\n",
    }
    (row,) = asked(tmp_path, tables).rows
    assert (row["unexplained_min"], row["unexplained_max"]) == (row["held"], row["held_max"]) == (100, 200)


def test_what_was_sold_before_any_came_may_have_come_in_though_more_came_later(tmp_path: Path) -> None:
    """Either a date is wrong and a hundred came in, or 丙店 had ten of another's: it is not a hundred for certain."""
    sales = "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-04\nS2,乙店,,丙店,,药片,B1,60,box,2024-01-05\n"
    found = asked(tmp_path, {"sales": SUPPLY + sales + "S3,丙店,,丁店,,药片,B1,10,box,2023-12-01\n"})
    (row,) = found.rows
    assert (row["unexplained_min"], row["unexplained_max"]) == (row["held"], row["held_max"]) == (100, 110)
    assert any("In batch:药片|B1: 100 – 110" in note for note in found.notes)


AS_MUCH_TO_ANOTHER = {
    "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\n",
    "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
    "sales": SUPPLY + f"S1,甲,,乙,{BOB},药,B1,40,box,2024-01-02\n",
    "waybills": WAYBILL.replace("recipient,", "recipient,recipient_phone,")
    + "W1,甲,丙,13800000001,药,B1,40,box,2024-01-04 10:00,2024-01-05 10:00\n",
}


def test_what_holders_may_have_given_one_another_leaves_no_doubt_of_what_was_not_found_again(tmp_path: Path) -> None:
    """The forty may be told twice, of one man under two names: of the hundred none was found in either case."""
    found = asked(tmp_path, AS_MUCH_TO_ANOTHER)
    (row,) = found.rows
    assert (row["held"], row["held_max"], row["unexplained_min"], row["unexplained_max"]) == (100, 100, 100, 100)
    assert any("may tell of the same movement" in note for note in found.notes)


def test_two_whom_their_numbers_tell_apart_are_no_two_names_of_one(tmp_path: Path) -> None:
    people = {"people": f"id_number,name,phone\n{CAY},丙,13800000001\n{BOB},乙,13800000002\n"}
    found = asked(tmp_path, AS_MUCH_TO_ANOTHER | people)
    assert {each.rpartition(": ")[2] for row in found.rows for each in row["holders"]} == {"40", "20"}
    assert not any("may tell of the same movement" in note for note in found.notes)


def test_rows_that_disagree_give_a_range(tmp_path: Path) -> None:
    tables = {
        "one": SUPPLY + "S1,甲厂,,乙店,,药片,B1,100,box,2024-01-02\n",
        "two": SUPPLY + "S1,甲厂,,乙店,,药片,B1,120,box,2024-01-02\n",
        "seized": SEIZURE + "K1,2024-03-01,乙店,药片,B1,30,box\n",
    }
    found = asked(tmp_path, tables)
    (row,) = found.rows
    assert (row["seized"], row["unexplained_min"], row["unexplained_max"], row["held_max"]) == (30, 70, 90, 90)
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


@pytest.mark.parametrize(
    ("about", "row", "figure", "much"),
    [
        (SEIZURE, "K1,2024-02-10,乙,药,L5,1440,片,24片/盒", "seized", 60),
        (SAMPLE, "C1,乙,药,L5,48,片,2024-02-10,falsified,24片/盒", "sampled", 2),
        (MADE, "T1,W1,2024-02-01,片芯,P1,1500,片,药,L5,1440,片,24片/盒", "produced", 60),
        (MADE, "T1,W1,2024-02-10,药,L5,1440,片,,,,,24片/盒", "out", 60),
    ],
)
def test_what_any_row_says_of_packing_converts_its_own_quantity(
    about: str, row: str, figure: str, much: float, tmp_path: Path
) -> None:
    sold = [f"S{day},甲,,乙,,药,L5,{much},盒,2024-02-0{day}" for day in (3, 4)]
    tables = {"sold": SUPPLY + "\n".join(sold), "own": f"{about.strip()},规格\n{row}"}
    answer = asked(tmp_path, tables, batch="L5")
    assert answer.rows[0][figure] == much
    assert not any("does not convert" in note for note in answer.notes)


def test_the_packing_of_what_is_made_is_not_that_of_what_goes_into_it(tmp_path: Path) -> None:
    tables = {
        "made": f"{MADE.strip()},规格\nT1,W1,2024-02-01,片芯,P1,1440,片,药,L5,60,盒,24片/盒",
        "sold": SUPPLY + "S1,甲,,乙,,片芯,P1,10,盒,2024-01-02",
    }
    assert any("does not convert" in note for note in asked(tmp_path, tables, batch="P1").notes)


def test_yields_places_and_goods_sold_before_they_were_made(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-10,药,B0,100,box,药,B1,98,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-05\n",
    }
    batch = asked(tmp_path, tables, batch="batch:药|B1")
    (row,) = batch.rows
    # Sixty had left before: they were of another making, so that all ninety-eight are with him still.
    assert (row["produced"], row["yield"], row["unexplained_min"], row["unexplained_max"]) == (98, 0.98, 98, 98)
    assert any("SUPPLIED:supply:S1" in note for note in batch.notes)
    place = graphkit.open(tmp_path / "casebook").balance(place="place:WD1")
    rows = {row["batch"]: row for row in place.rows}
    assert (rows["batch:药|B0"]["missing"], rows["batch:药|B0"]["missing_by"]) == (100, "2024-01-10")
    assert rows["batch:药|B1"]["place"] == "place:WD1"


def test_a_name_means_the_product_the_batch_or_the_party_that_is_asked_for(tmp_path: Path) -> None:
    """Of a party the one with a number, where rows show the others of its name to be the same."""
    tables = {
        "sales": f"{SUPPLY}1,Bob,{BOB},Cay,{CAY},x,X,10,box,2024-01-02\n2,Bob,{BOB},Cay,{CAY},x,Y,10,box,2024-01-03\n",
        "bought": f"{SUPPLY}3,Bob,,Cay,{CAY},x,X,10,box,2024-01-02\n",
        "accounts": f"account,holder,holder_id\n6228480000000000001,Bob,{BOB}\n",
        "payments": "payment_id,payer_account,payer_name,payee_account,payee_name,amount,currency,paid_at\n"
        "1,6228480000000000001,Bob,6228480000000000002,Dee,100,CNY,2024-01-05\n",
    }
    rows = asked(tmp_path, tables, product="x").rows
    assert [row["batch"] for row in rows] == ["batch:x|X", "batch:x|Y"]
    casebook = graphkit.open(tmp_path / "casebook")
    assert [row["batch"] for row in casebook.balance(batch="X").rows] == ["batch:x|X"]
    assert {row["party"] for row in casebook.balance(party="Bob").rows} == {f"person:{BOB}"}
    assert {row["id"] for row in casebook.reconcile(product="x", party="Bob").rows} <= {f"person:{BOB}"}
    forward = [casebook.trace(who, direction="forward").rows for who in ("Bob", f"person:{BOB}")]
    assert forward[0] and forward[0] == forward[1]
    with pytest.raises(RequestError, match="is a Person, not a Product"):
        casebook.balance(product=f"person:{BOB}")


def test_two_parties_of_a_name_that_nothing_shows_to_be_one_are_two(tmp_path: Path) -> None:
    tables = {
        "sales": f"{SUPPLY}1,Bob,{BOB},Cay,,x,X,10,box,2024-01-02\n",
        "others": f"{SUPPLY}2,Bob,,Eve,,x,z,70,box,2024-02-02\n",
    }
    with pytest.raises(RequestError, match="several entities"):
        asked(tmp_path, tables, party="Bob")


def test_a_party_is_looked_at_with_those_known_by_its_name_only_as_when_everybody_is(tmp_path: Path) -> None:
    tables = {
        "sales": f"{SUPPLY}1,Ann,,Bob,,x,,150,box,2024-01-02\n",
        "seized": "seizure_id,seized_at,holder,holder_id,product,batch,quantity,unit\n"
        f"1,2024-03-01,Bob,{BOB},x,1,140,box\n",
    }
    found = asked(tmp_path, tables, party=f"person:{BOB}")
    assert [(row["in"], row["seized"], row["missing"]) for row in found.rows] == [(0, 140, None), (150, 0, None)]
    same = [note for note in found.notes if "one owner" in note]
    assert len(same) == 1
    assert f":Bob = person:{BOB}" in same[0]
    assert "Ann" not in same[0]


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


HOLDER = "430111198709010240"


def test_of_what_is_unexplained_known_holders_have_what_they_have_not_passed_on(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-02\nS2,乙,,丙,,药,B1,45,box,2024-01-05\n",
        "seized": SEIZURE + "K1,2024-03-01,丙,药,B1,25,box\n",
        "counts": COUNT + "C1,乙,药,B1,5,box,2024-02-01\n",
    }
    (row,) = asked(tmp_path, tables).rows
    assert (row["produced"], row["seized"], row["stock"], row["held"], row["held_max"]) == (100, 25, 5, 60, 60)
    assert (row["unexplained_min"], row["unexplained_max"]) == (70, 70)  # of fifteen with the second, five were counted
    assert [each.rpartition(": ")[2] for each in row["holders"]] == ["40", "20"]
    assert "甲" in row["holders"][0] and "丙" in row["holders"][1]


def test_what_was_sold_before_it_came_is_told_with_its_rows_whoever_is_looked_at(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + f"S1,甲,,乙,{HOLDER},药,B1,100,box,2024-01-10\nS2,乙,{HOLDER},丙,,药,B1,70,box,2024-01-05\n"
        f"S3,乙,{HOLDER},丁,,药,B1,20,box,2024-01-20\n",
    }
    for given in ({}, {"party": f"person:{HOLDER}"}):
        found = asked(tmp_path, tables, **given)
        told = next(note for note in found.notes if "below zero" in note)
        assert "supply:S2" in told and "#1:3" in told and "supply:S3" not in told


@pytest.mark.parametrize(
    ("taker", "seized", "most", "with_taker"),
    [("丙", 300, 570, "0 – 30"), ("丁", 270, 600, "0 – 60")],  # the sixty make up for what lacked, or are left
)
def test_goods_told_without_a_batch_may_be_the_part_of_it_that_a_count_did_not_find(
    taker: str, seized: int, most: float, with_taker: str, tmp_path: Path
) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-02-01,,,,,药,K9,1000,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,K9,460,box,2024-02-05\nS2,乙,,丙,,药,K9,270,box,2024-02-10\n"
        f"S3,乙,,{taker},,药,,60,box,2024-02-16\n",
        "counts": COUNT + "C1,乙,药,K9,130,box,2024-02-20\n",
        "seized": SEIZURE + f"Q1,2024-02-25,丙,药,K9,{seized},box\n",
    }
    row = next(row for row in asked(tmp_path, tables).rows if row["batch"])
    assert (row["unexplained_min"], row["unexplained_max"], row["held_max"]) == (870 - seized, 870 - seized, most)
    told = [each.rpartition(": ")[2] for each in row["holders"] if taker in each]
    assert told == [with_taker]


def test_a_row_without_a_batch_may_be_of_any_so_that_nobody_is_said_to_lack_it(tmp_path: Path) -> None:
    sales = f"S1,甲,,乙,{HOLDER},药,B1,100,box,2024-01-02\nS2,乙,{HOLDER},丙,,药,{{}},80,box,2024-01-05\n"
    for number, (came, went) in enumerate((("B1", ""), ("", "B1"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = sales.replace(",B1,100", f",{came},100").format(went)
        found = asked(folder, {"sales": SUPPLY + text}, party=f"person:{HOLDER}")
        assert len(found.rows) == 2
        assert [row["missing"] for row in found.rows] == [None, None]
        most = 20 if went else 0  # what came without a batch may be of the one that went
        assert {(row["unexplained_min"], row["unexplained_max"]) for row in found.rows} == {(20, 100), (-80, most)}
        assert not any("below zero" in note for note in found.notes)
        whole = graphkit.open(folder / "casebook").balance()
        assert [row["missing"] for row in whole.rows] == [None, None]
        assert not any("below zero" in note for note in whole.notes)


def test_goods_of_no_batch_lack_what_neither_they_nor_his_batches_can_cover(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + f"S1,甲,,乙,{HOLDER},药,B1,100,box,2024-01-02\nS2,乙,{HOLDER},丙,,药,,130,box,2024-01-05\n"
        f"S3,乙,{HOLDER},丙,,药,B2,10,box,2024-01-06\n",
    }
    rows = {row["batch"]: row for row in asked(tmp_path, tables, party=f"person:{HOLDER}").rows}
    assert rows["batch:药|B1"]["missing"] is None
    assert (rows["batch:药|B2"]["missing"], rows[None]["missing"], rows[None]["missing_by"]) == (10, 30, "2024-01-06")


@pytest.mark.parametrize(("packing", "lacking"), [("40盒/箱", None), ("20盒/箱", 70.0), ("", None)])
def test_what_came_of_a_batch_in_cartons_covers_what_left_in_boxes(
    packing: str, lacking: float | None, tmp_path: Path
) -> None:
    """Nothing is said to be lacking where it is not known how much came."""
    supply = (
        "supply_id,seller,buyer,buyer_id,product,batch,quantity,unit,packing,supplied_at\n"
        f"1,Ann,Bob,{BOB},x,2,5,箱,{packing},2024-02-03\n2,Ann,Bob,{BOB},x,,150,盒,,2024-02-06\n"
    )
    seized = "seizure_id,seized_at,holder,holder_id,product,batch,quantity,unit\n"
    seized += f"1,2024-03-01,Bob,{BOB},x,2,180,盒\n2,2024-03-01,Bob,{BOB},x,1,140,盒\n"
    rows = asked(tmp_path, {"sales": supply, "seized": seized}, party=f"person:{BOB}").rows
    assert [row["batch"] is None and row["missing"] for row in rows] == [False, False, lacking]


def test_a_return_is_goods_that_its_maker_has_again(tmp_path: Path) -> None:
    tables = {"sales": SUPPLY + "S1,甲,,乙,,药,B1,100,box,2024-01-02\nR1,乙,,甲,,药,B1,30,box,2024-01-09\n"}
    (row,) = asked(tmp_path, tables).rows
    assert (row["in"], row["held"], row["unexplained_min"], row["unexplained_max"]) == (100, 100, 100, 100)
    assert sorted(each.rpartition(": ")[2] for each in row["holders"]) == ["30", "70"]


def test_a_row_without_a_quantity_that_counts_is_listed_and_leaves_open_what_it_may_have_carried(
    tmp_path: Path,
) -> None:
    tables = {
        "sales": SUPPLY + f"S2,乙,{HOLDER},丙,,药,B1,80,box,2024-01-05\nS3,乙,{HOLDER},丙,,药,B1,0,box,2024-01-06\n",
        "waybills": WAYBILL.replace("recipient,", "recipient,recipient_phone,")
        + "W1,甲,乙,13800000002,药,B1,,,2024-01-02 10:00,\n",
        "people": f"name,id_number,phone\n乙,{HOLDER},13800000002\n",
    }
    found = asked(tmp_path, tables, party=f"person:{HOLDER}")
    (row,) = found.rows
    assert (row["out"], row["missing"]) == (80, None)
    aside = next(note for note in found.notes if "Not in the figures" in note)
    assert "supply:S3" in aside and "W1" in aside


def test_what_tells_neither_lot_nor_amount_may_be_of_a_lot_and_is_named(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + f"S1,甲,{BOB},乙,{HOLDER},药,B1,100,box,2024-01-02\n",
        "waybills": WAYBILL + "W1,乙,丙,药,,,,2024-01-05 10:00,\n",
        "people": f"name,id_number,phone\n乙,{HOLDER},13800000002\n",
    }
    found = asked(tmp_path, tables, batch="batch:药|B1")
    assert any("Not in the figures" in note and "W1" in note for note in found.notes)


def test_a_seizure_from_a_stranger_may_be_of_what_known_holders_have_left(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-02\n",
        "seized": SEIZURE + "K1,2024-03-01,戊,药,B1,30,box\n",
    }
    (row,) = asked(tmp_path, tables).rows
    assert (row["seized"], row["held"], row["held_max"]) == (
        30,
        70,
        100,
    )  # the thirty may be of theirs, passed on unseen
    assert (row["unexplained_min"], row["unexplained_max"]) == (70, 70)
    assert row["missing"] is None  # thirty of a hundred


PASSED_ON_WITHOUT_A_BATCH = {
    "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\nT2,WD1,2024-01-01,,,,,药,B2,100,box\n",
    "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
    "sales": SUPPLY + "S1,甲,,乙,,药,B1,100,box,2024-01-02\nS2,甲,,乙,,药,B2,100,box,2024-01-02\n"
    "S3,乙,,丙,,药,,60,box,2024-01-05\n",
}


def test_who_has_what_of_a_batch_allows_for_what_was_passed_on_without_one(tmp_path: Path) -> None:
    """The sixty may be of either batch, and so may be what is left with either holder."""
    found = asked(tmp_path, PASSED_ON_WITHOUT_A_BATCH)
    told = {row["batch"]: [each.rpartition(": ")[2] for each in row["holders"]] for row in found.rows if row["batch"]}
    assert told == {"batch:药|B1": ["40 – 100", "0 – 60"], "batch:药|B2": ["40 – 100", "0 – 60"]}


def test_who_got_goods_without_a_batch_may_have_them_though_he_gave_as_much_on_of_another_batch(tmp_path: Path) -> None:
    tables = dict(PASSED_ON_WITHOUT_A_BATCH)
    tables["sales"] += "S4,甲,,丙,,药,B3,80,box,2024-01-06\nS5,丙,,丁,,药,,70,box,2024-01-07\n"
    tables["made"] += "T3,WD1,2024-01-01,,,,,药,B3,80,box\n"
    found = {row["batch"]: row["holders"] for row in asked(tmp_path, tables).rows}
    (of_b1,) = [each.rpartition(": ")[2] for each in found["batch:药|B1"] if "丙" in each]
    assert of_b1 == "0 – 60"  # the seventy may all be of the third batch


def test_who_has_what_allows_for_what_another_gave_that_no_row_brought_him(tmp_path: Path) -> None:
    tables = {**PASSED_ON_WITHOUT_A_BATCH, "seized": SEIZURE + "K1,2024-03-01,戊,药,B1,30,box\n"}
    tables["sales"] = SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-02\n"
    (row,) = [row for row in asked(tmp_path, tables).rows if row["batch"] == "batch:药|B1"]
    assert [each.rpartition(": ")[2] for each in row["holders"]] == ["30 – 60", "10 – 40"]
    assert (row["held"], row["held_max"]) == (70, 100)


def test_goods_declared_sold_that_were_seized_all_the_same_are_too_many(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + f"S1,甲,,乙,{HOLDER},药,B1,100,box,2024-01-02\nS2,乙,{HOLDER},丙,,药,B1,100,box,2024-01-05\n",
        "seized": SEIZURE.replace("holder,", "holder,holder_id,") + f"K1,2024-01-09,乙,{HOLDER},药,B1,40,box\n",
    }
    found = asked(tmp_path, tables, party=f"person:{HOLDER}")
    (row,) = found.rows
    assert (row["in"], row["out"], row["seized"], row["held"]) == (100, 100, 40, 0)
    assert (row["unexplained_min"], row["unexplained_max"]) == (-40, -40)
    assert (row["missing"], row["missing_by"]) == (40, "2024-01-09")
    assert any("below zero" in note and "K1" in note for note in found.notes)
    (whole,) = graphkit.open(tmp_path / "casebook").balance().rows
    assert (whole["in"], whole["seized"], whole["held"], whole["held_max"]) == (100, 40, 60, 100)
    assert (whole["unexplained_min"], whole["unexplained_max"]) == (60, 60)


def test_masses_and_boxes_of_one_batch_a_loss_and_a_gain_in_making(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-03,粉,R1,2,kg,片,B1,2500,g\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\n",
        "sales": SUPPLY.replace("unit,", "unit,规格,")
        + "S0,戊,,甲,,粉,R1,3,kg,,2024-01-02\nS1,甲,,乙,,片,B1,1,kg,,2024-01-05\nS2,甲,,乙,,片,B1,500,g,,2024-01-06\n"
        "S3,甲,,丙,,片,B1,4,box,,2024-01-06\n",
        "counts": COUNT + "C1,乙,片,B1,1.2,kg,2024-02-01\n",
    }
    found = asked(tmp_path, tables)
    rows = {row["batch"]: row for row in found.rows}
    tablets, powder = rows["batch:片|B1"], rows["batch:粉|R1"]
    assert (tablets["produced"], tablets["yield"], tablets["stock"], tablets["unit"]) == (2.5, 1.25, 1.2, "kg")
    assert (tablets["unexplained_min"], tablets["unexplained_max"]) == (0.3, 1.3)  # he had a kilogram and a half
    assert (tablets["held"], tablets["held_max"]) == (
        0,
        1,
    )  # four boxes of unknown weight left the maker's one kilogram
    assert (powder["in"], powder["out"], powder["held"], powder["unexplained_max"]) == (3, 2, 1, 1)
    assert any("supply:S3" in note and "4 box" in note for note in found.notes)
    assert any("More came out than went in" in note and "T1" in note for note in found.notes)


def test_samples_of_a_seizure_and_what_end_users_bought_are_gone(tmp_path: Path) -> None:
    tables = {
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,100,box,2024-01-02\n",
        "seized": SEIZURE + "K1,2024-03-01,乙,药,B1,30,box\n",
        "bought": "purchase_id,buyer,seller,product,batch,quantity,unit,bought_at\nG1,己,乙,药,B1,2,box,2024-01-20\n",
        "sampled": "sample_id,company,product,batch,quantity,unit,sampled_on,result\n"
        "Y1,乙,药,B1,3,box,2024-03-02,fail\n",
    }
    (row,) = asked(tmp_path, tables).rows
    assert (row["in"], row["out"], row["seized"], row["sampled"], row["held"]) == (100, 2, 30, 3, 65)
    assert (row["unexplained_min"], row["unexplained_max"]) == (65, 65)


def test_more_is_said_to_come_out_only_of_the_transformation_that_gained(tmp_path: Path) -> None:
    rows = "T1,W1,2024-01-03,粉,R1,1,kg,粉,R2,5,kg\nT2,W1,2024-01-04,粉,R2,5,kg,粉,R2,5,kg\n"
    notes = asked(tmp_path, {"made": MADE + rows}).notes
    told = next(note for note in notes if "More came out" in note)
    assert "transformation:T1" in told and "transformation:T2" not in told


def test_places_of_one_name_are_two_and_one_product_alone_is_reckoned_as_among_all(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-01,,,,,药,B1,100,box\nT2,WD2,2024-01-01,,,,,片,C1,50,box\n",
        "places": "place_id,name,type,address,controller\nWD1,村厂房,production,某路1号,甲\n"
        "WD2,村厂房,production,另路2号,丁\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,60,box,2024-01-02\nS2,丁,,乙,,药,B1,10,box,2024-01-03\n",
    }
    whole = asked(tmp_path, tables)
    (row,) = [row for row in whole.rows if row["product"] == "药"]
    assert (row["held_max"], row["unexplained_min"], row["unexplained_max"]) == (110, 100, 100)
    alone = graphkit.open(tmp_path / "casebook").balance(product="product:药")
    assert alone.rows == [row]
    assert any("below zero" in note and "supply:S2" in note for note in alone.notes)


def test_a_batch_made_at_two_places_on_one_day_is_said_to_be(tmp_path: Path) -> None:
    tables = {
        "made": MADE + "T1,WD1,2024-01-03,,,,,药,B1,100,box\nT2,WD2,2024-01-03,,,,,药,B1,50,box\n",
        "places": "place_id,type,address,controller\nWD1,production,某路1号,甲\nWD2,production,另路2号,丁\n",
        "sales": SUPPLY + "S1,甲,,乙,,药,B1,70,box,2024-01-03\n",
    }
    found = asked(tmp_path, tables)
    (row,) = found.rows
    assert (row["produced"], row["held"], row["held_max"], row["unexplained_min"]) == (150, 150, 150, 150)
    assert any("made at several places" in note and "T1" in note and "T2" in note for note in found.notes)
    (one,) = graphkit.open(tmp_path / "casebook").balance(place="place:WD2").rows
    assert (one["produced"], one["held"], one["missing"]) == (50, 50, None)


def test_exact_figures_of_all_are_asked_for_by_name(tmp_path: Path) -> None:
    tables = {"sales": SUPPLY + "S1,甲,,丙,,药,B1,6,box,2024-01-02\nS2,乙,,丙,,药,B1,4,box,2024-01-03\n"
              "S3,丙,,丁,,药,B1,5,box,2024-01-04\nS4,丙,,戊,,药,B1,4,box,2024-01-05\n"}  # fmt: skip
    asked(tmp_path, tables)
    found = graphkit.open(tmp_path / "casebook").trace("甲", "forward", exact="all")
    figures = {row["name"]: (row["quantity_min"], row["quantity_max"], row["bound"]) for row in found.rows}
    assert figures == {"丙": (6, 6, "exact"), "丁": (1, 5, "exact"), "戊": (0, 4, "exact")}
    with pytest.raises(NotFound):
        graphkit.open(tmp_path / "casebook").trace("甲", "forward", exact="every")


def test_goods_of_no_batch_beyond_those_that_came_are_told_with_their_rows(tmp_path: Path) -> None:
    """Two of the five that were counted are of the batch, or came unseen: which of both no row tells."""
    tables = {
        "sales": SUPPLY + "S1,甲厂,,乙店,,药片,,3,box,2024-01-02\nS2,甲厂,,乙店,,药片,C,4,box,2024-01-07\n",
        "counts": COUNT + "C1,乙店,药片,,5,box,2024-01-11\n",
    }
    found = asked(tmp_path, tables)
    (row,) = (row for row in found.rows if row["batch"] is None)
    assert (row["unexplained_min"], row["unexplained_max"]) == (-2, 0)
    (note,) = (note for note in found.notes if "can be negative" in note)
    assert "COUNTED_AT" in note and "#1:2" in note and "SUPPLIED" not in note


@pytest.mark.parametrize("part", range(3))
def test_whatever_is_below_zero_of_no_batch_has_its_rows(part: int) -> None:
    """Among small worlds of ledgers, seizures and counts, some rows of which name no batch."""
    below = 0
    for seed in range(part * 100, part * 100 + 100):
        answer = BALANCE.ask(case(*_rows_of_some_batches(random.Random(seed))))
        for row in answer.rows:
            if row["batch"] is None and row["unexplained_min"] < 0:
                below += 1
                told = [note for note in answer.notes if "below zero" in note or "can be negative" in note]
                assert row["missing"] or any("bbbbbbbbbbbb#1" in note for note in told), (seed, row, answer.notes)
    assert below > 10


def _rows_of_some_batches(rng: random.Random) -> list[Link]:
    links = []
    for number in range(rng.randint(2, 5)):
        giver, taker = rng.sample("abc", 2)
        content = {"batch": rng.choice(["", "", "B", "C"]), "quantity": float(rng.randint(1, 9))}
        links.append(supply(giver, taker, f"2024-01-{rng.randint(1, 9):02}", number=f"{number}", **content))
    for number in range(rng.randint(0, 2)):
        on, lot = f"2024-01-{rng.randint(1, 20):02}", rng.choice(["", "B"])
        kind, goods = ("OF_BATCH", "batch:片|B") if lot else ("OF_PRODUCT", "product:片")
        links.append(link(kind, f"s{number}", goods, on=on, quantity=float(rng.randint(1, 9)), unit="box"))
        links.append(link("SEIZED_FROM", f"s{number}", rng.choice("abc"), on=on))
    if rng.random() < 0.5:
        on, much = f"2024-01-{rng.randint(1, 20):02}", float(rng.randint(0, 9))
        links.append(link("COUNTED_AT", "product:片", rng.choice("abc"), on=on, quantity=much, unit="box"))
    return links
