"""What each question must find in the case made by hand, on the embedded store."""

from __future__ import annotations

import numpy as np
import pytest

from graphkit import queries
from graphkit.analyses.parties.suspects import named_suspects
from graphkit.casebook import Casebook
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer
from graphkit.model.roles import ACCUSED, BYSTANDER, HELD
from graphkit.store.queries import query
from tests.investigate.case import BOTH, DEALER, LI, MAKER, SHOP, SUN, VICTIM, WANG, WITNESS, ZHAO


def ask(casebook: Casebook, name: str, **given: object) -> Answer:
    return casebook.query(name, **given)


def rows_of(answer: Answer) -> set[int]:
    return {int(one.rpartition(":")[2]) for row in answer.rows for one in row["evidence"]}


def test_what_parties_share(made: Casebook) -> None:
    found = ask(made, "shared_identifiers")
    assert [(row["id"], row["count"], row["parties"], row["names"]) for row in found.rows] == [
        ("place:A", 3, [SHOP, ZHAO, WANG], ["大药房", "王芳", "赵强"]),
        ("account:2", 2, [LI, WANG], ["李伟", "王芳"]),
        ("phone:+861", 2, [LI, WANG], ["李伟", "王芳"]),
    ]
    phone = found.rows[2]["evidence"]
    assert sorted(int(one.rpartition(":")[2]) for one in phone) == [2, 3, 9, 10]
    few = ask(made, "shared_identifiers", hub_size=2)
    assert "place:A" not in [row["id"] for row in few.rows] and "place:A (3)" in few.notes[0]


def test_suspects_near_a_seizure(made: Casebook) -> None:
    found = ask(made, "suspects_near_seizure", seizure="Z1")
    assert [(row["id"], row["name"], row["hops"], row["through"]) for row in found.rows] == [
        (ZHAO, "赵强", 1, ["SEIZED_FROM"]),
        (WANG, "王芳", 2, ["IN_CASE", "case:K1", "SUSPECT_IN"]),
        (WITNESS, WITNESS, 2, ["IN_CASE", "case:K1", "SUSPECT_IN"]),  # a suspect of another case
    ]  # fmt: skip
    assert "product:X" in found.notes[0]  # 孙丽 is behind the product only, or four steps away
    further = [row["id"] for row in ask(made, "suspects_near_seizure", seizure="Z1", hops=4).rows]
    assert further == [ZHAO, WANG, WITNESS, SUN, BOTH]
    assert [row["id"] for row in ask(made, "suspects_near_seizure", seizure="Z1", hops=1).rows] == [ZHAO]
    closed = ask(made, "suspects_near_seizure", seizure="Z1", hops=6, hub_size=1)
    assert [row["id"] for row in closed.rows] == [ZHAO]


def test_buyers_over_regions(made: Casebook) -> None:
    found = ask(made, "buyers_over_regions", supplier="李伟")
    told = [
        (r["region"], r["buyers"], r["supplies"], r["quantity_min"], r["quantity_max"], r["unit"]) for r in found.rows
    ]
    assert told == [
        ("330304", [SHOP, WANG], 2, 14.0, 16.5, "box"),  # S1 is disputed in quantity, S2 in its buyer: each counts once
        ("440103", [SUN], 2, 0.3, 0.3, "kg"),
        ("440103", [SUN], 1, None, None, None),
        ("unknown", ["party:f:?"], 1, 1.0, 1.0, "box"),
    ]
    assert rows_of(found) == {6, 11, 12, *range(30, 36), 37}
    provinces = ask(made, "buyers_over_regions", supplier=LI, level="province")
    assert [row["region"] for row in provinces.rows] == ["330000", "440000", "440000", "unknown"]
    none = ask(made, "buyers_over_regions", supplier=LI, regions=3)
    assert none.rows == [] and "2" in none.notes[0]  # the unknown is not a region


def test_accounts_that_pass_on(made: Casebook) -> None:
    found = ask(made, "pass_through_accounts")
    assert [{k: v for k, v in row.items() if k != "evidence"} for row in found.rows] == [
        {
            "id": "account:2", "holders": [LI, WANG], "currency": "CNY", "received": 1000.0, "sent": 900.0,
            "passed": 900.0, "share": 0.9, "payments_in": 1, "payments_out": 2,
        },
        {
            "id": "account:5", "holders": [], "currency": "USD", "received": 50.0, "sent": 40.01, "passed": 40.01,
            "share": 0.8002, "payments_in": 1, "payments_out": 1,
        },
    ]  # fmt: skip
    assert rows_of(found) == {13, 40, 41, 42, 46, 49}
    assert "2 " in found.notes[0]  # P11 and P12
    later = ask(made, "pass_through_accounts", hours=72, share=0)
    assert [(row["id"], row["passed"]) for row in later.rows] == [
        ("account:2", 999.0), ("account:3", 600.0), ("account:5", 40.01),
    ]  # fmt: skip
    assert [row["id"] for row in ask(made, "pass_through_accounts", share=0.81).rows] == ["account:2"]
    assert [row["passed"] for row in ask(made, "pass_through_accounts", hours=24).rows] == []
    assert ask(made, "pass_through_accounts", hours=24, share=0.3).rows[0]["sent"] == 300.0


def test_people_in_several_cases(made: Casebook) -> None:
    found = ask(made, "people_in_several_cases")
    assert [(row["id"], row["cases"], row["regions"]) for row in found.rows] == [
        (ZHAO, ["case:K1", "case:K2"], ["330304", "530103"]),
        (BOTH, ["case:K2", "case:K3"], ["530103"]),
    ]
    assert rows_of(found) == {15, 21, 22, 29}
    assert [row["id"] for row in ask(made, "people_in_several_cases", cases=1).rows] == [ZHAO, BOTH, WANG, WITNESS]


def test_a_victim_or_witness_is_no_suspect(made: Casebook) -> None:
    """Nor is he counted, listed or shown as one; whom some row names without saying so is."""
    network = made.network()
    named = set(network.ids.take(np.flatnonzero(named_suspects(network, made.store))))
    assert VICTIM not in named and {WITNESS, BOTH, WANG, ZHAO, SUN} <= named
    assert VICTIM not in {row["id"] for row in made.links("case:K1").rows}
    assert WITNESS in {row["id"] for row in made.links("case:K1").rows}
    figures = {row["measure"]: row["value"] for row in made.stats().rows}
    assert figures["suspects"] == len(named)


def test_the_cypher_knows_the_same_who_are_held() -> None:
    assert str(list(HELD)) in query("investigate.suspects_near_seizure").text


def test_the_cypher_knows_the_same_roles() -> None:
    for name in ("people_in_several_cases", "suspects_near_seizure"):
        text = query(f"investigate.{name}").text
        assert f"'(?s).*({BYSTANDER}).*'" in text and f"'(?s).*({ACCUSED}).*'" in text


def test_accounts_that_many_pay_or_that_pay_many(made: Casebook) -> None:
    found = ask(made, "fan_accounts", hours=48, count=2)
    told = [(r["id"], r["pattern"], r["accounts"], r["payments"], r["amount"], r["currency"]) for r in found.rows]
    assert told == [("account:2", "fan-out", 2, 3, 999.0, "CNY")]  # P2, P3 and P4, but not P5 of two days before
    assert ask(made, "fan_accounts", hours=9999, count=3).rows == []


def test_what_a_party_can_have_passed_on(made: Casebook) -> None:
    found = ask(made, "onward_deliveries", party=DEALER, days=3)
    told = [(r["suppliers"], r["received"], r["sent"], r["quantity_in"], r["quantity_out"]) for r in found.rows]
    assert told == [([MAKER], "2024-02-01", "2024-02-03", 9.0, 2.0)]  # not the one before, nor the other product
    assert rows_of(found) == {60, 64}
    later = ask(made, "onward_deliveries", party=DEALER)
    assert [row["sent"] for row in later.rows] == ["2024-02-03", "2024-02-09"]  # the one without a product may be it


def test_waybills_between_regions(made: Casebook) -> None:
    found = ask(made, "waybills_between_regions")
    told = [(r["from"], r["to"], r["product"], r["unit"], r["waybills"], r["quantity_min"]) for r in found.rows]
    assert told == [
        ("330000", "530000", "X", "box", 1, 2.0),
        ("330000", "unknown", None, "box", 1, 5.0),  # row 61 does not say where the buyer is
        ("530000", "unknown", "X", "kg", 1, 1.0),
        ("unknown", "unknown", "Y", None, 1, None),
    ]
    assert ask(made, "waybills_between_regions", level="county").rows[0]["to"] == "530103"


def test_requests_that_make_no_sense(made: Casebook) -> None:
    with pytest.raises(NotFound, match="shared_identifiers"):
        ask(made, "shared_identifier")
    with pytest.raises(RequestError, match="Seizure"):
        ask(made, "suspects_near_seizure", seizure=LI)
    with pytest.raises(RequestError, match=r"^supplier is missing: give --param supplier=…$") as missing:
        ask(made, "buyers_over_regions")
    assert missing.value.chinese == "缺少 supplier：请给出 --param supplier=…"
    with pytest.raises(RequestError, match="county"):
        ask(made, "buyers_over_regions", supplier=LI, level="street")
    assert set(queries.names()) >= {"shared_identifiers", "pass_through_accounts"}
