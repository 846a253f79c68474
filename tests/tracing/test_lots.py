"""Lots through a workshop of which every piece is known: what rows that name no lot may have carried of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import graphkit
from graphkit.analyses.tracing.sources import SOURCES
from graphkit.analyses.tracing.trace import TRACE
from graphkit.store.base import Link
from tests.network.memory_store import link
from tests.tracing.test_rules import ask, case, made_at, supply

MAKER, DEALERS = "m", "abcd"


@dataclass
class Workshop:
    """A maker with a place, dealers, where each piece is, and of which lots it was; `came` by taker and lot."""

    rng: random.Random
    stock: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # by holder and lot
    lots: dict[str, set[int]] = field(default_factory=dict)
    came: dict[tuple[str, str], int] = field(default_factory=dict)
    links: list[Link] = field(default_factory=lambda: [link("CONTROLS", MAKER, "p1")])
    hour: int = 0
    pieces: int = 0

    def now(self) -> str:
        self.hour += self.rng.randint(1, 9)
        return f"2024-01-{1 + self.hour // 24:02}T{self.hour % 24:02}:00:00"

    def take(self, holder: str, lot: str) -> list[int]:
        have = self.stock[holder, lot]
        taken = self.rng.sample(have, self.rng.randint(1, len(have)))
        self.stock[holder, lot] = [piece for piece in have if piece not in taken]
        return taken

    def put(self, holder: str, lot: str, pieces: list[int]) -> None:
        self.stock.setdefault((holder, lot), []).extend(pieces)

    def make(self, lot: str, of: str = "") -> None:
        """A lot out of nothing that rows tell, or of pieces of another one."""
        name, at = f"t{len(self.links)}", self.now()
        pieces = self.take(MAKER, of) if of else list(range(self.pieces, self.pieces + self.rng.randint(2, 5)))
        self.pieces += 0 if of else len(pieces)
        told = {"at": at, "quantity": float(len(pieces)), "unit": "box"}
        self.links += [link("DONE_AT", name, "p1", at=at), link("OUTPUT_AS", name, f"batch:片|{lot}", **told)]
        self.links += [link("INPUT_OF", f"batch:片|{of}", name, **told)] if of else []
        self.put(MAKER, lot, pieces)
        self.lots.setdefault(lot, set()).update(pieces)

    def move(self, giver: str, lot: str) -> None:
        """A delivery; every third row or so leaves out the lot."""
        taker = self.rng.choice([each for each in (MAKER, *DEALERS) if each != giver])
        pieces, named = self.take(giver, lot), lot if self.rng.random() < 0.6 else ""
        self.put(taker, lot, pieces)
        self.links.append(
            supply(giver, taker, self.now(), number=str(len(self.links)), batch=named, quantity=float(len(pieces)))
        )
        for each, theirs in self.lots.items():
            self.came[taker, each] = self.came.get((taker, each), 0) + len(theirs & set(pieces))


def workshop(seed: int) -> Workshop:
    found = Workshop(random.Random(seed))
    found.make("A")
    found.make("B")
    for _ in range(found.rng.randint(3, 8)):
        giver, lot = found.rng.choice(sorted(key for key, pieces in found.stock.items() if pieces))
        if giver == MAKER and lot in "AB" and found.rng.random() < 0.3:
            found.make("C", lot)
        else:
            found.move(giver, lot)
    return found


@pytest.mark.parametrize("seed", range(14))
def test_of_a_lot_what_came_lies_within_the_bounds_though_rows_name_no_lot(seed: int) -> None:
    world = workshop(seed)
    casefile = case(*world.links)
    for lot in world.lots:
        for given in ({}, {"exact": "all"}):
            rows = ask(casefile, f"batch:片|{lot}", **given)
            for taker in DEALERS:
                true = world.came.get((taker, lot), 0)
                assert taker in rows or not true, (lot, taker)
                if taker in rows:
                    low, high = rows[taker]["quantity_min"], rows[taker]["quantity_max"]
                    assert low <= true <= high, (lot, taker, given)


def test_goods_of_no_lot_from_who_made_it_may_be_of_it_from_then_on() -> None:
    """No row names the lot but that of its making: what left the place before is none of it, what left later may be."""
    bare = [supply("m", "w", "2024-02-20", quantity=5.0), supply("m", "x", "2024-04-01", quantity=7.0)]
    rows = ask(case(*made_at("p1"), *bare), "batch:片|B")
    assert set(rows) == {"p1", "m", "x"}
    assert (rows["x"]["quantity_min"], rows["x"]["quantity_max"]) == (7, 7)  # of nothing else is told
    other = [link("DONE_AT", "t2", "p1", on="2024-03-02"),
             link("OUTPUT_AS", "t2", "batch:片|C", on="2024-03-02", quantity=3.0, unit="box")]  # fmt: skip
    rows = ask(case(*made_at("p1"), *bare, *other), "batch:片|B")
    assert (rows["x"]["quantity_min"], rows["x"]["quantity_max"], rows["x"]["bound"]) == (4, 7, "outer")
    found = [link("OF_BATCH", "s1", "batch:片|B", on="2024-05-01", quantity=2.0, unit="box"),
             link("SEIZED_FROM", "s1", "z", on="2024-05-01")]  # fmt: skip
    assert "x" in ask(case(*made_at("p1"), *bare, *found), "s1")  # where is the rest of what was found?


def test_a_find_leads_to_where_its_lot_was_made_though_no_row_tells_of_what_nor_of_its_way() -> None:
    found = [link("OF_BATCH", "s1", "batch:片|B", on="2024-05-01", quantity=2.0, unit="box"),
             link("SEIZED_FROM", "s1", "z", on="2024-05-01")]  # fmt: skip
    casefile = case(*made_at("p1"), *found, supply("w", "m", "2024-02-01", batch="R"))
    rows = ask(casefile, "s1", "back")
    assert set(rows) == {"batch:片|B", "z", "t1", "p1", "m"}
    assert (rows["m"]["quantity_min"], rows["m"]["quantity_max"]) == (2, 2)
    assert {row["id"]: row["score"] for row in SOURCES.ask(casefile).rows} == {"z": 1, "p1": 1, "m": 1}


def test_what_if_nothing_had_gone_over_a_link() -> None:
    links = [
        supply("a", "c", "2024-01-01", "1"),
        supply("c", "d", "2024-01-02", "2"),
        supply("c", "e", "2024-01-03", "3"),
    ]
    casefile, out = case(*links), [links[1].link]
    assert set(ask(casefile, "a")) == {"c", "d", "e"}
    assert set(ask(casefile, "a", without=out)) == {"c", "e"}
    assert set(ask(casefile, "d", "back", without=out)) == set()
    assert not TRACE.ask(casefile, id="a", direction="forward", explain="d", without=out).rows
    assert [row["step"] for row in TRACE.ask(casefile, id="a", direction="forward", explain="e", without=out).rows] == [
        1,
        2,
    ]


def test_where_nothing_is_found_it_is_said_what_was_asked() -> None:
    """The boxes were found in May: until April nothing is known of them."""
    found = [link("OF_BATCH", "s1", "batch:片|B", on="2024-05-01", quantity=2.0, unit="box"),
             link("SEIZED_FROM", "s1", "z", on="2024-05-01")]  # fmt: skip
    casefile = case(*found, supply("w", "z", "2024-02-01", batch="B"))
    answer = TRACE.ask(casefile, id="s1", direction="back", until="2024-04-01")
    assert not answer.rows
    assert "--until" in answer.notes[0]
    assert TRACE.ask(casefile, id="w", direction="back").notes[0].endswith("from it.")


def test_by_lots_alone_it_is_said_whose_deliveries_were_not_followed(tmp_path: Path) -> None:
    """FoodChain-Lab's rules leave out a first seller whose row names no lot; so be it, but not in silence."""
    sales = (
        "supply_id,seller,buyer,product,batch,quantity,unit,supplied_at\n"
        "S1,甲,乙,药,,9,box,2024-01-02\nS2,乙,丙,药,B1,9,box,2024-01-04\n"
        "S3,丁,乙,药,B2,9,box,2024-01-02\nS4,戊,乙,药,,9,box,2024-01-09\n"
    )
    (tmp_path / "sales.csv").write_text(sales, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "sales.csv", strict=True)
    for answer in (casebook.trace("batch:药|B1", lots_only=True), casebook.sources(["batch:药|B1"], lots_only=True)):
        assert "甲" not in {row["name"] for row in answer.rows}
        (note,) = (note for note in answer.notes if "--lots-only" in note)
        assert "supply:S1|" in note and "#1:2)" in note
        assert not {"S2", "S3", "S4"} & {part.partition("|")[0] for part in note.split("supply:")}  # led on; others
    freely = (casebook.trace("batch:药|B1"), casebook.sources(["batch:药|B1"]))
    for answer in freely:
        assert "甲" in {row["name"] for row in answer.rows}
        assert not any("--lots-only" in note for note in answer.notes)
