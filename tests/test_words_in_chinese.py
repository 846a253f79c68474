"""Words of the program in the language in use, and names that stand in two properties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphkit
from graphkit.model.answer import Answer, Column
from graphkit.model.language import set_language
from graphkit.model.rendering import to_html, to_table
from graphkit.records.mapping import draft
from tests.records.files import write


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


def test_what_stands_beside_a_plan_is_called_in_chinese_in_tables_alone(chinese: None) -> None:
    columns = Column("bound", en="Bound", zh="界"), Column("measure", en="Measure", zh="指标")
    rows = [{"bound": "outer", "measure": "betweenness", "evidence": ["f#1:2"]}]
    answer = Answer("strike", {}, columns, rows, facts={"objective": "pairs", "gap": 0.0, "region_overlap": {}})
    for text in (to_table(answer), to_html(answer)):
        assert "目标: 相连对数" in text and "宽界" in text and "介数" in text and "与最优的差距: 0" in text
        assert "objective" not in text and "outer" not in text and "跨区" not in text
    told = json.loads(json.dumps(answer.to_dict()))
    assert told["objective"] == "pairs" and told["rows"][0]["bound"] == "outer"
    assert told["columns"][-1] == {"name": "evidence", "type": "list", "unit": ""}


def test_kinds_of_other_people_are_worded_in_stats(tmp_path: Path) -> None:
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "nodes.csv", ":ID,name,surname,:LABEL", "1,Craig,Gordon,Person", "2,Bolton,,Area"))
    assert "Entities: Area" in to_table(casebook.stats())
    (found,) = casebook.search("Craig").rows
    assert (found["id"], found["name"]) == ("1", "Craig Gordon")
    stated = {(row["property"], row["value"]) for row in casebook.show("1").rows if row.get("property")}
    assert {("name", "Craig"), ("surname", "Gordon")} <= stated
    network = casebook.network()
    assert network.name_of(network.position("1")) == "Craig Gordon"


def test_a_mapping_is_drafted_in_chinese(chinese: None) -> None:
    text = draft([("1", ["流水号", "付款账号", "款项"])])
    assert "对照表" in text and "（必填）" in text and "尚未对应的列" in text
    assert "needed" not in text and "left over" not in text
