"""What FoodChain-Lab's rows say went into what is believed, whatever the times say; asked of small files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit import Casebook
from tests.records.layout_files import SHARED
from tests.records.test_foodchain import chain, delivery

FOLDER = SHARED / "foodchain"
needs_examples = pytest.mark.skipif(not FOLDER.is_dir(), reason="FoodChain-Lab's examples are not here")


def opened(folder: Path, text: str) -> Casebook:
    (folder / "chain.json").write_text(text, encoding="utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "chain.json")
    return casebook


@pytest.fixture
def mistaken(tmp_path: Path) -> Casebook:
    """Farm to mill to shop to farm, each time leaving days before it came; what went into what is told."""
    days = ("2024-03-09", "2024-03-11"), ("2024-03-05", "2024-03-06"), ("2024-03-01", "2024-03-02")
    deliveries = [
        delivery(f"D{i}", source, target, **{"Date Delivery": left, "Date Delivery Arrival": came, "Amount": "10 kg"})
        for i, (source, target, (left, came)) in enumerate(
            zip(("S1", "S2", "S3"), ("S2", "S3", "S1"), days, strict=True)
        )
    ]
    return opened(tmp_path, json.dumps(chain(*deliveries, relations=(("D0", "D1"), ("D1", "D2")))))


def test_what_went_into_what_is_followed_against_the_times(mistaken: Casebook) -> None:
    for number, direction, others in (("D2", "back", {"S1", "S2", "S3"}), ("D0", "forward", {"S1", "S2", "S3"})):
        answer = mistaken.trace(number, direction)
        assert {row["id"].rpartition(":")[2] for row in answer.rows if row["kind"] == "Station"} == others
        assert {row["quantity_max"] for row in answer.rows} == {10}
        (note,) = [note for note in answer.notes if "believed" in note]
        assert "D0 (" in note and "D1 (" in note and "D2 (" not in note


def test_a_source_is_not_lost_by_a_mistaken_time(mistaken: Casebook) -> None:
    answer = mistaken.sources(case=("D2",), lots_only=True)
    assert {row["id"].rpartition(":")[2]: row["score"] for row in answer.rows} == {"S1": 1, "S2": 1, "S3": 1}
    assert any("believed" in note for note in answer.notes)


def test_times_order_what_no_row_tells(tmp_path: Path) -> None:
    early, late = ({"Date Delivery Arrival": f"2024-03-0{day}"} for day in (1, 5))
    casebook = opened(tmp_path, json.dumps(chain(delivery("D0", **late), delivery("D1", "S2", "S3", **early))))
    assert {row["id"].rpartition(":")[2] for row in casebook.trace("Farm", "forward").rows} == {"S2"}
    assert not any("no time" in note for note in casebook.trace("Farm", "forward").notes)  # when it came is known


def test_a_station_is_found_by_the_number_that_its_file_gives_it(mistaken: Casebook) -> None:
    assert mistaken.trace("S2", "back").rows == mistaken.trace("Mill", "back").rows != []
    assert {row["id"] for row in mistaken.show("S1").rows} == {row["id"] for row in mistaken.show("Farm").rows}


@needs_examples
@pytest.mark.parametrize("name", ["ExampleData.json", "Scenario_1_Outbreak-Baby-Tea.json"])
def test_traces_and_scores_of_the_examples_are_closures_over_what_went_into_what(name: str, tmp_path: Path) -> None:
    data = json.loads((FOLDER / name).read_text(encoding="utf-8"))["data"]
    casebook = opened(tmp_path, (FOLDER / name).read_text(encoding="utf-8"))
    ends = {each["ID"]: (each["from"], each["to"]) for each in _records(data, "deliveries")}
    into = [(each["from"], each["to"]) for each in _records(data, "deliveryRelations")]
    stations = sorted({end for pair in ends.values() for end in pair})
    reached = {each: _closure([d for d in ends if ends[d][0] == each], into) for each in stations}
    for station in stations[::3]:
        rows = casebook.trace(station, "forward", lots_only=True).rows
        assert {row["id"].rpartition(":")[2] for row in rows} | {station} == {ends[d][1] for d in reached[station]} | {
            station
        }
    case = max(stations, key=lambda each: sum(each == end[1] for end in ends.values()))
    scored = {row["id"].rpartition(":")[2] for row in casebook.sources(case=(case,), lots_only=True, limit=1000).rows}
    assert scored == {each for each in stations if each == case or any(ends[d][1] == case for d in reached[each])}


def _records(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [{cell["id"]: cell.get("value") for cell in row} for row in data[table]["data"]]


def _closure(start: Iterable[str], into: list[tuple[str, str]]) -> set[str]:
    """These deliveries and all that they went into, over any number of steps."""
    found, todo = set[str](), list(start)
    while todo:
        found.add(one := todo.pop())
        todo += [after for before, after in into if before == one and after not in found]
    return found
