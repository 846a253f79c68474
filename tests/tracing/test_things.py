"""Where a thing with a serial number came from and went: by events, in cartons and on pallets; asked as a user asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.layout_files import SHARED

EXAMPLES = SHARED / "epcis" / "JSON"
GTIN, POWDER = "4012345.077889", "urn:epc:class:lgtin:4012345.011111.R1"
BOTTLES = [f"urn:epc:id:sgtin:{GTIN}.{serial}" for serial in (25, 26, 27, 28)]
CARTON, PALLET = "urn:epc:id:sscc:4012345.0000000001", "urn:epc:id:sscc:4012345.0000000002"
PLANT, HALL, YARD, SHOP, OTHER = (f"urn:epc:id:sgln:4012345.0000{number}.0" for number in range(1, 6))
MAKER, BUYER = "urn:epc:id:pgln:4012345.00001", "urn:epc:id:pgln:0614141.00777"
SOLD = {
    "sourceList": [{"type": "owning_party", "source": MAKER}],
    "destinationList": [{"type": "owning_party", "destination": BUYER}],
}
MADE, LOT = {"item:04012345778892|25", "item:04012345778892|26"}, "batch:04012345778892|XYZ"
POWDER_LOT = "batch:04012345111118|R1"


def event(kind: str, day: int, place: str, **fields: Any) -> dict[str, Any]:
    when = {"eventTime": f"2024-03-{day:02}T10:00:00+08:00", "eventTimeZoneOffset": "+08:00"}
    return {"type": f"{kind}Event", "action": "OBSERVE", **when, "readPoint": {"id": place}, **fields}


EVENTS = [
    event(
        "Transformation", 1, PLANT, inputQuantityList=[{"epcClass": POWDER, "quantity": 8, "uom": "KGM"}],
        outputEPCList=BOTTLES, ilmd={"cbvmda:lotNumber": "XYZ"},
    ),
    event("Aggregation", 2, PLANT, action="ADD", parentID=CARTON, childEPCs=BOTTLES[:2]),
    event("Aggregation", 3, PLANT, action="ADD", parentID=PALLET, childEPCs=[CARTON]),
    event("Object", 4, PLANT, epcList=[PALLET], bizStep="shipping", **SOLD),
    event("Object", 4, OTHER, epcList=BOTTLES[2:]),
    event("Object", 5, HALL, epcList=[PALLET], bizStep="receiving"),
    event("Aggregation", 6, HALL, action="DELETE", parentID=PALLET, childEPCs=[CARTON]),
    event("Object", 7, YARD, epcList=[PALLET]),
    event("Aggregation", 8, SHOP, action="DELETE", parentID=CARTON, childEPCs=BOTTLES[:1]),
    event("Object", 9, OTHER, epcList=[CARTON]),
    event("Object", 9, YARD, epcList=BOTTLES[:1], eventID="urn:x:wrong", errorDeclaration={
        "declarationTime": "2024-03-10T00:00:00Z", "reason": "incorrect_data"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return _loaded(tmp_path_factory.mktemp("things"), EVENTS)


def _loaded(folder: Path, events: list[dict[str, Any]]) -> Casebook:
    (folder / "events.jsonld").write_text(json.dumps({"type": "EPCISDocument", "epcisBody": {"eventList": events}}))
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "events.jsonld")
    return casebook


def traced(casebook: Casebook, start: str, direction: str, **given: Any) -> dict[str, dict[str, Any]]:
    answer = casebook.trace(start, direction=direction, **given)
    assert all(row["evidence"] for row in answer.rows)
    return {row["id"]: row for row in answer.rows if row["kind"] != "Transformation"}


def test_a_bottle_s_way_is_that_of_what_it_was_in_as_long_as_it_was(casebook: Casebook) -> None:
    back = traced(casebook, BOTTLES[0], "back")
    assert set(back) == {CARTON, PALLET, PLANT, HALL, SHOP, MAKER, LOT, POWDER_LOT}
    forward = traced(casebook, "https://id.gs1.org/01/04012345778892/21/25", "forward")
    assert set(forward) == {CARTON, PALLET, PLANT, HALL, SHOP, MAKER, BUYER}
    assert [back[POWDER_LOT][name] for name in ("quantity_min", "quantity_max", "unit")] == [2, 2, "kg"]
    times = {place: (back[place]["earliest"], back[place]["latest"]) for place in (PLANT, HALL, SHOP)}
    assert times == {
        PLANT: ("2024-03-01T10:00:00", "2024-03-04T10:00:00"), HALL: ("2024-03-05T10:00:00", "2024-03-06T10:00:00"),
        SHOP: ("2024-03-08T10:00:00",) * 2,
    }  # fmt: skip
    still_inside = traced(casebook, BOTTLES[1], "forward")
    assert OTHER in still_inside and OTHER not in forward


def test_a_bottle_out_of_its_carton_is_not_where_the_carton_goes_on_to(casebook: Casebook) -> None:
    rows = casebook.trace(BOTTLES[0], direction="forward", explain=HALL).rows
    chains = [[row["kind"] for row in rows if row["rank"] == rank] for rank in (1, 2)]
    assert chains == [["CONTAINED_IN", "OBSERVED_AT"], ["CONTAINED_IN", "CONTAINED_IN", "OBSERVED_AT"]]
    assert not casebook.trace(BOTTLES[0], direction="forward", explain=OTHER).rows
    assert not casebook.trace(BOTTLES[0], direction="forward", explain=YARD).rows


def test_a_whole_pallet_is_traced_with_all_in_it(casebook: Casebook) -> None:
    assert {CARTON, *MADE, POWDER_LOT, PLANT} <= set(traced(casebook, PALLET, "back"))
    forward = traced(casebook, PALLET, "forward")
    assert {CARTON, *MADE, HALL, YARD, SHOP, OTHER, BUYER} <= set(forward)
    assert "item:04012345778892|27" not in forward


def test_what_was_made_of_a_lot_is_followed_bottle_by_bottle(casebook: Casebook) -> None:
    every = {f"item:04012345778892|{serial}" for serial in (25, 26, 27, 28)}
    for start in (POWDER, LOT):
        forward = traced(casebook, start, "forward")
        assert every | {CARTON, PALLET, HALL, SHOP, OTHER} <= set(forward)
        assert all(forward[bottle]["quantity_max"] == 1 for bottle in every)
    assert POWDER_LOT in traced(casebook, LOT, "back")


def test_from_a_place_the_things_seen_there_go_on(casebook: Casebook) -> None:
    forward = traced(casebook, HALL, "forward")
    assert {PALLET, CARTON, *MADE, SHOP, YARD, OTHER} <= set(forward)
    assert not {MAKER, BUYER, "item:04012345778892|27"} & set(forward)


def test_a_bounded_wait_counts_from_place_to_place_and_not_within_a_carton(casebook: Casebook) -> None:
    assert set(traced(casebook, HALL, "forward", max_lag=1)) >= {PALLET, CARTON, YARD}
    assert SHOP not in traced(casebook, HALL, "forward", max_lag=0.5)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the standard's examples are not here")
def test_the_standard_s_examples(tmp_path: Path) -> None:
    casebook = graphkit.open(tmp_path / "casebook")
    for name in ("Example_9.6.4-TransformationEvent.jsonld", "Example_9.6.3-AggregationEvent.jsonld"):
        casebook.load(EXAMPLES / name)
    back = traced(casebook, "urn:epc:id:sgtin:4012345.077889.28", "back")
    told = {node: (row["quantity_min"], row["quantity_max"], row["unit"]) for node, row in back.items()}
    assert told["batch:04012345111118|4444"] == (2.5, 2.5, "kg") and told["batch:00614141777778|987"][0] == 7.5
    inside = traced(casebook, "item:10614141073464|2017", "forward")
    assert set(inside) == {"urn:epc:id:sscc:0614141.1234567890", "urn:epc:id:sgln:0614141.00888.0"}


def test_how_much_was_in_a_carton_is_not_told_by_the_carton(casebook: Casebook) -> None:
    """A pallet handed over is one pallet, which says nothing of bottles: no figure rather than a wrong one."""
    for start, direction in ((BOTTLES[0], "back"), (BOTTLES[0], "forward"), (POWDER, "forward"), (PALLET, "back")):
        found = traced(casebook, start, direction)
        assert all(found[node]["quantity_max"] is None for node in {MAKER, BUYER, CARTON} & set(found))


def test_who_got_cartons_beside_bottles_may_have_got_any_number(tmp_path: Path) -> None:
    bottle = event("Object", 3, PLANT, epcList=BOTTLES[2:3], bizStep="shipping", **SOLD)
    found = traced(_loaded(tmp_path, [*EVENTS, bottle]), POWDER, "forward")
    assert [found[BUYER][name] for name in ("quantity_min", "quantity_max", "unit")] == [1, None, "piece"]


def test_a_bottle_handed_over_by_itself_is_one_piece(tmp_path: Path) -> None:
    sold = [
        EVENTS[0], event("Object", 4, PLANT, epcList=BOTTLES[:1], bizStep="shipping", **SOLD),
        event("Object", 5, PLANT, epcList=BOTTLES[1:2], bizStep="shipping",
              sourceList=[{"type": "owning_party", "source": BUYER}],
              destinationList=[{"type": "owning_party", "destination": MAKER}]),
    ]  # fmt: skip
    casebook = _loaded(tmp_path, sold)
    found = traced(casebook, BOTTLES[0], "forward")
    assert [found[BUYER][name] for name in ("quantity_min", "quantity_max", "unit")] == [1, 1, "piece"]
    back = traced(casebook, BOTTLES[1], "back")
    assert back[BUYER]["quantity_max"] == 1 and back[POWDER_LOT]["quantity_max"] == 2
    assert MAKER not in back  # he sold the other bottle, not this one


def test_where_a_lot_was_only_seen_no_row_tells_how_much(tmp_path: Path) -> None:
    lot = [{"epcClass": POWDER, "quantity": 8, "uom": "KGM"}]
    events = [event("Object", 1, PLANT, quantityList=lot, bizStep="shipping", **SOLD),
              event("Object", 2, HALL, quantityList=lot)]  # fmt: skip
    casebook = _loaded(tmp_path, events)
    from_lot = traced(casebook, POWDER, "back")
    assert (from_lot[MAKER]["quantity_max"], from_lot[HALL]["quantity_max"]) == (8, None)
    from_place = traced(casebook, HALL, "back")
    assert from_place[POWDER_LOT]["quantity_max"] is None


def test_no_event_is_an_entity_that_goods_went_to(casebook: Casebook) -> None:
    for direction in ("back", "forward"):
        assert {row["kind"] for row in casebook.trace(PLANT, direction=direction).rows}.isdisjoint({"Event"})


def test_bottles_balance_by_their_lot(tmp_path: Path) -> None:
    sold = event("Object", 4, PLANT, epcList=[f"https://id.gs1.org/01/04012345778892/10/XYZ/21/{n}" for n in (25, 26)])
    casebook = _loaded(tmp_path, [EVENTS[0], {**sold, "bizStep": "shipping", **SOLD}])
    answer = casebook.balance(batch=LOT)
    assert [(row["batch"], row["produced"], row["unit"]) for row in answer.rows] == [(LOT, 4, "piece")]


def test_which_place_explains_bottles_that_went_several_ways(casebook: Casebook) -> None:
    first, *others = casebook.sources(case=[BOTTLES[0], BOTTLES[2]]).rows
    assert (first["id"], first["explained"]) == (PLANT, 2)
    assert others and all(row["explained"] == 1 for row in others)
