"""search finds any part of a name, alias or number, the best first."""

from __future__ import annotations

import pytest

from graphkit.analyses.search import SEARCH
from graphkit.errors import RequestError
from graphkit.model.answer import Answer
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import statement

CASE = RowsCasefile(
    [
        statement("person:1", "Person", "name", "李伟", "f#1:2"),
        statement("person:2", "Person", "name", "李伟强"),
        statement("person:3", "Person", "name", "小李伟"),
        statement("person:4", "Person", "name", "王芳"),
        statement("person:4", "Person", "alias", "李伟"),
        statement("company:5", "Company", "name", "LI Wei Pharma"),
        statement("company:5", "Company", "address", "李伟大道1号"),
        statement("phone:+8613800000000", "Phone", "number", "+8613800000000"),
    ],
    [],
)


def ask(text: str, **given: object) -> Answer:
    return SEARCH.ask(CASE, text=text, **given)


def test_the_whole_name_comes_before_alias_beginning_and_part() -> None:
    rows = ask("李伟").rows
    assert [(row["id"], row["score"]) for row in rows] == [
        ("person:1", 1.0), ("person:4", 0.9), ("person:2", 0.7), ("company:5", 0.5), ("person:3", 0.4),
    ]  # fmt: skip
    assert rows[0] == {
        "id": "person:1", "kind": "Person", "name": "李伟", "score": 1.0,
        "matched": "name: 李伟", "evidence": ["f#1:2"],
    }  # fmt: skip
    assert rows[1]["name"] == "王芳"


def test_width_case_and_blanks_do_not_matter() -> None:
    assert [row["id"] for row in ask("ｌｉ  WEI").rows] == ["company:5"]


def test_any_part_of_a_number() -> None:
    assert [row["id"] for row in ask("3800").rows] == ["phone:+8613800000000"]


def test_several_words_must_all_match_where_the_whole_does_not() -> None:
    rows = ask("pharma li").rows
    assert [(row["id"], row["score"]) for row in rows] == [("company:5", 0.1)]


def test_kinds_and_limit() -> None:
    assert [row["id"] for row in ask("李伟", kinds="company").rows] == ["company:5"]
    limited = ask("李伟", limit=2)
    assert len(limited.rows) == 2 and "5" in limited.notes[0]
    with pytest.raises(RequestError, match="Person"):
        ask("李伟", kinds="Persons")


def test_nothing_found_names_the_nearest() -> None:
    found = ask("李维")
    assert found.rows == [] and "李伟 (person:1)" in found.notes[0]
    assert "?" not in ask("zzzz").notes[0]


@pytest.mark.parametrize("given", [{"limit": 0}, {"limit": "3"}, {"limits": 3}])
def test_what_makes_no_sense_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(RequestError, match="limit"):
        ask("李伟", **given)
    with pytest.raises(RequestError, match="^the text is empty$"):
        ask(" ")
