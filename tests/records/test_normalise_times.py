"""Times: every form of the records' description, impossible ones, and the same moment in all forms."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.fields import FieldType
from tests.records.normalising import read_one, reasons

MORNING = datetime(2022, 1, 24, 8, 5)
DAY = (datetime(2022, 1, 24), datetime(2022, 1, 24, 23, 59, 59))


def span(cell: str) -> tuple[datetime, datetime]:
    """The earliest and latest moment of one cell, read without an issue."""
    result = read_one(FieldType.TIME, cell)
    assert result.issues.is_empty(), result.issues
    return result.frame.select("x.earliest", "x.latest").row(0)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-01-24T08:05:00", "2022-01-24 08:05:00", "2022-01-24T08:05", "2022-01-24 8:05", "2022/1/24 8:05",
        "2022/01/24 08:05:00", "2022.1.24 8:05", "2022年1月24日 8时5分", "2022年1月24日8:05",
        "2022年01月24日 08时05分00秒",
        "2022 年 1 月 24 日 8:05", "2022年1月24日 8 时 5 分",
        "20220124080500", "202201240805", "20220124 08:05", "20220124T080500", "24/01/2022 8:05", "01/24/2022 8:05 AM",
        "2022/1/24 上午 8:05", "２０２２／１／２４　８：０５", "2022-01-24T08:05:00+08:00", "2022-01-24T00:05:00Z",
        "24 January 2022 8:05", "Jan 24, 2022 8:05 AM",
        "2022-01-24T00:05:00.000Z", "2022-01-23T19:05:00-0500", "44585.336805555556", " 2022-01-24 08:05\u200b",
    ],
)  # fmt: skip
def test_instants(cell: str) -> None:
    assert span(cell) == (MORNING, MORNING)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-01-24", "2022-1-24", "2022/1/24", "2022/01/24", "2022.1.24", "2022年1月24日", "2022年01月24号",
        "2022年1月24",
        "24 January 2022", "24-Jan-2022", "Jan 24, 2022", "24th Jan. 2022",
        "20220124", "44585", "44585.0", "24/01/2022", "24-01-2022", "1/24/2022", "２０２２－０１－２４", "2022-01-24Z",
        "2022-01-24+08:00",
    ],
)  # fmt: skip
def test_a_date_is_a_whole_day(cell: str) -> None:
    assert span(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        ("2024年3月上旬", datetime(2024, 3, 1), datetime(2024, 3, 10, 23, 59, 59)),
        ("2024年3月初", datetime(2024, 3, 1), datetime(2024, 3, 10, 23, 59, 59)),
        ("2024年3月中旬", datetime(2024, 3, 11), datetime(2024, 3, 20, 23, 59, 59)),
        ("二〇二四年二月下旬", datetime(2024, 2, 21), datetime(2024, 2, 29, 23, 59, 59)),
        ("2024年 12月底", datetime(2024, 12, 21), datetime(2024, 12, 31, 23, 59, 59)),
        ("2024年第一季度", datetime(2024, 1, 1), datetime(2024, 3, 31, 23, 59, 59)),
        ("2024年4季度", datetime(2024, 10, 1), datetime(2024, 12, 31, 23, 59, 59)),
        ("2024Q2", datetime(2024, 4, 1), datetime(2024, 6, 30, 23, 59, 59)),
        ("2024年上半年", datetime(2024, 1, 1), datetime(2024, 6, 30, 23, 59, 59)),
        ("2024年下半年", datetime(2024, 7, 1), datetime(2024, 12, 31, 23, 59, 59)),
        ("2024-03", datetime(2024, 3, 1), datetime(2024, 3, 31, 23, 59, 59)),
        ("2022年2月", datetime(2022, 2, 1), datetime(2022, 2, 28, 23, 59, 59)),
        ("2024-02", datetime(2024, 2, 1), datetime(2024, 2, 29, 23, 59, 59)),
        ("2022年12月份", datetime(2022, 12, 1), datetime(2022, 12, 31, 23, 59, 59)),
        ("2022年", datetime(2022, 1, 1), datetime(2022, 12, 31, 23, 59, 59)),
        ("2022年1月24日8时", datetime(2022, 1, 24, 8), datetime(2022, 1, 24, 8, 59, 59)),
        ("2022-01-24/2022-01-26", datetime(2022, 1, 24), datetime(2022, 1, 26, 23, 59, 59)),
        ("2022年1月24日至2022年1月26日", datetime(2022, 1, 24), datetime(2022, 1, 26, 23, 59, 59)),
        ("2022-01-24 08:05 ~ 2022-01-24 09:00", MORNING, datetime(2022, 1, 24, 9)),
        ("2022/1/24 下午 3:05", datetime(2022, 1, 24, 15, 5), datetime(2022, 1, 24, 15, 5)),
        ("2022/1/24 12:05 AM", datetime(2022, 1, 24, 0, 5), datetime(2022, 1, 24, 0, 5)),
        ("2022/1/24 中午 11:30", datetime(2022, 1, 24, 11, 30), datetime(2022, 1, 24, 11, 30)),
        ("2022-01-24 24:00", datetime(2022, 1, 25), datetime(2022, 1, 25)),
        ("2022-01-24T08:05:00.25", datetime(2022, 1, 24, 8, 5, 0, 250000), datetime(2022, 1, 24, 8, 5, 0, 250000)),
        ("2022-01-24T23:30:00Z", datetime(2022, 1, 25, 7, 30), datetime(2022, 1, 25, 7, 30)),
    ],
)
def test_spans(cell: str, earliest: datetime, latest: datetime) -> None:
    assert span(cell) == (earliest, latest)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2022-02-30", "impossible_date"), ("2022-02-29", "impossible_date"), ("2022/13/1", "impossible_date"),
        ("2022-01-24 25:00", "impossible_date"), ("2022-01-24 08:60", "impossible_date"), ("20221301",
        "impossible_date"),
        ("2022-01-24 08:05:61", "impossible_date"), ("2022年4月31日", "impossible_date"), ("31/04/2022",
        "impossible_date"),
        ("2022-01-26/2022-01-24", "impossible_date"), ("0022-01-24", "year_out_of_range"),
        ("1899-12-31", "year_out_of_range"), ("2101-01-01", "year_out_of_range"), ("2150年1月", "year_out_of_range"),
        ("下周", "bad_time"), ("19999", "bad_time"), ("80001", "bad_time"), ("1.5", "no_year"), ("8:05", "bad_time"),
        ("2022-1-248:05", "bad_time"), ("inf", "bad_time"), ("٢٠٢٢-٠١-٢٤", "bad_time"), ("1643011500000", "bad_time"),
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: str, reason: str) -> None:
    result = read_one(FieldType.TIME, cell)
    assert reasons(result) == [reason]
    assert result.frame.select("x.earliest", "x.latest", "p.列").row(0) == (None, None, cell)


def test_a_date_that_may_be_day_or_month_first_is_read_day_first_with_a_note() -> None:
    result = read_one(FieldType.TIME, "03/04/2017", "03/03/2017")
    assert result.frame["x.earliest"].to_list() == [datetime(2017, 4, 3), datetime(2017, 3, 3)]
    assert result.issues.select("row", "reason", "refuses").rows() == [(2, "ambiguous_date", "note")]


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_a_moment_is_the_same_in_every_form(moment: datetime) -> None:
    m = moment
    forms = [
        m.isoformat(),
        m.isoformat(" "),
        (m - timedelta(hours=8)).isoformat() + "Z",
        f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02d}:{m.second:02d}",
        f"{m.year}.{m.month}.{m.day} {m.hour}:{m.minute}:{m.second}",
        f"{m.year}年{m.month}月{m.day}日 {m.hour}时{m.minute}分{m.second}秒",
        f"{m:%Y%m%d%H%M%S}",
    ]
    if (m - timedelta(hours=8)).year < 1900:
        del forms[2]
    result = read_one(FieldType.TIME, *forms)
    assert result.issues.is_empty()
    assert result.frame["x.earliest"].to_list() == result.frame["x.latest"].to_list() == [m] * len(forms)


@given(st.datetimes(datetime(1960, 1, 1), datetime(2099, 12, 31)))
def test_a_day_is_the_same_in_every_form(moment: datetime) -> None:
    day = datetime(moment.year, moment.month, moment.day)
    serial = (day - datetime(1899, 12, 30)).days
    forms = [
        f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        str(serial),
    ]  # fmt: skip
    frame = read_one(FieldType.TIME, *forms).frame
    assert frame["x.earliest"].to_list() == [day] * 5
    assert frame["x.latest"].to_list() == [day + timedelta(days=1, seconds=-1)] * 5


@given(st.text(max_size=24))
def test_any_text_is_read_or_refused_and_never_both(cell: str) -> None:
    result = read_one(FieldType.TIME, cell)
    earliest, latest = result.frame.select("x.earliest", "x.latest").row(0)
    refused = "cell" in result.issues["refuses"].to_list()
    assert (earliest is None) == (latest is None)
    assert not (refused and earliest is not None)
    assert earliest is None or earliest <= latest
