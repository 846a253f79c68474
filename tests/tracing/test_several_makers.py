"""A batch number that a second hand puts on his goods: rows that tell their way tell whose they are."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit.analyses.tracing.sources import SOURCES
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link
from tests.tracing.test_rules import ask, case, supply

FOUND = {"batch": "B", "product": "片"}


def relabelled(received: float = 40.0, **more: Any) -> RowsCasefile:
    """m makes B at p1 and sells it to h; r makes as much under the same number at p2, which d sells on to i."""
    made = [
        each for number, maker, place in (("t1", "m", "p1"), ("t2", "r", "p2"))
        for each in (
            link("CONTROLS", maker, place), link("DONE_AT", number, place, on="2024-01-02"),
            link("INPUT_OF", f"batch:草|{maker}", number, on="2024-01-02", quantity=100.0, unit="box"),
            link("OUTPUT_AS", number, "batch:片|B", on="2024-01-02", quantity=100.0, unit="box"),
        )
    ]  # fmt: skip
    ways = [
        supply("m", "h", "2024-01-05", batch="B", quantity=50.0),
        supply("r", "d", "2024-01-05", batch="B", quantity=80.0),
        supply("d", "i", "2024-01-07", batch="B", quantity=received),
    ]  # fmt: skip
    finds = [
        part for find, holder in (("s1", "i"), ("s2", "h"))
        for part in (
            link("SEIZED_FROM", find, holder, on="2024-01-09"),
            link("OF_BATCH", find, "batch:片|B", find, on="2024-01-09", quantity=40.0, unit="box", properties=FOUND),
        )
    ]  # fmt: skip
    return case(*made, *ways, *finds)


@pytest.mark.parametrize(("find", "maker", "other"), [("s1", "r", "m"), ("s2", "m", "r")])
def test_where_rows_tell_the_way_the_other_maker_is_no_source(find: str, maker: str, other: str) -> None:
    found = ask(relabelled(), find, "back")
    assert (found[maker]["quantity_min"], found[maker]["quantity_max"]) == (40, 40)
    assert found.keys().isdisjoint({other, "t1" if other == "m" else "t2", f"batch:草|{other}"})


def test_where_more_was_found_than_rows_brought_either_may_have_made_it() -> None:
    found = ask(relabelled(received=30.0), "s1", "back")
    assert {"m", "r"} <= found.keys()
    assert found["m"]["quantity_max"] == 10


def test_what_passed_speaks_against_its_own_maker_only() -> None:
    answer = SOURCES.ask(relabelled(), case=("s1",), passed=("s2",))
    rows = {row["id"]: row["net"] for row in answer.rows}
    assert rows["r"] == 1.0 and "m" not in rows
