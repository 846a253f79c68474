"""Whether the truth is true: balances, cuts, refused rows, numbers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import networkx as nx
import phonenumbers
import pytest
from stdnum import luhn
from stdnum.cn import uscc

from graphkit.sample.places import COUNTIES
from tests.sample.conftest import Sample
from tests.sample.reading import grids_of

USED_UP = ("used", "sent", "stock", "seized", "sampled", "bought", "sold", "lost")


def test_every_batch_balances_at_every_stage(sample: Sample, large: Sample) -> None:
    for batch in sample.truth["batches"] + large.truth["batches"]:
        for stage, amounts in batch["stages"].items():
            came = amounts.get("made", 0) + amounts.get("received", 0)
            assert came == pytest.approx(sum(amounts.get(name, 0) for name in USED_UP), abs=1e-6), (
                batch["batch"],
                stage,
            )


def test_what_was_made_is_used_sold_in_stock_seized_or_lost(sample: Sample) -> None:
    for batch in sample.truth["batches"]:
        total = dict(batch["total"])
        assert total.pop("made") == pytest.approx(sum(total.values()))


def test_no_transformation_makes_more_than_went_in(sample: Sample) -> None:
    units = {(b["product"], b["batch"]): b["unit"] for b in sample.truth["batches"]}
    for item in sample.truth["transformations"]:
        assert item["quantity"] > 0
        if units[item["product"], item["batch"]] == "box":
            assert sum(i["quantity"] for i in item["inputs"]) >= item["quantity"]


def test_deliveries_are_what_the_stages_sent(sample: Sample) -> None:
    sent: dict[tuple[str, str], float] = defaultdict(float)
    for move in sample.truth["movements"]:
        sent[move["product"], move["batch"]] += move["quantity"]
    for batch in sample.truth["batches"]:
        if batch["kind"] != "hidden":
            total = sum(amounts.get("sent", 0) for amounts in batch["stages"].values())
            assert sent[batch["product"], batch["batch"]] == pytest.approx(total)


def test_nothing_leaves_before_it_came(sample: Sample) -> None:
    came: dict[tuple[str, str, str], str] = {}
    made = {(b["product"], b["batch"]): b["made_at"] for b in sample.truth["batches"]}
    for move in sorted(sample.truth["movements"], key=lambda m: str(m["arrived"])):
        goods = (move["product"], move["batch"])
        assert made[goods] <= move["sent"] < move["arrived"] < "2024-12-26"
        came.setdefault((*goods, move["buyer"]), move["arrived"])
        if (*goods, move["seller"]) in came:
            assert came[*goods, move["seller"]] < move["sent"]


def test_the_lack_of_what_the_hidden_source_gave_shows_in_the_records(sample: Sample) -> None:
    received = {(m["product"], m["batch"]) for m in sample.truth["movements"]}
    hidden = {(d["product"], d["batch"]): d["quantity"] for d in sample.truth["hidden_source"]["deliveries"]}
    used: dict[tuple[str, str], float] = defaultdict(float)
    for item in sample.truth["transformations"]:
        for given in item["inputs"]:
            if (given["product"], given["batch"]) not in received:
                used[given["product"], given["batch"]] += given["quantity"]
    assert used == hidden


def _chain(sample: Sample) -> tuple[nx.DiGraph[str], set[str], set[str]]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    genuine = {(b["product"], b["batch"]) for b in sample.truth["batches"] if b["kind"] == "genuine"}
    moves = [m for m in sample.truth["movements"] if (m["product"], m["batch"]) not in genuine]
    graph.add_edges_from((m["seller"], m["buyer"]) for m in moves)
    return graph, {s["id"] for s in sample.truth["sources"]}, {m["buyer"] for m in moves if m["stage"] == "retail"}


def test_without_the_key_people_no_chain_is_left(sample: Sample) -> None:
    graph, sources, retailers = _chain(sample)
    key = {person["id"] for person in sample.truth["key_people"]}
    assert any(nx.descendants(graph, source) & retailers for source in sources if source in graph)
    graph.remove_nodes_from(key)
    assert not any(nx.descendants(graph, source) & retailers for source in sources if source in graph)


def test_sparing_one_of_the_key_people_leaves_a_chain(sample: Sample) -> None:
    key = {person["id"] for person in sample.truth["key_people"] if person["boxes_sent"]}
    for spared in key:
        graph, sources, retailers = _chain(sample)
        graph.remove_nodes_from(key - {spared})
        assert any(nx.descendants(graph, source) & retailers for source in sources if source in graph)


def test_refused_rows_stand_where_the_truth_says(sample: Sample) -> None:
    assert len(sample.truth["refused"]) >= 4
    assert {r["reason"] for r in sample.truth["refused"]} >= {"rounded_number", "missing"}
    for told in sample.truth["refused"] + sample.truth["refused_cells"]:
        row, column = _row(sample, told)
        assert _shown(row[column]) == told["value"], told


def _row(sample: Sample, told: dict[str, Any]) -> tuple[list[object], int]:
    grid = grids_of(sample.folder / told["file"])[told["sheet"]]
    heads = [[str(cell or "").replace("\n", "") for cell in row] for row in grid]
    column = next(row.index(told["header"]) for row in heads if told["header"] in row)
    return grid[told["row"] - 1], column


def _shown(cell: object) -> str:
    if isinstance(cell, int | float) and abs(cell) >= 1e15:
        return f"{float(cell):.5E}"
    return "" if cell is None else str(cell)


def test_totals_and_repeated_rows_stand_where_the_truth_says(large: Sample) -> None:
    for told in large.truth["totals"]:
        grid = grids_of(large.folder / told["file"])[told["sheet"]]
        assert grid[told["row"] - 1][0] in ("合计", "total")
    assert large.truth["repeated"]
    for told in large.truth["repeated"][:6]:
        grid = grids_of(large.folder / told["file"])[told["sheet"]]
        first, second = (_record(grid[row - 1]) for row in told["rows"])
        assert first & second, told


def _record(row: list[object]) -> set[str]:
    return {str(cell).strip() for cell in row if isinstance(cell, str) and len(cell) >= 13}


def test_spellings_occur_where_the_truth_says(sample: Sample) -> None:
    assert any(len(person["spellings"]) > 1 for person in sample.truth["persons"])
    grids = {file.file: grids_of(sample.folder / file.file) for file in sample.written}
    for person in sample.truth["persons"]:
        for spelling, refs in person["rows"].items():
            for ref in refs:
                file, _, place = ref.partition("#")
                sheet, _, row = place.rpartition(":")
                cells = [_squeezed(cell) for cell in grids[file][sheet][int(row) - 1]]
                assert _squeezed(spelling) in cells, (spelling, ref)


def _squeezed(cell: object) -> str:
    return "".join(str(cell or "").split())


def test_rows_of_a_delivery_are_rows_of_it(sample: Sample) -> None:
    grids = {file.file: grids_of(sample.folder / file.file) for file in sample.written}
    told = [m for m in sample.truth["movements"] if set(m["rows"]) & {"supply", "supply_in", "waybill"}]
    assert len(told) == len(sample.truth["movements"])
    for move in told:
        for ref in move["rows"].get("supply", []):
            file, _, place = ref.partition("#")
            sheet, _, row = place.rpartition(":")
            text = " ".join(_squeezed(cell) for cell in grids[file][sheet][int(row) - 1])
            assert move["product"] in text


def test_numbers_are_valid_and_different(large: Sample) -> None:
    named = [*large.truth["sources"], *large.truth["raw_suppliers"], *large.truth["key_people"], *large.truth["mules"]]
    assert len({who["phone"] for who in named}) == len({who["id"] for who in named}) == len(named)
    for who in named:
        kind, _, number = who["id"].partition(":")
        assert uscc.is_valid(number) if kind == "company" else _is_resident_id(number)
        assert luhn.is_valid(who["account"])
        assert phonenumbers.is_valid_number(phonenumbers.parse(who["phone"], "CN"))


def _is_resident_id(number: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(c) * w for c, w in zip(number, weights, strict=False)) % 11]
    born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    return number[17] == check and number[:6] in {c.code for c in COUNTIES} and 1955 < born.year < 2005


def test_cases_of_one_ring_lie_apart(large: Sample) -> None:
    for group in large.truth["same_cases"]:
        assert len(group) >= 2
        assert len({case[1:3] for case in group}) >= 2  # provinces


def test_routes_carry_what_the_deliveries_carry(sample: Sample) -> None:
    total = sum(m["quantity"] for m in sample.truth["movements"])
    assert sum(route["quantity"] for route in sample.truth["routes"]) == pytest.approx(total)
    assert sum(route["deliveries"] for route in sample.truth["routes"]) == len(sample.truth["movements"])


def test_some_dens_are_registered_and_some_only_show_on_waybills(large: Sample) -> None:
    assert {den["registered"] for den in large.truth["dens"]} == {True, False}


def test_large_samples_list_no_deliveries(large: Sample) -> None:
    assert large.truth["movements"] is None
    assert all(person["rows"] is None for person in large.truth["persons"])
