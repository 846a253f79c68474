"""On the sample: how much of what went into a seized lot is in what was seized, as the truth tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import graphkit
from graphkit.sample import write_sample

SIZE = 400


@pytest.mark.parametrize("seed", [2, 9, 21])
def test_what_was_seized_is_traced_to_what_went_into_it(tmp_path: Path, seed: int) -> None:
    write_sample(tmp_path, SIZE, seed)
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    made = {(one["product"], one["batch"]): one for one in truth["transformations"]}
    network, exactly, ranges = casebook.network(), 0, 0
    for seizure in network.ids.take(network.of_kinds("Seizure")):
        rows = {row["id"]: row for row in casebook.trace(seizure).rows}
        bounds = [(row["quantity_min"], row["quantity_max"]) for row in rows.values()]
        assert all(least <= most for least, most in bounds if most is not None)
        seized = [row for row in rows.values() if row["kind"] == "Batch" and row["hops"] == 1]
        if len(seized) != 1 or seized[0]["quantity_max"] is None:
            continue
        product, _, number = seized[0]["id"].removeprefix("batch:").rpartition("|")
        much = seized[0]["quantity_max"]
        assert seized[0]["quantity_min"] == much
        origin = made.get((product, number))
        told = [rows.get(f"batch:{one['product']}|{one['batch']}") for one in origin["inputs"]] if origin else []
        if not origin or None in told or not _one_transformation(rows):
            continue
        whole = sum(one["quantity"] for one in origin["inputs"]) * much / origin["quantity"]
        for one, row in zip(origin["inputs"], told, strict=True):
            assert row is not None
            assert (
                row["quantity_min"] - 1e-4 <= one["quantity"] * much / origin["quantity"] <= row["quantity_max"] + 1e-4
            )
            if len(told) == 1:
                assert row["quantity_min"] == pytest.approx(whole, abs=1e-4) == row["quantity_max"]
                exactly += 1
            ranges += 1
    assert exactly > 0 and ranges > 0


def _one_transformation(rows: dict[str, dict[str, object]]) -> bool:
    """Whether the seized lot itself was made in one recorded transformation."""
    return sum(row["kind"] == "Transformation" and row["hops"] == 2 for row in rows.values()) == 1
