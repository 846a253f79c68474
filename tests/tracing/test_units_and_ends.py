"""What a trace says of money, of several units, of recipes, and of who had a batch last; asked as a user asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphkit
from graphkit.analyses.tracing.request import CONVENTIONS
from graphkit.analyses.tracing.trace import TRACE
from graphkit.network import snapshot
from graphkit.sample import write_sample
from graphkit.tracing.identity.same_hands import SameHands
from tests.network.memory_store import link
from tests.tracing.test_quantities import DAYS
from tests.tracing.test_rules import ask, case, supply


def paid(payer: str, payee: str, on: str, amount: float, **content: Any) -> Any:
    return link("PAID", payer, payee, f"{payer}{payee}{on}", at=on, amount=amount, **content)


@pytest.mark.parametrize(
    ("currency", "unit"), [({}, "CNY"), ({"currency": "CNY"}, "CNY"), ({"currency": "USD"}, "USD")]
)
def test_money_is_in_its_currency_and_in_yuan_where_none_is_told(currency: dict[str, str], unit: str) -> None:
    money = case(paid("k1", "k2", DAYS[0], 500.0, **currency), paid("k2", "k3", DAYS[1], 200.0, **currency))
    found = ask(money, "k1")
    assert {node: (row["quantity_max"], row["unit"]) for node, row in found.items()} == {
        "k2": (500, unit), "k3": (200, unit),
    }  # fmt: skip


def test_payments_with_and_without_yuan_are_one_sum() -> None:
    money = case(paid("k1", "k2", DAYS[0], 500.0), paid("k1", "k2", DAYS[1], 200.0, currency="CNY"))
    assert ask(money, "k1")["k2"]["quantity_max"] == 700


def test_of_several_units_the_one_most_rows_tell_is_shown_and_the_others_are_noted() -> None:
    links = [
        supply("a", "c", DAYS[0], quantity=6.0), supply("a", "c", DAYS[1], quantity=4.0),
        supply("a", "c", DAYS[2], quantity=3.0, unit="bottle", properties={"product": "水"}),
    ]  # fmt: skip
    answer = TRACE.ask(case(*links), id="a", direction="forward")
    (row,) = answer.rows
    assert (row["quantity_min"], row["quantity_max"], row["unit"]) == (10, 10, "box")
    assert any("do not convert" in note and "c: 3–3 bottle" in note for note in answer.notes)


def test_beside_goods_in_one_unit_none_in_another_is_not_noted() -> None:
    """The kilogram that k kept may at most have gone back to m unseen; exactly asked, none of it went into the lot."""
    powder = {"product": "粉", "batch": "R"}
    links = [
        supply("m", "k", "2024-01-01", quantity=6.0, unit="kg", properties=powder), link("CONTROLS", "k", "p1"),
        link("DONE_AT", "t1", "p1", on="2024-01-03"),
        link("INPUT_OF", "batch:粉|R", "t1", "1", on="2024-01-03", quantity=5.0, unit="kg"),
        link("OUTPUT_AS", "t1", "batch:片|B", on="2024-01-03", quantity=100.0, unit="box"),
        supply("k", "s", "2024-01-05", batch="B", quantity=90.0), link("SEIZED_FROM", "s1", "s", on="2024-01-09"),
        link("OF_BATCH", "s1", "batch:片|B", on="2024-01-09", quantity=40.0, unit="box"),
    ]  # fmt: skip
    answer = TRACE.ask(case(*links), id="s1", direction="back", exact="all")
    (row,) = [row for row in answer.rows if row["id"] == "k"]
    assert (row["quantity_min"], row["quantity_max"], row["unit"]) == (40, 40, "box")
    assert not any("do not convert" in note for note in answer.notes)


@pytest.mark.parametrize("exact", [None, "all"])
def test_who_is_reached_by_goods_is_told_in_goods_and_who_by_payments_only_in_money(exact: str | None) -> None:
    """From a party with an account, some of whose goods and money no row brings."""
    links = [
        supply("a", "b", DAYS[0], batch="B"), supply("c", "a", DAYS[0], batch="A"), link("HOLDS", "a", "k1"),
        link("HOLDS", "c", "k2"), link("HOLDS", "b", "k3"), paid("k1", "k2", DAYS[4], 90.0),
        paid("k3", "k1", DAYS[3], 100.0),
    ]  # fmt: skip
    forward = ask(case(*links), "a", follow="goods,money", exact=exact)
    told = {node: (row["quantity_max"], row["unit"]) for node, row in forward.items() if node != "k1"}
    assert told == {"b": (10, "box"), "k2": (90, "CNY"), "c": (90, "CNY"), "k3": (None, None)}  # it paid for the goods
    back = ask(case(*links), "a", "back", follow="goods,money", exact=exact)
    told = {node: (row["quantity_max"], row["unit"]) for node, row in back.items() if node != "k1"}
    assert told == {"c": (10, "box"), "k3": (100, "CNY"), "b": (100, "CNY"), "k2": (None, None)}  # c was paid on it
    called = ask(case(*links[:2], link("USES", "a", "f1"), link("USES", "c", "f2"),
                      link("CALLED", "f1", "f2", "1", on="2024-01-05")), "a", follow="goods,calls")  # fmt: skip
    assert (called["b"]["quantity_max"], called["c"]["quantity_max"], called["c"]["unit"]) == (10, None, None)


def test_going_back_from_a_batch_who_received_it_last_is_no_source() -> None:
    links = [supply("a", "b", DAYS[0], batch="B"), supply("b", "c", DAYS[1], batch="B")]
    assert set(ask(case(*links, link("OF_BATCH", "s1", "batch:片|B", "1")), "batch:片|B", "back")) == {"a", "b"}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_convention_tells_of_all_but_what_comes_of_a_recipe(convention: str) -> None:
    day = "2024-01-03"
    links = [
        supply("m", "k", DAYS[0], quantity=4.0, unit="kg", properties={"product": "粉", "batch": "R"}),
        supply("n", "k", DAYS[0], quantity=2.0, unit="kg", properties={"product": "胶", "batch": "G"}),
        supply("m", "x", DAYS[0], quantity=1.0, unit="kg", properties={"product": "粉", "batch": "R"}),
        link("CONTROLS", "k", "p1"), link("DONE_AT", "t1", "p1", on=day),
        link("INPUT_OF", "batch:粉|R", "t1", "1", on=day, quantity=4.0, unit="kg"),
        link("INPUT_OF", "batch:胶|G", "t1", "2", on=day, quantity=2.0, unit="kg"),
        link("OUTPUT_AS", "t1", "batch:片|B", "3", on=day, quantity=100.0, unit="box"),
        supply("k", "y", DAYS[5], batch="B", quantity=60.0),
    ]  # fmt: skip
    answer = TRACE.ask(case(*links), id="m", direction="forward", convention=convention)
    told = {row["id"]: row["by_convention"] for row in answer.rows}
    assert (told["x"], told["y"]) == (1, None)
    assert any("recipe of several inputs" in note and "y" in note for note in answer.notes)


def test_who_is_whom_is_worked_out_once_for_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path, 200, 3)
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    start = next(row["id"] for row in casebook.search("KY2023").rows)
    first = casebook.trace(start).rows
    monkeypatch.setattr(SameHands, "of", None)
    assert casebook.trace(start).rows == first
    made = np.array([[1], [2], [3]])
    network = casebook.network()
    assert snapshot.kept(str(tmp_path / "casebook"), network, "other-1", lambda: made).tolist() == made.tolist()
    assert snapshot.kept(str(tmp_path / "casebook"), network, "other-1", lambda: made * 0).tolist() == made.tolist()
