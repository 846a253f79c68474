"""FoodChain-Lab: stations, deliveries and what went into what arrive, with dates, lots and amounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphkit.errors import InputError
from graphkit.records.layouts import foodchain
from tests.records.layout_files import FILE, SHARED, Loaded, at, documented, links, load, read_object, said
from tests.records.test_layouts import found as detected

FOLDER = SHARED / "foodchain"
needs_examples = pytest.mark.skipif(not FOLDER.is_dir(), reason="FoodChain-Lab's examples are not here")
STATION, DELIVERY = f"station:{FILE}:", f"delivery:{FILE}:"


def table(*rows: dict[str, Any], **types: str) -> dict[str, Any]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [{"id": name, "type": types.get(name, "string")} for name in names]
    return {"columnProperties": columns, "data": [[{"id": k, "value": v} for k, v in row.items()] for row in rows]}


def chain(*deliveries: dict[str, Any], relations: tuple[tuple[str, str], ...] = (), **more: Any) -> dict[str, Any]:
    stations = [{"ID": id, "Name": name, "type of business": "Trader", "Latitude": 52.5} for id, name in
                (("S1", "Farm"), ("S2", "Mill"), ("S3", "Shop"))]  # fmt: skip
    links_ = [{"from": before, "to": after} for before, after in relations]
    data = {"stations": table(*stations, Latitude="double"), "deliveries": table(*deliveries)}
    return {"version": "1.0.0", "data": {**data, "deliveryRelations": table(*links_)}, **more}


def delivery(id: str, source: str = "S1", target: str = "S2", **more: Any) -> dict[str, Any]:
    return {"ID": id, "from": source, "to": target, "Name": "Flour", "Lot ID": "F1", **more}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read_chain(*deliveries: dict[str, Any], **more: Any) -> Loaded:
        return read_object(tmp_path, "foodchain", chain(*deliveries, **more))

    return read_chain


@needs_examples
@pytest.mark.parametrize(
    ("name", "stations", "deliveries", "relations"),
    [("ExampleData.json", 24, 29, 33), ("Scenario_1_Outbreak-Baby-Tea.json", 9, 16, 16)],
)
def test_the_examples_arrive_whole(name: str, stations: int, deliveries: int, relations: int, tmp_path: Path) -> None:
    path = FOLDER / name
    assert detected(tmp_path, path.read_bytes(), name) == "foodchain"
    loaded = load(path, "foodchain", tmp_path / "staged")
    kinds = dict(loaded.statements.group_by("kind").agg(pl.col("node").n_unique()).rows())
    assert (kinds["Station"], kinds["Delivery"]) == (stations, deliveries)
    assert len(links(loaded, "SUPPLIED")) == deliveries
    assert sum(len(one["rows"]) for one in links(loaded, "WENT_INTO")) == relations
    assert loaded.result.issues == [] and documented(loaded)
    assert all(one["quantity"] and one["ended_earliest"] for one in links(loaded, "SUPPLIED"))


@needs_examples
def test_the_schema_is_no_chain(tmp_path: Path) -> None:
    path = FOLDER / "schema-v1.json"
    assert detected(tmp_path, path.read_bytes(), path.name) is None


def test_a_delivery_supplies_with_its_lot_dates_and_amount(read: Any) -> None:
    dates = {"Date Delivery": "2020-06-02", "Date Delivery Arrival": "04.06.2020"}
    loaded = read(delivery("D1", Amount="20 kg", **dates))
    (one,) = links(loaded, "SUPPLIED")
    assert (one["link"], one["source"], one["target"]) == (f"SUPPLIED:{DELIVERY}D1", f"{STATION}S1", f"{STATION}S2")
    assert (one["quantity"], one["unit"]) == (20.0, "kg")
    assert (one["started_earliest"], one["started_latest"]) == (at("2020-06-02T00:00:00"), at("2020-06-02T23:59:59"))
    assert (one["ended_earliest"], one["ended_latest"]) == (at("2020-06-04T00:00:00"), at("2020-06-04T23:59:59"))
    assert one["properties"] == {"product": "Flour", "batch": "F1", "delivery": f"{DELIVERY}D1"}
    assert [(b["source"], b["target"]) for b in links(loaded, "OF_BATCH")] == [(f"{DELIVERY}D1", "batch:Flour|F1")]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [("2018-04", "2018-04-01T00:00:00", "2018-04-30T23:59:59"),
     ("9/2018", "2018-09-01T00:00:00", "2018-09-30T23:59:59"),
     ("2018", "2018-01-01T00:00:00", "2018-12-31T23:59:59"),
     ("1.2.2018", "2018-02-01T00:00:00", "2018-02-01T23:59:59")],
)  # fmt: skip
def test_an_incomplete_date_is_the_span_that_it_can_mean(read: Any, written: str, first: str, last: str) -> None:
    loaded = read(delivery("D1", **{"Date Delivery": written}))
    (one,) = links(loaded, "SUPPLIED")
    assert (one["started_earliest"], one["started_latest"]) == (at(first), at(last))
    assert one["ended_earliest"] is None and loaded.result.issues == []


def test_a_date_that_is_none_is_unknown_and_told(read: Any) -> None:
    loaded = read(delivery("D1", **{"Date Delivery": "soon", "Date Delivery Arrival": "2020-13-01"}), delivery("D2"))
    assert [(i.row, i.value, i.refuses) for i in loaded.result.issues] == [
        (4, "soon", "cell"),
        (4, "2020-13-01", "cell"),
    ]
    assert {one["started_earliest"] for one in links(loaded, "SUPPLIED")} == {None}


def test_what_went_into_what_links_deliveries_with_every_row_that_says_so(read: Any) -> None:
    relations = (("D1", "D2"), ("D1", "D2"), ("D2", "D3"))
    loaded = read(delivery("D1"), delivery("D2", "S2", "S3"), delivery("D3", "S3", "S1"), relations=relations)
    told = [(one["source"], one["target"], one["rows"]) for one in links(loaded, "WENT_INTO")]
    assert told == [(f"{DELIVERY}D1", f"{DELIVERY}D2", [7, 8]), (f"{DELIVERY}D2", f"{DELIVERY}D3", [9])]


def test_every_column_stays_as_it_was_written(read: Any) -> None:
    loaded = read(delivery("D1", **{"_Chargen.Sampling": " x ", "Lot Number": "L-9", "Amount": "2.0 paletts 18.4kg",
                                    "_Lieferungen.Delivery_Amount": "36.8",
                                    "_Lieferungen.Delivery_Unit": "kg"}))  # fmt: skip
    told = said(loaded, f"{DELIVERY}D1")
    assert (told["_Chargen.Sampling"], told["Lot ID"], told["Amount"]) == ([" x "], ["F1"], ["2.0 paletts 18.4kg"])
    (one,) = links(loaded, "SUPPLIED")
    assert (one["quantity"], one["unit"], one["properties"]["batch"]) == (36.8, "kg", "L-9")
    assert said(loaded, f"{STATION}S1") == {
        "station_id": ["S1"], "name": ["Farm"], "type": ["Trader"], "Latitude": ["52.5"],
    }  # fmt: skip


def test_what_an_investigator_set_and_sampled_is_kept(read: Any) -> None:
    tracing = {"nodes": [{"id": "S3", "weight": 1, "crossContamination": False}, {"id": "S9", "weight": 2}],
               "deliveries": [{"id": "D1", "killContamination": True}]}  # fmt: skip
    samples = [{"sampleStation": "S2", "result": "positive"}, {"result": "negative"}]
    loaded = read(delivery("D1"), tracing=tracing, samples=samples)
    assert said(loaded, f"{STATION}S3")["tracing.weight"] == ["1"]
    assert said(loaded, f"{DELIVERY}D1")["tracing.killContamination"] == ["true"]
    assert [one["target"] for one in links(loaded, "SAMPLED_FROM")] == [f"{STATION}S2"]
    assert [(i.header, i.reason) for i in loaded.result.issues] == [("id", "unknown_id"), ("sampleStation", "missing")]
    assert documented(loaded)


def test_records_that_name_nothing_known_are_refused_one_by_one(read: Any) -> None:
    loaded = read(delivery("D1"), delivery("D1"), delivery("D2", "S9"), delivery("", "S1"), delivery("D3", to=""),
                  relations=(("D1", "D2"), ("D1", ""), ("D1", "D1")))  # fmt: skip
    told = [(i.row, i.header, i.reason) for i in loaded.result.issues]
    assert told == [(5, "ID", "repeated_id"), (6, "from", "unknown_id"), (7, "ID", "missing"), (8, "to", "missing"),
                    (9, "to", "unknown_id"), (10, "to", "missing")]  # fmt: skip
    assert (loaded.result.rows, loaded.result.accepted) == (11, 5)
    assert documented(loaded)


def test_two_files_do_not_share_their_stations(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    read_object(tmp_path, "foodchain", chain(delivery("D1")), "x.json")
    nodes = [set(load(path, "foodchain", tmp_path / file, file).statements["node"]) for file in ("a" * 12, "b" * 12)]
    assert nodes[0] & nodes[1] == {"batch:Flour|F1", "product:Flour"}


def test_the_other_spelling_of_the_relations_is_read(tmp_path: Path) -> None:
    value = chain(delivery("D1"), delivery("D2"), relations=(("D1", "D2"),))
    value["data"]["deliveriesRelations"] = value["data"].pop("deliveryRelations")
    assert len(links(read_object(tmp_path, "foodchain", value), "WENT_INTO")) == 1


def test_evidence_shows_the_record_by_its_ordinal(tmp_path: Path) -> None:
    read_object(tmp_path, "foodchain", chain(delivery("D1", Amount=2.5)))
    content = (tmp_path / "file.json").read_bytes()
    told = {"ID": "D1", "from": "S1", "to": "S2", "Name": "Flour", "Lot ID": "F1", "Amount": "2.5"}
    assert foodchain.cells(content, "file.json", {4, 99}) == {4: told}


@pytest.mark.parametrize(
    "row", [3, {}, [3], [{"value": 1}], [{"id": 3, "value": 1}], [{"id": "ID", "value": []}],
            [{"id": "ID", "value": "a"}, {"id": "ID", "value": "b"}]],
)  # fmt: skip
def test_a_record_of_wrong_types_names_itself(row: Any, tmp_path: Path) -> None:
    value = chain(delivery("D1"))
    value["data"]["deliveries"]["data"].append(row)
    with pytest.raises(InputError, match=r"file\.json: record 5 of deliveries"):
        read_object(tmp_path, "foodchain", value)


@pytest.mark.parametrize("more", [{"tracing": 3}, {"tracing": {"nodes": {"a": 1}}}, {"samples": "x"}, {"samples": [1]}])
def test_what_stands_beside_the_tables_must_be_lists_of_objects(more: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"file\.json"):
        read_object(tmp_path, "foodchain", chain(delivery("D1"), **more))
