"""Bank statements and call lists told from one side, and dates whose time of day stands in a column of its own."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import graphkit
from graphkit.casebook import Casebook
from graphkit.errors import UnknownTable
from tests.records.files import links, staged, write

OWN, OTHER = "6222020200112233445", "6217001180011223344"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("借贷标志", ("借", "贷")),
        ("收付标志", ("付", "收")),
        ("进出标志", ("出", "进")),
        ("收/支", ("支出", "收入")),
        ("类别", ("支", "收")),
    ],
)
def test_the_direction_says_who_paid(casebook: Casebook, tmp_path: Path, flag: str, words: tuple[str, str]) -> None:
    header = f"流水号,交易卡号,交易户名,交易时间,{flag},交易金额,对手账号,对手户名"
    lines = [
        f"T{i},{OWN},甲,2026-04-1{i} 09:30,{word},{i}00,{OTHER},乙" for i, word in enumerate((*words, "冲正"), start=1)
    ]
    (row,) = casebook.load(write(tmp_path, "bank.csv", header, *lines)).rows
    assert (row["kind"], row["accepted"], row["rejected"]) == ("payment", 2, 1)
    paid = {each.link: each for each in casebook.store.links(["PAID:payment:T1", "PAID:payment:T2"])}
    given, taken = paid["PAID:payment:T1"], paid["PAID:payment:T2"]
    assert (given.source, given.target, given.amount) == (f"account:{OWN}", f"account:{OTHER}", 100)
    assert (taken.source, taken.target, taken.amount) == (f"account:{OTHER}", f"account:{OWN}", 200)
    assert given.evidence[0].endswith("#1:2")
    assert casebook.evidence(*given.evidence).rows[0]["cells"][flag] == words[0]


def test_payments_of_which_nothing_says_who_paid_are_no_accounts(casebook: Casebook, tmp_path: Path) -> None:
    header = "交易时间,交易卡号,户名,交易金额,对方账号,对方户名"
    with pytest.raises(UnknownTable, match="which way the money went"):
        casebook.load(write(tmp_path, "bank.csv", header, f"2026-01-02,{OWN},甲,100,{OTHER},乙"))


def test_which_of_two_amounts_is_filled_in_says_who_paid(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,交易时间,账号,户名,收入,支出,对方账号,对方户名"
    lines = [f"U1,2026-01-02,{OWN},甲,0.00,500.5,{OTHER},乙", f"U2,2026-01-03,{OWN},甲,20,,{OTHER},乙"]
    casebook.load(write(tmp_path, "bank.csv", header, *lines))
    paid = {
        each.link: (each.source, each.amount) for each in casebook.store.links(["PAID:payment:U1", "PAID:payment:U2"])
    }
    assert paid == {"PAID:payment:U1": (f"account:{OWN}", 500.5), "PAID:payment:U2": (f"account:{OTHER}", 20)}


def test_a_line_with_both_amounts_is_refused_not_halved(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,交易时间,账号,收入,支出,对方账号"
    (row,) = casebook.load(write(tmp_path, "bank.csv", header, f"U1,2026-01-02,{OWN},100,100,{OTHER}")).rows
    assert (row["accepted"], row["rejected"]) == (0, 1)


def test_the_own_account_merged_over_the_lines_holds_for_each(casebook: Casebook, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["流水号", "本方账号", "交易时间", "借贷标志", "金额", "对方账号"])
    for number in range(3):
        sheet.append([f"M{number}", None if number else OWN, "2026-01-02", "借", 5, OTHER])
    sheet.merge_cells("B2:B4")
    book.save(tmp_path / "bank.xlsx")
    assert [row["accepted"] for row in casebook.load(tmp_path / "bank.xlsx").rows] == [3]
    paid = casebook.store.links([f"PAID:payment:M{number}" for number in range(3)])
    assert {each.source for each in paid} == {f"account:{OWN}"}


def test_one_clock_that_cannot_be_read_leaves_the_others(casebook: Casebook, tmp_path: Path) -> None:
    lines = [
        f"W{i},20260410,{clock},{OWN},{OTHER},5" for i, clock in enumerate(("93000", "101500", "上午", "24:00:00", ""))
    ]
    casebook.load(write(tmp_path, "bank.csv", "流水号,交易日期,交易时间,付款账号,收款账号,金额", *lines))
    paid = casebook.store.links([f"PAID:payment:W{number}" for number in range(5)])
    assert [each.started_earliest for each in sorted(paid, key=lambda each: each.link)] == [
        "2026-04-10T09:30:00", "2026-04-10T10:15:00", "2026-04-10T00:00:00", "2026-04-11T00:00:00",
        "2026-04-10T00:00:00",
    ]  # fmt: skip


def test_a_statement_with_payer_and_payee_is_taken_as_it_is(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,付款账号,收款账号,金额,交易时间,借贷标志,交易卡号,对方账号"
    told = casebook.load(write(tmp_path, "bank.csv", header, f"V1,{OTHER},{OWN},5,2026-01-02,借,{OWN},{OTHER}"))
    assert not any("one side" in note for note in told.notes)
    assert casebook.store.links(["PAID:payment:V1"])[0].source == f"account:{OTHER}"


def test_calls_told_by_the_own_number(casebook: Casebook, tmp_path: Path) -> None:
    lines = ("13800138001,13800138002,主叫,2026-04-20 10:00,65", "13800138001,13800138003,被叫,2026-04-20 11:00,5")
    casebook.load(write(tmp_path, "calls.csv", "本机号码,对方号码,通话类型,起始时间,通话时长", *lines))
    called = [row for row in casebook.show("phone:+8613800138001").rows if row["kind"] == "CALLED"]
    assert [(row["direction"], row["value"]) for row in called] == [
        ("out", "phone:+8613800138002"),
        ("in", "phone:+8613800138003"),
    ]


@pytest.mark.parametrize(
    ("date", "clock"),
    [("20260410", "093000"), ("2026-04-10", "09:30:00"), ("2026/4/10", "9:30"), ("2026-04-10 00:00:00", "09:30")],
)
@pytest.mark.parametrize("order", [("交易日期", "交易时间"), ("交易时间", "交易日期")])
def test_a_time_of_day_belongs_to_its_date(
    casebook: Casebook, tmp_path: Path, date: str, clock: str, order: tuple[str, str]
) -> None:
    cells = {"交易日期": date, "交易时间": clock}
    header, line = ",".join(order), ",".join(cells[name] for name in order)
    lines = (f"流水号,{header},付款账号,收款账号,金额", f"W1,{line},{OWN},{OTHER},5")
    casebook.load(write(tmp_path, "bank.csv", *lines))
    (paid,) = casebook.store.links(["PAID:payment:W1"])
    assert paid.started_earliest == paid.started_latest == "2026-04-10T09:30:00"
    assert casebook.evidence(*paid.evidence).rows[0]["cells"]["交易时间"] == clock


@pytest.mark.parametrize(
    ("date", "clock"), [("通话日期", "通话起始时间"), ("日期", "开始时间"), ("call_date", "start_time")]
)
def test_a_call_begins_at_a_time_of_its_day(casebook: Casebook, tmp_path: Path, date: str, clock: str) -> None:
    line = "13800138001,13800138002,2026-04-20,10:00:05,65"
    casebook.load(write(tmp_path, "calls.csv", f"主叫号码,被叫号码,{date},{clock},通话时长", line))
    (called,) = (link for link in casebook.store.links_of(["phone:+8613800138001"]) if link.kind == "CALLED")
    assert called.started_earliest == called.started_latest == "2026-04-20T10:00:05"


def paid(casebook: Casebook) -> list[tuple[str, str, float]]:
    rows = casebook.sql("select source, target, amount from links where kind = 'PAID' order by amount").rows
    return [(row["source"], row["target"], row["amount"]) for row in rows]


def test_cash_and_fees_go_to_an_end_that_is_unknown(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,本方账号,本方户名,交易时间,借贷标志,交易金额,对方账号,对方户名,摘要"
    report = casebook.load(
        write(
            tmp_path, "a.csv", header, f"1,{OWN},甲,2026-01-01 09:00,借,20000,,,ATM取款",
            f"2,{OWN},甲,2026-01-01 09:01,借,12,,,手续费", f"3,{OWN},甲,2026-01-02,借,500,{OTHER},乙,转账",
            f"4,{OWN},甲,2026-01-03,贷,3000,,,现金存款",
        )
    )  # fmt: skip
    assert (report.rows[0]["accepted"], report.rows[0]["rejected"]) == (4, 0)
    assert any("unknown" in note and "row 2, 3" in note for note in report.notes)
    ends = {amount: (source, target) for source, target, amount in paid(casebook)}
    assert ends[500] == (f"account:{OWN}", f"account:{OTHER}")
    cash = {ends[20000][1], ends[12][1], ends[3000][0]}
    assert len(cash) == 3 and all("#1:" in end for end in cash)  # nobody is joined by having taken cash
    assert not casebook.path(f"account:{OTHER}", ends[20000][1], max_hops=1).rows
    stats = {row["measure"]: row["value"] for row in casebook.stats().rows}
    assert (stats["payments"], stats["paid_amount"]) == (4, 23512)


def test_a_payment_without_either_end_is_refused(casebook: Casebook, tmp_path: Path) -> None:
    (row,) = casebook.load(
        write(tmp_path, "a.csv", "流水号,付款账号,收款账号,金额,交易时间", "1,,,5,2026-01-01", f"2,{OWN},,5,2026-01-01")
    ).rows
    assert (row["accepted"], row["rejected"]) == (1, 1)


def test_statements_without_serial_numbers_are_told_by_their_rows(casebook: Casebook, tmp_path: Path) -> None:
    header = "交易日期,本方账号,对方账号,借贷标志,交易金额"
    path = write(tmp_path, "a.csv", header, f"2026-01-01,{OWN},{OTHER},借,500", f"2026-01-01,{OWN},{OTHER},借,500")
    (row,) = casebook.load(path).rows
    assert (row["kind"], row["accepted"]) == ("payment", 2)
    assert len(paid(casebook)) == 2


def test_the_sign_of_the_amount_says_who_paid(casebook: Casebook, tmp_path: Path) -> None:
    header = "交易日期,本方账号,对方账号,交易金额"
    path = write(
        tmp_path, "a.csv", header, f"2026-01-01,{OWN},{OTHER},-500.00", f'2026-01-01,{OWN},{OTHER},"+1,200"',
        f"2026-01-01,{OWN},{OTHER},￥-7", f"2026-01-01,{OWN},{OTHER},(9.50)",
    )  # fmt: skip
    (row,) = casebook.load(path).rows
    assert (row["kind"], row["accepted"]) == ("payment", 4)
    own, other = f"account:{OWN}", f"account:{OTHER}"
    assert paid(casebook) == [(own, other, 7), (own, other, 9.5), (own, other, 500), (other, own, 1200)]


def test_a_line_without_direction_is_refused_and_not_noted_as_kept(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,本方账号,交易时间,借贷标志,交易金额,对方账号"
    report = casebook.load(write(tmp_path, "a.csv", header, f"1,{OWN},2026-01-01,冲,5,{OTHER}"))
    assert report.rows[0]["rejected"] == 1
    assert not any("that end is unknown" in note for note in report.notes)


@pytest.mark.parametrize(
    "title", [f"账号：{OWN},户名：赵一", f"查询结果 账号: {OWN} 户名: 赵一", f"账号,{OWN},户名,赵一"]
)
def test_whose_statement_it_is_may_stand_above_the_header(casebook: Casebook, tmp_path: Path, title: str) -> None:
    lines = "20260301,-1000.00,钱二," + OTHER, "20260302,+2000.00,钱二," + OTHER
    path = write(tmp_path, "a.csv", title, "交易日期,交易金额,对方户名,对方账号", *lines)
    (row,) = casebook.load(path).rows
    assert (row["kind"], row["accepted"]) == ("payment", 2)
    own, other = f"account:{OWN}", f"account:{OTHER}"
    assert paid(casebook) == [(own, other, 1000), (other, own, 2000)]
    assert any(link.source.endswith("赵一") for link in casebook.store.links_of([own]))


def test_a_call_list_names_its_own_phone_above_the_header(casebook: Casebook, tmp_path: Path) -> None:
    header = "序号,起始时间,通信方式,对方号码,通信时长"
    lines = "1,2023-03-01 10:00:00,主叫,13800138002,1分20秒", "2,2023-03-02 11:00:00,被叫,13800138003,00:02:10"
    (row,) = casebook.load(write(tmp_path, "a.csv", "本机号码：13800138001,,,,", header, *lines)).rows
    assert (row["kind"], row["accepted"]) == ("call", 2)


def test_account_and_name_of_the_other_side_may_share_a_column(casebook: Casebook, tmp_path: Path) -> None:
    header = "序号,摘要,交易日期,交易金额,对方账号与户名"
    lines = f'1,转账,20230301,"1,000.00",{OTHER}/赵一', "2,ATM取款,20230302,-500.00,"
    (row,) = casebook.load(write(tmp_path, "a.csv", f"卡号/账号：{OWN},,客户名称：钱二", header, *lines)).rows
    assert (row["kind"], row["accepted"]) == ("payment", 2)
    assert (f"account:{OTHER}", f"account:{OWN}", 1000) in paid(casebook)
    assert {link.source.rpartition(":")[2] for link in casebook.store.links_of([f"account:{OTHER}"])} >= {"赵一"}


def test_a_header_of_two_lines_with_the_other_side_below_one_cell(casebook: Casebook, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [f"卡号：{OWN}", "户名：赵一"],
        ["交易日期", "发生额", None, "对方", None], [None, "借方", "贷方", "账号", "户名"],
        ["2023-03-01", 1000, None, OTHER, "钱二"], ["2023-03-02", None, 2000, OTHER, "钱二"],
    ):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("D2:E2")
    book.save(tmp_path / "a.xlsx")
    (row,) = casebook.load(tmp_path / "a.xlsx").rows
    assert (row["kind"], row["accepted"]) == ("payment", 2)
    own, other = f"account:{OWN}", f"account:{OTHER}"
    assert paid(casebook) == [(own, other, 1000), (other, own, 2000)]


def test_who_is_known_by_name_only_holds_the_unknown_end(casebook: Casebook, tmp_path: Path) -> None:
    header = "交易号,交易创建时间,交易对方,金额（元）,收/支"
    lines = "T1,2023-03-01 10:00:00,钱二,1000.00,支出", "-----------------", "共1笔记录"
    (row,) = casebook.load(write(tmp_path, "a.csv", "账号:[zhao@example.com]", header, *lines)).rows
    assert (row["kind"], row["accepted"], row["rejected"]) == ("payment", 1, 0)
    ((source, target, _),) = paid(casebook)
    assert source == "account:ZHAO@EXAMPLE.COM"
    assert [link.source.rpartition(":")[2] for link in casebook.store.links_of([target]) if link.kind == "HOLDS"] == [
        "钱二"
    ]


def test_a_payment_services_statement_has_account_and_name_in_one_column(tmp_path: Path) -> None:
    header = "交易号,付款时间,用户信息,交易对方信息,金额（元）,收/支"
    row = '2023070122001,2023-07-01 10:00:02,2088001(孙一),2088002(某药房(总店))," 3,000.00 ",收入'
    path = write(tmp_path, "a.csv", header, row)
    assert links(path) == [
        ("HOLDS", "party:FILE:孙一", "account:2088001", [2]),
        ("HOLDS", "party:FILE:某药房(总店)", "account:2088002", [2]),
        ("PAID", "account:2088002", "account:2088001", [2]),
    ]


def test_a_banks_statement_in_english(tmp_path: Path) -> None:
    header = "Account,Date,Debit,Credit,Counterparty,Counterparty Account"
    rows = ("622200001111,2023-05-01,500.00,,A Ltd,622200002222", "622200001111,2023-05-02,,20,B Ltd,622200003333")
    paid = [one[1:3] for one in links(write(tmp_path, "a.csv", header, *rows)) if one[0] == "PAID"]
    assert paid == [("account:622200001111", "account:622200002222"), ("account:622200003333", "account:622200001111")]


def test_cents_in_the_header_are_hundredths(tmp_path: Path) -> None:
    import polars as pl

    loaded = staged(
        write(tmp_path, "a.csv", "付款账号,收款账号,金额(分),交易时间", "622200001111,622200002222,12345,2023-05-01")
    )
    assert loaded.staged
    amounts = pl.read_parquet(loaded.staged.links).filter(pl.col("kind") == "PAID")["amount"].to_list()
    assert amounts == [123.45]


def transfers(casebook: Casebook, path: Path) -> list[tuple[str, str, float]]:
    casebook.load(path)
    told = casebook.store.links(sorted(f"PAID:payment:{number}" for number in (1, 2)))
    return [(each.source, each.target, each.amount or 0.0) for each in told]


HEADER = "流水号,交易时间,本方账号,借贷标志,金额,对方账号"
OUT, IN = (f"account:{OWN}", f"account:{OTHER}"), (f"account:{OTHER}", f"account:{OWN}")


def test_a_sign_that_says_no_more_than_the_word_beside_it_is_passed_over(casebook: Casebook, tmp_path: Path) -> None:
    lines = [f"1,2026-01-02,{OWN},借,-300,{OTHER}", f"2,2026-01-03,{OWN},贷,200,{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", HEADER, *lines)) == [(*OUT, 300), (*IN, 200)]


def test_a_line_in_red_takes_the_payment_back(casebook: Casebook, tmp_path: Path) -> None:
    lines = [f"1,2026-01-02,{OWN},借,300,{OTHER}", f"2,2026-01-03,{OWN},借,-300,{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", HEADER, *lines)) == [(*OUT, 300), (*IN, 300)]


def test_red_figures_in_one_of_two_columns_take_the_payment_back(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,交易时间,账号,收入,支出,对方账号"
    lines = [f"1,2026-01-02,{OWN},,300,{OTHER}", f"2,2026-01-03,{OWN},,(300.00),{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", header, *lines)) == [(*OUT, 300), (*IN, 300)]


@pytest.mark.parametrize("name", ["方向", "交易类型", "Type"])
def test_a_column_that_holds_words_for_the_direction_alone_tells_it(
    casebook: Casebook, tmp_path: Path, name: str
) -> None:
    header = f"流水号,交易时间,本方账号,{name},金额,对方账号"
    lines = [f"1,2026-01-02,{OWN},支出,300,{OTHER}", f"2,2026-01-03,{OWN},收入,200,{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", header, *lines)) == [(*OUT, 300), (*IN, 200)]


@pytest.mark.parametrize("name", ["交易对方账卡号", "对方银行账号", "对手方账户", "对方帐号"])
def test_the_other_side_has_many_names(casebook: Casebook, tmp_path: Path, name: str) -> None:
    header = f"流水号,交易时间,查询卡号,收/支,金额,{name}"
    lines = [f"1,2026-01-02,{OWN},支出,300,{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", header, *lines)) == [(*OUT, 300)]


def test_where_no_card_is_told_the_account_is_the_own_side(casebook: Casebook, tmp_path: Path) -> None:
    header = "流水号,交易时间,交易卡号,交易账号,收付标志,金额,交易对手账卡号"
    lines = [f"1,2026-01-02,,{OWN},出,300,{OTHER}"]
    assert transfers(casebook, write(tmp_path, "bank.csv", header, *lines)) == [(*OUT, 300)]


def test_a_statement_that_does_not_say_which_way_the_money_went_is_refused(casebook: Casebook, tmp_path: Path) -> None:
    header = "账号,户名,交易时间,交易金额,对方账号,对方户名"
    with pytest.raises(UnknownTable, match="which way the money went"):
        casebook.load(write(tmp_path, "bank.csv", header, f"{OWN},甲,2026-01-02,300,{OTHER},乙"))


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_balance_after_each_line_shows_which_way_the_money_went(
    casebook: Casebook, tmp_path: Path, newest_first: bool
) -> None:
    """A list without signs, of an account to which money only came or not: nothing else tells the direction."""
    header = "流水号,账号,户名,交易时间,交易金额,余额,对方账号,对方户名"
    lines = [
        f'1,{OWN},甲,2026-01-02,"1,300.00","1,300.00",{OTHER},乙',
        f'2,{OWN},甲,2026-01-03,200,"1,100.00",{OTHER},乙',
    ]
    lines = lines[::-1] if newest_first else lines
    assert transfers(casebook, write(tmp_path, "bank.csv", header, *lines)) == [(*IN, 1300), (*OUT, 200)]
