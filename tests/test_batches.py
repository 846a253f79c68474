"""A batch named without its product, over several files: the rule, as a user meets it."""

from __future__ import annotations

from pathlib import Path

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write

SEIZURE = "seizure_id,seized_at,product,batch,quantity,unit,holder"
TRANSFORMATION = "transformation_id,place_id,transformed_at,input_batch,output_product,output_batch"


def casebook(folder: Path, *products: str) -> Casebook:
    """Seizures of these products, all of batch B1, and a den that filled B1."""
    loaded = graphkit.open(folder / "casebook")
    rows = [f"K{i},2024-01-02,{product},B1,1,盒,王五" for i, product in enumerate(products)]
    loaded.load(write(folder, "seizures.csv", SEIZURE, *rows))
    loaded.load(write(folder, "den.csv", TRANSFORMATION, "T1,D1,2024-01-01,B1,药C,C1"))
    return loaded


def test_it_is_the_one_of_that_number(tmp_path: Path) -> None:
    one = casebook(tmp_path, "药A")
    assert one.path("seizure:K0", "transformation:T1").rows[0]["hops"] == 2
    figures = {row["measure"]: row["value"] for row in one.stats().rows}
    assert figures["entities:Batch"] == 2
    shown = one.show("batch:|B1").rows
    assert {row["id"] for row in shown} == {"batch:药A|B1"}
    assert {row["kind"] for row in shown} >= {"OF_BATCH", "INPUT_OF"}


def test_of_two_products_it_is_neither(tmp_path: Path) -> None:
    two = casebook(tmp_path, "药A", "药B")
    assert two.path("seizure:K0", "transformation:T1", max_hops=2).rows == []
    assert {row["id"] for row in two.show("batch:|B1").rows} == {"batch:|B1"}


def test_what_was_asserted_is_not_rewritten(tmp_path: Path) -> None:
    one = casebook(tmp_path, "药A")
    one.load(write(tmp_path, "more.csv", SEIZURE, "K9,2024-01-02,药B,B1,1,盒,王五"))
    assert one.path("seizure:K0", "transformation:T1", max_hops=2).rows == []
    one.unload("more.csv")
    assert one.path("seizure:K0", "transformation:T1", max_hops=2).rows[0]["hops"] == 2
