"""Units and currencies written in a number's own cell, held against the columns that are there for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.model.units import HOME_CURRENCY
from graphkit.records.normalise.column import Finding, Reading, blank_where, where
from graphkit.records.normalise.numbers import CURRENCY_OF

CURRENCY = "currency"


def settled(readings: Mapping[str, Reading], fields: Sequence[Field]) -> dict[str, Reading]:
    """The readings with units and currencies filled in where their columns are empty, contradictions refused."""
    result = dict(readings)
    if CURRENCY in result:
        result[CURRENCY] = result[CURRENCY].with_value(_named(result[CURRENCY].value))
    for field in fields:
        if field.type is FieldType.QUANTITY:
            _settle(result, field.name, _unit_field(field.name), "unit", "unit_conflict")
        elif field.type is FieldType.MONEY:
            _settle_currency(result, field.name)
    return result


def _unit_field(quantity: str) -> str:
    """The field that holds a quantity's unit: input_unit for input_quantity."""
    return quantity.removesuffix("quantity") + "unit"


def _settle(readings: dict[str, Reading], number: str, column: str, kind: str, reason: str) -> None:
    told = readings[number].beside.get(kind)
    if told is None or told.null_count() == len(told) or column not in readings:
        return
    stated = readings[column].value
    _refuse(readings, number, where(stated != told), reason)
    readings[column] = readings[column].with_value(stated.zip_with(stated.is_not_null(), told))


def _settle_currency(readings: dict[str, Reading], amount: str) -> None:
    """As for units, but what is in yuan needs no currency."""
    told = readings[amount].beside.get(CURRENCY)
    if told is None or told.null_count() == len(told):
        return
    if CURRENCY not in readings:
        _refuse(readings, amount, where(told != HOME_CURRENCY), "other_currency")
        return
    stated = readings[CURRENCY].value
    _refuse(readings, amount, where(stated != told), "other_currency")
    foreign = blank_where(told, where(told == HOME_CURRENCY))
    readings[CURRENCY] = readings[CURRENCY].with_value(stated.zip_with(stated.is_not_null(), foreign))


def _refuse(readings: dict[str, Reading], name: str, mask: pl.Series, reason: str) -> None:
    reading = readings[name]
    readings[name] = reading.with_value(blank_where(reading.value, mask), Finding(mask, reason))


def _named(currencies: pl.Series) -> pl.Series:
    """人民币 and RMB are CNY."""
    written = currencies.drop_nulls().unique(maintain_order=True)
    known = {name: CURRENCY_OF[name.lower()] for name in written if name.lower() in CURRENCY_OF}
    return currencies.replace(known) if known else currencies
