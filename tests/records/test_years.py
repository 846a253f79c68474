"""Dates that offices shorten: 5月1日 below a title of 2023, 23-05-01. Read where the year is certain, or refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.records.loading import LoadedFile
from graphkit.records.periods import Period, periods_in
from graphkit.records.years import _order
from tests.records.files import staged, write

HEADER = ["扣押编号", "扣押日期", "品名", "数量", "单位"]


def book(
    folder: Path, dates: list[str], *, name: str = "清单.xlsx", sheet: str = "扣押", title: str = ""
) -> LoadedFile:
    made = openpyxl.Workbook()
    table = made.active
    assert table is not None
    table.title = sheet
    for row in [
        *([[title]] if title else []),
        HEADER,
        *([f"K{i}", day, "某药", 5, "盒"] for i, day in enumerate(dates)),
    ]:
        table.append(row)
    made.save(folder / name)
    return staged(folder / name)


def days(loaded: LoadedFile) -> list[str]:
    import polars as pl

    assert loaded.staged
    told = pl.read_parquet(loaded.staged.statements).filter(pl.col("property") == "seized_at")
    return [str(value) for value in told.sort("node")["value"].to_list()]


def reasons(loaded: LoadedFile) -> list[str]:
    issues = loaded.tables[0].issues
    assert issues is not None
    return [reason for reason, refuses in zip(issues["reason"], issues["refuses"], strict=True) if refuses == "row"]


@pytest.mark.parametrize(
    "said",
    [
        {"title": "某局2023年度扣押物品清单"},
        {"sheet": "2023年"},
        {"name": "2023年扣押.xlsx"},
        {"title": "统计期间：2023年1月至6月"},
        {"sheet": "2023年5月"},
    ],
)
def test_the_year_is_taken_from_what_names_it(tmp_path: Path, said: dict[str, str]) -> None:
    loaded = book(tmp_path, ["5月1日", "5.2", "05-03 10:30", "5月4号"], **said)
    assert days(loaded) == ["2023-05-01", "2023-05-02", "2023-05-03T10:30:00", "2023-05-04"]
    assert any("2023" in note and "扣押日期" in note for note in loaded.notes)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"title": "制表日期：2023年5月9日"},
        {"name": "扣押20230509.xlsx"},
        {"title": "2022年至2023年"},
        {"sheet": "2023年7月"},
        {"title": "某公（刑）扣字〔2023〕12号"},
    ],
)
def test_no_year_is_guessed(tmp_path: Path, said: dict[str, str]) -> None:
    assert reasons(book(tmp_path, ["5月1日", "5.2"], **said)) == ["no_year", "no_year"]


def test_a_winter_over_two_years(tmp_path: Path) -> None:
    loaded = book(tmp_path, ["12月30日", "1月2日"], title="2022年11月至2023年2月")
    assert days(loaded) == ["2022-12-30", "2023-01-02"]


def test_the_year_above_in_the_column_holds_while_the_days_go_up(tmp_path: Path) -> None:
    assert days(book(tmp_path, ["2023年5月1日", "5月3日", "6月2日"])) == ["2023-05-01", "2023-05-03", "2023-06-02"]
    assert reasons(book(tmp_path, ["2023年12月1日", "1月3日"], name="b.xlsx")) == ["no_year"]


def test_a_line_between_the_rows_says_the_year_of_those_below(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.csv",
        ",".join(HEADER),
        "一、2022年,,,,",
        "K0,5月1日,药,1,盒",
        "二、2023年,,,,",
        "K1,5月1日,药,1,盒",
    )
    loaded = staged(path)
    assert days(loaded) == ["2022-05-01", "2023-05-01"]
    assert (loaded.tables[0].rows, loaded.tables[0].rejected) == (2, 0)


def test_two_digits_are_a_year_where_the_table_says_so(tmp_path: Path) -> None:
    assert days(book(tmp_path, ["23-05-01", "23.5.12", "23/6/1 9:05"], sheet="2023年")) == [
        "2023-05-01",
        "2023-05-12",
        "2023-06-01T09:05:00",
    ]
    assert days(book(tmp_path, ["23年5月1日", "22年12月3日"], name="b.xlsx")) == ["2023-05-01", "2022-12-03"]
    steady = [f"23-05-{day:02d}" for day in (1, 7, 14, 25, 30)]
    assert days(book(tmp_path, steady, name="c.xlsx"))[-1] == "2023-05-30"
    assert days(book(tmp_path, ["2023-04-30", "23-05-14"], name="d.xlsx")) == ["2023-04-30", "2023-05-14"]


def test_two_digits_that_may_be_anything_are_refused_with_the_reason(tmp_path: Path) -> None:
    assert reasons(book(tmp_path, ["23-05-01", "04-05-06"])) == ["short_year", "short_year"]


def test_a_birthday_takes_no_year_from_a_title(tmp_path: Path) -> None:
    path = write(tmp_path, "2023年人员.csv", "姓名,手机号,出生日期", "张三,13800138000,5月1日")
    issues = staged(path).tables[0].issues
    assert issues is not None and issues["reason"].to_list() == ["no_year"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年上半年", [((2023, 1), (2023, 12))]),
        ("2023.01-2023.06", [((2023, 1), (2023, 6))]),
        ("2023.01至2023.06", [((2023, 1), (2023, 6))]),
        ("2023年1-6月", [((2023, 1), (2023, 6))]),
        ("sales 2023-05", [((2023, 5), (2023, 5))]),
        ("202305台账", [((2023, 5), (2023, 5))]),
        ("13812023456", []),
    ],
)
def test_what_a_title_is_about(text: str, found: list[Period]) -> None:
    assert periods_in(text) == found


@given(st.lists(st.dates(datetime.date(2001, 1, 1), datetime.date(2031, 12, 28)), min_size=1, max_size=6))
def test_an_order_that_is_found_reads_the_days_that_were_written(written: list[datetime.date]) -> None:
    days = [(day.year - 2000, day.month, day.day) for day in written]
    order = _order(days, {2000 + day[0] for day in days})
    assert order in (None, (0, 1, 2))
