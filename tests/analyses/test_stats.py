"""stats counts each thing once, converts masses, keeps ranges, and rolls regions up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graphkit.analyses.lookup.stats import MEASURES, STATS
from graphkit.errors import RequestError
from graphkit.store.base import Link, Statement
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement


def _seizure(number: str, region: str = "") -> list[Statement]:
    stated = [statement(f"seizure:{number}", "Seizure", "number", number, f"s#1:{number[1:]}")]
    return [*stated, statement(f"seizure:{number}", "Seizure", "region", region)] if region else stated


STATEMENTS = [
    statement("case:K1", "Case", "number", "K1", "c#1:2"),
    statement("case:K1", "Case", "region", "530103", "c#1:2"),
    statement("case:K2", "Case", "number", "K2", "c#1:3", "c#1:10"),
    statement("case:K2", "Case", "region", "350200", "c#1:3"),
    statement("place:D1", "Place", "place_id", "D1"),
    statement("place:D1", "Place", "address", "云南省昆明市西山区某路1号"),
    statement("place:某地", "Place", "address", "某地"),
    statement("person:1", "Person", "name", "李伟"),
    statement("person:2", "Person", "name", "王芳"),
    statement("person:3", "Person", "name", "赵强"),
    statement("company:C", "Company", "name", "某公司"),
    statement("company:C", "Company", "address", "福建厦门思明区湖滨路1号"),
    statement("product:胶囊", "Product", "name", "胶囊"),
    statement("batch:胶囊|B1", "Batch", "number", "B1"),
    statement("account:1", "Account", "number", "1"),
    statement("account:2", "Account", "number", "2"),
    *_seizure("S1", "530103"),
    *_seizure("S2"),
    *_seizure("S3"),
]


def _goods(number: str, quantity: float | None, unit: str | None, amount: float | None = None, line: str = "") -> Link:
    content = {"quantity": quantity, "unit": unit, "amount": amount, "on": "2022-02-01"}
    return link("OF_PRODUCT", f"seizure:{number}", "product:胶囊", f"{number}{line}", **content)


LINKS = [
    _goods("S1", 2.0, "kg", 100.0),
    _goods("S1", 500.0, "g", None, "b"),
    _goods("S2", 30.0, "box", 50.5),
    _goods("S3", 4.0, "box"),
    _goods("S3", 6.0, "box"),  # another row of the same line disagrees
    link("OF_BATCH", "seizure:S1", "batch:胶囊|B1", "S1", quantity=2.0, unit="kg", amount=100.0),
    link("OF_PRODUCT", "batch:胶囊|B1", "product:胶囊", quantity=9.0, unit="kg"),
    link("IN_CASE", "seizure:S2", "case:K2"),
    link("SUSPECT_IN", "person:1", "case:K2"),
    link("SEIZED_FROM", "seizure:S1", "person:1", on="2022-02-01"),
    link("CONTROLS", "person:2", "place:D1"),
    link("PAID", "account:1", "account:2", "P1", amount=10.0),
    link("PAID", "account:1", "account:2", "P2", amount=5.0, currency="USD"),
    link("PAID", "account:2", "account:1", "P2", amount=7.0, currency="USD"),
]
CASE = RowsCasefile(STATEMENTS, LINKS)
Figures = dict[tuple[str, str, str | None], Any]


def _figures(**given: object) -> Figures:
    rows = STATS.ask(CASE, **given).rows
    return {
        (row["measure"], row["unit"], row["region"]): (row["value"], row["value_max"])
        if row["value_max"]
        else row["value"]
        for row in rows
    }


def test_national_figures() -> None:
    found = {(measure, unit): value for (measure, unit, _), value in _figures().items()}
    assert found[("cases", "entities")] == 2
    assert found[("dens", "entities")] == 1
    assert found[("suspects", "entities")] == 2
    assert found[("seizures", "entities")] == 3
    assert found[("seized_quantity", "kg")] == 2.5
    assert found[("seized_quantity", "box")] == (34, 36)
    assert found[("seized_value", "CNY")] == 150.5
    assert (found[("companies", "entities")], found[("persons", "entities")]) == (1, 3)
    assert found[("payments", "links")] == 2
    assert (found[("paid_amount", "CNY")], found[("paid_amount", "USD")]) == (10, (5, 7))
    assert found[("links:PAID", "links")] == 2 and found[("entities:Place", "entities")] == 2
    assert ("seized_quantity", "g") not in found


def test_every_measure_is_named() -> None:
    for measure, *_ in _figures():
        assert measure in MEASURES or measure.startswith(("entities:", "links:"))


def test_figures_by_region_roll_up() -> None:
    county = _figures(by="region", level="county")
    assert county[("seizures", "entities", "530103")] == 1
    assert county[("dens", "entities", "530112")] == 1  # by its address
    assert county[("cases", "entities", "350200")] == 1  # known to the city only
    assert county[("companies", "entities", "350203")] == 1
    assert county[("seized_quantity", "box", "350200")] == 30  # by its case
    assert county[("seized_quantity", "box", "unknown")] == (4, 6)
    assert county[("suspects", "entities", "530103")] == 1  # last seen at the seizure, not in the case
    city, province = _figures(by="region", level="city"), _figures(by="region")
    assert city[("seized_quantity", "kg", "530100")] == 2.5
    assert city[("suspects", "entities", "530100")] == 2
    assert province[("cases", "entities", "530000")] == province[("cases", "entities", "350000")] == 1
    assert not any(measure == "payments" for measure, *_ in province)


def test_regions_add_up_to_the_whole() -> None:
    whole = _figures()
    for level in ("province", "city", "county"):
        parts = _figures(by="region", level=level)
        for measure in ("cases", "dens", "suspects", "seizures", "companies"):
            assert sum(v for (m, _, _), v in parts.items() if m == measure) == whole[(measure, "entities", None)]


def test_rows_are_ordered_and_regions_named() -> None:
    rows = STATS.ask(CASE, by="region").rows
    assert [row["region"] for row in rows] == sorted((row["region"] for row in rows), key=lambda r: (r == "unknown", r))
    assert rows[0]["region_name"] == "福建省" and rows[-1]["region_name"] is None


def test_rows_behind_a_figure() -> None:
    rows = {(row["measure"], row["unit"]): row for row in STATS.ask(CASE).rows}
    assert rows[("cases", "entities")]["evidence"] == ["c#1:2", "c#1:3", "c#1:10"]
    assert len(rows[("paid_amount", "USD")]["evidence"]) == 1
    many = RowsCasefile([statement(f"case:{i:02}", "Case", "number", f"{i}", f"c#1:{i}") for i in range(21)], [])
    silent, told = STATS.ask(many), STATS.ask(many, evidence=True)
    assert silent.rows[0]["evidence"] == [] and "--evidence" in silent.notes[0]
    assert len(told.rows[0]["evidence"]) == 21 and told.notes == ()


def test_disagreement_is_noted() -> None:
    assert "range" in STATS.ask(CASE).notes[0]


def _seized(*lines: tuple[float, str, float | None]) -> Figures:
    """The figures of one seizure with these lines: quantity, unit, value."""
    goods = [_goods("seizure:S1|胶囊", *line, line=f"|{line[1]}") for line in lines]
    made = [replace(one, source="seizure:S1") for one in goods]
    rows = STATS.ask(RowsCasefile(STATEMENTS, made)).rows
    return {(row["measure"], row["unit"], None): row["value"] for row in rows if row["measure"].startswith("seized")}


def test_a_line_in_two_units_of_mass_counts_once() -> None:
    once = _seized((500.0, "g", None), (0.5, "kg", 80.0))
    assert once == {("seized_quantity", "kg", None): 0.5, ("seized_value", "CNY", None): 80.0}
    assert _seized((500.0, "g", 80.0), (0.5, "kg", 80.0)) == once
    different = _seized((500.0, "g", None), (2.0, "kg", 80.0))
    assert different == {("seized_quantity", "kg", None): 2.5, ("seized_value", "CNY", None): 80.0}


def test_one_number_of_two_sellers_is_noted() -> None:
    def sold(number: str, seller: str) -> Link:
        return link("SUPPLIED", seller, "person:3", f"supply:{number}", quantity=1.0, unit="box")

    links = [sold("7|胶囊||box", "person:1"), sold("7|片||box", "person:2"), sold("8|胶囊||box", "person:1")]
    (note,) = STATS.ask(RowsCasefile(STATEMENTS, links)).notes
    assert note == "One number, several sellers, so that one document may be two: 7 (李伟, 王芳)."
    assert STATS.ask(RowsCasefile(STATEMENTS, links[1:])).notes == ()


def test_an_empty_store_counts_nothing() -> None:
    empty = RowsCasefile([], [])
    assert {row["value"] for row in STATS.ask(empty).rows} == {0}
    assert STATS.ask(empty, by="region").rows == []


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(RequestError, match="province, city, county"):
        STATS.ask(CASE, level="town")
