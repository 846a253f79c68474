"""Lines of a statement that take a payment back: neither moved money."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import write

OWN, OTHER, THIRD = "6217000010001112223", "6222020200112233445", "6228480402564890018"
HEADER = "流水号,交易时间,本方账号,借贷标志,交易金额,对方账号,摘要"
PAID = f"1,2026-01-02 10:00:00,{OWN},借,500,{OTHER},转账"


def loaded(tmp_path: Path, *lines: str, header: str = HEADER) -> tuple[list[str], list[int], tuple[str, ...]]:
    """The numbers of the payments that are in the casebook, how many rows were accepted and refused, the notes."""
    casebook = graphkit.open(tmp_path / "book")
    report = casebook.load(write(tmp_path, "bank.csv", header, *lines))
    there = [str(number) for number in range(1, 7) if casebook.store.links([f"PAID:payment:{number}"])]
    return there, [report.rows[0]["accepted"], report.rows[0]["rejected"]], report.notes


TAKEN_BACK = (
    "冲正", "转账冲正", "冲正交易", "退汇", "跨行退汇 账号户名不符", "交易撤销", "抹账", "汇款退回", "冲正：原流水1",
    "Reversal", "payment reversal of 1", "CHARGEBACK", "returned payment",
)  # fmt: skip
NOT = "退款", "未冲正", "冲正后重新转账", "货款", "not a reversal", "Reversaline Ltd"


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_payment_and_the_line_that_says_it_takes_it_back_moved_nothing(tmp_path: Path, newest_first: bool) -> None:
    """Money that came back without a word that the payment was undone is a payment: a refund."""
    lines = []
    for amount, word in enumerate((*TAKEN_BACK, *NOT), start=500):
        lines.append(f"A{amount},2026-01-02 10:00:00,{OWN},借,{amount},{OTHER},转账")
        lines.append(f"B{amount},2026-01-02 10:20:00,{OWN},贷,{amount},{OTHER},{word}")
    casebook = graphkit.open(tmp_path / "book")
    report = casebook.load(write(tmp_path, "bank.csv", HEADER, *(lines[::-1] if newest_first else lines)))
    assert (report.rows[0]["accepted"], report.rows[0]["rejected"]) == (2 * len(NOT), 2 * len(TAKEN_BACK))
    moved = {link.amount for link in casebook.store.links_of([f"account:{OWN}"]) if link.kind == "PAID"}
    assert moved == {500 + len(TAKEN_BACK) + i for i in range(len(NOT))}
    assert any("payments that were taken back" in note for note in report.notes)


def test_a_reversal_of_nothing_that_stands_there_is_kept_and_named(tmp_path: Path) -> None:
    there, counts, notes = loaded(
        tmp_path,
        f"1,2026-01-02 10:20:00,{OWN},贷,499,{OTHER},冲正",  # of another amount
        f"2,2026-01-02 10:20:00,{OWN},贷,500,{THIRD},冲正",  # from somebody else
        f"3,2026-01-02 10:20:00,{OWN},借,500,{OTHER},冲正",  # in the same direction
        f"4,2026-01-01 10:20:00,{OWN},贷,500,{OTHER},冲正",  # before
        f"5,2026-03-02 10:20:00,{OWN},贷,500,{OTHER},冲正",  # long after
        PAID.replace("1,", "6,", 1),
    )
    assert (there, counts) == (["1", "2", "3", "4", "5", "6"], [6, 0])
    assert any("no such payment" in note and note.endswith("row 2, 3, 4, 5, 6") for note in notes)


def test_each_payment_is_taken_back_once_the_latest_first(tmp_path: Path) -> None:
    lines = (
        PAID,
        f"2,2026-01-02 11:00:00,{OWN},借,500,{OTHER},转账",
        f"3,2026-01-02 11:01:00,{OWN},贷,500,{OTHER},冲正",
        f"4,2026-01-02 12:00:00,{OWN},借,500,{OTHER},转账",
    )
    assert loaded(tmp_path, *lines)[0] == ["1", "4"]


def test_a_reversal_that_names_no_other_side_takes_back_the_payment_of_its_account(tmp_path: Path) -> None:
    assert loaded(tmp_path, PAID, f"2,2026-01-02 10:20:00,{OWN},贷,500,,冲正")[0] == []


def test_a_sign_and_the_word_together_take_the_payment_back(tmp_path: Path) -> None:
    assert loaded(tmp_path, PAID, f"2,2026-01-02 10:20:00,{OWN},借,-500,{OTHER},冲正")[0] == []


def test_a_column_of_marks_tells_the_one_and_the_other(tmp_path: Path) -> None:
    header = HEADER.replace("摘要", "冲正标志")
    lines = (
        f"1,2026-01-02 10:00:00,{OWN},借,500,{OTHER},被冲正",
        f"2,2026-01-02 10:20:00,{OWN},贷,500,{OTHER},冲正",
        f"3,2026-01-02 10:30:00,{OWN},借,500,{OTHER},正常",
    )
    assert loaded(tmp_path, *lines, header=header)[0] == ["3"]


def test_a_list_of_who_paid_whom_is_read_alike(tmp_path: Path) -> None:
    header = "流水号,付款账号,收款账号,金额,交易时间,备注"
    lines = f"1,{OWN},{OTHER},500,2026-01-02,", f"2,{OTHER},{OWN},500,2026-01-02,退汇"
    assert loaded(tmp_path, *lines, header=header)[0] == []


def test_what_was_taken_back_is_in_no_trace_and_stands_in_the_rejects(tmp_path: Path) -> None:
    casebook = graphkit.open(tmp_path / "book")
    lines = (
        PAID,
        f"2,2026-01-02 10:20:00,{OWN},贷,500,{OTHER},退汇",
        f"3,2026-01-03 09:00:00,{OWN},借,300,{THIRD},转账",
    )
    (row,) = casebook.load(write(tmp_path, "bank.csv", HEADER, *lines), rejects=tmp_path / "rejects").rows
    reached = [row["id"] for row in casebook.trace(f"account:{OWN}", direction="forward", follow="money").rows]
    assert reached == [f"account:{THIRD}"]
    assert "no money moved" in Path(row["rejects_file"]).read_text("utf-8-sig")
