"""Money of several currencies is traced currency by currency: none is lost for another being used more."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write

HEADER = "payment_id,payer_account,payee_account,amount,currency,paid_at"
ROWS = (
    "1,A000001,B000001,100,USD,2023-05-01 09:00",
    "2,A000001,B000001,700,,2023-05-01 10:00",
    "3,B000001,C000001,600,人民币,2023-05-02 09:00",
    "4,B000001,C000001,90,USD,2023-05-02 10:00",
    "5,B000001,D000001,40,EUR,2023-05-02 11:00",
    "6,B000001,D000001,40,EUR,2023-05-02 12:00",
    "7,B000001,D000001,40,EUR,2023-05-02 13:00",
    "8,B000001,E000001,10,USD,2023-05-02 14:00",
)


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(write(tmp_path, "pay.csv", HEADER, *ROWS))
    return casebook


@pytest.mark.parametrize("exact", [None, "all"])
def test_each_currency_has_its_figures(casebook: Casebook, exact: str | None) -> None:
    answer = casebook.trace("account:A000001", "forward", exact=exact)
    got = {row["id"][-7]: (row["quantity_min"], row["quantity_max"], row["unit"]) for row in answer.rows}
    assert got == {"B": (100, 100, "USD"), "C": (90, 90, "USD"), "D": (None, None, None), "E": (10, 10, "USD")}
    (beside,) = (note for note in answer.notes if note.startswith("Beside"))
    assert "account:B000001: 700–700 CNY; account:C000001: 600–600 CNY" in beside
    assert any("EUR (3 payments)" in note for note in answer.notes)


def test_a_currency_that_others_use_more_does_not_hide_that_of_the_start(casebook: Casebook) -> None:
    rows = casebook.trace("account:E000001", "back").rows
    assert [(row["id"][-7], row["quantity_max"], row["unit"]) for row in rows] == [("B", 10, "USD"), ("A", 10, "USD")]
