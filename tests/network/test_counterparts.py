"""One payment that both banks' statements tell of, one call that both phones' lists do, is one to whatever counts."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphkit
from graphkit.casebook import Casebook
from graphkit.network.counterparts import RULES, Event, one_event
from tests.records.files import write

A, B, C, D = "6222020200012345678", "6217000010001111111", "6217000010003333333", "6217000010004444444"
OWN = "交易流水号,本方账号,本方户名,交易时间,借贷标志,交易金额,对方账号,对方户名"
BOTH = "流水号,付款账号,收款账号,金额,交易时间"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def figure(casebook: Casebook, measure: str) -> float:
    return next(row["value"] for row in casebook.stats().rows if row["measure"] == measure)


def test_a_transfer_told_by_both_banks_counts_once_with_the_rows_of_both(casebook: Casebook, tmp_path: Path) -> None:
    write(
        tmp_path / "in",
        "a.csv",
        OWN,
        f"1,{A},赵,2023-01-01 09:00:00,借,50000,{B},钱",
        f"2,{A},赵,2023-01-02 09:00:00,借,7000,{B},钱",
    )
    write(tmp_path / "in", "b.csv", OWN, f"CC77,{B},钱,2023-01-01 09:00:03,贷,50000.00,{A},赵")
    casebook.load(tmp_path / "in")
    assert (figure(casebook, "payments"), figure(casebook, "paid_amount"), figure(casebook, "links:PAID")) == (
        2,
        57000,
        2,
    )
    stats = casebook.stats()
    assert len(next(row for row in stats.rows if row["measure"] == "payments")["evidence"]) == 3
    assert any("1 payment" in note for note in stats.notes)
    (flow,) = casebook.flows(what="money", within=True).rows
    assert (flow["movements"], flow["quantity_max"], len(flow["evidence"])) == (2, 57000, 3)
    trace = casebook.trace(f"account:{A}", "forward", follow="money")
    got = next(row for row in trace.rows if row["id"] == f"account:{B}")
    assert (got["quantity_min"], got["quantity_max"]) == (57000, 57000)
    assert any("1 payment" in note for note in trace.notes)
    assert len(casebook.store.links(["PAID:payment:1", "PAID:payment:CC77"])) == 2  # nothing is rewritten


def test_an_account_told_by_its_card_and_by_its_number_is_one(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "opened.csv", "账号,卡号,户名,身份证号", f"{C},{B},钱,440305198001150112")
    write(tmp_path / "in", "a.csv", OWN, f"1,{A},赵,2023-01-01 09:00:00,借,50000,{C},钱")
    write(tmp_path / "in", "b.csv", OWN, f"CC77,{B},钱,2023-01-01 09:00:00,贷,50000.00,{A},赵")
    casebook.load(tmp_path / "in")
    (row,) = [row for row in casebook.trace(f"account:{A}", "forward").rows if row["name"] == "钱"]
    assert (row["quantity_min"], row["quantity_max"]) == (50_000, 50_000)
    (flow,) = casebook.flows(what="money", within=True).rows
    assert (flow["movements"], flow["quantity_max"]) == (1, 50_000)


@pytest.mark.parametrize(("first", "second", "count"), [(1, 1, 1), (2, 1, 2), (2, 2, 2), (2, 3, 3)])
def test_of_m_rows_in_one_file_and_n_in_the_other_the_greater_number_counts(
    casebook: Casebook, tmp_path: Path, first: int, second: int, count: int
) -> None:
    for name, rows in (("a", first), ("b", second)):
        write(tmp_path / "in", f"{name}.csv", BOTH, *(f"{name}{i},{A},{B},500,2023-01-01" for i in range(rows)))
    casebook.load(tmp_path / "in")
    assert figure(casebook, "payments") == count


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("2023-01-01 09:00:00", "2023-01-01 09:00:20", 1),
        ("2023-01-01 09:00", "2023-01-01 09:00:47", 1),  # told to the minute
        ("2023-01-01 09:00:00", "2023-01-01 09:02:00", 2),
        ("2023-01-01", "2023-01-01 15:00:00", 1),
        ("2023-01-01", "2023-01-02 00:00:00", 2),
    ],
)
def test_times_agree_within_seconds_or_by_the_day(
    casebook: Casebook, tmp_path: Path, one: str, other: str, count: int
) -> None:
    write(tmp_path / "in", "a.csv", BOTH, f"a,{A},{B},500,{one}")
    write(tmp_path / "in", "b.csv", BOTH, f"b,{A},{B},500,{other}")
    casebook.load(tmp_path / "in")
    assert figure(casebook, "payments") == count


def test_another_amount_or_another_account_is_another_payment(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "a.csv", BOTH, f"a,{A},{B},500,2023-01-01")
    write(tmp_path / "in", "b.csv", BOTH, f"b,{A},{B},500.01,2023-01-01", f"c,{A},{C},500,2023-01-01")
    casebook.load(tmp_path / "in")
    assert figure(casebook, "payments") == 3


def test_what_two_banks_number_alike_is_not_one_payment(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "in", "a.csv", BOTH, f"1,{A},{B},50000,2023-01-01")
    write(tmp_path / "in", "b.csv", BOTH, f"1,{C},{A},900,2023-03-01")
    casebook.load(tmp_path / "in")
    assert (figure(casebook, "payments"), figure(casebook, "paid_amount")) == (2, 50900)
    moved = casebook.flows(what="money", within=True).rows
    assert (sum(row["movements"] for row in moved), sum(row["quantity_max"] for row in moved)) == (2, 50900)


def test_overlapping_call_lists_tell_of_one_call_by_second_and_duration(casebook: Casebook, tmp_path: Path) -> None:
    header = "主叫,被叫,开始时间,时长"
    write(
        tmp_path / "in",
        "a.csv",
        header,
        "13800138001,13800138002,2023-01-01 09:00:01,30",
        "13800138001,13800138002,2023-01-01 10:00:01,5",
    )
    write(
        tmp_path / "in", "b.csv", "本机号码,对方号码,呼叫类型,开始时间,时长",
        "13800138002,13800138001,被叫,2023-01-01 09:00:01,30", "13800138002,13800138001,被叫,2023-01-01 10:00:01,6",
    )  # fmt: skip
    casebook.load(tmp_path / "in")
    assert figure(casebook, "links:CALLED") == 3


@pytest.mark.parametrize("clock", [" 09:00:00", ""])
def test_both_sides_of_a_transfer_on_one_sheet_are_one_payment(casebook: Casebook, tmp_path: Path, clock: str) -> None:
    """A bank's answer lists many accounts: what one paid another stands there once as paid and once as received."""
    day = f"2023-01-01{clock}"
    write(
        tmp_path / "in", "bank.csv", OWN,
        f"1,{A},赵,{day},借,500,{B},钱", f"2,{B},钱,{day},贷,500,{A},赵", f"3,{A},赵,{day},借,500,{B},钱",
        f"4,{B},钱,{day},贷,500,{A},赵", f"5,{A},赵,{day},借,500,{C},孙",
    )  # fmt: skip
    casebook.load(tmp_path / "in")
    assert (figure(casebook, "payments"), figure(casebook, "paid_amount")) == (3, 1500)


def test_a_payee_told_by_name_only_is_the_account_that_his_own_bank_tells(casebook: Casebook, tmp_path: Path) -> None:
    write(
        tmp_path / "in", "a.csv", OWN,
        f"1,{A},赵,2023-01-01 09:00:00,借,500,,钱", f"2,{A},赵,2023-01-01 10:00:00,借,800,,孙",
        f"3,{A},赵,2023-01-01 11:00:00,借,900,,",
    )  # fmt: skip
    write(
        tmp_path / "in", "b.csv", OWN,
        f"7,{B},钱,2023-01-01 09:00:03,贷,500,{A},赵", f"8,{B},钱,2023-01-01 10:00:03,贷,800,{A},赵",
        f"9,{B},钱,2023-01-01 11:00:03,贷,900,{A},赵",
    )  # fmt: skip
    casebook.load(tmp_path / "in")
    assert (figure(casebook, "payments"), figure(casebook, "paid_amount")) == (4, 3000)  # 800 went to another name
    rows = casebook.trace(f"account:{A}", "forward").rows
    got = {row["id"]: row["quantity_max"] for row in rows if row["kind"] == "Account"}
    assert sorted(got.values()) == [800, 2200]
    assert got[f"account:{B}"] == 2200


MOMENTS = st.lists(st.integers(0, 90).map(lambda second: (2 * second + 1) * 1_000_000), max_size=6)


@given(first=MOMENTS, second=MOMENTS)
def test_as_many_are_put_together_as_can_be(first: list[int], second: list[int]) -> None:
    """Of two files: each payment with at most one of the other, as many pairs as a maximum matching has."""
    events = [
        Event(0, (f"{file}{i}", "", ""), at, at, (), frozenset({(file, "1")}))
        for file, moments in (("a", first), ("b", second))
        for i, at in enumerate(moments)
    ]
    graph: nx.Graph[int] = nx.Graph()
    near = RULES["PAID"]
    graph.add_edges_from(
        (i, j) for i, one in enumerate(events) for j, other in enumerate(events) if i < j and one.fits(other, near)
    )
    pairs = nx.max_weight_matching(graph, maxcardinality=True)
    assert len(one_event(events, near)) == len(events) - len(pairs)


def test_a_statement_that_gives_card_and_account_in_each_line_tells_that_they_are_one(
    casebook: Casebook, tmp_path: Path
) -> None:
    """As banks answer the police: 交易卡号 and 交易账号. The other bank names the account, this one the card."""
    header = "交易卡号,交易账号,交易户名,交易时间,交易金额,收付标志,交易对手账卡号,对手户名"
    write(tmp_path / "in", "own.csv", header, f"{B},{C},钱,2024-03-01 09:00:00,500,进,{A},赵")
    write(tmp_path / "in", "other.csv", OWN, f"7,{A},赵,2024-03-01 09:00:00,借,500,{C},钱")
    casebook.load(tmp_path / "in")
    answer = casebook.flows(what="money", within=True)
    assert [(row["quantity_min"], row["quantity_max"]) for row in answer.rows] == [(500, 500)]


@pytest.mark.parametrize("beside", ["客服小张", "6217****3333"])
def test_what_is_no_whole_number_makes_no_two_accounts_one(casebook: Casebook, tmp_path: Path, beside: str) -> None:
    header = "交易卡号,交易账号,交易户名,交易时间,交易金额,收付标志,交易对手账卡号,对手户名"
    lines = f"{B},{beside},钱,2024-03-01 09:00:00,500,出,{A},赵", f"{C},{beside},孙,2024-03-01 09:00:00,500,出,{A},赵"
    write(tmp_path / "in", "own.csv", header, *lines)
    casebook.load(tmp_path / "in")
    (flow,) = casebook.flows(what="money", within=True).rows
    assert (flow["movements"], flow["quantity_min"]) == (2, 1000)


def test_the_list_of_accounts_as_banks_answer_the_police_is_read(casebook: Casebook, tmp_path: Path) -> None:
    header = "账户开户名称,开户人证件号码,交易卡号,交易账号,账户状态"
    write(tmp_path / "in", "opened.csv", header, f"钱,440305198001150112,{B},{C},正常")
    assert [row["accepted"] for row in casebook.load(tmp_path / "in").rows] == [1]


def test_card_and_account_above_the_header_are_one(casebook: Casebook, tmp_path: Path) -> None:
    lines = (
        f"账号：{C},卡号：{B},户名：钱",
        "交易日期,借方,贷方,余额,对方账号,对方户名",
        f"2024-03-01 09:00:00,,500,900,{A},赵",
    )
    write(tmp_path / "in", "own.csv", *lines)
    write(tmp_path / "in", "one.csv", OWN, f"7,{A},赵,2024-03-01 09:00:00,借,500,{B},钱")
    write(tmp_path / "in", "two.csv", OWN, f"8,{D},孙,2024-03-02 09:00:00,借,500,{C},钱")
    casebook.load(tmp_path / "in")
    (flow,) = casebook.flows(what="money", within=True).rows
    assert (flow["movements"], flow["quantity_min"]) == (2, 1000)
