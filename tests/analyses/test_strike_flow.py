"""strike --objective flow as an investigator asks it: what flows, who can be hit, rows, facts, what is refused."""

from __future__ import annotations

import doctest
import math
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pytest

from graphkit.analyses import strike, what_if
from graphkit.analyses.breaking import flow_reasons
from graphkit.analyses.breaking.strike import STRIKE
from graphkit.analyses.breaking.taking_out import WHAT_IF
from graphkit.errors import RequestError
from graphkit.model.answer import Answer
from graphkit.store.base import Link
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

DOCUMENT = Path(__file__).parents[2] / "docs" / "strike.md"
DAY = "2023-05-0{}T00:00:00", "2023-05-0{}T23:59:59"


def sold(
    seller: int, buyer: int, quantity: float, unit: str, number: str, *files: str, day: int = 1, kind: str = "SUPPLIED"
) -> Link:  # fmt: skip
    """One delivery, told by as many files as are named."""
    rows = tuple(f"{file}#1:{number.strip('ABCDEFGHIJ')}" for file in files or ("f",))
    earliest, latest = (bound.format(day) for bound in DAY)
    return link(
        kind, f"person:{seller}", f"person:{buyer}", number, quantity=quantity, unit=unit, started_earliest=earliest,
        started_latest=latest, evidence=rows,
    )  # fmt: skip


# Maker 1 sells to dealers 2 and 3; 2 serves shops 4 and 5, 3 serves 5; 6 sells capsules to 4; 7 is in custody.
STATEMENTS = [
    *(statement(f"person:{i}", "Person", "name", name) for i, name in enumerate("甲乙丙丁戊己庚", 1)),
    statement("person:1", "Person", "role", "producer"),
    statement("person:7", "Person", "status", "detained"),
    statement("place:D2", "Place", "place_id", "D2"),
    statement("place:D2", "Place", "region", "350102"),
    statement("region:350000", "Region", "code", "350000"),
]
ROWS = [
    sold(1, 2, 9000, "g", "A1"),
    sold(1, 3, 4, "kg", "A2"),
    sold(2, 4, 5, "kg", "A3", day=2),
    sold(2, 5, 4, "kg", "A4", day=3),
    sold(3, 5, 4, "kg", "A5", day=4),
    sold(6, 4, 100, "capsule", "A6"),
    sold(7, 5, 50, "kg", "A7"),
    link("CONTROLS", "person:2", "place:D2", evidence=("f#5:1",)),
]
# The buyer's ledger and the waybill tell of one delivery again, the way they are told in another file.
AGAIN = [sold(2, 4, 5, "kg", "B3", "g", day=2), sold(2, 4, 5, "kg", "C3", "h", day=2, kind="SHIPPED")]
CASE = RowsCasefile(STATEMENTS, [*ROWS, *AGAIN])


def asked(**given: Any) -> Answer:
    return STRIKE.ask(CASE, objective="flow", time_limit=60, **given)


def test_the_dealer_who_carries_most_is_hit_and_each_movement_counts_once() -> None:
    found = asked(budget=1, must_not=["甲"])
    assert [row["id"] for row in found.rows] == ["person:2"]
    names = ("objective", "before", "value", "bound", "optimal", "truncated", "unit")
    facts = {name: found.facts[name] for name in names}
    # The other dealer can carry a fifth more than he did, but the maker gives him no more than before.
    assert facts == {
        "objective": "flow", "before": 13, "value": 4.8, "bound": 4.8, "optimal": True, "truncated": False,
        "unit": "kg",
    }  # fmt: skip
    row = found.rows[0]
    assert row["gain"] == pytest.approx(13 - 4.8) and row["region"] == "350102"
    assert row["evidence"] == ["f#1:1", "f#1:3", "f#1:4", "g#1:3", "h#1:3"]


def test_what_is_assumed_is_said() -> None:
    told = asked(budget=1, headroom=1.5, period_from="2023-05-01", period_until="2023-05-09").notes
    assert any("1.5 times" in note and "2023-05-01 to 2023-05-09" in note and "kg" in note for note in told)
    assert any("capsule" in note and "--unit" in note for note in told)


def test_the_note_names_the_days_of_the_movements_where_no_period_is_asked_for() -> None:
    assert "as moved from 2023-05-01 to 2023-05-04, 5 movements" in asked(budget=1).notes[1]
    assert "as moved from 2023-05-02 to 2023-05-04" in asked(budget=1, period_from="2023-05-02", ends=["戊"]).notes[1]


def test_each_hit_is_told_with_what_it_does_alone_and_who_could_take_its_place() -> None:
    row = asked(budget=1, must_not=["甲"]).rows[0]
    # Without shop 5 instead, shop 4 gets its 5. Without dealer 3, that and a fifth more than the 4 that 2 brought 5.
    told = {"alone": 8.2, "left_out": 13, "replaced_by": "person:5", "replaced": 5, "successor": "person:3"}
    assert {name: row[name] for name in told} == told
    kept = asked(budget=1, must_not=["甲", "丁", "戊"]).rows[0]
    assert (kept["replaced_by"], kept["replaced"]) == ("person:3", 9.8)
    assert asked(budget=1, must_not=["甲", "丙", "丁", "戊"]).rows[0]["replaced_by"] == ""
    both = asked(budget=2, must=["乙", "丙"], must_not=["甲"])
    assert [row["left_out"] for row in both.rows] == [9.8, 4.8]
    assert [row["successor"] for row in both.rows] == ["", ""]  # neither is left to take over from the other
    assert both.facts["after_successors"] == 0
    route = asked(budget=1, targets=["SUPPLIED"]).rows[0]
    assert (route["alone"], route["successor"]) == (8.2, "")


def test_what_stands_beside_the_rows() -> None:
    facts = asked(budget=1, must_not=["甲"]).facts
    assert facts["by_region"] == [
        {
            "region": "350102", "region_name": "Fujian 350102", "hits": 1, "cost": 1, "orders": [1],
            "ids": ["person:2"], "names": ["乙"], "evidence": ["f#1:1", "f#1:3", "f#1:4", "g#1:3", "h#1:3"],
        }
    ]  # fmt: skip
    assert facts["after_successors"] == 13  # dealer 3 carries what dealer 2 did
    assert facts["firm"]["links"] == 0 and facts["firm"]["share"] == facts["firm"]["share_with_all"]
    doubted = {"reliability": "E", "credibility": "5"}
    rows = [replace(each, properties=doubted) if each.link[-2:] in ("A3", "A5") else each for each in (*ROWS, *AGAIN)]
    firm = STRIKE.ask(RowsCasefile(STATEMENTS, rows), objective="flow", budget=1, must_not=["甲"]).facts["firm"]
    # Dealer 3 sells nothing for certain then; that dealer 2 sold to shop 4, others tell too.
    assert (firm["links"], firm["before"], firm["value"], firm["share"]) == (2, 9, 0, 1)


def test_without_time_the_plan_stands_and_the_rest_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_reasons, "time", SimpleNamespace(monotonic=lambda: math.inf))
    found = asked(budget=1, must_not=["甲"])
    assert (found.rows[0]["id"], found.rows[0]["gain"], found.rows[0]["alone"]) == ("person:2", 8.2, None)
    assert any("last 1 hits" in note and "--time-limit" in note for note in found.notes)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_substitute_is_the_best_of_all(seed: int) -> None:
    """Against every other plan of as many hits, by networkx."""
    drawn = random.Random(seed)
    tiers = ["ab", "cdef", "ghij", "klm"]
    pairs = [(a, b) for low, high in pairwise(tiers) for a in low for b in high if drawn.random() < 0.6]
    rows = [link("LINKED", f"actor:{a}", f"actor:{b}", f"{a}{b}") for a, b in pairs]
    case = RowsCasefile([statement(f"actor:{each}", "Actor", "name", each) for each in "".join(tiers)], rows)
    found = STRIKE.ask(case, objective="flow", budget=2, time_limit=60)
    hit = [row["id"].removeprefix("actor:") for row in found.rows]
    for row, gone in zip(found.rows, hit, strict=True):
        rest = [each for each in hit if each != gone]
        others = sorted({each for pair in pairs for each in pair} - set(hit))
        best = min(flowing(pairs, [*rest, each]) for each in others)
        assert row["alone"] == pytest.approx(flowing(pairs, []) - flowing(pairs, [gone]))
        assert row["left_out"] == pytest.approx(flowing(pairs, rest))
        assert (row["replaced"] or row["left_out"]) == pytest.approx(best)


def flowing(pairs: list[tuple[str, str]], gone: list[str]) -> float:
    """What flows over links of 1.2 each, once these are hit."""
    graph, gave, took = nx.DiGraph(), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    for each in (gave | took).keys() - set(gone):
        passing = max(gave[each], took[each]) * (1.2 if gave[each] and took[each] else 1)
        graph.add_edge((each, "in"), (each, "out"), capacity=passing)
        if not took[each]:
            graph.add_edge("from", (each, "in"))
        if not gave[each]:
            graph.add_edge((each, "out"), "to")
    for a, b in pairs:
        if not {a, b} & set(gone):
            graph.add_edge((a, "out"), (b, "in"), capacity=1.2)
    graph.add_nodes_from(("from", "to"))
    return float(nx.maximum_flow_value(graph, "from", "to"))


def test_a_period_leaves_out_what_moved_before_and_after() -> None:
    assert asked(budget=1, period_until="2023-05-03", ends=["丁", "戊"]).facts["before"] == 9
    with pytest.raises(RequestError, match="No goods moved in this period: what is told lies between 2023-05-0"):
        asked(budget=1, period_from="2024-01-01")


def test_sources_and_buyers_by_name_kind_and_role() -> None:
    assert asked(budget=1, origins=["producer"], ends=["戊"], must_not=["甲"]).facts["before"] == 8
    assert asked(budget=1, origins=["乙", "丙"], ends=["person:5"]).facts["before"] == 8
    with pytest.raises(RequestError, match="both a source and a buyer"):
        asked(budget=1, origins=["Person"], ends=["戊"])


def test_roles_seen_from_the_flows_and_kinds_in_chinese_name_sources_and_buyers() -> None:
    everyone = asked(budget=1, must_not=["甲", "丁", "戊"])
    by_role = asked(budget=1, must_not=["甲", "丁", "戊"], origins=["source"], ends=["购买者"])
    assert by_role.facts["before"] == everyone.facts["before"] and by_role.rows == everyone.rows
    with pytest.raises(RequestError, match="both a source and a buyer"):
        asked(budget=1, origins=["人员"], ends=["戊"])


def test_a_place_and_a_route_can_be_hit() -> None:
    place = asked(budget=1, targets=["Place"])
    assert [(row["id"], row["kind"]) for row in place.rows] == [("place:D2", "Place")]
    assert place.facts["value"] == 4.8
    route = asked(budget=1, targets=["SUPPLIED"])
    assert [row["name"] for row in route.rows] == ["甲 → 乙"] and route.rows[0]["evidence"] == ["f#1:1"]


def test_a_couriers_route_can_be_hit_where_a_ledger_tells_of_the_delivery_too() -> None:
    waybill = asked(budget=1, targets=["SHIPPED"])
    assert [(row["id"], row["kind"], row["name"]) for row in waybill.rows] == [("SHIPPED:C3", "SHIPPED", "乙 → 丁")]
    assert waybill.facts["before"] - waybill.facts["value"] == waybill.rows[0]["alone"] > 0
    assert asked(budget=1, targets=["SHIPPED"], must=["SUPPLIED:A3"]).rows[0]["id"] == "SHIPPED:C3"


# 2 pays 1, and 3, who is in custody, pays 2; 4 pays 2 as well; the bank's rows know holders by name only.
MONEY = RowsCasefile(
    [
        *(statement(f"person:{i}", "Person", "name", name) for i, name in enumerate("甲乙丙丁", 1)),
        *(statement(f"account:{i}", "Account", "number", f"62{i}") for i in range(1, 5)),
        statement("party:b:丙", "Party", "name", "丙"),
        statement("person:3", "Person", "status", "arrested"),
        statement("place:D2", "Place", "region", "350102"),
    ],
    [
        *(link("HOLDS", f"person:{i}", f"account:{i}", evidence=(f"h#1:{i}",)) for i in range(1, 5)),
        link("HOLDS", "party:b:丙", "account:3", evidence=("b#1:9",)),
        link("CONTROLS", "person:2", "place:D2", evidence=("p#1:2",)),
        *(
            link("PAID", f"account:{a}", f"account:{b}", f"P{a}{b}", amount=float(much), evidence=(f"b#1:{a}{b}",))
            for a, b, much in ((3, 2, 100), (4, 2, 60), (2, 1, 160))
        ),
    ],
)


def test_accounts_are_told_with_their_holder_who_in_custody_does_not_pay() -> None:
    found = STRIKE.ask(MONEY, objective="flow", follow="money", budget=1, must_not=["account:1"], time_limit=20)
    assert found.facts["before"] == 60
    kept = STRIKE.ask(
        MONEY, objective="flow", follow="money", budget=1, must=["account:2"], keep_detained=True, time_limit=20
    )
    assert kept.facts["before"] == 160
    assert (kept.rows[0]["name"], kept.rows[0]["region"]) == ("乙 622", "350102")
    barred = STRIKE.ask(MONEY, objective="flow", follow="money", budget=1, limit=["350000=0"], time_limit=20)
    assert barred.rows[0]["id"] != "account:2"


def test_a_name_that_several_entries_of_one_party_have_means_that_party() -> None:
    goods = {"product": "丸", "batch": "W"}
    party = statement("party:f:小乙", "Party", "name", "小乙")
    rows = [
        replace(sold(1, 2, 10, "kg", "S1"), target="party:f:小乙", properties=goods),
        replace(sold(2, 3, 10, "kg", "S2", day=2), properties=goods),
    ]
    known = [statement("person:2", "Person", "id_number", "2"), statement("person:2", "Person", "alias", "小乙")]
    case = RowsCasefile([*STATEMENTS, *known, party], rows)
    assert STRIKE.ask(case, objective="flow", budget=1, must=["小乙"], time_limit=20).rows[0]["id"] == "person:2"


def test_limits_of_regions_are_kept() -> None:
    assert [row["id"] for row in asked(budget=1, must_not=["甲", "丁", "戊"], limit=["350000=0"]).rows] == ["person:3"]


def test_without_quantities_each_link_counts_one() -> None:
    rows = [link("LINKED", f"actor:{a}", f"actor:{b}", f"{a}{b}") for a, b in ("ab", "ac", "bd", "cd", "be")]
    case = RowsCasefile([statement(f"actor:{each}", "Actor", "name", each) for each in "abcde"], rows)
    found = STRIKE.ask(case, objective="flow", budget=1, must_not=["actor:a", "actor:d"], time_limit=60)
    assert (found.facts["unit"], found.rows[0]["id"]) == ("links", "actor:b")
    assert "No quantity is known: each link counts one." in found.notes


def test_cartons_flow_as_the_boxes_that_rows_pack_into_them() -> None:
    goods = {"product": "丸", "batch": "W"}
    rows = [
        replace(sold(1, 2, 10, "carton", "P1"), properties=goods | {"规格": "12盒/箱"}),
        replace(sold(2, 3, 100, "box", "P2", day=2), properties=goods),
        replace(sold(2, 3, 5, "box", "P3", day=3), properties=goods),
    ]
    found = STRIKE.ask(RowsCasefile(STATEMENTS, rows), objective="flow", budget=1, time_limit=60)
    assert (found.facts["before"], found.facts["unit"]) == (120, "box")
    assert not any("not counted" in note for note in found.notes)


def test_what_makes_no_sense_is_refused() -> None:
    for given, said in (
        ({"until": 0.5}, "takes a budget"),
        ({"budget": 1, "unit": "box"}, "Nothing moved is told in box"),
        ({"budget": 1, "must": ["乙"], "must_not": ["乙"]}, "must not be hit"),
        ({"budget": 1, "targets": ["Vehicle"]}, "Nothing of these kinds"),
    ):
        with pytest.raises(RequestError, match=said):
            asked(**given)


def test_the_worked_example_of_the_documentation() -> None:
    tried = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    assert tried.failed == 0 and tried.attempted >= 8


def test_an_end_buyer_can_be_hit_but_not_who_only_says_what_he_bought() -> None:
    rows = [
        sold(1, 2, 10, "kg", "S1"),
        sold(2, 3, 10, "kg", "S2", day=2),
        replace(sold(1, 4, 9, "kg", "S3"), link="SUPPLIED:purchase:S3"),
    ]
    case = RowsCasefile(STATEMENTS, rows)
    others = {"must_not": ["甲", "乙"], "time_limit": 60, "budget": 1, "objective": "flow"}
    assert [row["id"] for row in STRIKE.ask(case, **others).rows] == ["person:3"]
    with pytest.raises(RequestError, match="not among the targets"):
        STRIKE.ask(case, **others, must=["丁"])


def test_custody_is_named_where_it_leaves_no_source_or_takes_out_who_must_be_hit() -> None:
    case = RowsCasefile(STATEMENTS, [sold(7, 2, 10, "kg", "S1"), sold(2, 3, 10, "kg", "S2", day=2)])
    asked_for = {"objective": "flow", "budget": 1, "time_limit": 20}
    left = STRIKE.ask(case, **asked_for, keep_detained=True)
    assert left.facts["before"] == 10
    gone = RowsCasefile(STATEMENTS, [sold(7, 2, 10, "kg", "S1"), sold(7, 3, 10, "kg", "S2")])
    with pytest.raises(RequestError, match="1 are out beforehand: --keep-detained"):
        STRIKE.ask(gone, **asked_for)
    with pytest.raises(RequestError, match="in custody"):
        STRIKE.ask(CASE, **asked_for, must=["庚"])


def test_goods_sent_back_leave_the_maker_a_source() -> None:
    rows = [sold(1, 2, 10, "kg", "S1"), sold(2, 3, 6, "kg", "S2", day=2), sold(2, 1, 4, "kg", "S3", day=3)]
    facts = STRIKE.ask(RowsCasefile(STATEMENTS, rows), objective="flow", budget=1, time_limit=60).facts
    assert facts["before"] == 6  # the 10 less the 4 that came back, all of which shop 3 got


def test_what_one_gave_and_is_not_known_to_have_received_flows_too() -> None:
    rows = [sold(1, 2, 10, "kg", "S1"), sold(2, 3, 70, "kg", "S2", day=2), sold(3, 4, 20, "kg", "S4", day=3)]
    found = STRIKE.ask(RowsCasefile(STATEMENTS, rows), objective="flow", budget=1, time_limit=60)
    assert (found.rows[0]["id"], found.facts["before"], found.facts["value"]) == ("person:2", 70, 0)
    told = " ".join(found.notes)
    assert "1 gave 60 kg more" in told and "1 received 50 kg more" in told


def test_no_route_is_said_with_both_ends() -> None:
    with pytest.raises(RequestError, match="No route leads from 丙 to 丁") as refused:
        asked(budget=1, origins=["丙"], ends=["丁"])
    assert "没有从 丙 到 丁 的通路" in refused.value.chinese
    with pytest.raises(RequestError, match="--from: 己 gave and received nothing that counts here"):
        asked(budget=1, origins=["己"], ends=["丁"])


LICENSED = [
    *STATEMENTS,
    statement("company:C1", "Company", "name", "福州药厂"),
    statement("company:C1", "Company", "licence", "闽药123"),
    statement("company:C2", "Company", "name", "福州药房"),
    statement("company:C2", "Company", "licence", "闽药124"),
    statement("company:C3", "Company", "name", "福州商贸"),
    *(statement(f"batch:丸|{each}", "Batch", "number", each) for each in ("L1", "F1")),
]


def _licensed(*more: Link) -> RowsCasefile:
    """The works give 90 of a lawful batch by a firm to a shop; 1 gives 10 of another by 2 to the same shop."""
    lawful, false = ({"product": "丸", "batch": batch} for batch in ("L1", "F1"))
    given = [
        replace(sold(1, 2, 90, "box", "L1"), source="company:C1", target="company:C3", properties=lawful),
        replace(sold(3, 4, 90, "box", "L2", day=3), source="company:C3", target="company:C2", properties=lawful),
        replace(sold(1, 2, 10, "box", "F1"), properties=false),
        replace(sold(2, 4, 10, "box", "F2", day=2), target="company:C2", properties=false),
    ]
    return RowsCasefile(LICENSED, [*given, *more])


def test_licensed_trade_is_left_out_unless_asked_for_or_found_false() -> None:
    found = STRIKE.ask(_licensed(), objective="flow", budget=1, must_not=["甲", "福州药房"], time_limit=60)
    assert (found.rows[0]["id"], found.facts["before"], found.facts["value"]) == ("person:2", 10, 0)
    assert any("Licensed trade is left out: 2 movements" in note for note in found.notes)
    every = STRIKE.ask(_licensed(), objective="flow", budget=1, must_not=["福州药房"], licensed=True, time_limit=60)
    assert every.facts["before"] == 100 and every.rows[0]["id"] in ("company:C1", "company:C3")
    failed = [statement("sample:1", "Sample", "result", "fail"), *LICENSED]
    tested = link("OF_BATCH", "sample:1", "batch:丸|L1")
    case = RowsCasefile(failed, [*_licensed().store.links_of(["company:C3", "person:2"]), tested])
    assert STRIKE.ask(case, objective="flow", budget=1, time_limit=60).facts["before"] == 100


def test_names_only_are_taken_for_the_one_of_that_name_who_moved_the_same_goods() -> None:
    goods = {"product": "丸", "batch": "W"}
    named = [statement("person:2", "Person", "id_number", "2"), statement("person:2", "Person", "alias", "小乙")]
    party = [statement("party:f:小乙", "Party", "name", "小乙"), statement("party:f:老丙", "Party", "name", "老丙")]
    rows = [
        replace(sold(1, 2, 10, "kg", "S1"), target="party:f:小乙", properties=goods),
        replace(sold(2, 3, 10, "kg", "S2", day=2), properties=goods),
        replace(sold(2, 3, 10, "kg", "T2", "g", day=2), target="party:f:老丙", properties=goods),  # told once more
        replace(sold(3, 4, 8, "kg", "S3", day=3), source="party:f:老丙", properties=goods),
    ]
    case = RowsCasefile([*STATEMENTS, *named, statement("person:3", "Person", "id_number", "3"), *party], rows)
    found = STRIKE.ask(case, objective="flow", budget=1, must_not=["甲", "丁", "丙"], time_limit=60)
    assert (found.rows[0]["id"], found.facts["before"], found.facts["value"]) == ("person:2", 10, 0)
    assert found.rows[0]["evidence"] == ["f#1:S1", "f#1:S2", "g#1:T2"]


def test_a_name_spelled_otherwise_is_known_by_cartons_that_are_the_boxes_of_the_other_ledger() -> None:
    goods = {"product": "丸", "batch": "W"}
    known = [statement("person:2", "Person", "id_number", "2"), statement("party:g:乙某", "Party", "name", "乙某")]
    rows = [
        replace(sold(2, 3, 10, "carton", "S1"), properties=goods | {"规格": "12盒/箱"}),
        replace(sold(2, 3, 120, "box", "T1", "g"), source="party:g:乙某", properties=goods),
        replace(sold(3, 4, 120, "box", "S2", day=2), properties=goods),
    ]
    found = STRIKE.ask(RowsCasefile([*STATEMENTS, *known], rows), objective="flow", budget=1, time_limit=60)
    assert (found.facts["before"], found.facts["value"], found.facts["unit"]) == (120, 0, "box")


def test_links_of_a_graph_carry_what_they_weigh_and_both_ways_where_undirected() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 5), ("b", "c", 4), ("a", "c", 1), ("c", "d", 9), ("b", "b", 7)])
    found = strike(graph, budget=1, objective="flow", origins=["d"], ends=["a"], headroom=1.0, must_not=["d", "a"])
    assert (found.rows[0]["id"], found.facts["before"], found.facts["value"]) == ("c", 5, 0)
    graph.add_edge("a", "d", weight=0)
    assert strike(graph, budget=1, objective="flow", origins=["d"], ends=["a"], headroom=1.0).facts["before"] == 5


def test_one_after_another_each_the_best_then_and_no_better_than_one_night() -> None:
    found = asked(budget=2, must_not=["甲", "丁", "戊"], sequential=True)
    assert [row["id"] for row in found.rows] == ["person:2", "person:3"]
    assert [row["gain"] for row in found.rows] == [8.2, 4.8]
    assert found.facts["value"] == found.facts["one_night"] == 0
    both = asked(budget=2, must_not=["甲", "丁", "戊"], sequential=True, together=["乙=丙"])
    assert {row["id"] for row in both.rows} == {"person:2", "person:3"}
    with pytest.raises(RequestError, match="goes without"):
        asked(budget=2, sequential=True, robust=3)


def test_a_robust_plan_is_the_best_on_average_over_the_networks_drawn() -> None:
    """What dealer 2 moved is doubtful, and dealer 3's sales are as good as certain."""
    grade = {"A1": "E5", "A3": "E5", "A4": "E5", "A2": "A1", "A5": "A1"}
    rows = [
        replace(each, properties={"reliability": letter, "credibility": number})
        for each in ROWS
        for letter, number in [grade.get(each.link[-2:], "A1")]
    ]
    case = RowsCasefile(STATEMENTS, rows)
    given = {"objective": "flow", "budget": 1, "must_not": ["甲", "丁", "戊"], "time_limit": 60}
    assert STRIKE.ask(case, **given).rows[0]["id"] == "person:2"
    robust = STRIKE.ask(case, **given, robust=30)
    assert robust.rows[0]["id"] == "person:3"
    drawn = robust.facts["robust"]
    assert drawn["samples"] == 30 and drawn["least"] <= drawn["mean"] <= drawn["most"]
    assert STRIKE.ask(case, **given, robust=30).rows == robust.rows


def test_what_if_shows_each_objective_before_and_after_side_by_side() -> None:
    found = WHAT_IF.ask(CASE, out=["乙"], plans=["both=乙+丙", "shop=戊"], budget=1, time_limit=20)
    plans = {row["plan"]: row for row in found.rows}
    flows = {name: plans[name]["flow"] for name in ("nothing", "asked", "both", "shop")}
    assert flows == {"nothing": 13, "asked": 4.8, "both": 0, "shop": 5}
    assert plans["asked"]["flow_share"] == round(4.8 / 13, 4) and plans["asked"]["unit"] == "kg"
    assert (plans["nothing"]["pairs"], plans["both"]["count"]) == (15, 2)
    least = min(row["flow"] for row in found.rows if row["count"] == 1)
    assert plans["strike_flow"]["flow"] == least == 0  # the maker
    assert {"degree", "betweenness_recomputed", "strike_pairs", "strike_largest"} <= plans.keys()
    with pytest.raises(RequestError, match="ours=ID"):
        WHAT_IF.ask(CASE, plans=["both"])


def test_what_if_takes_out_places_and_routes_as_they_are() -> None:
    found = WHAT_IF.ask(CASE, out=["place:D2"], plans=["route=SUPPLIED:A5+丙"], time_limit=20)
    place, route = found.rows[1:]
    assert (place["hits"], place["flow"], place["pairs"]) == (["place:D2"], 4.8, 15)
    assert route["hits"] == ["SUPPLIED:A5", "person:3"] and route["flow"] == 9.8
    same = WHAT_IF.ask(CASE, out=["乙"], time_limit=20).rows[1]
    both = WHAT_IF.ask(CASE, out=["乙"], plans=["place=place:D2"], time_limit=20).rows[1]
    assert {name: same[name] for name in ("flow", "pairs", "largest")} == {
        name: both[name] for name in ("flow", "pairs", "largest")
    }


def test_what_if_without_a_flow_leaves_it_empty_unless_one_was_asked_for() -> None:
    graph = nx.path_graph(5)
    row = what_if(graph, out=["2"]).rows[-1]
    assert (row["flow"], row["pairs"]) == (None, 2)
    with pytest.raises(RequestError, match="No route"):
        what_if(nx.Graph([(0, 1), (2, 3)]), out=["1"], origins=["0"], ends=["3"])
