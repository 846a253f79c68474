"""Dens: exact on what a sample plants, and each reason on a small case of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import graphkit
from graphkit.analyses.dens.dens import COMES_IN, DENS, WEIGHTS, WORDS, score_of
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from graphkit.model.rendering import to_json, to_table
from graphkit.sample import write_sample
from graphkit.store.base import Link, Statement
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

PLANTED = ((100, 1), (200, 11), (200, 12), (400, 3), (1000, 5))


@pytest.mark.parametrize(("size", "seed"), PLANTED)
def test_a_sample_s_planted_dens_and_no_others(tmp_path: Path, size: int, seed: int) -> None:
    """The registered ones, and those of which only waybills give an address."""
    write_sample(tmp_path, size, seed)
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    planted = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["dens"]
    rows = casebook.dens().rows
    assert {row["id"] for row in rows} == {den["id"] for den in planted}
    regions = {row["id"]: row["region"] for row in rows}
    assert all(regions[den["id"]] == den["region"] for den in planted)
    assert any(not den["registered"] for den in planted)
    assert all(row["evidence"] and row["reasons"] and row["score"] >= 0.6 for row in rows)


KINDS = {
    "person": "Person", "party": "Party", "company": "Company", "phone": "Phone", "account": "Account",
    "place": "Place", "case": "Case", "seizure": "Seizure", "product": "Product", "batch": "Batch",
    "transformation": "Transformation",
}  # fmt: skip


def ask(links: list[Link], *statements: Statement, **given: object) -> list[dict[str, object]]:
    """The answer's rows on these links; every entity they name is stated."""
    names = sorted({end for each in links for end in (each.source, each.target)})
    stated = [statement(name, KINDS[name.partition(":")[0]], "name", name) for name in names]
    addresses = [statement(n, "Place", "address", n.partition(":")[2]) for n in names if n.startswith("place:")]
    return DENS.ask(RowsCasefile([*stated, *addresses, *statements], links), **given).rows


def reasons(links: list[Link], place: str, *statements: Statement) -> list[str]:
    """The reasons for one place."""
    rows = {row["id"]: row["reasons"] for row in ask(links, *statements, min_score=0)}
    found = rows.get(place, [])
    assert isinstance(found, list)
    return found


def waybill(number: str, sender: str, recipient: str, row: int, **goods: str) -> Link:
    return link(
        "SHIPPED", sender, recipient, number, on=f"2024-03-{row:02}", quantity=10.0, unit="box", properties=goods,
        evidence=(f"cccccccccccc#1:{row}",),
    )  # fmt: skip


def at(party: str, place: str, *rows: int) -> Link:
    return link("LOCATED_AT", party, place, evidence=tuple(f"cccccccccccc#1:{row}" for row in rows))


HOUSE = "place:某市某路1号"
SENDING = [
    *(waybill(f"W{i}", "party:f:甲", f"party:f:买{i}", i, product="降压片", batch="B1") for i in range(1, 6)),
    at("party:f:甲", HOUSE, 1, 2, 3, 4, 5),
]


def test_an_address_that_only_waybills_give() -> None:
    assert reasons(SENDING, HOUSE) == ["many_waybills", "unlicensed_out", "same_name"]
    assert reasons(SENDING[1:], HOUSE) == ["unlicensed_out", "same_name"]  # four are not many


def test_a_company_or_a_licence_takes_reasons_away() -> None:
    company = [*SENDING, at("company:9", HOUSE, 20)]
    assert reasons(company, HOUSE) == ["unlicensed_out"]
    assert reasons(company, HOUSE, statement("company:9", "Company", "licence", "药1")) == []
    # A licensed maker who sent the goods there makes them lawful, whoever sends them on.
    sent = waybill("L1", "company:8", "party:f:甲", 9, product="降压片", batch="B1")
    assert "unlicensed_out" in reasons([*SENDING, sent], HOUSE)
    assert "unlicensed_out" not in reasons([*SENDING, sent], HOUSE, statement("company:8", "Company", "licence", "药2"))


def test_who_lives_there_does_not_work_there() -> None:
    home = [at("person:1", "place:家", 30), link("USES", "person:1", "phone:1"), link("USES", "party:f:甲", "phone:1")]
    suspect = [link("SUSPECT_IN", "person:1", "case:1")]
    assert reasons([*SENDING, *home, *suspect], "place:家") == []
    assert "suspects_there" in reasons([*SENDING, *home, *suspect], HOUSE)


def test_a_party_at_two_addresses_sends_from_the_one_that_the_row_names() -> None:
    links = [*SENDING, at("party:f:甲", "place:某市某路2号", 6), waybill("W6", "party:f:甲", "party:f:买6", 6)]
    assert "many_waybills" in reasons(links, HOUSE)
    assert reasons(links, "place:某市某路2号") == ["nobody_named"]


MATERIAL = [
    waybill("Z1", "party:f:化工店", "party:f:甲", 20, product="西布曲明原料"),
    waybill("Z2", "party:f:包装厂", "party:f:甲", 21, product="减肥胶囊包装盒"),
    at("party:f:甲", HOUSE, 20, 21),
]


def test_material_by_its_name_alone_makes_a_den_of_an_address_that_sends_many_parcels() -> None:
    """No company, one man, raw material and boxes in, pills out: shown without asking for less than the default."""
    rows = ask([*SENDING, *MATERIAL])
    assert [row["id"] for row in rows] == [HOUSE]
    assert rows[0]["reasons"] == ["material_named", "many_waybills", "unlicensed_out", "same_name"]
    assert {"cccccccccccc#1:20", "cccccccccccc#1:21"} <= set(rows[0]["evidence"])  # type: ignore[call-overload]


def test_material_makes_no_den_of_a_licensed_address_a_trader_or_who_gets_pills() -> None:
    chain = [*SENDING, *MATERIAL, at("company:9", HOUSE, 20)]
    assert ask(chain, statement("company:9", "Company", "licence", "药1"), min_score=0.3) == []
    pills = waybill("Z1", "party:f:药店", "party:f:甲", 20, product="减肥胶囊（大包装）")
    assert "material_named" not in reasons([*SENDING, pills], HOUSE)
    boxes = [
        *(waybill(f"W{i}", "party:f:甲", f"party:f:买{i}", i, product="药品包装盒") for i in range(1, 7)),
        waybill("Z1", "party:f:纸厂", "party:f:甲", 20, product="包装纸"),
        at("party:f:甲", HOUSE, *range(1, 21)),
    ]
    assert ask(boxes) == []


def test_waybills_that_give_many_names_tell_nobody() -> None:
    """A parcel shop: each waybill gives another sender."""
    some = [waybill(f"W{i}", f"party:f:寄{i}", f"party:f:买{i}", i) for i in range(1, 4)]
    there = [at(f"party:f:寄{i}", HOUSE, i) for i in range(1, 4)]
    assert reasons([*some, *there], HOUSE) == ["nobody_named"]
    assert reasons([*some[:1], *there[:1], *some[:1]], HOUSE) == ["nobody_named"]  # once is not again and again


WORKED = [
    link("DONE_AT", "transformation:1", "place:D1"),
    link("OUTPUT_AS", "transformation:1", "batch:降压片|B1"),
    link("INPUT_OF", "batch:原料粉|R1", "transformation:1"),
    link("TRANSFORMED_INTO", "batch:原料粉|R1", "batch:降压片|B1"),
    link("OF_PRODUCT", "batch:原料粉|R1", "product:原料粉"),
    link("OF_PRODUCT", "batch:降压片|B1", "product:降压片"),
    link("CONTROLS", "person:7", "place:D1"),
]


def test_where_goods_are_worked_up_and_where_they_go_from_there() -> None:
    collected = link(
        "SUPPLIED", "person:7", "person:1", "S1", on="2024-02-01", properties={"product": "降压片", "batch": "B1"}
    )
    same = [link("USES", "person:1", "phone:1"), link("USES", "party:f:甲", "phone:1")]
    links = [*SENDING, *WORKED, collected, *same]
    assert reasons(links, "place:D1") == ["worked_up"]
    assert reasons(links, HOUSE)[0] == "from_makers"
    raw = waybill("W9", "party:f:供", "party:f:甲", 8, product="原料粉", batch="R1")
    assert "material_in" in reasons([*links, raw], HOUSE)


def test_what_a_den_packs_again_itself_is_no_material_to_those_who_buy_it() -> None:
    again = [
        link("DONE_AT", "transformation:2", "place:D1"),
        link("INPUT_OF", "batch:降压片|B1", "transformation:2"),
        link("OUTPUT_AS", "transformation:2", "batch:胶囊|C1"),
        link("TRANSFORMED_INTO", "batch:降压片|B1", "batch:胶囊|C1"),
        link("OF_PRODUCT", "batch:胶囊|C1", "product:胶囊"),
    ]
    sold = [waybill(f"X{i}", "person:7", f"party:f:买{i}", i, product="降压片", batch="B1") for i in range(1, 4)]
    there = [at(f"party:f:买{i}", f"place:某市某路{i + 1}号", i) for i in range(1, 4)]
    links = [*WORKED, *again, *sold, *there]
    assert reasons(links, "place:某市某路2号") == ["from_makers"]
    packers = [
        link("DONE_AT", "transformation:2", "place:某市某路2号"),
        *again[1:],
        waybill("X9", "person:7", "party:f:买1", 9, product="降压片", batch="B1"),
    ]
    assert "material_in" in reasons([*WORKED, *packers, *there[:1], *sold[:1]], "place:某市某路2号")


def test_payments_for_the_deliveries() -> None:
    paid = [
        link("HOLDS", "party:f:甲", "account:1"),
        link("HOLDS", "party:f:买1", "account:2"),
        link("PAID", "account:2", "account:1", "P1", on="2024-03-04", amount=100.0),
    ]
    assert "payments_match" in reasons([*SENDING, *paid], HOUSE)
    late = [*paid[:2], link("PAID", "account:2", "account:1", "P1", on="2024-03-20", amount=100.0)]
    assert "payments_match" not in reasons([*SENDING, *late], HOUSE)


def test_the_address_of_a_numbered_den_is_the_den() -> None:
    stated = statement("place:D1", "Place", "place_id", "D1"), statement("place:D1", "Place", "address", "某市某路1号 ")
    found = [row for row in ask([*SENDING, *WORKED], *stated, min_score=0) if row["score"]]
    assert [row["id"] for row in found] == ["place:D1"]
    assert {"recorded", "worked_up", "many_waybills"} <= set(found[0]["reasons"])  # type: ignore[arg-type]


def test_each_reason_with_its_rows() -> None:
    rows = ask(SENDING, explain=HOUSE)
    assert [(row["reason"], row["count"]) for row in rows] == [
        ("many_waybills", 5), ("unlicensed_out", 5), ("same_name", 5),
    ]  # fmt: skip
    assert rows[0]["evidence"] == [f"cccccccccccc#1:{i}" for i in range(1, 6)]
    with pytest.raises(RequestError, match="not a Place"):
        ask(SENDING, explain="party:f:甲")
    with pytest.raises(NotFound):
        ask(SENDING, explain="place:nowhere")


def test_weights_are_named_and_add_up_as_independent_evidence() -> None:
    assert list(WEIGHTS) == list(WORDS)
    assert score_of(["recorded", "suspects_there"]) == pytest.approx(1 - 0.1 * 0.85)
    assert score_of(WEIGHTS) < 1


def test_tables_name_regions_and_data_keep_their_codes() -> None:
    column = next(one for one in DENS.columns if one.name == "region")
    answer = Answer("dens", {}, (column,), [{"region": "420111"}, {"region": "429999"}, {"region": None}])
    assert "Hubei 420111" in to_table(answer)
    assert '"region": "420111"' in to_json(answer)


MADE_ELSEWHERE = [
    link("DONE_AT", "transformation:T1", "place:某市某路9号", evidence=("dddddddddddd#1:2",)),
    link("OUTPUT_AS", "transformation:T1", "batch:降压片|B1", evidence=("dddddddddddd#1:2",)),
    at("party:f:厂", "place:某市某路9号", 8),
    waybill("W8", "party:f:厂", "party:f:客", 8, product="降压片", batch="B1"),
    at("party:f:客", HOUSE, 8),
]


def test_a_customer_is_no_den_for_what_he_bought_alone() -> None:
    """He bought of a maker what is packed elsewhere: two reasons by one delivery are one; what he sends on is more."""
    assert reasons(MADE_ELSEWHERE, HOUSE) == ["from_makers"]
    packed = link("TRANSFORMED_INTO", "batch:降压片|B1", "batch:降压片盒装|C1", evidence=("dddddddddddd#1:3",))
    assert set(reasons([*MADE_ELSEWHERE, packed], HOUSE)) <= {"material_in", "from_makers"}
    assert [row["id"] for row in ask([*MADE_ELSEWHERE, packed])] == ["place:某市某路9号"]  # where it was worked up
    sold = [waybill("W9", "party:f:客", "party:f:买", 9, product="降压片", batch="B1"), at("party:f:客", HOUSE, 9)]
    assert HOUSE in {row["id"] for row in ask([*MADE_ELSEWHERE, *sold])}


def test_one_reason_alone_is_enough_only_where_it_is_proof() -> None:
    alone = {name for name in WEIGHTS if score_of([name]) >= 0.6}
    assert alone == {"recorded", "worked_up", "material_seized"}
    assert score_of(COMES_IN) < 0.6
    assert score_of(["material_in", "unlicensed_out"]) >= 0.6  # raw material in, and goods out
