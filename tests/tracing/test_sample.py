"""On the sample: from every seizure back to where its goods were made, as the truth tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit import Casebook
from graphkit.sample import write_sample

SIZE, SEED = 1000, 5
Goods = tuple[str, str]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Casebook, dict[str, Any]]:
    """A casebook of a sample, and its truth."""
    folder = tmp_path_factory.mktemp("planted")
    write_sample(folder, SIZE, SEED)
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "records")
    return casebook, json.loads((Path(folder) / "truth.json").read_text(encoding="utf-8"))


def _made_from(truth: dict[str, Any], lot: Goods) -> tuple[set[Goods], set[str]]:
    """The lots that went into this one, over any number of steps, and the places where that was done."""
    lots, places, todo = set[Goods](), set[str](), [lot]
    while todo:
        made = todo.pop()
        for item in truth["transformations"]:
            if (item["product"], item["batch"]) == made:
                places.add(item["place"])
                todo += [(one["product"], one["batch"]) for one in item["inputs"]]
                lots |= {(one["product"], one["batch"]) for one in item["inputs"]}
    return lots, places


def test_every_seizure_leads_back_to_its_planted_source(planted: tuple[Casebook, dict[str, Any]]) -> None:
    casebook, truth = planted
    network = casebook.network()
    sources = {one["place"] for one in truth["sources"]}
    led = 0
    for seizure in network.ids.take(network.of_kinds("Seizure")):
        lots = {row["id"] for row in casebook.trace(seizure, lots_only=True, hops=1).rows if row["kind"] == "Batch"}
        back = casebook.trace(seizure, lots_only=True)
        for lot in lots:
            product, _, number = lot.removeprefix("batch:").rpartition("|")
            made, places = _made_from(truth, (product, number))
            reached = {row["id"] for row in back.rows}
            assert {f"batch:{name}|{batch}" for name, batch in made} == {
                one for one in reached if one.startswith("batch:") and one not in lots
            }
            assert places <= reached
            led += bool(sources & places)
    assert led > 10


def test_forward_from_the_source_to_every_seizure_of_what_it_made(planted: tuple[Casebook, dict[str, Any]]) -> None:
    casebook, truth = planted
    source = truth["sources"][0]
    forward = {row["id"] for row in casebook.trace(source["place"], "forward", limit=100_000).rows}
    network = casebook.network()
    for seizure in network.ids.take(network.of_kinds("Seizure")):
        back = {row["id"]: row for row in casebook.trace(seizure, lots_only=True).rows}
        if any(f"|{number}" in one for number in source["batches"] for one in back):
            assert seizure in forward


def test_the_chain_to_the_source_stands_on_rows(planted: tuple[Casebook, dict[str, Any]]) -> None:
    casebook, truth = planted
    network, source = casebook.network(), truth["sources"][0]["place"]
    for seizure in network.ids.take(network.of_kinds("Seizure")):
        rows = casebook.trace(seizure, explain=source, limit=1).rows
        if rows and rows[0]["hops"] > 1:
            assert [row["step"] for row in rows] == list(range(1, rows[0]["hops"] + 1))
            assert rows[0]["to"] == seizure and rows[-1]["from"] == source
            assert all(casebook.evidence(*row["evidence"]).rows for row in rows)
            return
    pytest.fail("no seizure led to the source")
