"""The frame as a whole: columns, unknown columns, refused rows and cells, total lines, missing values."""

from __future__ import annotations

import polars as pl
import pytest

from graphkit.model.fields import Field, FieldType
from graphkit.model.records import RECORD_KINDS, RecordKind
from graphkit.records.normalise import Normalised, normalise
from graphkit.records.normalise.reasons import REASONS
from tests.records.normalising import Cell, normalised, refusals, table_of

NUMBER = Field("number", "单号", FieldType.CODE, key=True, required=True)
NAME = Field("name", "姓名", FieldType.NAME, required=True)
ID = Field("id_number", "身份证号", FieldType.PARTY_ID, key=True)
AMOUNT = Field("amount", "金额", FieldType.MONEY)
PAID = Field("paid_at", "时间", FieldType.TIME)
PHONES = Field("phone", "电话", FieldType.PHONE, many=True)
SUFFIXES = {
    FieldType.PARTY_ID: ("", ".node"), FieldType.PHONE: ("", ".valid"), FieldType.ACCOUNT: ("", ".valid", ".phone"),
    FieldType.PLATE: ("", ".valid"), FieldType.REGION: ("", ".valid"), FieldType.TIME: (".earliest", ".latest"),
}  # fmt: skip


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_has_its_columns_whether_the_table_has_it_or_not(kind: RecordKind) -> None:
    fields = kind.every_field
    expected = ["row", *(field.name + suffix for field in fields for suffix in SUFFIXES.get(field.type, ("",)))]
    empty = normalise(table_of(["甲"]), fields, {})
    full = normalised(fields)
    assert empty.frame.columns == [*expected, "p.甲"]
    assert full.frame.schema == empty.frame.drop("p.甲").schema
    assert pl.Null not in [*full.frame.schema.values(), *full.issues.schema.values()]


def test_columns_have_the_types_of_the_contract() -> None:
    schema = normalised([NUMBER, ID, AMOUNT, PAID, PHONES], ("A1", None, "5", "2022-01-24", "110")).frame.schema
    assert schema == {
        "row": pl.Int64, "number": pl.String, "id_number": pl.String, "id_number.node": pl.String, "amount": pl.Float64,
        "paid_at.earliest": pl.Datetime("us"), "paid_at.latest": pl.Datetime("us"), "phone": pl.List(pl.String),
        "phone.valid": pl.List(pl.Boolean),
    }  # fmt: skip


def test_unknown_columns_are_kept_by_their_headers_and_told_apart() -> None:
    table = table_of(
        ["单号", "颜色", "颜色", "", ""], ("A1", " 红\u200b", "-", "x", None), ("A2", None, "１", None, None)
    )
    frame = normalise(table, [NUMBER], {"number": 0}).frame
    assert frame.to_dict(as_series=False) == {
        "row": [2, 3], "number": ["A1", "A2"], "p.颜色": ["红", None], "p.颜色 (2)": ["-",
        "１"], "p.column 4": ["x", None],
    }  # fmt: skip


def test_a_table_without_header_is_read_by_positions() -> None:
    table = table_of(["", ""], ("A1", "张三"))
    headless = type(table)("1", (), 0, table.cells, ())
    result = normalise(headless, [NUMBER, NAME], {"name": 1})
    assert result.frame.is_empty()
    assert result.issues.select("header", "value", "reason").rows() == [("单号", "", "missing")]
    assert normalise(headless, [NAME], {"name": 1}).frame["p.column 1"].to_list() == ["A1"]


def test_a_refused_cell_stays_as_a_property_and_a_refused_row_does_not_stay() -> None:
    fields = [NUMBER, NAME, AMOUNT, PAID]
    result = normalised(
        fields, ("A1", "张三", "5", "2022-02-30"), ("A2", "李四", "abc", "2022-01-24"), ("A3", None, "-1", "2022-01-24")
    )
    assert refusals(result) == [
        (2, "impossible_date", "cell"), (3, "bad_number", "cell"), (4, "missing", "row"), (4, "negative", "cell"),
    ]  # fmt: skip
    frame = result.frame.select("row", "amount", "paid_at.latest", "p.金额", "p.时间")
    assert frame.select("row", "amount", "p.金额", "p.时间").rows() == [
        (2, 5, None, "2022-02-30"),
        (3, None, "abc", None),
    ]
    assert frame["paid_at.latest"].null_count() == 1


def test_issues_tell_row_column_and_what_was_written() -> None:
    result = normalised([NUMBER, AMOUNT], ("A1", " １2x "))
    assert result.issues.rows(named=True) == [
        {"row": 2, "field": "amount", "header": "金额", "value": "１2x", "reason": "bad_number", "refuses": "cell"}
    ]


@pytest.mark.parametrize(("cell", "reason"), [(None, "missing"), ("-", "missing"), ("1.2E+17", "rounded_number")])
def test_what_is_wrong_with_a_required_cell_is_said_once(cell: Cell, reason: str) -> None:
    assert refusals(normalised([NUMBER], (cell,))) == [(2, reason, "row")]


def test_a_key_that_may_be_empty_refuses_no_row_unless_it_is_rounded() -> None:
    result = normalised([ID, NAME], (None, "张三"), ("1.1E+17", "李四"), ("123", "王五"))
    assert result.frame["name"].to_list() == ["张三", "王五"]
    assert refusals(result) == [(3, "rounded_number", "row"), (4, "invalid_id", "note")]


@pytest.mark.parametrize(
    "word", ["合计", "总计", "小计", "合 计", "本页小计：", "Total", "subtotal", "Grand Total:", "合计"]
)
def test_a_total_line_is_left_out_with_a_note(word: str) -> None:
    for row in ((word, None, "100"), (None, word, "100")):
        result = normalised([NUMBER, NAME, AMOUNT], ("A1", "张三", "100"), row)
        assert result.frame["row"].to_list() == [2]
        assert result.issues.select("row", "value", "reason", "refuses").rows() == [(3, word, "total_line", "note")]


def test_a_company_called_total_is_no_total_line() -> None:
    result = normalised([NAME, NUMBER], ("Total", "A1"))
    assert result.issues.is_empty()


def test_an_empty_table_gives_an_empty_frame() -> None:
    result = normalised([NUMBER, AMOUNT, PHONES])
    assert (len(result.frame), len(result.issues)) == (0, 0)


def test_every_reason_is_told_in_both_languages() -> None:
    assert len({reason.code for reason in REASONS}) == len(REASONS)
    for reason in REASONS:
        assert all((reason.en, reason.zh, reason.fix_en, reason.fix_zh))
        for english, chinese in ((reason.en, reason.zh), (reason.fix_en, reason.fix_zh)):
            assert [mark in english for mark in ("{value}", "{header}")] == [
                mark in chinese for mark in ("{value}", "{header}")
            ]


def test_the_same_table_gives_the_same_frame() -> None:
    rows = [(f"A{number % 7}", f"人{number}", f"{number - 3}x", f"2022-01-{number}") for number in range(40)]
    first, second = (normalised([NUMBER, NAME, AMOUNT, PAID], *rows) for _ in range(2))
    assert isinstance(first, Normalised)
    assert first.frame.equals(second.frame)
    assert first.issues.equals(second.issues)


@pytest.mark.parametrize("word", ["2023年5月9日", "（盖章）", "共2条", "公章"])
def test_what_stands_alone_below_a_table_is_no_record(word: str) -> None:
    result = normalised([NUMBER, NAME], ("A1", "张三"), (word, None), (None, word))
    reasons = result.issues.filter(pl.col("reason") == "total_line")["row"].to_list()
    assert result.frame["number"].to_list() == ["A1"] and reasons == [3, 4]
