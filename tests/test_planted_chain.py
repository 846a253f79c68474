"""The sample's planted chain, from the user's side: load the folder, ask for a plan, and nothing gets through.

Whether anything does is judged by the sample's truth, not by the records: with whom the plan hits and those in custody
gone from the true deliveries, no chain may lead from a maker to a retailer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphkit
from graphkit.analyses.breaking.custody import in_custody
from graphkit.analyses.parties.meant import meant
from graphkit.cli import run
from graphkit.sample import write_sample

LICENSED = ("licensed", "licensed_retail")


def _made(folder: Path, size: int, seed: int) -> tuple[Path, dict[str, Any]]:
    """A sample loaded into a casebook, and its truth."""
    write_sample(folder / "sample", size, seed)
    store = folder / "casebook"
    graphkit.open(store).load(folder / "sample")
    return store, json.loads((folder / "sample" / "truth.json").read_text(encoding="utf-8"))


def _who(rows: list[dict[str, Any]], truth: dict[str, Any]) -> set[str]:
    """The true actors whom the rows of a plan name: by their number, else by a name that only one goes by."""
    called = defaultdict[str, set[str]](set)
    for each in truth["persons"]:
        for name in (each["name"], *each["spellings"]):
            called[name].add(each["id"])
    numbered = {row["id"] for row in rows}
    names = (called[row["name"]] for row in rows)
    return numbered.union(*(some for some in names if len(some) == 1))


def _reached(truth: dict[str, Any], gone: set[str]) -> set[str]:
    """The retailers whom chains of true, unlicensed deliveries lead to from the makers."""
    onward, retailers = defaultdict[str, set[str]](set), set[str]()
    for each in truth["movements"]:
        if each["stage"] not in LICENSED and not {each["seller"], each["buyer"]} & gone:
            onward[each["seller"]].add(each["buyer"])
            retailers |= {each["buyer"]} if each["stage"] == "retail" else set()
    found = {each["id"] for each in truth["sources"]} - gone
    waiting = sorted(found)
    while waiting:
        more = onward[waiting.pop()] - found
        found |= more
        waiting += sorted(more)
    return found & retailers


def _held(store: Path) -> set[str]:
    book = graphkit.open(store)
    network = book.network()
    return set(network.ids.take(np.flatnonzero(in_custody(meant(book.store, network), book.store)).tolist()))


@pytest.mark.parametrize(("size", "seed"), [(300, 2), (900, 3), (2000, 4)])
def test_as_many_hits_as_there_are_key_people_break_the_planted_chain(tmp_path: Path, size: int, seed: int) -> None:
    store, truth = _made(tmp_path, size, seed)
    plan = graphkit.open(store).strike(len(truth["key_people"]), time_limit=20)
    assert plan.facts["objective"] == "flow" and plan.facts["optimal"]
    held, hit = _held(store), _who(plan.rows, truth)
    assert _reached(truth, held)  # those in custody alone do not break it
    assert not _reached(truth, held | hit)
    assert not hit & {each["id"] for each in truth["licensed"]}
    assert all(row["evidence"] for row in plan.rows)


def test_the_plan_reads_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, truth = _made(tmp_path, 300, 1)
    capsys.readouterr()
    told = {}
    for language in ("en", "zh"):
        assert run(["--store", str(store), "--lang", language, "strike", "--budget", "1", "--time-limit", "20"]) == 0
        told[language] = capsys.readouterr().out
    assert "Licensed trade is left out" in told["en"] and "不计持证经营" in told["zh"]
    assert all(truth["key_people"][0]["id"] in text for text in told.values())
