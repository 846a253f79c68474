"""Amounts, quantities and measures; the units and currencies written in their cells."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import units
from graphkit.model.fields import Field, FieldType
from tests.records.normalising import normalised, read_one, reasons, refusals, value

QUANTITY = Field("quantity", "数量", FieldType.QUANTITY, required=True)
UNIT = Field("unit", "单位", FieldType.UNIT)
AMOUNT = Field("amount", "金额", FieldType.MONEY)
CURRENCY = Field("currency", "币种", FieldType.CODE)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.5", 1234.5), ("¥1,234.50", 1234.5), ("￥1,234.50", 1234.5), ("1，234", 1234), ("1,234,567.8", 1234567.8),
        ("1 234 567", 1234567), ("3.2万", 32000), ("3.2万元", 32000), ("1.5亿", 1.5e8), ("5千元", 5000), ("2百万", 2e6),
        ("1234元", 1234), ("人民币1234元", 1234), ("¥12.05元", 12.05), ("1,234.50 CNY", 1234.5), ("RMB 500", 500),
        ("１２３", 123), ("12.5元/盒", 12.5), ("¥12.5元/盒", 12.5), ("12.5/盒", 12.5), ("1e5", 1e5), (".5", 0.5),
        ("0", 0),
        ("-0", 0), ("+5", 5), ("'+5", 5),
    ],
)  # fmt: skip
def test_amounts(cell: str, amount: float) -> None:
    result = read_one(FieldType.MONEY, cell)
    assert result.issues.is_empty(), result.issues
    assert result.frame["x"].item() == amount
    assert math.copysign(1, result.frame["x"].item()) == 1


@pytest.mark.parametrize(
    "cell",
    ["12%", "inf", "-inf", "nan", "NaN", "1,5", "12,34", "1.2.3", "abc", "￥", "1e400", "(5", "5)", "(-5)", "1-2",
    "约5",
     "٣", "5 foo", "12盒"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(cell: str) -> None:
    result = read_one(FieldType.MONEY, cell)
    assert reasons(result) == ["bad_number"]
    assert result.frame.select("x", "p.列").row(0) == (None, cell)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [(FieldType.MONEY, cell) for cell in ("-5", "(1,234.50)", "¥-5", "-3.2万元", "−5")]
    + [(FieldType.QUANTITY, cell) for cell in ("-5", "-3盒", "(12)")],
)
def test_what_is_below_zero_is_refused(kind: FieldType, cell: str) -> None:
    assert refusals(read_one(kind, cell)) == [(2, "negative", "cell")]
    assert refusals(read_one(kind, cell, required=True)) == [(2, "negative", "row")]


@pytest.mark.parametrize("kind", [FieldType.MONEY, FieldType.QUANTITY])
def test_a_barcode_is_no_quantity(kind: FieldType) -> None:
    assert refusals(read_one(kind, "6901234567892")) == [(2, "too_large", "cell")]
    assert value(kind, "999999999999") == 999_999_999_999


def test_other_measures_may_be_below_zero() -> None:
    assert value(FieldType.NUMBER, "-3") == -3


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("500克", "kg", 0.5), ("2kg", "kg", 2), ("1吨", "kg", 1000), ("3斤", "kg", 1.5), ("250mg", "g", 0.25), ("1.5",
        "kg", 1.5),
        ("00:01:20", "s", 80), ("1分20秒", "s", 80), ("1小时2分3秒", "s", 3723), ("80", "s", 80), ("80秒", "s", 80),
        ("5:03", "s", 303), ("2分钟", "s", 120),
    ],
)  # fmt: skip
def test_measures_come_in_their_fields_unit(cell: str, unit: str, number: float) -> None:
    assert value(FieldType.NUMBER, cell, unit=unit) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(("cell", "unit"), [("2盒", "kg"), ("2kg", ""), ("2kg", "s"), ("3秒", "kg"), ("3人", "")])
def test_a_measure_in_a_unit_that_does_not_convert_is_refused(cell: str, unit: str) -> None:
    assert reasons(read_one(FieldType.NUMBER, cell, unit=unit)) == ["bad_number"]


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [
        ("12盒", 12, "box"), ("3.2千克", 3.2, "kg"), ("2 KG", 2, "kg"), ("5万片", 50000, "tablet"),
        ("100㎏", 100, "kg"),
        ("1,200 支", 1200, "vial"), ("3千克", 3, "kg"), ("3千盒", 3000, "box"), ("7", 7, None),
    ],
)  # fmt: skip
def test_a_unit_written_with_the_quantity_fills_the_unit_column(cell: str, quantity: float, unit: str | None) -> None:
    result = normalised([QUANTITY, UNIT], (cell, None))
    assert result.frame.select("quantity", "unit").rows() == [(quantity, unit)]
    assert result.issues.is_empty()


def test_the_unit_field_goes_by_the_quantitys_prefix_and_may_be_absent_from_the_table() -> None:
    made = Field("output_quantity", "产出数量", FieldType.QUANTITY)
    unit = Field("output_unit", "产出单位", FieldType.UNIT)
    assert normalised([made, unit, UNIT], ("12盒", None, "kg")).frame["output_unit"].to_list() == ["box"]


def test_a_required_unit_may_stand_with_the_quantity_but_must_stand_somewhere() -> None:
    needed = Field("unit", "单位", FieldType.UNIT, required=True)
    result = normalised([QUANTITY, needed], ("12盒", None), ("12", None))
    assert result.frame["unit"].to_list() == ["box"]
    assert refusals(result) == [(3, "missing", "row")]


def test_two_units_that_contradict_each_other_refuse_the_quantity() -> None:
    result = normalised([QUANTITY, UNIT], ("12盒", "箱"), ("12盒", "盒"), ("2公斤", "kg"), ("2公斤", "瓶子"))
    assert refusals(result) == [(2, "unit_conflict", "row"), (5, "unit_conflict", "row"), (5, "unknown_unit", "note")]
    assert result.frame["row"].to_list() == [3, 4]


def test_a_foreign_currency_written_with_the_amount_fills_the_currency_column() -> None:
    result = normalised(
        [AMOUNT, CURRENCY], ("$100", None), ("500港元", None), ("5元", None), ("5", "人民币"), ("5", "usd")
    )
    assert result.frame["currency"].to_list() == ["USD", "HKD", None, "CNY", "USD"]
    assert result.issues.is_empty()


def test_currencies_that_contradict_each_other_refuse_the_amount() -> None:
    assert reasons(normalised([AMOUNT, CURRENCY], ("$100", "CNY"), ("5元", "USD"))) == ["other_currency"] * 2
    assert reasons(normalised([AMOUNT], ("$100",))) == ["other_currency"]


@pytest.mark.parametrize("unit", units.UNITS, ids=lambda unit: unit.code)
def test_every_name_of_a_unit_is_recognised(unit: units.Unit) -> None:
    names = [*unit.names, *(name.upper() for name in unit.names)]
    result = read_one(FieldType.UNIT, *names)
    assert result.frame["x"].to_list() == [unit.code] * len(names)
    assert result.issues.is_empty()


def test_units_have_names_of_their_own_and_masses_a_weight() -> None:
    names = [name.casefold() for unit in units.UNITS for name in dict.fromkeys(map(str.casefold, unit.names))]
    assert len(names) == len(set(names))
    assert all((unit.grams is not None) == (unit.dimension == units.MASS) for unit in units.UNITS)


def test_an_unknown_unit_stays_as_written_with_a_note() -> None:
    result = read_one(FieldType.UNIT, "万片", "㎏", "-")
    assert result.frame["x"].to_list() == ["万片", "kg", None]
    assert refusals(result) == [(2, "unknown_unit", "note")]


MASSES = st.sampled_from([unit.code for unit in units.UNITS if unit.grams])


@given(st.floats(1e-6, 1e9), MASSES, MASSES)
def test_masses_convert_there_and_back(quantity: float, one: str, other: str) -> None:
    there = units.convert(quantity, one, other)
    assert there is not None
    assert units.convert(there, other, one) == pytest.approx(quantity)


@given(st.sampled_from([unit.code for unit in units.UNITS if not unit.grams]), MASSES)
def test_counts_do_not_convert(count: str, mass: str) -> None:
    assert units.convert(1, count, mass) is None
    assert units.convert(1, mass, count) is None


@given(st.integers(0, 10**13), st.integers(0, 99))
def test_an_amount_is_the_same_in_every_form(whole: int, cents: int) -> None:
    amount = float(f"{whole}.{cents:02d}")
    grouped = f"{whole:,}.{cents:02d}"
    forms = [
        f"{whole}.{cents:02d}",
        grouped,
        f"¥{grouped}",
        f"￥{grouped}元",
        f"{grouped} CNY",
        grouped.replace(",", "，"),
    ]
    assert read_one(FieldType.MONEY, *forms).frame["x"].to_list() == [amount] * len(forms)


@given(st.text(max_size=16))
def test_any_text_is_a_finite_amount_or_refused(cell: str) -> None:
    result = read_one(FieldType.MONEY, cell)
    amount = result.frame["x"].item()
    assert amount is None or (math.isfinite(amount) and amount >= 0 and result.issues.is_empty())


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [
        ("10板", 10, "板"), ("10桶", 10, "桶"), ("2大盒", 2, "大盒"), ("10毫升", 10, "毫升"), ("10盒。", 10, "box"),
        ("共10盒", 10, "box"), ("3万贴", 30_000, "贴"),
    ],
)  # fmt: skip
def test_a_unit_that_is_not_known_is_kept_beside_its_number(cell: str, quantity: float, unit: str) -> None:
    result = normalised([QUANTITY, UNIT], (cell, None))
    assert result.frame.select("quantity", "unit").rows() == [(quantity, unit)]
    assert reasons(result) == ([] if unit == "box" else ["unknown_unit"])


@pytest.mark.parametrize(
    "cell", ["约60", "约60盒", "60多盒", "60盒左右", "100余", "60元", "3天", "10%", "几十盒", "净重10"]
)
def test_what_is_no_sure_quantity_stays_refused(cell: str) -> None:
    assert refusals(read_one(FieldType.QUANTITY, cell)) == [(2, "bad_number", "cell")]


@pytest.mark.parametrize("cell", ["5000/月", "5000元/月", "300元/天", "2000/month"])
def test_so_much_a_month_is_no_amount(cell: str) -> None:
    assert refusals(read_one(FieldType.MONEY, cell)) == [(2, "bad_number", "cell")]
