"""show gives every value and every link with the rows behind it."""

from __future__ import annotations

import pytest

from graphkit.analyses.lookup.show import SHOW
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

CASE = RowsCasefile(
    [
        statement("person:530103198001011234", "Person", "name", "李伟", "a#1:2", "a#1:3"),
        statement("person:530103198001011234", "Person", "sex", "male", "a#1:2"),
        statement("person:530103198001011234", "Person", "sex", "female", "b#1:2"),
        statement("party:a:王芳", "Party", "name", "王芳"),
        statement("party:b:王芳", "Party", "name", "王芳"),
        statement("phone:+8613800000000", "Phone", "number", "+8613800000000"),
        statement("region:530103", "Region", "code", "530103"),
    ],
    [
        link("USES", "person:530103198001011234", "phone:+8613800000000", evidence=("a#1:2",)),
        link("SUPPLIED", "party:a:王芳", "person:530103198001011234", "S1", on="2022-01-24", quantity=5.0, unit="box"),
        link("SUPPLIED", "party:a:王芳", "person:530103198001011234", "S1", on="2022-01-24", quantity=6.0, unit="box",
             properties={"product": "胶囊", "batch": "B1"}),
    ],
)  # fmt: skip


def ask(node: str, **given: object) -> Answer:
    return SHOW.ask(CASE, id=node, **given)


def test_one_row_for_each_value_and_each_link() -> None:
    found = ask("person:530103198001011234")
    assert [(r["property"] or r["link"], r["value"]) for r in found.rows] == [
        ("name", "李伟"), ("sex", "female"), ("sex", "male"), ("SUPPLIED:S1", "party:a:王芳"),
        ("SUPPLIED:S1", "party:a:王芳"),
        ("USES:person:530103198001011234→phone:+8613800000000", "phone:+8613800000000"),
    ]  # fmt: skip
    supplied = next(row for row in found.rows if row["details"])
    assert (supplied["direction"], supplied["name"], supplied["time"], supplied["quantity"], supplied["unit"]) == (
        "in", "王芳", "2022-01-24", 6.0, "box",
    )  # fmt: skip
    assert supplied["details"] == "batch: B1; product: 胶囊"
    assert found.rows[0]["evidence"] == ["a#1:2", "a#1:3"] and found.rows[-1]["evidence"] == ["a#1:2"]
    assert all(list(row) == [column.name for column in found.columns] for row in found.rows)


def test_disagreement_is_noted() -> None:
    notes = ask("person:530103198001011234").notes
    assert "female | male" in notes[0]
    assert "SUPPLIED:S1" in notes[1] and "quantity" in notes[1]


@pytest.mark.parametrize("written", ["李伟", "530103198001011234", "person:530103198001011234"])
def test_an_unambiguous_name_or_number_will_do(written: str) -> None:
    assert ask(written).rows[0]["id"] == "person:530103198001011234"


def test_numbers_and_regions_as_people_write_them() -> None:
    assert ask("13800000000").rows[0]["id"] == "phone:+8613800000000"
    assert ask("盘龙区").rows[0]["id"] == "region:530103"


def test_a_name_that_two_have_is_refused_with_both() -> None:
    with pytest.raises(RequestError, match=r"party:a:王芳.*party:b:王芳"):
        ask("王芳")


def test_an_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(NotFound, match="李伟"):
        ask("李维")
    with pytest.raises(NotFound, match="person:530103198001011234"):
        ask("person:530103198001011235")


def test_limit_is_noted() -> None:
    found = ask("李伟", limit=1)
    assert sum(row["link"] is not None for row in found.rows) == 1
    assert "--limit 0" in found.notes[-1]
    assert len(ask("李伟", limit=0).rows) == 6
