"""Sums, quantities and dates written in Chinese, and durations and dates as English lists write them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphkit
from graphkit.casebook import Casebook
from graphkit.records.normalise.numerals import amounts_in_digits
from tests.records.files import write

A, B = "6222021001098765432", "6228480031234567890"
PAID = "付款人,付款账号,收款人,收款账号,金额,交易时间"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def paid(casebook: Casebook, tmp_path: Path, amount: str, time: str) -> tuple[float | None, str]:
    casebook.load(write(tmp_path, "ledger.csv", PAID, f"甲,{A},乙,{B},{amount},{time}"))
    (row,) = casebook.sql(
        "SELECT amount, started_earliest || ' ' || started_latest AS t FROM links WHERE kind='PAID'"
    ).rows
    return row["amount"], row["t"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("壹万贰仟元整", 12_000), ("贰仟元", 2_000), ("人民币叁万贰仟伍佰元零伍角整", 32_500.5), ("3万2千", 32_000),
        ("一万二千三百", 12_300), ("1千5百元", 1_500), ("两千五", 2_500), ("3万2", 32_000), ("十二万", 120_000),
        ("壹佰贰拾伍万叁仟肆佰伍拾陆元柒角捌分", 1_253_456.78), ("12元5角", 12.5), ("一百零五元", 105),
    ],
)  # fmt: skip
def test_a_sum_in_chinese_is_that_many_yuan(casebook: Casebook, tmp_path: Path, written: str, amount: float) -> None:
    assert paid(casebook, tmp_path, written, "2024-03-05")[0] == amount


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二四年三月五日", "2024-03-05 00:00:00 2024-03-05 23:59:59"),
        ("贰零贰肆年叁月壹拾伍日", "2024-03-15 00:00:00 2024-03-15 23:59:59"),
        ("二零二四年十二月三十一日下午三时", "2024-12-31 15:00:00 2024-12-31 15:59:59"),
        ("2024年元月5日", "2024-01-05 00:00:00 2024-01-05 23:59:59"),
        ("2024年3月5日凌晨2时许", "2024-03-05 02:00:00 2024-03-05 02:59:59"),
        ("5-Mar-24", "2024-03-05 00:00:00 2024-03-05 23:59:59"),
        ("6th of March 2024", "2024-03-06 00:00:00 2024-03-06 23:59:59"),
    ],
)
def test_a_date_in_words_is_that_day(casebook: Casebook, tmp_path: Path, written: str, day: str) -> None:
    assert paid(casebook, tmp_path, "1", written)[1] == day


def test_a_chinese_day_without_a_year_is_of_the_year_above(casebook: Casebook, tmp_path: Path) -> None:
    lines = ["2024年往来", PAID, f"甲,{A},乙,{B},5,三月五日"]
    casebook.load(write(tmp_path, "ledger.csv", *lines))
    (row,) = casebook.sql("SELECT CAST(started_earliest AS DATE) AS d FROM links WHERE kind='PAID'").rows
    assert str(row["d"]).startswith("2024-03-05")


def test_a_ledger_in_chinese_numbers_needs_no_column_of_units(casebook: Casebook, tmp_path: Path) -> None:
    lines = ["单号,卖方,买方,品名,数量,日期", "1,甲,乙,药,壹佰贰拾盒,2024-03-05", "2,甲,乙,药,三百盒,2024-03-06"]
    casebook.load(write(tmp_path, "sales.csv", *lines))
    sold = casebook.sql("SELECT quantity, unit FROM links WHERE kind='SUPPLIED' ORDER BY quantity").rows
    assert [(row["quantity"], row["unit"]) for row in sold] == [(120, "box"), (300, "box")]


@pytest.mark.parametrize("written", ["三五盒", "十几盒", "几十盒", "一批", "二十两", "壹佰伍盒", "约三百盒", "12件3瓶"])
def test_what_tells_no_one_number_is_refused(casebook: Casebook, tmp_path: Path, written: str) -> None:
    lines = ["单号,卖方,买方,品名,数量,单位,日期", f"1,甲,乙,药,{written},盒,2024-03-05", "2,甲,乙,药,3,盒,2024-03-05"]
    (row,) = casebook.load(write(tmp_path, "sales.csv", *lines)).rows
    assert (row["accepted"], row["rejected"]) == (1, 1)


@pytest.mark.parametrize("written", ["1'20\"", "1m20s", "1分20秒", "00:01:20", "80s", "1 min 20 sec", "1′20″"])
def test_a_duration_in_minutes_and_seconds(casebook: Casebook, tmp_path: Path, written: str) -> None:
    calls = "主叫|被叫|开始时间|时长", f"18957900001|13805710001|2024-01-05 09:30:15|{written}"
    casebook.load(write(tmp_path, "calls.csv", *calls))
    (row,) = casebook.sql("SELECT properties['duration_s'] AS s FROM links WHERE kind='CALLED'").rows
    assert float(row["s"]) == 80


def in_chinese(number: int, digits: str, units: str) -> str:
    """The number as Chinese writes it in full, with its zeros."""
    if number >= 10_000:
        rest = number % 10_000
        zero = digits[0] if rest and (rest < 1_000) else ""
        return (
            in_chinese(number // 10_000, digits, units)
            + units[3]
            + zero
            + (in_chinese(rest, digits, units) if rest else "")
        )
    text, zero = "", False
    for place in (1000, 100, 10, 1):
        digit = number // place % 10
        zero = zero or (digit == 0 and bool(text))
        if digit:
            text += (
                (digits[0] if zero and text else "")
                + digits[digit]
                + ("" if place == 1 else units[{1000: 2, 100: 1, 10: 0}[place]])
            )
            zero = False
    return text


@given(
    st.integers(1, 99_999_999),
    st.sampled_from([("零一二三四五六七八九", "十百千万"), ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万")]),
)
def test_every_number_written_in_full_is_read_back(number: int, spelling: tuple[str, str]) -> None:
    assert amounts_in_digits(pl.Series([in_chinese(number, *spelling) + "元整"])).to_list() == [f"{number}元"]
