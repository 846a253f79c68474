"""Each rule of tracing on a case made by hand, asked as a user asks."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit.analyses.tracing.trace import TRACE
from graphkit.errors import NotFound, RequestError
from graphkit.store.base import Link, Statement
from graphkit.tracing.walk import sweep as sweeping
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

KINDS = {"s": "Seizure", "t": "Transformation", "b": "Batch", "p": "Place", "k": "Account", "f": "Phone"}


def case(*links: Link, **kinds: str) -> RowsCasefile:
    """The links, and what they join: parties, and by their first letter and a number seizures, batches and so on."""
    nodes = {node for each in links for node in (each.source, each.target)}
    return RowsCasefile([_stated(node) for node in sorted(nodes)], list(links))


def _stated(node: str) -> Statement:
    kind = {"batch": "Batch", "place": "Place", "product": "Product", "seizure": "Seizure"}.get(node.partition(":")[0])
    kind = kind or (KINDS.get(node[0]) if node[1:].isdigit() else None) or "Party"
    return statement(node, kind, "name", node)


def supply(source: str, target: str, on: str, number: str = "", batch: str = "", **content: Any) -> Link:
    properties = {"product": "片", **({"batch": batch} if batch else {}), **content.pop("grade", {})}
    day = {} if on == "?" else {"at" if "T" in on else "on": on}
    number = number or f"{source}{target}{on}"
    return link(
        "SUPPLIED",
        source,
        target,
        number,
        **{"properties": properties, "quantity": 10.0, "unit": "box"} | day | content,
    )


def ask(casefile: RowsCasefile, start: str, direction: str = "forward", **given: Any) -> dict[str, Any]:
    answer = TRACE.ask(casefile, id=start, direction=direction, **given)
    assert all(row["evidence"] for row in answer.rows)
    return {row["id"]: row for row in answer.rows}


def test_a_day_is_all_its_hours_and_an_hour_is_not() -> None:
    days = case(supply("a", "c", "2024-01-02"), supply("c", "d", "2024-01-02"), supply("c", "e", "2024-01-01"))
    assert set(ask(days, "a")) == {"c", "d"}
    hours = case(
        supply("a", "c", "2024-01-02T10:00:00"), supply("c", "d", "2024-01-02T09:00:00"), supply("c", "e", "2024-01-02")
    )
    found = ask(hours, "a")
    assert set(found) == {"c", "e"}
    assert (found["e"]["earliest"], found["e"]["latest"]) == ("2024-01-02T10:00:00", "2024-01-02T23:59:59")


def test_an_unknown_time_may_be_any_and_is_named() -> None:
    casefile = case(
        supply("a", "c", "2024-01-02"),
        supply("c", "d", "?"),
        supply("d", "e", "2024-01-01"),
        supply("d", "g", "2024-01-03"),
    )
    answer = TRACE.ask(casefile, id="a", direction="forward")
    rows = {row["id"]: row for row in answer.rows}
    assert set(rows) == {"c", "d", "g"}
    assert (rows["d"]["earliest"], rows["d"]["latest"]) == ("2024-01-02T00:00:00", None)
    assert any("no time" in note and "SUPPLIED:cd?" in note for note in answer.notes)


def test_a_bounded_wait_takes_the_union_of_moments_and_not_their_hull() -> None:
    links = [
        supply("a", "c", "2024-01-01"),
        supply("a", "c", "2024-01-31"),
        supply("c", "d", "2024-01-15"),
        supply("c", "e", "2024-02-02"),
    ]
    assert set(ask(case(*links), "a", max_lag=5)) == {"c", "e"}
    assert set(ask(case(*links), "a")) == {"c", "d", "e"}
    assert set(ask(case(*links), "d", "back", max_lag=5)) == {"c"}
    assert set(ask(case(*links), "a", max_lag=0)) == {"c"}


def test_goods_come_back_and_go_on() -> None:
    links = [
        supply("a", "c", "2024-01-01"),
        supply("c", "a", "2024-01-02"),
        supply("a", "d", "2024-01-03"),
        supply("d", "e", "2024-01-02"),
    ]
    assert {node: row["hops"] for node, row in ask(case(*links), "c").items()} == {"a": 1, "d": 2}


def test_a_batch_goes_on_only_as_itself() -> None:
    links = [
        supply("a", "c", "2024-01-01", batch="B1"),
        supply("c", "d", "2024-01-02", batch="B2"),
        supply("c", "e", "2024-01-02"),
    ]
    links += [supply("e", "g", "2024-01-03", batch="B2"), supply("e", "h", "2024-01-03", batch="B1")]
    found = ask(case(*links), "a")
    assert set(found) == {"c", "e", "h"}
    assert found["e"]["score"] == pytest.approx(0.35) == found["h"]["score"] < found["c"]["score"]


BOTTLED = [
    supply("maker", "bottler", "2024-01-01", batch="R", properties={"product": "粉", "batch": "R"}),
    supply("maker", "other", "2024-01-01", properties={"product": "粉", "batch": "R"}, number="other"),
    link("CONTROLS", "bottler", "p1"),
    link("DONE_AT", "t1", "p1", on="2024-01-03"),
    link("INPUT_OF", "batch:粉|R", "t1", on="2024-01-03", quantity=1.0, unit="kg"),
    link("OUTPUT_AS", "t1", "batch:片|B", on="2024-01-03", quantity=100.0, unit="box"),
    link("TRANSFORMED_INTO", "batch:粉|R", "batch:片|B", on="2024-01-03"),
    supply("bottler", "shop", "2024-01-05", batch="B"),
    supply("shop", "late", "2024-01-04", batch="B"),
    link("OF_BATCH", "s1", "batch:片|B", on="2024-01-09", quantity=4.0, unit="box"),
    link("SEIZED_FROM", "s1", "shop", on="2024-01-09"),
]


def test_a_batch_is_followed_through_a_transformation_at_a_place() -> None:
    back = ask(case(*BOTTLED), "s1", "back")
    assert {node: row["hops"] for node, row in back.items()} == {
        "shop": 1, "batch:片|B": 1, "bottler": 2, "t1": 2, "batch:粉|R": 2, "p1": 3, "maker": 3,
    } | {"maker": back["maker"]["hops"]}  # fmt: skip
    assert "other" not in back
    forward = ask(case(*BOTTLED), "maker")
    assert set(forward) == {"bottler", "other", "p1", "t1", "batch:片|B", "shop", "s1"} | ({"late"} & set(forward))
    assert forward["s1"]["earliest"] == "2024-01-09T00:00:00"


def test_lots_only_takes_no_step_that_no_row_tells() -> None:
    back = ask(case(*BOTTLED), "s1", "back", lots_only=True)
    assert {"batch:片|B", "batch:粉|R", "t1", "p1", "shop"} <= set(back)
    assert "maker" not in back
    links = [supply("a", "c", "2024-01-01", batch="B"), supply("c", "d", "2024-01-02", batch="B")]
    assert set(ask(case(*links), "a", lots_only=True)) == {"c"}


def test_from_a_batch_everyone_who_had_it() -> None:
    links = [
        supply("a", "c", "2024-01-01", batch="B"),
        supply("c", "d", "2024-01-02", batch="B"),
        link("OF_PRODUCT", "batch:片|B", "product:片"),
    ]
    assert set(ask(case(*links), "batch:片|B")) == {"a", "c", "d"}


def test_waybills_take_time_and_their_arrival_may_be_unknown() -> None:
    sent = {"started_earliest": "2024-01-01T08:00:00", "started_latest": "2024-01-01T08:00:00"}
    came = {"ended_earliest": "2024-01-04T08:00:00", "ended_latest": "2024-01-04T08:00:00"}
    onward = supply("c", "d", "2024-01-03")
    assert set(ask(case(link("SHIPPED", "a", "c", **sent, **came), onward), "a")) == {"c"}
    assert set(ask(case(link("SHIPPED", "a", "c", **sent), onward), "a")) == {"c", "d"}


def test_ledger_and_waybill_of_one_movement_count_once() -> None:
    way = link("SHIPPED", "a", "c", "W", on="2024-01-02", quantity=10.0, unit="box", properties={"product": "片"})
    answer = TRACE.ask(case(supply("a", "c", "2024-01-01", number="L"), way), id="a", direction="forward")
    assert [(row["quantity_min"], row["quantity_max"], row["unit"], row["bound"]) for row in answer.rows] == [
        (10, 10, "box", "outer")
    ]
    assert any("counted once" in note and "SUPPLIED:L" in note and "SHIPPED:W" in note for note in answer.notes)
    both = case(supply("a", "c", "2024-01-01", number="L"), supply("a", "c", "2024-01-09", number="M"))
    assert ask(both, "a")["c"]["quantity_max"] == 20


def test_a_buyer_s_row_is_of_the_delivery_of_its_day_and_not_of_an_equal_one_before() -> None:
    """Two equal deliveries a week apart, of which the buyer wrote down the second: its day is no other's."""
    again = supply("a", "b", "2024-01-08", "0", quantity=5.0, evidence=("cccccccccccc#1:2",))
    sold = [supply("a", "b", day, f"s{day}", quantity=5.0) for day in ("2024-01-01", "2024-01-08")]
    answer = TRACE.ask(case(*sold, again, supply("b", "c", "2024-01-03", quantity=5.0)), id="a", direction="forward")
    assert [row["id"] for row in answer.rows] == ["b", "c"]
    assert any("SUPPLIED:0 = SUPPLIED:s2024-01-08" in note for note in answer.notes)
    assert not any("Sent before it came" in note for note in answer.notes)


def test_units_convert_or_it_is_said_that_they_do_not() -> None:
    mass = [
        supply("a", "c", "2024-01-01", number="1", unit="kg"),
        supply("a", "c", "2024-01-02", number="2", unit="g", quantity=500.0),
    ]
    row = ask(case(*mass), "a")["c"]
    assert (row["quantity_max"], row["unit"]) == (10.5, "kg")
    answer = TRACE.ask(case(mass[0], supply("a", "c", "2024-01-02", number="3")), id="a", direction="forward")
    assert answer.rows[0]["quantity_max"] is None
    assert any("do not convert" in note for note in answer.notes)


def test_the_best_chain_and_the_doubtful_row_that_cuts() -> None:
    weak = {"grade": {"reliability": "D", "credibility": "2"}}
    links = [
        supply("a", "c", "2024-01-01", grade={"reliability": "A", "credibility": "2"}, batch="B"),
        supply("c", "d", "2024-01-02", batch="B", **weak),
    ]
    links += [supply("a", "e", "2024-01-01", batch="B", **weak), supply("e", "c", "2024-01-01", batch="B", **weak)]
    found = ask(case(*links), "a")
    assert [found[node]["score"] for node in "ced"] == [0.8, 0.4, 0.4]
    answer = TRACE.ask(case(*links), id="a", direction="forward", explain="d")
    assert [(row["rank"], row["step"], row["from"], row["to"]) for row in answer.rows] == [
        (1, 1, "a", "c"), (1, 2, "c", "d"), (2, 1, "a", "e"), (2, 2, "e", "c"), (2, 3, "c", "d"),
    ]  # fmt: skip
    assert [row["grade"] for row in answer.rows[:2]] == ["A2", "D2"]
    assert answer.notes == (f"Graded below C3, and without it nothing leads there: {links[1].link}.",)


def test_money_goes_from_account_to_account_and_their_holders_have_it() -> None:
    links = [
        link("PAID", "k1", "k2", "1", on="2024-01-01"), link("PAID", "k2", "k3", "2", on="2024-01-02"),
        link("PAID", "k2", "k4", "3", on="2023-12-31"), link("HOLDS", "x", "k3"),
    ]  # fmt: skip
    assert {node: row["hops"] for node, row in ask(case(*links), "k1").items()} == {"k2": 1, "k3": 2, "x": 3}
    assert set(ask(case(*links), "x", "back", follow="money")) == {"k1", "k2", "k3"}
    assert set(ask(case(link("CALLED", "f1", "f2", "c", on="2024-01-01")), "f1")) == {"f2"}


def test_a_payment_near_a_delivery_between_the_same_two_is_one_step_with_it() -> None:
    links = [
        supply("a", "c", "2024-01-10", number="1"), link("HOLDS", "a", "k1"), link("HOLDS", "c", "k2"),
        link("HOLDS", "z", "k3"),
        link("PAID", "k2", "k1", "near", on="2024-01-12"), link("PAID", "k1", "k3", "on", on="2024-01-13"),
    ]  # fmt: skip
    assert "k3" not in ask(case(*links), "a", follow="goods")
    found = ask(case(*links), "c", "back", follow="goods,money")
    assert found["a"]["hops"] == 1
    far = [each for each in links if each.link != "PAID:near"] + [link("PAID", "k2", "k1", "far", on="2024-03-01")]
    paid = {
        each["id"]: each["hops"]
        for each in TRACE.ask(case(*links), id="a", direction="forward", follow="goods,money", hops=1).rows
    }
    assert paid.items() >= {"c": 1, "k1": 1}.items()
    assert ask(case(*far), "c", "forward", follow="goods,money")["k1"]["hops"] == 2


def test_who_was_paid_for_seized_goods_is_told_by_the_account_that_the_money_came_on() -> None:
    casefile = case(
        link("SEIZED_FROM", "s1", "c", on="2024-01-18"),
        link("OF_PRODUCT", "s1", "product:片", on="2024-01-18", quantity=4.0, unit="box"),
        supply("a", "c", "2024-01-10"), link("HOLDS", "a", "k1"), link("HOLDS", "c", "k2"),
        link("PAID", "k2", "k1", "paid", on="2024-01-11", amount=640.0), link("PAID", "k3", "k1", "other",
        on="2024-01-02", amount=7.0), link("PAID", "k1", "k4", "on", on="2024-01-12", amount=600.0),
    )  # fmt: skip
    found = ask(casefile, "s1", "back", follow="goods,money")
    assert found["k1"]["hops"] == found["k2"]["hops"] == found["a"]["hops"] == 2
    assert not {"k3", "k4"} & set(found)  # other money of the seller's is not what was paid for these
    answer = TRACE.ask(casefile, id="s1", direction="back", follow="goods,money")
    assert any(note.startswith("No amounts of accounts are told") for note in answer.notes)
    for account in ("k1", "k2"):
        steps = TRACE.ask(casefile, id="s1", direction="back", follow="goods,money", explain=account).rows
        assert [(row["link"], row["from"], row["to"], row["quantity"]) for row in steps[1:]] == [
            ("PAID:paid", "k2", "k1", 640.0)
        ]
    assert {"k1", "k2"} <= set(ask(casefile, "a", "forward", follow="goods,money"))


def sent(number: str, left: str | None, came: str | None) -> Link:
    """A parcel from a to c, which left and came on these days, as far as rows tell."""
    times = {
        f"{end}_{which}": f"{day}T{hour}"
        for end, day in (("started", left), ("ended", came))
        for which, hour in (("earliest", "00:00:00"), ("latest", "23:59:59"))
        if day
    }
    return link("SHIPPED", "a", "c", number, properties={"product": "片"}, quantity=10.0, unit="box", **times)


@pytest.mark.parametrize(
    ("left", "came", "paid"),
    [
        ("2024-01-01", None, "2024-01-03"),  # most couriers tell only when they took a parcel
        ("2024-01-01", "2024-01-30", "2024-02-02"),
        ("2024-01-01", "2024-01-30", "2023-12-29"),
        ("2024-01-01", "2024-01-30", "2024-01-15"),
        (None, "2024-01-30", "2024-02-02"),
        ("2024-01-01", "2024-01-30", "?"),
        (None, None, "2024-01-15"),
    ],
)
def test_a_payment_for_a_parcel_is_one_step_with_it_in_either_direction(
    left: str | None, came: str | None, paid: str
) -> None:
    casefile = parcel_and_payment(sent("w", left, came), **({} if paid == "?" else {"on": paid}))
    for start, direction, other in (("s1", "back", "a"), ("z", "forward", "c")):
        found = ask(casefile, start, direction, follow="goods,money")
        assert found[other]["hops"] == found["k1"]["hops"] == found["k2"]["hops"] == 2


def parcel_and_payment(parcel: Link, **paid: Any) -> RowsCasefile:
    """z gives to a, who sends to c, with whom goods are found; from c's account to a's something is paid."""
    return case(
        supply("z", "a", "2023-12-01"), parcel, link("HOLDS", "a", "k1"), link("HOLDS", "c", "k2"),
        link("PAID", "k2", "k1", "1", amount=640.0, **paid), link("SEIZED_FROM", "s1", "c", on="2024-03-30"),
        link("OF_PRODUCT", "s1", "product:片", on="2024-03-30", quantity=4.0, unit="box"),
    )  # fmt: skip


def test_a_payment_too_far_from_a_parcel_is_no_step_with_it_and_one_of_unknown_time_lies_near_it() -> None:
    both_told = sent("w", "2024-01-10", "2024-01-20")
    for parcel in (both_told, sent("w", "2024-01-10", None)):
        for day in ("2024-01-01", "2024-03-01"):
            casefile = parcel_and_payment(parcel, on=day)
            for start, direction in (("s1", "back"), ("z", "forward")):
                assert not {"k1", "k2"} & set(ask(casefile, start, direction, follow="goods,money"))
    row = ask(parcel_and_payment(both_told), "z", follow="goods,money")["k1"]
    assert (row["earliest"], row["latest"]) == ("2024-01-03T00:00:00", "2024-01-27T23:59:59")
    answer = TRACE.ask(parcel_and_payment(both_told), id="z", direction="forward", follow="goods,money")
    assert any("no time" in note and "PAID:1" in note for note in answer.notes)


def test_what_cannot_be_followed_from_a_find_is_said() -> None:
    casefile = case(
        link("SEIZED_FROM", "s1", "c", on="2024-03-30"), link("USES", "c", "f1"),
        link("CALLED", "f2", "f1", "1", on="2024-03-29"), supply("a", "c", "2024-01-01"),
        link("OF_PRODUCT", "s1", "product:片", on="2024-03-30", quantity=4.0, unit="box"),
    )  # fmt: skip

    def said(start: str, follow: str) -> list[str]:
        notes = TRACE.ask(casefile, id=start, direction="back", follow=follow).notes
        return [note for note in notes if note.startswith("Not followed")]

    assert "a Seizure: calls." in said("s1", "goods,calls")[0]
    assert "a Seizure: money." in said("s1", "money")[0]
    assert not said("s1", "goods,money")
    assert not said("c", "calls") + said("f1", "calls,money")


def test_bounds_of_time_quantity_product_and_what_cannot_be_asked() -> None:
    casefile = case(
        supply("a", "c", "2024-01-01"),
        supply("a", "d", "2024-02-01", quantity=2.0),
        supply("a", "e", "2024-02-01", properties={"product": "丸"}),
    )
    assert set(ask(casefile, "a", until="2024-01-15")) == {"c"}
    assert set(ask(casefile, "a", since="2024-01-15")) == {"d", "e"}
    assert set(ask(casefile, "a", min_quantity=5)) == {"c", "e"}
    assert set(ask(casefile, "a", product="丸")) == {"e"}


def test_of_another_product_no_find_is_listed() -> None:
    finds = [
        each
        for number, product in (("s1", "片"), ("s2", "丸"))
        for each in (
            link("SEIZED_FROM", number, "c", on="2024-01-09"),
            link("OF_PRODUCT", number, f"product:{product}", on="2024-01-09", quantity=4.0, unit="box"),
        )
    ]
    casefile = case(supply("a", "c", "2024-01-02"), supply("a", "c", "2024-01-02", number="2", properties={}), *finds)
    assert set(ask(casefile, "a")) == {"c", "s1", "s2"}
    assert set(ask(casefile, "a", product="片")) == {"c", "s1"}


def test_the_place_traced_from_and_its_controller_are_one_and_no_step_from_either_is_weak() -> None:
    casefile = case(supply("a", "c", "2024-01-02"), link("CONTROLS", "c", "p1"), supply("c", "d", "2024-01-03"))
    for direction, other in (("back", "a"), ("forward", "d")):
        found = ask(casefile, "p1", direction)
        assert (found["c"]["score"], found[other]["score"]) == (0.5, 0.5)
    for given in ({"since": "soon"}, {"follow": "gods"}, {"max_lag": -1}, {"max_lag": 1e300}, {"direction": "up"}):
        with pytest.raises(RequestError):
            ask(casefile, "a", **given)
    for given in ({"product": "nothing"}, {"region": "nowhere"}, {"region": "999999"}, {"explain": "nobody"}):
        with pytest.raises(NotFound):
            ask(casefile, "a", **given)


def test_who_received_a_lot_has_it_from_then_on_and_by_that_delivery() -> None:
    """From the lot itself: who handed it on after he received it had it by that; who is not known to, at some time."""
    links = [
        supply("m", "w", "2024-01-01", "in", batch="B"), supply("w", "x", "2024-01-05", "aa", batch="B"),
        supply("w", "y", "2024-01-06", "bb", batch="B"), link("OUTPUT_AS", "t1", "batch:片|B"),
    ]  # fmt: skip
    rows = ask(case(*links), "batch:片|B")
    assert (rows["w"]["earliest"], rows["w"]["latest"]) == ("2024-01-01T00:00:00", "2024-01-01T23:59:59")
    assert rows["m"]["earliest"] is None
    steps = TRACE.ask(case(*links), id="batch:片|B", direction="forward", explain="w").rows
    assert steps[0]["link"] == "SUPPLIED:in"
    before = supply("w", "z", "2023-12-20", "cc", batch="B")
    assert ask(case(*links, before), "batch:片|B")["w"]["earliest"] is None


def made_at(place: str, *inputs: Link) -> list[Link]:
    """A batch made at a place on 1 March, and what went into it."""
    made = link("OUTPUT_AS", "t1", "batch:片|B", on="2024-03-01", quantity=1000.0, unit="box")
    return [link("CONTROLS", "m", place), link("DONE_AT", "t1", place, on="2024-03-01"), made, *inputs]


def test_nobody_is_led_to_by_a_lot_outside_of_the_times_and_the_wait_that_are_asked_for() -> None:
    """He gave of the lot after the last moment, or after it had waited too long: of what is asked nothing came."""
    links = [
        *made_at("p1"), supply("m", "w", "2024-05-01", batch="B", quantity=900.0),
        supply("w", "x", "2024-05-05", batch="B", quantity=800.0),
        link("COUNTED_AT", "batch:片|B", "p2", on="2024-05-06"),
    ]  # fmt: skip
    told = {"m", "t1", "batch:片|B"}
    assert set(ask(case(*links), "p1")) == {*told, "w", "x", "p2"}
    assert set(ask(case(*links), "p1", until="2024-03-31")) == told
    assert set(ask(case(*links[:3], *links[4:]), "p1", max_lag=10)) == told
    assert set(ask(case(*links[:3], *links[4:]), "p1", max_lag=70)) == {*told, "w", "x", "p2"}
    assert set(ask(case(*links), "batch:片|B", since="2024-05-04", until="2024-05-05")) == {"w", "x"}
    assert set(ask(case(*links), "batch:片|B", until="2024-04-30")) == {"p1", "m"}  # who made it had it


def test_who_gave_of_a_lot_got_it_between_its_making_and_the_first_that_he_gave() -> None:
    links = [
        *made_at("p1"), supply("w", "x", "2024-05-05", "1", batch="B"), supply("w", "x", "2024-06-05", "2", batch="B"),
    ]  # fmt: skip
    row = ask(case(*links), "p1")["w"]
    assert (row["earliest"], row["latest"]) == ("2024-03-01T00:00:00", "2024-05-05T23:59:59")
    row = ask(case(*links), "p1", until="2024-05-05T12:00:00")["w"]
    assert (row["earliest"], row["latest"]) == ("2024-03-01T00:00:00", "2024-05-05T12:00:00")
    row = ask(case(*links), "batch:片|B")["w"]
    assert (row["earliest"], row["latest"]) == (None, "2024-05-05T23:59:59")


def test_what_is_told_to_have_gone_into_a_lot_makes_its_way_from_the_place_no_weaker() -> None:
    """From a place everything there is followed, whatever it is: no more than dates would tie it, and need not."""
    powder = link("INPUT_OF", "batch:粉|R", "t1", on="2024-03-01", quantity=1.0, unit="kg")
    seized = [link("SEIZED_AT", "s1", "p1", on="2024-03-02"), link("OF_PRODUCT", "s1", "product:粉", on="2024-03-02")]
    onward = supply("w", "x", "2024-05-05", batch="B")
    for start in ("p1", "m"):
        found = ask(case(*made_at("p1", powder), *seized, onward), start)
        assert {found[node]["score"] for node in ("t1", "batch:片|B", "w", "x", "s1")} == {0.5}
        assert found["w"]["score"] == ask(case(*made_at("p1"), onward), start)["w"]["score"]
    weak = link("INPUT_OF", "batch:粉|R", "t1", on="2024-03-01", properties={"reliability": "E", "credibility": "2"})
    for given in (powder, weak):
        for start in ("p1", "m"):
            casefile = case(*made_at("p1", given), onward)
            rows = TRACE.ask(casefile, id=start, direction="forward", explain="w").rows
            scores = [row["score"] for row in rows if row["step"] == 1]
            assert scores == sorted(scores, reverse=True) and scores[0] == ask(casefile, start)["w"]["score"]


def test_who_holds_an_account_or_a_place_has_also_what_comes_there_later() -> None:
    def paid(number: str, day: str) -> Link:
        return link("PAID", "k1", "k2", number, on=day, amount=5.0)

    money = case(paid("1", "2024-01-02"), paid("2", "2024-01-09"), link("HOLDS", "x", "k2"))
    rows = ask(money, "k1")
    assert (rows["x"]["earliest"], rows["x"]["latest"]) == ("2024-01-02T00:00:00", "2024-01-09T23:59:59")
    goods = case(supply("a", "b", "2024-01-02"), supply("a", "b", "2024-01-09"), link("CONTROLS", "b", "p1"))
    assert ask(goods, "a")["p1"]["latest"] == "2024-01-09T23:59:59"
    sold = case(link("CONTROLS", "a", "p1"), supply("a", "b", "2024-01-02"), supply("a", "b", "2024-01-09"))
    assert ask(sold, "b", "back")["p1"]["earliest"] == "2024-01-02T00:00:00"
    assert ask(sold, "b", "back", hops=1)["a"]["earliest"] == "2024-01-02T00:00:00"


def test_namesakes_are_named_and_not_followed() -> None:
    """The holder, known by name only, may be the buyer of another file: nothing shows it, so a note says who he is."""
    links = [
        link("SEIZED_FROM", "s1", "party:f:甲", on="2024-01-09"),
        link("OF_PRODUCT", "s1", "product:片", on="2024-01-09", quantity=4.0, unit="box"),
        supply("m", "party:g:甲", "2024-01-02", "1"), supply("m", "party:h:甲", "2024-01-02", "2"),
        link("HOLDS", "party:bank:甲", "k1"),
    ]  # fmt: skip
    nodes = sorted({end for each in links for end in (each.source, each.target)})
    stated = [statement(node, "Party", "name", "甲") if node.startswith("party:") else _stated(node) for node in nodes]
    answer = TRACE.ask(RowsCasefile(stated, links), id="s1", direction="back")
    assert [row["id"] for row in answer.rows] == ["party:f:甲"]
    (note,) = (note for note in answer.notes if "same name" in note)
    assert "甲: party:g:甲, party:h:甲." in note
    assert not any("same name" in note for note in TRACE.ask(RowsCasefile(stated, links), id="m").notes)


def test_the_chains_of_money_tell_how_much_was_paid() -> None:
    paid = link("PAID", "k1", "k2", "1", on="2024-01-02", amount=5.0, currency="USD")
    answer = TRACE.ask(case(paid, link("HOLDS", "x", "k2")), id="k1", direction="forward", explain="x")
    assert [(row["quantity"], row["unit"]) for row in answer.rows] == [(5, "USD"), (None, None)]


def test_a_name_is_his_whose_account_the_bank_knows_by_that_name_only() -> None:
    links = [
        link("HOLDS", "person:7", "k1"), link("HOLDS", "party:bank:甲", "k1"), supply("person:7", "b", "2024-01-02"),
    ]  # fmt: skip
    kinds = {"person:7": "Person", "party:bank:甲": "Party", "party:other:甲": "Party"}
    stated = [statement(node, kind, "name", "甲") for node, kind in kinds.items()]
    known = RowsCasefile([*stated[:2], _stated("k1"), _stated("b")], links)
    assert ask(known, "甲").keys() == {"b"}
    other = RowsCasefile([*stated, _stated("k1"), _stated("b")], links)
    with pytest.raises(RequestError, match=r"several entities: person:7 .*; party:bank:甲"):
        ask(other, "甲")


def times(casefile: RowsCasefile, start: str, target: str, direction: str = "forward") -> list[tuple[str, str, str]]:
    rows = TRACE.ask(casefile, id=start, direction=direction, explain=target, limit=1).rows
    return [(row["to" if direction == "forward" else "from"], row["departed"], row["arrived"]) for row in rows]


@pytest.mark.parametrize("least", [0, 10**9], ids=["compiled", "in arrays"])
def test_a_chain_is_told_with_the_times_it_stands_on(least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "COMPILED_FROM", least)
    lot = case(
        supply("a", "c", "2024-01-02", batch="B"), supply("c", "d", "2024-01-05", batch="B"),
        link("OF_PRODUCT", "batch:片|B", "product:片"),
    )  # fmt: skip
    assert times(lot, "batch:片|B", "a") == [("a", None, "../2024-01-02")]  # he had it by then: when, no row says
    assert times(lot, "batch:片|B", "d") == [("d", "2024-01-05", "2024-01-05")]
    vague = case(
        supply("a", "c", "2024-01-02"), supply("c", "d", "?"), supply("d", "e", "2024-01-04T10:00:00"),
        link("CONTROLS", "e", "p1"),
    )  # fmt: skip
    between = "2024-01-02/2024-01-04T10:00:00"
    assert times(vague, "a", "p1") == [
        ("c", "2024-01-02", "2024-01-02"), ("d", between, between),
        ("e", "2024-01-04T10:00:00", "2024-01-04T10:00:00"), ("p1", None, None),
    ]  # fmt: skip
    assert times(vague, "e", "a", "back") == [
        ("d", "2024-01-04T10:00:00", "2024-01-04T10:00:00"), ("c", between, between),
        ("a", "2024-01-02", "2024-01-02"),
    ]  # fmt: skip
