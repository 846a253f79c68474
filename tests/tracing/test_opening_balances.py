"""Money that accounts had before their first row, told by the balances of their statements, is not what is traced."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.analyses.tracing.trace import TRACE
from graphkit.model.answer import Answer
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement
from tests.records.files import write

PAYER, OWN, THIRD, FOURTH = "6217000010001112223", "6222020200112233445", "6228480402564890018", "6228480402564890026"
OTHER = "6222020200112233999"
HEADER = "流水号,交易时间,本方账号,本方户名,借贷标志,交易金额,余额,对方账号"
Move = tuple[int, int, int]  # from, to, amount; account 0 is where the trace begins, 1 has a statement


def reached(
    tmp_path: Path, *files: tuple[str, ...], start: str = PAYER
) -> tuple[dict[str, tuple[float, float]], Answer]:
    """The least and most of each account that money went on to, and the whole answer."""
    for number, lines in enumerate(files):
        write(tmp_path, f"in/{number}.csv", HEADER, *lines)
    casebook = graphkit.open(tmp_path / "book")
    casebook.load(tmp_path / "in")
    answer = casebook.trace(f"account:{start}", direction="forward", follow="money")
    figures = {row["id"].removeprefix("account:"): (row["quantity_min"], row["quantity_max"]) for row in answer.rows}
    return figures, answer


CAME = f"1,2026-01-02 10:00,{OWN},钱二,贷,500,{{}},{PAYER}"
WENT = f"2,2026-01-02 12:00,{OWN},钱二,借,500,{{}},{THIRD}"


@pytest.mark.parametrize(
    ("balances", "least"),
    [
        (('"1,500.00"', '"1,000.00"'), 0),
        (("￥700.00元", "200"), 300),
        (("500", "0"), 500),
        (("-100", "-600"), 500),  # overdrawn: it had nothing
        (("", ""), 500),
    ],
)
def test_what_an_account_had_may_be_what_it_paid_with(tmp_path: Path, balances: tuple[str, str], least: float) -> None:
    figures, answer = reached(tmp_path, (CAME.format(balances[0]), WENT.format(balances[1])))
    assert (figures[OWN], figures[THIRD]) == ((500, 500), (least, 500))
    assert not any("count as one purse" in note for note in answer.notes)
    named = [note for note in answer.notes if note.startswith("Had money of their own")]
    assert bool(named) == (least < 500) and all("#1:2)" in note for note in named)
    assert any("no row tells a balance" in note for note in answer.notes) == (not balances[0])


def test_going_back_what_it_had_may_be_what_came(tmp_path: Path) -> None:
    path = write(tmp_path, "bank.csv", HEADER, CAME.format(1500), WENT.format(1000))
    casebook = graphkit.open(tmp_path / "book")
    casebook.load(path)
    rows = casebook.trace(f"account:{THIRD}", direction="back", follow="money").rows
    told = {row["id"].removeprefix("account:"): (row["quantity_min"], row["quantity_max"]) for row in rows}
    assert (told[OWN], told[PAYER]) == ((500, 500), (0, 500))


def test_what_others_tell_of_the_time_before_the_statement_is_no_money_of_its_own(tmp_path: Path) -> None:
    """500 came the day before the statement begins: the 600 that it then had are 100 of its own."""
    before = f"7,2026-01-01 10:00,{PAYER},赵一,借,500,9000,{OWN}"
    later = f"8,2026-01-03 12:00,{OWN},钱二,借,600,0,{THIRD}"
    figures, _ = reached(tmp_path, (before,), (later,))
    assert figures[THIRD] == (500, 500)


@pytest.mark.parametrize("newest_first", [False, True])
def test_of_several_lines_of_one_day_the_first_is_that_which_no_other_leads_up_to(
    tmp_path: Path, newest_first: bool
) -> None:
    lines = (
        f"1,2026-01-02,{OWN},钱二,贷,500,800,{PAYER}",
        f"2,2026-01-02,{OWN},钱二,借,100,700,{FOURTH}",
        f"3,2026-01-02,{OWN},钱二,借,600,100,{THIRD}",
    )
    _, answer = reached(tmp_path, lines[::-1] if newest_first else lines)
    assert any(f"account:{OWN} (300 CNY" in note for note in answer.notes)


def test_a_holder_has_what_all_his_accounts_had(tmp_path: Path) -> None:
    more = f"9,2026-01-02 09:00,{OTHER},钱二,借,50,250,{FOURTH}"
    own = tmp_path / "in" / "9.csv"
    own.parent.mkdir()
    holders = f"账号,户名,证件号\n{OWN},钱二,110101199003070013\n{OTHER},钱二,110101199003070013\n"
    own.write_text(holders, encoding="utf-8")
    figures, answer = reached(tmp_path, (CAME.format(500), WENT.format(0), more))
    assert figures[THIRD] == (250, 500)  # of the 300 on his other account 50 had left him before
    assert any("count as one purse" in note and f"{{account:{OWN}, account:{OTHER}}}" in note for note in answer.notes)


def histories(moves: list[Move], opening: int) -> dict[int, tuple[int, int]]:
    """The least and most that each account received of what left account 0, by trying every way to pay."""
    ends: dict[int, list[int]] = {}

    def go(at: int, marked: tuple[int, ...], other: tuple[int, ...], came: tuple[int, ...]) -> None:
        if at == len(moves):
            for account, much in enumerate(came):
                ends.setdefault(account, []).append(much)
            return
        giver, taker, amount = moves[at]
        few, many = (amount, amount) if giver == 0 else (max(0, amount - other[giver]), min(marked[giver], amount))
        for part in range(few, many + 1):
            held, rest, got = list(marked), list(other), list(came)
            if giver:
                held[giver] -= part
                rest[giver] -= amount - part
            held[taker] += part
            rest[taker] += amount - part
            got[taker] += part
            go(at + 1, tuple(held), tuple(rest), tuple(got))

    go(0, (0, 0, 0, 0), (0, opening, 0, 0), (0, 0, 0, 0))
    return {account: (min(every), max(every)) for account, every in ends.items()}


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[Move], int]:
    """Payments that all can be paid, one an hour, the first of them from account 0 to account 1."""
    opening = draw(st.integers(0, 4))
    held, moves = [99, opening, 0, 0], list[Move]()
    for number in range(draw(st.integers(2, 7))):
        giver = draw(st.sampled_from([each for each in range(4) if held[each]])) if number else 0
        taker = draw(st.sampled_from([each for each in (1, 2, 3) if each != giver])) if number else 1
        amount = draw(st.integers(1, min(4, held[giver])))
        moves.append((giver, taker, amount))
        held[giver] -= amount
        held[taker] += amount
    return moves, opening


@settings(deadline=None, max_examples=40)
@given(statements())
def test_the_bounds_are_those_of_every_way_to_pay(made: tuple[list[Move], int]) -> None:
    moves, opening = made
    accounts = [statement(f"account:{i}", "Account", "number", str(i)) for i in range(4)]
    balance, links = opening, []
    for number, (giver, taker, amount) in enumerate(moves):
        balance += amount * ((taker == 1) - (giver == 1))
        own = {"told_by": "payer" if giver == 1 else "payee", "余额": f"{balance:.2f}"} if 1 in (giver, taker) else {}
        links.append(
            link("PAID", f"account:{giver}", f"account:{taker}", f"{number}", at=f"2026-01-01T{number:02}:00:00",
                 amount=float(amount), properties=own, evidence=(f"bbbbbbbbbbbb#1:{number + 2}",))
        )  # fmt: skip
    casefile = RowsCasefile(accounts, links)
    expected = histories(moves, opening)
    for exact in (None, "all"):
        given = {"direction": "forward", "follow": ["money"], "exact": exact}
        for row in TRACE.ask(casefile, id="account:0", **given).rows:
            least, most = expected[int(row["id"].partition(":")[2])]
            assert row["quantity_min"] <= least and row["quantity_max"] >= most
            if row["bound"] == "exact":
                assert (row["quantity_min"], row["quantity_max"]) == (least, most)


@pytest.mark.parametrize("word", ["期初余额", "承前页", "Opening balance"])
@pytest.mark.parametrize("signed", [False, True])
def test_a_line_that_tells_the_balance_at_the_beginning_is_no_payment(tmp_path: Path, word: str, signed: bool) -> None:
    """Where no line tells a balance after it, that line alone tells what there was."""
    lines = (
        "交易时间,本方账号,借贷标志,交易金额,对方账号,摘要",
        f"2026-01-01,{OWN},,300,,{word}",
        f"2026-01-02 10:00,{OWN},贷,500,{PAYER},",
        f"2026-01-02 12:00,{OWN},借,500,{THIRD},",
        f"2026-01-31,{OWN},,300,,期末余额",
    )
    if signed:
        lines = tuple(
            line.replace(",借贷标志", "").replace(",贷,", ",").replace(",借,", ",-").replace(f"{OWN},,", f"{OWN},")
            for line in lines
        )
    path = write(tmp_path, "bank.csv", *lines)
    casebook = graphkit.open(tmp_path / "book")
    report = casebook.load(path)
    assert (report.rows[0]["accepted"], report.rows[0]["rejected"]) == (2, 0)
    assert any("no payments, left out: row 2, 5" in note for note in report.notes)
    answer = casebook.trace(f"account:{PAYER}", direction="forward", follow="money")
    assert [row["quantity_min"] for row in answer.rows if row["id"] == f"account:{THIRD}"] == [200]
    assert any(f"account:{OWN} (300 CNY" in note for note in answer.notes)
