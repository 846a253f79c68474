"""How much got where, asked as a user asks: by hand, and against worlds in which every piece is known."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.analyses.tracing.trace import TRACE
from graphkit.store.base import Link
from tests.network.memory_store import link
from tests.tracing.test_rules import case, supply

DAYS = [f"2024-01-{day:02}T08:00:00" for day in range(1, 29)]
MIXED = [
    supply("a", "c", DAYS[0], quantity=6.0), supply("b", "c", DAYS[1], quantity=4.0),
    supply("c", "d", DAYS[2], quantity=5.0), supply("c", "e", DAYS[3], quantity=4.0),
]  # fmt: skip


def figures(links: list[Link], start: str, direction: str, **given: Any) -> dict[str, tuple[Any, ...]]:
    answer = TRACE.ask(case(*links), id=start, direction=direction, **given)
    return {row["id"]: (row["quantity_min"], row["quantity_max"], row["unit"]) for row in answer.rows}


def test_what_left_a_mixed_stock_is_a_range_both_ways() -> None:
    """The worked example of docs/quantities.md: of five boxes at most four were the other's."""
    assert figures(MIXED, "a", "forward") == {"c": (6, 6, "box"), "d": (1, 5, "box"), "e": (0, 4, "box")}
    assert figures(MIXED, "d", "back") == {"c": (5, 5, "box"), "a": (1, 5, "box"), "b": (0, 4, "box")}


def test_one_stop_exactly_and_the_others_outer() -> None:
    answer = TRACE.ask(case(*MIXED), id="a", direction="forward", exact="d")
    assert {row["id"]: row["bound"] for row in answer.rows} == {"c": "outer", "d": "exact", "e": "outer"}
    back = TRACE.ask(case(*MIXED), id="d", direction="back", exact="a")
    assert {row["id"]: row["bound"] for row in back.rows} == {"c": "outer", "a": "exact", "b": "outer"}
    for direction, start, stop in (("forward", "a", "d"), ("back", "d", "a")):
        assert figures(MIXED, start, direction, exact=stop)[stop] == (1, 5, "box")


def test_a_range_through_lots_of_which_a_row_tells_none_is_not_called_exact() -> None:
    """All of the lot came from a; as one row names no lot it is taken with the other lot, which is too wide."""
    links = [
        supply("a", "c", DAYS[0], batch="A", quantity=6.0), supply("b", "c", DAYS[1], batch="B", quantity=4.0),
        supply("c", "d", DAYS[2], quantity=5.0), supply("c", "e", DAYS[3], batch="A", quantity=2.0),
    ]  # fmt: skip
    for rows, bound in ((links, "outer"), ([*links[:2], *links[3:]], "exact")):
        answer = TRACE.ask(case(*rows), id="a", direction="forward", exact="all")
        assert {row["id"]: row["bound"] for row in answer.rows}["e"] == bound
    answer = TRACE.ask(case(*links), id="a", direction="forward", exact="e")
    assert any(note.startswith("e stays outer") and "names no lot" in note for note in answer.notes)
    assert any(note.startswith("Naming no lot") and links[2].evidence[0] in note for note in answer.notes)
    assert not any("lot" in note for note in TRACE.ask(case(*rows), id="a", direction="forward", exact="e").notes)


def test_it_is_said_that_days_without_hours_keep_a_bound_from_being_exact() -> None:
    links = [
        supply(*ends, DAYS[0], quantity=much)
        for ends, much in (("ac", 5.0), ("bc", 5.0), ("cd", 6.0), ("dc", 3.0), ("ce", 6.0))
    ]
    answer = TRACE.ask(case(*links), id="a", direction="forward", exact="e")
    assert {row["id"]: row["bound"] for row in answer.rows}["e"] == "outer"
    assert any(note.startswith("e stays outer") and "the times leave open" in note for note in answer.notes)


def test_exact_bounds_are_closer_where_goods_meet_again() -> None:
    """Ten came and all went on to one buyer, half by way of another: together they are all that came."""
    links = [
        supply("a", "c", DAYS[0], quantity=5.0), supply("b", "c", DAYS[0], quantity=5.0),
        supply("c", "f", DAYS[1], quantity=5.0), supply("f", "d", DAYS[2], quantity=5.0),
        supply("c", "d", DAYS[3], quantity=5.0),
    ]  # fmt: skip
    assert figures(links, "b", "forward")["d"] == (0, 5, "box")
    assert figures(links, "b", "forward", exact="d")["d"] == (5, 5, "box")
    assert figures(links, "d", "back", exact="b")["b"] == (5, 5, "box")


@pytest.mark.parametrize("seed", range(6))
def test_all_at_once_are_as_one_by_one(seed: int) -> None:
    rng = random.Random(50 + seed)
    for _ in range(4):
        links, _ = _world(rng)
        for direction, begins in (("forward", links[0].source), ("back", links[-1].target)):
            every = TRACE.ask(case(*links), id=begins, direction=direction, exact="all")
            for row in every.rows:
                one = TRACE.ask(case(*links), id=begins, direction=direction, exact=row["id"])
                (same,) = [each for each in one.rows if each["id"] == row["id"]]
                for name in ("quantity_min", "quantity_max", "unit", "bound"):
                    assert row[name] == pytest.approx(same[name]), (row, same)


def test_all_at_once_with_a_yield_says_what_stays_outer(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphkit.tracing.amounts import each_exactly

    answer = TRACE.ask(case(*MADE), id="s1", direction="back", exact="all")
    found = {row["id"]: (row["quantity_min"], row["quantity_max"], row["bound"]) for row in answer.rows}
    assert found["s"] == (40, 40, "exact") and found["m"] == (0, 4, "exact")
    monkeypatch.setattr(each_exactly, "_PROGRAMS", 0)
    answer = TRACE.ask(case(*MADE), id="s1", direction="back", exact="all")
    assert {row["id"]: row["bound"] for row in answer.rows}["m"] == "outer"
    assert any("stay outer" in note and "m" in note for note in answer.notes)


@pytest.mark.parametrize(("name", "much"), [("proportional", 3), ("first_in_first_out", 5), ("last_in_first_out", 1)])
def test_a_convention_stands_beside_the_bounds_under_its_name(name: str, much: float) -> None:
    answer = TRACE.ask(case(*MIXED), id="a", direction="forward", convention=name)
    assert {row["id"]: row["by_convention"] for row in answer.rows}["d"] == much
    assert [column.name for column in answer.columns].index("by_convention") > 0
    assert "by_convention" not in TRACE.ask(case(*MIXED), id="a", direction="forward").rows[0]


def test_wide_ranges_are_said_to_be_wide() -> None:
    answer = TRACE.ask(case(*MIXED), id="a", direction="forward")
    assert any("2 of 3 ranges are wide" in note for note in answer.notes)


@pytest.mark.parametrize(("quantity", "unit"), [(None, "box"), (0.0, "box"), (-3.0, "box"), (5.0, "kg")])
def test_an_amount_that_cannot_be_counted_may_be_any_and_its_row_is_named(quantity: float | None, unit: str) -> None:
    strange = supply("b", "c", DAYS[1], number="strange", quantity=quantity, unit=unit)
    answer = TRACE.ask(case(MIXED[0], strange, *MIXED[2:]), id="a", direction="forward")
    rows = {row["id"]: row for row in answer.rows}
    assert (rows["c"]["quantity_min"], rows["c"]["quantity_max"]) == (6, 6)
    assert (rows["d"]["quantity_min"], rows["d"]["quantity_max"]) == (0, 5)
    assert any("SUPPLIED:strange" in note and strange.evidence[0] in note for note in answer.notes)
    answer = TRACE.ask(case(MIXED[0], strange, *MIXED[2:]), id="b", direction="forward")
    assert [(row["quantity_min"], row["quantity_max"]) for row in answer.rows if row["id"] == "c"] == [(0, None)]


@pytest.mark.parametrize("quantity", [None, 0.0])
@pytest.mark.parametrize("exact", [None, "all", "d", "e", "s1"])
def test_what_came_in_an_amount_that_no_row_tells_is_the_same_range_however_it_is_asked(
    quantity: float | None, exact: str | None
) -> None:
    """Hundred came to c, who sent on some, no row says how much: up to all of it, and no bound of it is exact."""
    links = [
        supply("a", "c", DAYS[0], quantity=100.0, batch="B"), supply("c", "d", DAYS[1], quantity=quantity, batch="B"),
        supply("d", "e", DAYS[2], quantity=20.0, batch="B"), link("SEIZED_FROM", "s1", "d", on="2024-02-01"),
        link("OF_BATCH", "s1", "batch:片|B", "1", quantity=30.0, unit="box", properties={"batch": "B"}),
    ]  # fmt: skip
    answer = TRACE.ask(case(*links), id="a", direction="forward", exact=exact)
    found = {row["id"]: (row["quantity_min"], row["quantity_max"], row["bound"]) for row in answer.rows}
    assert found.pop("c")[:2] == (100, 100)
    assert found == {"d": (0, 100, "outer"), "e": (0, 20, "outer"), "s1": (0, 30, "outer")}
    said = [note for note in answer.notes if "though exact bounds were asked for: rows leave open how much" in note]
    assert [note.split()[0] for note in said] == ([exact] if exact in found else [])


def test_goods_that_left_in_an_amount_no_row_tells_show_nobody_to_have_lacked_any() -> None:
    """Ten came and eight went on, and a bag of some: no row shows that more must have come."""
    links = [
        supply("a", "c", DAYS[0], quantity=10.0), supply("c", "d", DAYS[2], quantity=8.0),
        supply("c", "e", DAYS[1], number="some", quantity=None, unit=None),
    ]  # fmt: skip
    lot = [replace(each, properties={"product": "片", "batch": "B"}) for each in links]
    for rows in (links, lot):
        answer = TRACE.ask(case(*rows), id="d", direction="back")
        found = {row["id"]: (row["quantity_min"], row["quantity_max"]) for row in answer.rows}
        assert found == {"c": (8, 8), "a": (0, 8)}  # if the bag held more than two, c had some unseen
        assert not any("c (" in note for note in answer.notes if "Gave, or" in note)


MADE = [
    supply("m", "k", DAYS[0], batch="R1", quantity=6.0, unit="kg", properties={"product": "粉", "batch": "R1"}),
    supply("n", "k", DAYS[0], batch="R2", quantity=4.0, unit="kg", properties={"product": "粉", "batch": "R2"}),
    supply("o", "k", DAYS[0], batch="P", quantity=50.0, unit="piece", properties={"product": "盒子", "batch": "P"}),
    link("CONTROLS", "k", "p1"),
    link("DONE_AT", "t1", "p1", on="2024-01-03"),
    link("INPUT_OF", "batch:粉|R1", "t1", "1", on="2024-01-03", quantity=6.0, unit="kg"),
    link("INPUT_OF", "batch:粉|R2", "t1", "2", on="2024-01-03", quantity=4.0, unit="kg"),
    link("INPUT_OF", "batch:盒子|P", "t1", "3", on="2024-01-03", quantity=50.0, unit="piece"),
    link("OUTPUT_AS", "t1", "batch:片|B", on="2024-01-03", quantity=100.0, unit="box"),
    supply("k", "s", "2024-01-05", batch="B", quantity=90.0),
    link("OF_BATCH", "s1", "batch:片|B", on="2024-01-09", quantity=40.0, unit="box"),
    link("SEIZED_FROM", "s1", "s", on="2024-01-09"),
]


def test_quantities_go_through_a_transformation_with_its_yield() -> None:
    forward = figures(MADE, "m", "forward")
    assert forward["t1"] == (60, 60, "box") == forward["batch:片|B"]
    assert forward["k"] == (6, 6, "kg")
    assert forward["s"] == (50, 60, "box")  # ten of the hundred boxes stayed
    assert forward["s1"] == (0, 40, "box")
    back = figures(MADE, "s1", "back")
    assert back["s"] == (40, 40, "box") == back["k"] == back["t1"]
    assert back["m"] == (0, 4, "kg") == back["n"]  # four kilograms of the powder, of which lot no row tells
    assert back["o"] == (20, 20, "piece")  # every box takes its packing
    assert figures(MADE, "s1", "back", exact="m")["m"] == (0, 4, "kg")


def test_a_seized_lot_was_made_where_it_was_made_though_nobody_tells_of_its_way() -> None:
    gap = [each for each in MADE if each.source != "k" or each.target != "s"]
    back = figures(gap, "s1", "back")
    assert back["t1"] == (40, 40, "box")
    assert back["batch:盒子|P"] == (20, 20, "piece")
    assert back["o"] == (20, 20, "piece")


def test_money_by_currency_with_accounts_of_one_holder_as_one_purse() -> None:
    links = [
        link("PAID", "k1", "k2", "1", on="2024-01-01", amount=100.0, currency="CNY"),
        link("PAID", "k9", "k2", "0", on="2024-01-01", amount=50.0, currency="CNY"),
        link("HOLDS", "x", "k2"), link("HOLDS", "x", "k3"),
        link("PAID", "k3", "k4", "2", on="2024-01-02", amount=120.0, currency="CNY"),
    ]  # fmt: skip
    assert figures(links, "k1", "forward")["k4"] == (70, 100, "CNY")
    assert figures(links, "k4", "back")["k1"] == (70, 100, "CNY")
    assert figures(links, "k4", "back")["x"] == (120, 120, "CNY")


@pytest.mark.parametrize("seed", range(12))
def test_what_happened_lies_within_the_bounds_forward_and_back(seed: int) -> None:
    """Every piece of goods is followed through a made-up world; from each start the truth lies in every range."""
    rng = random.Random(seed)
    for _ in range(6):
        links, moved = _world(rng)
        start = rng.choice(sorted({each.source for each in links}))
        end = rng.choice(sorted({each.target for each in links}))
        for begins, direction in ((start, "forward"), (end, "back")):
            stop = rng.choice(sorted({end for each in links for end in (each.source, each.target)}))
            asked = {"exact": stop} if stop != begins else {}
            answer = TRACE.ask(case(*links), id=begins, direction=direction, **asked)
            for row in answer.rows:
                true = _passed(moved, begins, row["id"], direction)
                least, most = row["quantity_min"], row["quantity_max"]
                assert least - 1e-6 <= true <= most + 1e-6, (seed, begins, direction, row["id"])


def _world(rng: random.Random) -> tuple[list[Link], list[tuple[str, str, list[int]]]]:
    """Deliveries of whole pieces between few hands; what each has that it never received, it had at first."""
    stock: dict[str, list[int]] = {name: [] for name in "ABCDE"}
    links, moved, pieces = [], [], 0
    for day in sorted(rng.sample(range(28), rng.randint(2, 8))):
        giver, taker = rng.sample("ABCDE", 2)
        much = rng.randint(1, 5)
        while len(stock[giver]) < much:
            stock[giver].append(pieces)
            pieces += 1
        rng.shuffle(stock[giver])
        sent, stock[giver] = stock[giver][:much], stock[giver][much:]
        stock[taker] += sent
        links.append(supply(giver, taker, DAYS[day], number=f"N{day}", quantity=float(much)))
        moved.append((giver, taker, sent))
    return links, moved


@pytest.mark.parametrize("seed", range(12))
def test_what_went_by_slips_of_no_quantity_lies_within_the_bounds(seed: int) -> None:
    """As above, all that there is being made by A; some movements are told by a slip that says nothing of goods only,
    which stands for another row's movement where there is one near.
    """
    rng = random.Random(seed)
    for _ in range(8):
        moved, links = _slips(rng)
        end = rng.choice(sorted({taker for _, taker, _ in moved}))
        for begins, direction in (("batch:片|L", "forward"), ("A", "forward"), (end, "back")):
            answer = TRACE.ask(case(*links), id=begins, direction=direction)
            for row in answer.rows:
                if row["kind"] != "Party" or (begins.startswith("batch") and row["id"] == "A"):
                    continue
                start = "A" if begins.startswith("batch") else begins
                true = _passed(moved, start, row["id"], direction)
                least, most = row["quantity_min"], row["quantity_max"]
                assert most is None or least - 1e-6 <= true <= most + 1e-6, (seed, begins, direction, row, true, links)


def _made(name: str, lot: str, quantity: float, day: int) -> list[Link]:
    told = {"quantity": quantity, "unit": "box", "properties": {"batch": lot}}
    return [
        link("OUTPUT_AS", f"t{name}", f"batch:片|{lot}", on=DAYS[day][:10], **told),
        link("DONE_AT", f"t{name}", {"1": "a", "2": "d"}[name], on=DAYS[day][:10]),
        link("OF_PRODUCT", f"batch:片|{lot}", "product:片"),
    ]


def test_nobody_got_more_of_a_lot_than_was_made_of_it() -> None:
    """Who sent some to b, and how much, no row tells: all twenty boxes at the most, by whatever ways."""
    links = [
        *_made("1", "L", 20.0, 0), supply("a", "c", DAYS[1], quantity=12.0, batch="L"),
        supply("a", "b", DAYS[2], quantity=None, batch="L"), supply("c", "b", DAYS[3], quantity=None, batch="L"),
    ]  # fmt: skip
    assert figures(links, "batch:片|L", "forward")["b"] == (0, 20, "box")


def test_what_went_on_unseen_and_came_back_relabelled_may_never_have_left() -> None:
    """All of L came to c, d has made M of it, and c sold M: c and d may be one man under two names, who got it once."""
    into = link("INPUT_OF", "batch:片|L", "t2", on=DAYS[5][:10], quantity=20.0, unit="box", properties={"batch": "L"})
    links = [
        *_made("1", "L", 20.0, 0), supply("a", "c", DAYS[1], quantity=20.0, batch="L"), into,
        *_made("2", "M", 20.0, 5), supply("c", "e", DAYS[7], quantity=20.0, batch="M"),
    ]  # fmt: skip
    found = figures(links, "batch:片|L", "forward")
    assert found["c"] == (20, 40, "box")
    assert found["e"] == (20, 20, "box")
    assert figures(links, "batch:片|L", "forward", exact="c")["c"][:2] == (20, 40)


def _slips(rng: random.Random) -> tuple[list[tuple[str, str, list[int]]], list[Link]]:
    """Movements, and the rows that tell of them: what A made goes from one to another of those further on."""
    stock: dict[str, list[int]] = {name: [] for name in "ABCD"}
    stock["A"] = list(range(20))
    moved = []
    links = [
        link("OUTPUT_AS", "t1", "batch:片|L", on="2023-12-30", quantity=20.0, unit="box", properties={"batch": "L"}),
        link("DONE_AT", "t1", "A", on="2023-12-30"), link("OF_PRODUCT", "batch:片|L", "product:片"),
    ]  # fmt: skip
    for day in sorted(rng.sample(range(27), rng.randint(3, 8))):
        able = [name for name in "ABC" if stock[name]]
        if not able:
            break
        giver = rng.choice(able)
        taker = rng.choice("ABCD"["ABCD".index(giver) + 1 :])
        rng.shuffle(stock[giver])
        much = rng.randint(1, len(stock[giver]))
        sent, stock[giver] = stock[giver][:much], stock[giver][much:]
        stock[taker] += sent
        moved.append((giver, taker, sent))
        told = [name for name in ("row", "slip") if rng.random() < 0.6] or ["row"]
        near = [each for each in links if each.source == giver and each.target == taker and each.kind == "SUPPLIED"]
        if told == ["slip"] and not near:
            told = ["row"]  # a slip by itself is a parcel of unknown content
        if "row" in told:
            links.append(supply(giver, taker, DAYS[day], number=f"N{day}", quantity=float(much), batch="L"))
        if "slip" in told:
            links.append(link("SHIPPED", giver, taker, f"W{day}", at=DAYS[day]))
    return moved, links


def _passed(moved: list[tuple[str, str, list[int]]], start: str, stop: str, direction: str) -> int:
    """Pieces that had left the start when the stop received them, or that came to it after the stop sent them."""
    order = moved if direction == "forward" else [(taker, giver, pieces) for giver, taker, pieces in reversed(moved)]
    marked: set[int] = set()
    found = 0
    for giver, taker, pieces in order:
        marked |= set(pieces) if giver == start else set()
        found += len(marked & set(pieces)) if taker == stop else 0
    return found


def test_the_doubtful_row_that_cuts_an_entity_off() -> None:
    weak = {"grade": {"reliability": "E", "credibility": "2"}}
    links = [
        supply("a", "c", DAYS[0], **weak), supply("a", "d", DAYS[0]), supply("d", "c", DAYS[1]),
        supply("c", "e", DAYS[2], **weak), supply("e", "g", DAYS[3]), supply("d", "h", DAYS[2], number="twice", **weak),
    ]  # fmt: skip
    rows = {row["id"]: row["doubtful_row"] for row in TRACE.ask(case(*links), id="a", direction="forward").rows}
    cut = links[3].evidence[0]
    assert rows == {"c": None, "d": None, "e": cut, "g": cut, "h": links[5].evidence[0]}


def test_sending_more_than_there_was_is_said_with_the_day_it_must_have_come_by() -> None:
    links = [supply("a", "c", DAYS[0], quantity=6.0), supply("c", "d", DAYS[2], quantity=9.0)]
    answer = TRACE.ask(case(*links), id="a", direction="forward")
    assert [(row["quantity_min"], row["quantity_max"]) for row in answer.rows] == [(6, 6), (6, 9)]
    assert any("c (3 box, 2024-01-03)" in note for note in answer.notes)


def test_a_time_out_of_order_by_one_row_is_named() -> None:
    links = [
        supply("a", "c", DAYS[0], quantity=1.0), supply("a", "c", DAYS[9], quantity=8.0),
        supply("c", "d", DAYS[2], quantity=9.0, number="early"),
    ]  # fmt: skip
    for start, direction in (("a", "forward"), ("d", "back")):
        answer = TRACE.ask(case(*links), id=start, direction=direction)
        assert any("Sent before it came" in note and "SUPPLIED:early" in note for note in answer.notes)
    lot = [replace(each, properties={"product": "片", "batch": "B"}) for each in links]
    known = link("OF_PRODUCT", "batch:片|B", "product:片")
    notes = TRACE.ask(case(*lot, known), id="batch:片|B", direction="forward").notes
    assert any("Sent before it came" in note and "SUPPLIED:early" in note for note in notes)
    made = [link("CONTROLS", "a", "p1"), link("DONE_AT", "t1", "p1", on="2023-12-30"),
            link("OUTPUT_AS", "t1", "batch:片|B", on="2023-12-30", quantity=9.0, unit="box")]  # fmt: skip
    notes = TRACE.ask(case(*lot, *made), id="p1", direction="forward").notes  # nine were left, wherever they went
    assert any("Sent before it came" in note and "SUPPLIED:early" in note for note in notes)


def test_who_was_found_with_more_than_any_row_brought_him_is_named_and_not_what_was_found() -> None:
    """Seven boxes of the lot were found with s, to whom no row tells that any of it came; nor to b, who had some."""
    links = [
        supply("k", "m", DAYS[0], batch="B", quantity=10.0),
        link("OF_BATCH", "s1", "batch:片|B", on="2024-01-09", quantity=7.0, unit="box"),
        link("SEIZED_FROM", "s1", "s", on="2024-01-09"),
        link("CONTROLS", "b", "p1"), link("DONE_AT", "t1", "p1", on="2024-01-05"),
        link("INPUT_OF", "batch:片|B", "t1", on="2024-01-05", quantity=2.0, unit="box"),
        link("OUTPUT_AS", "t1", "batch:丸|C", on="2024-01-05", quantity=2.0, unit="box"),
        link("OF_BATCH", "s2", "batch:丸|C", on="2024-01-10", quantity=2.0, unit="box"),
        link("SEIZED_FROM", "s2", "b", on="2024-01-10"),
    ]  # fmt: skip
    for start, told in (("s1", "s (7 box, 2024-01-09) batch:片|B"), ("s2", "b (2 box, 2024-01-05) batch:片|B")):
        notes = TRACE.ask(case(*links), id=start, direction="back").notes
        assert any("more than rows tell they had" in note and told in note for note in notes)


def test_more_out_than_in_and_a_lot_made_at_two_places_are_named() -> None:
    links = [
        supply("m", "k", DAYS[0], quantity=5.0, unit="kg", properties={"product": "粉", "batch": "R"}),
        link("CONTROLS", "k", "p1"), link("DONE_AT", "t1", "p1", on="2024-01-03"),
        link("INPUT_OF", "batch:粉|R", "t1", "1", on="2024-01-03", quantity=4.0, unit="kg"),
        link("OUTPUT_AS", "t1", "batch:片|B", "2", on="2024-01-03", quantity=4500.0, unit="g"),
        supply("m", "l", DAYS[0], number="l", quantity=5.0, unit="kg", properties={"product": "粉", "batch": "R"}),
        link("CONTROLS", "l", "p2"), link("DONE_AT", "t2", "p2", on="2024-01-03"),
        link("INPUT_OF", "batch:粉|R", "t2", "3", on="2024-01-03", quantity=4.0, unit="kg"),
        link("OUTPUT_AS", "t2", "batch:片|B", "4", on="2024-01-03", quantity=4.0, unit="kg"),
    ]  # fmt: skip
    notes = TRACE.ask(case(*links), id="m", direction="forward").notes
    assert any("More came out than went in: t1" in note for note in notes)
    assert any("made by several hands" in note and "batch:片|B" in note for note in notes)


def test_too_many_deliveries_leave_valid_wider_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """With only what is shown looked at, every range still holds the range of the whole."""
    from graphkit.tracing.amounts import measured

    rng = random.Random(77)
    for _ in range(25):
        links, _ = _world(rng)
        for direction in ("forward", "back"):
            start = rng.choice(sorted({each.source for each in links} & {each.target for each in links}) or ["A"])
            if start not in {end for each in links for end in (each.source, each.target)}:
                continue
            monkeypatch.setattr(measured, "MOST_DELIVERIES", 10**9)
            whole = figures(links, start, direction)
            monkeypatch.setattr(measured, "MOST_DELIVERIES", 0)
            part = figures(links, start, direction, limit=2)
            for node, (least, most, _) in part.items():
                assert least <= whole[node][0] and most >= whole[node][1], (node, direction)


def test_goods_made_of_others_in_amounts_that_no_row_tells_may_be_all_or_nothing() -> None:
    links = [
        supply("m", "k", DAYS[0], quantity=5.0, unit="kg", properties={"product": "粉", "batch": "R"}),
        link("TRANSFORMED_INTO", "batch:粉|R", "batch:片|B", on="2024-01-03"),
        supply("k", "s", DAYS[4], batch="B", quantity=90.0),
    ]
    assert figures(links, "m", "forward")["s"] == (0, 90, "box")
    assert figures(links, "s", "back")["m"] == (0, 5, "kg")


def test_a_find_of_a_lot_that_he_made_is_his_though_no_ledger_leads_there() -> None:
    """Seized with somebody of whom no other row tells: nine boxes of a lot that he made; asked back they are his
    too.
    """
    links = [
        *MADE,
        link("OF_BATCH", "s2", "batch:片|B", "2", on="2024-01-09", quantity=9.0, unit="box"),
        link("SEIZED_FROM", "s2", "x", on="2024-01-09"),
    ]
    forward = figures(links, "k", "forward")
    assert forward["s2"] == (9, 9, "box") == forward["x"]
    assert figures(links, "m", "forward")["s2"] == (0, 9, "box")  # nine of the hundred boxes, of which sixty are his
    back = figures(links, "s2", "back")
    assert back["k"] == (9, 9, "box")
    assert back["m"] == (0, 0.9, "kg")
    sold = [replace(each, quantity=100.0) if each.source == "k" and each.target == "s" else each for each in links]
    back = figures(sold, "s2", "back")  # he sold all of it to s, who must have passed on what was found, unseen
    assert back["k"] == (9, 9, "box")
    assert back["m"] == (0, 0.9, "kg")
    assert figures(sold, "s2", "back", exact="o")["o"] == (4.5, 4.5, "piece")


def test_explained_is_the_way_that_rows_tell_and_none_that_a_row_left_out_would_open() -> None:
    answer = TRACE.ask(case(*MADE), id="s1", direction="back", explain="m")
    chains: dict[int, list[tuple[str, str, str]]] = {}
    for row in answer.rows:
        chains.setdefault(row["rank"], []).append((row["kind"], row["from"], row["to"]))
    told = [("SEIZED_FROM", "s", "s1"), ("SUPPLIED", "k", "s"), ("CONTROLS", "p1", "k")]
    assert told in [chain[:3] for chain in chains.values()]
    assert all(chain[-1] == ("SUPPLIED", "m", "k") for chain in chains.values())  # never from m to a lot by itself
    scores = {row["rank"]: row["score"] for row in answer.rows}
    assert [scores[rank] for rank, chain in chains.items() if ("OUTPUT_AS", "t1", "s") in chain] == [0.35]


PACKED_AGAIN = [
    link("CONTROLS", "k", "p1"),
    *(link("DONE_AT", each, "p1", on="2024-01-03") for each in ("t1", "t2", "t3")),
    link("INPUT_OF", "batch:片|A", "t1", on="2024-01-03", quantity=30.0, unit="box"),
    link("OUTPUT_AS", "t1", "batch:丸|B", on="2024-01-03", quantity=30.0, unit="box"),
    link("INPUT_OF", "batch:丸|B", "t2", "2", on="2024-01-04", quantity=10.0, unit="box"),
    link("INPUT_OF", "batch:丸|C", "t2", "3", on="2024-01-04", quantity=20.0, unit="box"),
    link("OUTPUT_AS", "t2", "batch:丸|D", on="2024-01-04", quantity=30.0, unit="box"),
    link("OUTPUT_AS", "t3", "batch:丸|C", on="2024-01-03", quantity=20.0, unit="box"),
    supply("k", "s", "2024-01-05", quantity=15.0, properties={"product": "丸", "batch": "D"}),
    link("OF_BATCH", "s1", "batch:丸|D", on="2024-01-09", quantity=15.0, unit="box"),
    link("SEIZED_FROM", "s1", "s", on="2024-01-09"),
]  # fmt: skip


def test_what_one_worked_up_several_times_left_him_once() -> None:
    back = figures(PACKED_AGAIN, "s1", "back")
    assert back["k"] == back["p1"] == back["s"] == (15, 15, "box")
    assert back["t1"] == (0, 10, "box") == back["batch:片|A"]


def test_lots_that_only_a_transformation_names_are_of_the_product_on_their_label() -> None:
    """Ten and twenty boxes of one product were mixed: of fifteen that were found the ten are none, some or all."""
    back = figures(PACKED_AGAIN, "s1", "back")
    assert back["batch:丸|B"] == (0, 10, "box")
    assert back["batch:丸|C"] == (5, 15, "box") == back["t3"]


def test_a_making_of_which_no_row_tells_from_what_is_as_much_as_the_row_says() -> None:
    links = [
        link("CONTROLS", "k", "p1"), link("DONE_AT", "t1", "p1", on="2024-01-01"),
        link("OUTPUT_AS", "t1", "batch:片|B", on="2024-01-01", quantity=9.0, unit="box"),
        supply("n", "k", DAYS[2], batch="B", quantity=6.0), supply("k", "s", DAYS[4], batch="B", quantity=12.0),
    ]  # fmt: skip
    answer = TRACE.ask(case(*links), id="n", direction="forward")
    (shop,) = (row for row in answer.rows if row["id"] == "s")
    assert (shop["quantity_min"], shop["quantity_max"]) == (3, 6)
    assert not any("OUTPUT_AS" in note or "Gave, or" in note for note in answer.notes)
    assert figures(links, "s", "back")["t1"] == (6, 9, "box")
    used = [link("INPUT_OF", "batch:片|B", "t2", on="2024-01-08", quantity=4.0, unit="box"),
            link("DONE_AT", "t2", "p2", on="2024-01-08"), link("CONTROLS", "s", "p2")]  # fmt: skip
    assert not any("INPUT_OF" in note for note in TRACE.ask(case(*links, *used), id="n", direction="forward").notes)


@pytest.mark.parametrize(
    ("moved", "start", "stop", "much"),
    [
        ([("a", "c", 2), ("b", "c", 4), ("c", "d", 4)], "d", "c", 4),  # two boxes that c kept may have gone anywhere
        ([("a", "b", 3), ("a", "c", 3), ("b", "d", 4), ("c", "b", 3)], "d", "b", 4),
    ],
)
def test_back_an_exact_figure_is_what_left_the_stop_and_not_what_it_received(
    moved: list[tuple[str, str, float]], start: str, stop: str, much: float
) -> None:
    links = [supply(a, b, DAYS[i], batch="B", quantity=float(q)) for i, (a, b, q) in enumerate(moved)]
    answer = TRACE.ask(case(*links), id=start, direction="back", exact=stop)
    row = next(row for row in answer.rows if row["id"] == stop)
    assert (row["quantity_min"], row["quantity_max"], row["bound"]) == (much, much, "exact")


@pytest.mark.parametrize("seed", range(10))
def test_exact_figures_back_are_those_of_every_history(seed: int) -> None:
    """By products no goods go unseen, and both ends are reached; by lots they may, and the truth lies within."""
    links, moved = _world(random.Random(seed))
    rows = [(giver, taker, len(pieces)) for giver, taker, pieces in moved]
    lots = [supply(a, b, DAYS[i], batch="B", quantity=float(q)) for i, (a, b, q) in enumerate(rows)]
    start = rows[-1][1]
    every = _histories_back(rows, start)
    for stop in figures(links, start, "back"):
        assert figures(links, start, "back", exact=stop)[stop][:2] == every[stop]
        least, most, _ = figures(lots, start, "back", exact=stop)[stop]
        assert least <= every[stop][0]
        assert every[stop][1] <= most <= figures(lots, start, "back")[stop][1]


def _histories_back(rows: list[tuple[str, str, int]], start: str) -> dict[str, tuple[int, int]]:
    """The least and the most that each gave of what came to the start, over all ways to take pieces from stocks."""
    names = sorted({name for row in rows for name in row[:2]})
    at = {name: place for place, name in enumerate(names)}
    stock, least = [0] * len(names), [0] * len(names)
    for giver, taker, much in rows:
        stock[at[giver]] -= much
        least[at[giver]] = min(least[at[giver]], stock[at[giver]])
        stock[at[taker]] += much
    held = [last - low for last, low in zip(stock, least, strict=True)]
    states = {(tuple([0] * len(names)), tuple([0] * len(names)))}
    for giver, taker, much in reversed(rows):
        before = set()
        for marked, given in states:
            mine = marked[at[taker]]
            for of_it in range(max(0, much - (held[at[taker]] - mine)), min(much, mine) + 1):
                gave = much if taker == start else of_it
                change = {at[taker]: -of_it, at[giver]: gave}
                before.add((
                    tuple(value + change.get(i, 0) for i, value in enumerate(marked)),
                    tuple(value + gave * (i == at[giver]) for i, value in enumerate(given)),
                ))  # fmt: skip
        states = before
        held[at[taker]] -= much
        held[at[giver]] += much
    return {name: (min(s[1][i] for s in states), max(s[1][i] for s in states)) for name, i in at.items()}


def test_units_convert_by_the_packing_that_rows_or_goods_tell() -> None:
    packed = {"product": "丸", "batch": "W", "规格": "12盒/箱"}
    links = [
        supply("a", "c", DAYS[0], quantity=10.0, unit="carton", properties=packed),
        supply("c", "d", DAYS[1], quantity=100.0, properties={"product": "丸", "batch": "W"}),
    ]
    assert figures(links, "a", "forward") == {"c": (120, 120, "box"), "d": (100, 100, "box")}
    bare = [*links[1:], replace(links[0], properties={"product": "丸", "batch": "W"})]
    assert figures(bare, "a", "forward")["d"] == (0, 100, "box")  # no row tells how many boxes a carton has
    assert figures([*bare, link("OF_BATCH", "s1", "batch:丸|W", properties=packed)], "a", "forward")["c"][0] == 120


def test_stock_that_no_row_brings_is_told_apart_in_what_got_there_at_most() -> None:
    """Of three boxes that came to d two were of a; the third c had at first, and nobody knows whose it was."""
    links = [
        supply("c", "d", DAYS[0], quantity=4.0), supply("a", "c", DAYS[1], quantity=2.0),
        supply("c", "d", DAYS[2], quantity=3.0),
    ]  # fmt: skip
    for asked in ({}, {"exact": "d"}):
        answer = TRACE.ask(case(*links), id="a", direction="forward", **asked)
        told = [note for note in answer.notes if "no row brings" in note]
        row = next(row for row in answer.rows if row["id"] == "d")
        assert (row["quantity_min"], row["quantity_max"]) == (2, 3)
        assert len(told) == 1
        assert "d (1 / 3 box)" in told[0]
    assert not any("no row brings" in note for note in TRACE.ask(case(*MIXED), id="a", direction="forward").notes)


def test_who_sold_a_lot_that_no_row_brought_to_him_had_as_much_of_it() -> None:
    """The dealer bought without the lot's number; what he sold names it."""
    links = [
        supply("maker", "dealer", DAYS[4], quantity=90.0),
        supply("dealer", "shop", DAYS[8], batch="B", quantity=60.0),
        supply("maker", "shop", DAYS[1], batch="B", quantity=7.0),
        link("OF_BATCH", "s1", "batch:片|B", on="2024-01-30", quantity=1.0, unit="box"),
        link("SEIZED_FROM", "s1", "shop", on="2024-01-30"),
    ]
    for exact in (None, "all"):
        found = figures(links, "batch:片|B", "forward", exact=exact)
        assert (found["dealer"][0], found["shop"][0]) == (60, 67)
        assert all(most is None or least <= most for least, most, _ in found.values())


@pytest.mark.parametrize("start", ["batch:片|B", "s1"])
def test_from_whom_goods_were_seized_that_no_row_brought_him_had_as_many(start: str) -> None:
    """Unrelated goods that rows brought him are none of it; what rows do not tell is not called exact."""
    links = [
        link("OUTPUT_AS", "t1", "batch:片|B", on="2024-01-01", quantity=100.0, unit="box"),
        supply("a", "c", "2024-01-02", batch="B"),
        supply("x", "d", "2024-01-02", batch="other"),
    ]
    for find, holder, much in (("s1", "c", 5.0), ("s2", "d", 30.0), ("s3", "d", 12.0)):
        links += [
            link("OF_BATCH", find, "batch:片|B", on="2024-01-09", quantity=much, unit="box"),
            link("SEIZED_FROM", find, holder, on="2024-01-09"),
        ]
    for exact in (None, "all"):
        answer = TRACE.ask(case(*links), id=start, direction="forward", exact=exact)
        (row,) = (row for row in answer.rows if row["id"] == "d")
        assert (row["quantity_min"], row["quantity_max"], row["unit"], row["bound"]) == (42, 42, "box", "outer")


def test_of_a_lot_whose_making_no_row_tells_a_seller_may_have_had_more(tmp_path: Path) -> None:
    """He sold 233 more than came to him by rows: nothing says that this was all."""
    ends = "甲,430111198506200466,乙,350203199007070353", "乙,350203199007070353,甲,430111198506200466"
    (tmp_path / "sales.csv").write_text(
        "单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期\n"
        f"C-0,{ends[1]},止痛胶囊,Z1,10,盒,2022-04-01\nC-1,{ends[0]},止痛胶囊,Z1,243,盒,2022-05-01\n",
        "utf-8",
    )
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "sales.csv", strict=True)
    rows = {row["name"]: row for row in casebook.trace("止痛胶囊|Z1", "forward").rows}
    assert (rows["甲"]["quantity_min"], rows["甲"]["quantity_max"]) == (243, None)
    assert (rows["乙"]["quantity_min"], rows["乙"]["quantity_max"]) == (243, 243)
