"""search finds any part of a name, alias or number, the best first."""

from __future__ import annotations

import pytest

from graphkit.analyses.lookup.search import SEARCH
from graphkit.analyses.parties.entities import identify
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


WRITTEN = RowsCasefile(
    [
        statement("phone:+8675512345678", "Phone", "number", "+8675512345678"),
        statement("phone:+8613800138000", "Phone", "number", "+8613800138000"),
        statement("vehicle:粤B12345", "Vehicle", "plate", "粤B12345"),
        statement("seizure:KY2022-1", "Seizure", "number", "KY2022-1"),
        statement("party:f:张三", "Party", "name", "张三"),
        statement("person:9", "Person", "name", "阿不都·热合曼"),
    ],
    [],
)
PHONE, MOBILE, PLATE = "phone:+8675512345678", "phone:+8613800138000", "vehicle:粤B12345"


@pytest.mark.parametrize(
    ("text", "node", "score"),
    [
        *((text, PHONE, 1.0) for text in ("0755-12345678", "(0755)12345678", "075512345678", "（0755） 1234 5678")),
        *((text, PHONE, 1.0) for text in ("+86 755 12345678", "0086-755-12345678", "755 1234.5678")),
        *((text, PHONE, 0.7) for text in ("0755", "0755-1234")),
        *((text, MOBILE, 1.0) for text in ("13800138000", "138-0013-8000", "+86 138 0013 8000", "86 13800138000")),
        *((text, PLATE, 1.0) for text in ("粤B·12345", "粤 B·12345", "粤b 12345", "粤B•12345", "粤B-12345")),
        *((text, "seizure:KY2022-1", 1.0) for text in ("KY 2022-1", "ky2022-1")),
        *((text, "party:f:张三", 1.0) for text in ("张 三", "张　三")),
        ("阿不都•热合曼", "person:9", 1.0),
    ],
)
def test_a_text_is_found_as_files_write_it(text: str, node: str, score: float) -> None:
    rows = SEARCH.ask(WRITTEN, text=text).rows
    assert [(row["id"], row["score"]) for row in rows] == [(node, score)]
    assert score < 1 or identify(WRITTEN.store, text) == node


def test_a_mark_alone_does_not_find_everything() -> None:
    assert SEARCH.ask(WRITTEN, text="-3").rows == SEARCH.ask(WRITTEN, text="()").rows == []


def test_of_equals_those_known_for_sure_and_by_more_rows_come_first() -> None:
    rows = [
        statement("party:0123456789ab:王芳", "Party", "name", "王芳", *(f"f#1:{i}" for i in range(9))),
        statement("company:0123456789ab:王芳", "Company", "name", "王芳", "f#1:2", "f#1:3"),
        statement("person:0123456789ab#1:7", "Person", "name", "王芳", "f#1:4"),
        statement("person:2", "Person", "name", "王芳", "f#1:2"),
        statement("person:3", "Person", "name", "王芳", "f#1:2", "f#1:3"),
        statement("person:4", "Person", "name", "王芳芳", "f#1:2", "f#1:3"),
    ]
    expected = ["person:3", "person:2", *(rows[i].node for i in (0, 1, 2)), "person:4"]
    for count in range(1, 7):
        for given in (rows, rows[::-1]):
            found = SEARCH.ask(RowsCasefile(given, []), text="王芳", limit=count).rows
            assert [row["id"] for row in found] == expected[:count]


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
    with pytest.raises(RequestError, match=r"^the text is empty$"):
        ask(" ")
