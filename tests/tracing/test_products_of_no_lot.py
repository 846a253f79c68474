"""What went into a transformation, or came out, of which no row names the lot is told by its product."""

from __future__ import annotations

from graphkit.store.base import Link
from tests.network.memory_store import link
from tests.tracing.test_rules import ask, case, supply

CAPSULES = {"properties": {"product": "空心胶囊"}, "quantity": 9000.0, "unit": "capsule"}
MADE = [
    link("INPUT_OF", "product:空心胶囊", "t1", on="2024-01-03", quantity=5000.0, unit="capsule"),
    link("OUTPUT_AS", "t1", "product:片", on="2024-01-03", quantity=300.0, unit="box"),
]
AT_A_PLACE = [
    *MADE,
    link("CONTROLS", "bottler", "p1"),
    link("DONE_AT", "t1", "p1", on="2024-01-03"),
    supply("maker", "bottler", "2024-01-01", **CAPSULES),
    supply("bottler", "shop", "2024-01-05", quantity=100.0),
]


def much(links: list[Link], start: str, direction: str) -> dict[str, tuple[float, float, str]]:
    found = ask(case(*links), start, direction)
    return {node: (row["quantity_min"], row["quantity_max"], row["unit"]) for node, row in found.items()}


def test_from_a_transformation() -> None:
    assert much(AT_A_PLACE, "t1", "back")["product:空心胶囊"] == (5000, 5000, "capsule")
    assert much(AT_A_PLACE, "t1", "forward")["product:片"] == (300, 300, "box")
    for direction, product in (("back", "product:空心胶囊"), ("forward", "product:片")):
        assert set(much(MADE, "t1", direction)) == {product}  # where it was done no row tells


def test_through_a_transformation_and_no_further_than_rows_tell() -> None:
    forward, back = much(AT_A_PLACE, "maker", "forward"), much(AT_A_PLACE, "shop", "back")
    assert set(forward) == {"bottler", "p1", "t1", "product:片", "shop"}
    assert forward["product:片"] == (300, 300, "box") and forward["shop"] == (100, 100, "box")
    assert set(back) == {"bottler", "p1", "t1", "product:空心胶囊", "maker"}
    least, most, unit = back["product:空心胶囊"]
    assert (round(least), round(most), unit) == (1667, 1667, "capsule")  # for the shop's hundred
