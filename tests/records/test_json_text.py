"""JSON from others: what is hostile ends in one line that names the file and the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graphkit.errors import InputError
from graphkit.records.finding import find_files, passed_over
from graphkit.records.layouts import json_text
from graphkit.records.layouts.json_text import canonical, check, read_json, text_of
from tests.records.layout_files import read_object

EVENT = '{"type": "ObjectEvent", "eventTime": "2024-01-01T00:00:00Z", "x": %s}'
LISTED = '{"type": "EPCISDocument", "epcisBody": {"eventList": [' + EVENT % 1 + ", " + EVENT + "]}}"
STATIONS = (
    '{"data": {"stations": {"columnProperties": [{"id": "ID", "type": "string"}], "data": ['
    '[{"id": "ID", "value": "S1"}],'
    ' [{"id": "ID", "value": %s}]]}, "deliveries": {"columnProperties": [], "data": []},'
    ' "deliveryRelations": {"columnProperties": [], "data": []}}}'
)
HOSTILE = {
    "a depth bomb": "[" * 100_000 + "]" * 100_000,
    "deep": "[" * 150 + "]" * 150,
    "an object bomb": '{"a":' * 400 + "1" + "}" * 400,
    "no number": "NaN",
    "infinity": "-Infinity",
    "a number without end": "9" * 1_000_000,
    "a fraction without end": "0." + "9" * 1_000_000,
    "a huge exponent": "1e999999999",
    "a name twice": '{"a": 1, "a": 2}',
    "half a character": '"\\ud800"',
    "a long text": '"' + "x" * 1_000_001 + '"',
    "cut off": '{"a": ',
    "a stray comma": "[1,]",
    "a control character": '"\x01"',
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(("layout", "text"), [("epcis", LISTED), ("foodchain", STATIONS)])
def test_it_ends_in_one_line_with_the_file(layout: str, text: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_object(tmp_path, layout, text % value)
    for told in (caught.value.english, caught.value.chinese):
        assert told.startswith("file.json") and "\n" not in told and len(told) < 200


@pytest.mark.parametrize("name", ["deep", "no number", "a number without end", "a name twice", "half a character"])
@pytest.mark.parametrize(("layout", "text"), [("epcis", LISTED), ("foodchain", STATIONS)])
def test_the_line_names_the_record(layout: str, text: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"file\.json: record 2 ") as caught:
        read_object(tmp_path, layout, text % HOSTILE[name])
    assert "第 2 条记录" in caught.value.chinese


def test_what_stands_around_the_records_is_looked_at_too(tmp_path: Path) -> None:
    for text in (
        '{"type": "EPCISDocument", "creationDate": NaN, "epcisBody": {"eventList": []}}',
        '{"type": "EPCISDocument", "epcisBody": {"eventList": []}, "epcisBody": {"eventList": [1]}}',
    ):
        with pytest.raises(InputError, match=r"file\.json"):
            read_object(tmp_path, "epcis", text)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "BYTES", 1 << 20)
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read_object(tmp_path, "epcis", " " * (1 << 20) + "[]")


def test_an_honest_value_is_read_as_it_stands() -> None:
    text = '{"a": [1, 2.5, true, null, "é", {"b": 10000000000000000}], "c": -0.0}'
    value = read_json(text.encode(), "x.json")
    assert value == json.loads(text)
    check(value, "x.json")
    assert text_of(value["a"]) == '[1,2.5,true,null,"é",{"b":10000000000000000}]'
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


class TestFinding:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "events.jsonld").write_text(LISTED % 1)
        (tmp_path / "chain.json").write_text(STATIONS % '"S2"')
        (tmp_path / "other.json").write_text('{"a": 1}')
        (tmp_path / "truth.json").write_text(LISTED % 1)
        (tmp_path / "broken.json").write_text('{"type": "EPCISDocument"')
        (tmp_path / "notes.doc").write_text("x")
        return tmp_path

    def test_a_folder_gives_the_json_that_a_layout_knows(self, folder: Path) -> None:
        assert [name for _, name in find_files([folder])] == ["broken.json", "chain.json", "events.jsonld"]
        assert passed_over([folder]) == ["notes.doc", "other.json"]

    def test_a_file_named_itself_is_read_whatever_it_is_called(self, folder: Path) -> None:
        assert [name for _, name in find_files([folder / "other.json"])] == ["other.json"]


@pytest.mark.parametrize("value", [{}, [], "x", 3, None, {"data": []}, {"data": {"stations": []}}])
def test_a_value_of_another_shape_is_refused(value: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"file\.json"):
        read_object(tmp_path, "foodchain", value)
