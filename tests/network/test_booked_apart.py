"""One transfer that two banks tell of at two times may be one payment: sure once, possible twice, and said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write

A, B, C, D = "6222020200012345678", "6217000010001111111", "6217000010003333333", "6217000010004444444"
BOTH = "流水号,付款账号,收款账号,金额,交易时间"
SIDED = "交易流水号,本方账号,本方户名,交易时间,借贷标志,交易金额,对方账号,对方户名"
MAY_BE_ONE = "These two may be one payment"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def said(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if note.startswith(MAY_BE_ONE)]


@pytest.mark.parametrize(
    ("other", "doubtful"),
    [
        ("X3,{B},{C},990,2024-03-02 00:10", True),  # booked on the next day
        ("X3,{B},{C},990,2024-03-01 18:00", True),  # told with the hour of another system
        ("X3,{B},{C},990,2024-03-02", True),
        ("X3,{B},{C},990,2024-03-04 13:00", False),
        ("X3,{B},{C},991,2024-03-02 00:10", False),
        ("X3,{B},{D},990,2024-03-02 00:10", False),
        ("X3,{C},{B},990,2024-03-02 00:10", False),  # a payment back is another
    ],
)
def test_as_much_between_the_same_two_within_a_day_may_be_one_payment(
    casebook: Casebook, tmp_path: Path, other: str, doubtful: bool
) -> None:
    write(tmp_path / "in", "one.csv", BOTH, f"1,{A},{B},1000,2024-03-01 10:00", f"3,{B},{C},990,2024-03-01 13:00")
    write(tmp_path / "in", "two.csv", BOTH, other.format(B=B, C=C, D=D))
    casebook.load(tmp_path / "in")
    for answer in (casebook.trace(A, "forward"), casebook.flows(what="money", within=True), casebook.patterns()):
        assert bool(said(answer.notes)) == doubtful, answer.command


def test_the_payment_is_sure_once_and_possible_twice(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "one.csv", BOTH, f"1,{A},{B},1000,2024-03-01 10:00", f"3,{B},{C},990,2024-03-01 13:00",
          f"4,{C},{D},990,2024-03-01 14:00")  # fmt: skip
    write(tmp_path / "in", "two.csv", BOTH, f"X3,{B},{C},990,2024-03-02 00:10")
    casebook.load(tmp_path / "in")
    (flow,) = casebook.flows(what="money", within=True).rows
    assert (flow["quantity_min"], flow["quantity_max"]) == (2980, 3970)
    back = {row["id"]: row for row in casebook.trace(C, "back").rows}
    assert (back[f"account:{B}"]["quantity_min"], back[f"account:{B}"]["quantity_max"]) == (990, 1980)
    answer = casebook.trace(A, "forward", exact="all")
    rows = {row["id"]: row for row in answer.rows}
    got, last = rows[f"account:{C}"], rows[f"account:{D}"]
    assert got["quantity_min"] <= 990 and got["quantity_max"] >= 1000 and got["bound"] == "outer"
    # were there two, B had 980 more of whatever origin by the second, and D may have got these
    assert last["quantity_min"] <= 10 and last["quantity_max"] == 990
    assert not any("must have come unseen" in note and B in note for note in answer.notes)
    assert "PAID:payment:3 (" in said(answer.notes)[0] and "PAID:payment:X3 (" in said(answer.notes)[0]


def test_a_pattern_counts_it_once_at_least_and_twice_at_most(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "one.csv", BOTH, f"1,{A},{C},1000,2024-03-01 10:00", f"3,{B},{C},990,2024-03-01 13:00",
          f"4,{C},{D},1990,2024-03-02 14:00")  # fmt: skip
    write(tmp_path / "in", "two.csv", BOTH, f"X3,{B},{C},990,2024-03-01 18:00")
    casebook.load(tmp_path / "in")
    told = ("payments", "payments_max", "amount", "amount_max")
    rows = {row["pattern"]: tuple(row[name] for name in told) for row in casebook.patterns(count=2, share=0.5).rows}
    assert rows["fan-in"] == (2, 3, 1990, 2980)
    # of the one sure payment and the other either may be what went on
    assert rows["pass-through"] == (3, 4, 1000, 1990)
    (sure,) = casebook.patterns(pattern="fan-in", count=2, hours=4).rows
    assert tuple(sure[name] for name in told) == (2, None, 1990, None)


def test_what_has_its_like_in_the_other_file_is_no_other_payment(casebook: Casebook, tmp_path: Path) -> None:
    days = [f"{n},{A},{B},500,2024-03-0{n} 10:00:00" for n in range(1, 5)]
    write(tmp_path / "in", "one.csv", BOTH, *days)
    write(tmp_path / "in", "two.csv", BOTH, *(f"X{day}" for day in days))
    casebook.load(tmp_path / "in")
    answer = casebook.flows(what="money", within=True)
    assert [(row["quantity_min"], row["quantity_max"]) for row in answer.rows] == [(2000, 2000)]
    assert not said(answer.notes)


def test_one_account_s_own_statements_do_not_tell_of_one_payment_twice(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "march.csv", SIDED, f"1,{A},赵,2024-03-31 13:00:00,借,990,{B},钱")
    write(tmp_path / "in", "april.csv", SIDED, f"2,{A},赵,2024-04-01 09:00:00,借,990,{B},钱")
    casebook.load(tmp_path / "in")
    answer = casebook.flows(what="money", within=True)
    assert [(row["quantity_min"], row["quantity_max"]) for row in answer.rows] == [(1980, 1980)]
    assert not said(answer.notes)
