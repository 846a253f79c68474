"""What was loaded from FoodChain-Lab goes back as it was; other records go as far as its layout can say them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit import Casebook
from graphkit.errors import RequestError
from graphkit.records.finding import sha256_of
from tests.records.layout_files import SHARED
from tests.records.test_foodchain import chain, delivery

FOLDER = SHARED / "foodchain"
needs_examples = pytest.mark.skipif(not FOLDER.is_dir(), reason="FoodChain-Lab's examples are not here")
TABLES = ("stations", "deliveries", "deliveryRelations")
SUPPLIES = """supply_id,seller,seller_id,buyer,product,batch,quantity,unit,amount,supplied_at
P1,甲公司,91110108MA01XXXX0A,李四,头孢,B1,10,box,200,2024-01-24
P2,李四,,王五,头孢,,2.5,kg,,2024-02-03 08:05
P3,李四,,赵六,头孢,B1,1,box,,2024-02
"""


def rows(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Each table's records, without the cells that hold nothing."""
    return {
        kind: [{cell["id"]: cell["value"] for cell in row if cell["value"] not in (None, "")} for row in table["data"]]
        for kind, table in document["data"].items()
        if kind in TABLES
    }


def written(casebook: Casebook, path: Path, **options: Any) -> dict[str, Any]:
    """The casebook as written to the file."""
    casebook.export(path, **options)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def loaded(folder: Path, *paths: Path) -> Casebook:
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*paths)
    return casebook


@needs_examples
@pytest.mark.parametrize("name", ["ExampleData.json", "Scenario_1_Outbreak-Baby-Tea.json"])
def test_an_example_goes_round_and_comes_back_equal(name: str, tmp_path: Path) -> None:
    before = json.loads((FOLDER / name).read_text("utf-8"))
    after = written(loaded(tmp_path, FOLDER / name), tmp_path / "out.json")
    assert rows(after) == rows(before)
    for kind in TABLES:
        assert after["data"][kind]["columnProperties"] == before["data"][kind]["columnProperties"]
    assert after.get("tracing", {}).get("nodes") == before.get("tracing", {}).get("nodes")
    again = written(loaded(tmp_path / "second", tmp_path / "out.json"), tmp_path / "again.json")
    assert again == after


def test_columns_types_order_and_settings_come_back(tmp_path: Path) -> None:
    samples = [{"sampleStation": "S2", "result": "positive"}]
    tracing = {"nodes": [{"id": "S3", "weight": 1.5, "observed": True}], "deliveries": []}
    value = chain(delivery("D2", "S2", "S3", Amount="20 kg"), delivery("D1", **{"Date Delivery": "9/2018"}),
                  relations=(("D1", "D2"), ("D1", "D2")), tracing=tracing, samples=samples)  # fmt: skip
    (tmp_path / "in.json").write_text(json.dumps(value), encoding="utf-8")
    after = written(loaded(tmp_path, tmp_path / "in.json"), tmp_path / "out.json")
    assert rows(after) == rows(value)
    assert rows(after)["stations"][0]["Latitude"] == 52.5
    assert (after["tracing"]["nodes"], after["samples"]) == (tracing["nodes"], samples)


def test_equal_ids_of_two_files_are_told_apart(tmp_path: Path) -> None:
    for name, amount in (("a.json", "1 kg"), ("b.json", "2 kg")):
        value = chain(delivery("D1", Amount=amount), delivery("D2", "S2", "S3"), relations=(("D1", "D2"),))
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    after = rows(written(loaded(tmp_path, tmp_path / "a.json", tmp_path / "b.json"), tmp_path / "out.json"))
    ids = {kind: [row["ID"] for row in after[kind]] for kind in ("stations", "deliveries")}
    assert [len(set(listed)) for listed in ids.values()] == [6, 4]
    assert {row["from"] for row in after["deliveries"]} | {row["to"] for row in after["deliveries"]} == set(
        ids["stations"]
    )
    first = sha256_of(tmp_path / "a.json")[:12]
    assert after["deliveryRelations"][0] == {"from": f"delivery:{first}:D1", "to": f"delivery:{first}:D2"}


def test_supplies_out_of_tables_become_deliveries(tmp_path: Path) -> None:
    (tmp_path / "supplies.csv").write_text(SUPPLIES, encoding="utf-8")
    casebook = loaded(tmp_path, tmp_path / "supplies.csv")
    answer = casebook.export(tmp_path / "out.json")
    (row,) = answer.rows
    assert (row["file"], row["nodes"], row["links"]) == (str(tmp_path / "out.json"), 4, 3)
    after = rows(json.loads((tmp_path / "out.json").read_text("utf-8")))
    names = {one["ID"]: one["Name"] for one in after["stations"]}
    told = {
        (names[one["from"]], names[one["to"]]): (one.get("Lot Number"), one.get("Date Delivery"), one["Amount"])
        for one in after["deliveries"]
    }
    assert told == {
        ("甲公司", "李四"): ("B1", "2024-01-24", "10 box"),
        ("李四", "王五"): (None, "2024-02-03", "2.5 kg"),
        ("李四", "赵六"): ("B1", "2024-02", "1 box"),
    }
    again = loaded(tmp_path / "second", tmp_path / "out.json")
    assert again.files().rows[0]["layout"] == "foodchain" and again.store.counts()["nodes"] == 4 + 3 + 1 + 1


@pytest.mark.parametrize(
    ("name", "layout", "told"),
    [("out.docx", "auto", "no layout"), ("out.json", "neo", "Unknown layout"), ("none/out.json", "auto", "no folder"),
     ("", "foodchain", "is a folder")],
)  # fmt: skip
def test_what_cannot_be_written_is_told(name: str, layout: str, told: str, tmp_path: Path) -> None:
    value = chain(delivery("D1"))
    (tmp_path / "in.json").write_text(json.dumps(value), encoding="utf-8")
    casebook = loaded(tmp_path, tmp_path / "in.json")
    with pytest.raises(RequestError, match=told):
        casebook.export(tmp_path / name, layout)


def test_any_ending_will_do_where_the_layout_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps(chain(delivery("D1"))), encoding="utf-8")
    after = written(loaded(tmp_path, tmp_path / "in.json"), tmp_path / "out.fcl", layout="foodchain")
    assert [row["ID"] for row in rows(after)["deliveries"]] == ["D1"]
