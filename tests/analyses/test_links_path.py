"""links and path on a small case: suspects, hubs, notes, evidence, names."""

from __future__ import annotations

import json
import random

import pytest

from graphkit.analyses import ANALYSES
from graphkit.analyses.lookup.links import LINKS
from graphkit.analyses.lookup.path import PATH
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

PEOPLE = {"1": "李伟", "2": "王芳", "3": "赵强", "4": "孙丽", "5": "周敏"}
STATEMENTS = [
    *(statement(f"person:{i}", "Person", "name", name) for i, name in PEOPLE.items()),
    *(statement(f"account:{i}", "Account", "number", f"62{i}") for i in range(1, 4)),
    statement("phone:+861", "Phone", "number", "+861"),
    statement("case:K1", "Case", "number", "K1"),
    statement("place:D1", "Place", "place_id", "D1"),
    statement("place:D2", "Place", "place_id", "D2"),
    statement("region:530103", "Region", "code", "530103"),
    statement("seizure:S1", "Seizure", "number", "S1"),
]
LINK_ROWS = [
    link("USES", "person:1", "phone:+861", evidence=("f#1:1",)),
    link("USES", "person:2", "phone:+861", evidence=("f#1:10", "f#1:2")),
    link("SUSPECT_IN", "person:2", "case:K1"),
    link("CONTROLS", "person:3", "place:D1"),
    link("CONTROLS", "person:4", "place:D2"),
    link("IN_REGION", "place:D1", "region:530103"),
    link("IN_REGION", "place:D2", "region:530103"),
    link("SEIZED_FROM", "seizure:S1", "person:3"),
    link("KNOWS", "person:2", "person:3"),
    *(link("HOLDS", f"person:{i}", f"account:{i}") for i in (1, 2, 3)),
    link("PAID", "account:1", "account:2", "P1", on="2022-01-05", amount=10.0),
    link("PAID", "account:2", "account:3", "P2", on="2022-01-04", amount=10.0),
    link("PAID", "account:2", "account:3", "P3", on="2022-01-06", amount=10.0),
]
CASE = RowsCasefile(STATEMENTS, LINK_ROWS)


def links(**given: object) -> Answer:
    return LINKS.ask(CASE, **given)


def path(start: str, end: str, **given: object) -> Answer:
    return PATH.ask(CASE, start=start, end=end, **given)


def test_links_gives_suspects_and_the_chain_to_each() -> None:
    found = links(id="李伟")
    assert [(row["id"], row["hops"], row["through"]) for row in found.rows] == [
        ("person:2", 2, ["USES", "phone:+861", "USES"])
    ]
    assert found.rows[0]["evidence"] == ["f#1:1", "f#1:2", "f#1:10"]
    assert [row["id"] for row in links(id="李伟", hops=3).rows] == ["person:2", "person:3"]
    assert "person:1" not in [row["id"] for row in links(id="person:2", hops=2).rows]  # no suspect


def test_links_names_hubs_and_walks_through_them_only_when_asked() -> None:
    found = links(id="person:3", hops=4)
    assert "person:4" not in [row["id"] for row in found.rows]
    assert "region:530103 云南省昆明市盘龙区 (2)" in found.notes[0] and "--through-hubs" in found.notes[0]
    through = links(id="person:3", hops=4, through_hubs=True)
    assert "person:4" in [row["id"] for row in through.rows] and through.notes == ()
    reached = links(id="person:3", hops=2, all=True)
    assert "region:530103" in [row["id"] for row in reached.rows]
    phone = links(id="person:1", hub_size=1)
    assert phone.rows == [] and "phone:+861 (2)" in phone.notes[1]


def test_links_by_kind() -> None:
    assert [row["id"] for row in links(id="person:1", hops=3, kinds="paid,holds").rows] == ["person:2"]
    with pytest.raises(RequestError, match="HOLDS"):
        links(id="person:1", kinds="HOLD")
    with pytest.raises(RequestError) as unknown:
        links(id="person:1", kinds="NOPE")
    listed = sorted({each.kind for each in LINK_ROWS})
    assert str(unknown.value) == f"There is no kind NOPE. The casebook has {', '.join(listed)}."


def test_where_nothing_says_who_is_suspect_all_parties_count() -> None:
    case = RowsCasefile(STATEMENTS, [each for each in LINK_ROWS if each.kind in ("USES", "KNOWS")])
    found = LINKS.ask(case, id="person:1", hops=2)
    assert [row["id"] for row in found.rows] == ["person:2"] and "every party" in found.notes[0]


def test_who_is_held_is_a_suspect_without_a_case() -> None:
    tied = [each for each in LINK_ROWS if each.kind in ("USES", "KNOWS")]
    held = [*STATEMENTS, statement("person:3", "Person", "status", "detained", "f#1:8")]
    assert [row["id"] for row in LINKS.ask(RowsCasefile(held, tied), id="person:1", hops=3).rows] == ["person:3"]
    victim = [*held, statement("person:3", "Person", "role", "被害人", "f#1:8")]
    assert "every party" in LINKS.ask(RowsCasefile(victim, tied), id="person:1", hops=2).notes[0]


def test_a_path_in_time_over_links_without_times_is_told() -> None:
    found = path("李伟", "赵强", in_time=True, kinds="USES,KNOWS")
    assert found.rows and "No link has a time" in found.notes[0]


def test_path_gives_entities_links_and_rows() -> None:
    row = path("李伟", "赵强").rows[0]
    assert row["nodes"] == ["person:1", "phone:+861", "person:2", "person:3"]
    assert row["names"] == ["李伟", "+861", "王芳", "赵强"]
    assert row["kinds"] == ["USES", "USES", "KNOWS"]
    assert (row["rank"], row["hops"], row["cost"]) == (1, 3, 3.0)
    assert row["links"][-1] == "KNOWS:person:2→person:3"
    assert row["evidence"] == ["bbbbbbbbbbbb#1:KNOWS:person:2→person:3", "f#1:1", "f#1:2", "f#1:10"]
    assert path("李伟", "赵强", weighted=True).rows[0]["cost"] == 1.8


def test_path_in_time_follows_the_flow_and_its_order() -> None:
    found = path("person:1", "person:3", in_time=True, kinds="HOLDS,PAID")
    assert found.rows[0]["links"][1:3] == ["PAID:P1", "PAID:P3"]
    back = path("person:3", "person:1", in_time=True, kinds="HOLDS,PAID")
    assert back.rows == [] and "time order" in back.notes[0] and "4 links" in back.notes[1]


def test_hubs_are_named_only_where_a_chain_through_them_meets_the_conditions() -> None:
    supplies = [("1", "9"), ("9", "3"), ("1", "2"), ("2", "4"), ("4", "3"), ("9", "7"), ("9", "8"), ("5", "6")]
    ties = [link("SUPPLIED", f"person:{a}", f"person:{b}", f"S{a}{b}", on="2022-01-05") for a, b in supplies]
    stated = [statement(f"person:{i}", "Person", "name", f"N{i}") for i in range(1, 10)]
    case = RowsCasefile(stated, ties)

    def notes(start: int, end: int, **given: object) -> list[str]:
        asked = {"kinds": "SUPPLIED", "hub_size": 3, **given}
        answer = PATH.ask(case, start=f"person:{start}", end=f"person:{end}", **asked)
        return [note for note in answer.notes if "--through-hubs" in note]

    assert "2 links join them, through person:9 N9 (4)." in notes(1, 3)[0]
    assert "2 links join them, through person:9 N9 (4)." in notes(1, 3, in_time=True)[0]
    assert "2 links" in notes(3, 1)[0]
    assert notes(6, 5, in_time=True) == notes(3, 1, in_time=True) == notes(1, 3, kinds="PAID") == []
    known = RowsCasefile(stated, [link("SUPPLIED", "person:1", "person:2"), *(
        link("USES", f"person:{a}", f"person:{b}") for a, b in (("1", "3"), ("3", "4"), ("4", "2"))
    )])  # fmt: skip
    firm = PATH.ask(known, start="person:1", end="person:2", weighted=True)
    assert firm.notes == (), firm.rows


def test_several_paths_are_ranked() -> None:
    rows = path("person:1", "person:3", count=9).rows
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["hops"] for row in rows] == sorted(row["hops"] for row in rows)
    assert len({tuple(row["nodes"]) for row in rows}) == len(rows) > 2


def test_no_path_says_what_was_tried() -> None:
    found = path("person:1", "person:4", max_hops=8)
    assert found.rows == [] and "8 links" in found.notes[0]
    assert "--through-hubs" in found.notes[1] and "region:530103" in found.notes[1]
    assert path("person:1", "person:4", through_hubs=True, max_hops=7).rows[0]["hops"] == 7
    assert len(path("person:1", "周敏", through_hubs=True).notes) == 1


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(RequestError, match="same"):
        path("person:1", "李伟")
    with pytest.raises(NotFound, match="李伟"):
        path("李维", "person:1")
    with pytest.raises(RequestError, match="max-hops"):
        path("person:1", "person:2", max_hops=0)


def test_the_answer_does_not_depend_on_row_order() -> None:
    asked = [(LINKS, {"id": "李伟", "hops": 4}), (PATH, {"start": "李伟", "end": "赵强", "count": 5, "weighted": True})]
    expected = [json.dumps(question.ask(CASE, **given).to_dict()) for question, given in asked]
    for seed in range(5):
        mixed = random.Random(seed)
        case = RowsCasefile(mixed.sample(STATEMENTS, len(STATEMENTS)), mixed.sample(LINK_ROWS, len(LINK_ROWS)))
        assert [json.dumps(question.ask(case, **given).to_dict()) for question, given in asked] == expected


def test_declarations_are_whole() -> None:
    assert len({analysis.id for analysis in ANALYSES}) == len(ANALYSES)
    for analysis in ANALYSES:
        texts = [analysis.question_en, analysis.question_zh, analysis.help_en, analysis.help_zh, analysis.example]
        texts += [text for each in analysis.parameters for text in (each.en, each.zh)]
        texts += [text for column in analysis.columns for text in (column.en, column.zh)]
        assert (
            all(texts)
            and analysis.example.startswith("graphkit ")
            and f" {analysis.command}" in analysis.example.replace("_", "-")
        )
        optional = [each for each in analysis.parameters if not each.positional]
        positional = [each for each in analysis.parameters if each.positional]
        assert list(analysis.parameters) == positional + optional
        assert all(each.check(None) in (each.default, ()) for each in optional)
