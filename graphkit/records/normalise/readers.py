"""Which reader belongs to which field type, and how a field is read, there or not."""

from __future__ import annotations

import dataclasses

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.records.normalise.column import Finding, Reader, Reading, blank_where, nulls, where
from graphkit.records.normalise.identifiers import read_party_id
from graphkit.records.normalise.many import read_many
from graphkit.records.normalise.marks import read_account, read_plate, read_region
from graphkit.records.normalise.numbers import read_money, read_number, read_quantity
from graphkit.records.normalise.phones import read_phone
from graphkit.records.normalise.text import ERROR, read_code, read_name, read_text
from graphkit.records.normalise.times import read_time
from graphkit.records.normalise.values import read_enum, read_unit

READERS: dict[FieldType, Reader] = {
    FieldType.TEXT: read_text,
    FieldType.NAME: read_name,
    FieldType.CODE: read_code,
    FieldType.PARTY_ID: read_party_id,
    FieldType.PHONE: read_phone,
    FieldType.ACCOUNT: read_account,
    FieldType.PLATE: read_plate,
    FieldType.REGION: read_region,
    FieldType.TIME: read_time,
    FieldType.MONEY: read_money,
    FieldType.QUANTITY: read_quantity,
    FieldType.NUMBER: read_number,
    FieldType.UNIT: read_unit,
    FieldType.ENUM: read_enum,
    FieldType.URL: read_text,
}


def read_field(written: pl.Series, field: Field) -> Reading:
    """A field's column as read; where a spreadsheet shows an error, or a word for nothing stands, there is no value."""
    reader = READERS[field.type]
    wrong = where(written.str.contains(ERROR))
    told = blank_where(written, wrong) if wrong.any() else written
    told = blank_where(told, told.str.contains(field.nothing)) if field.nothing else told
    reading = read_many(reader, told, field) if field.many else reader(told, field)
    findings = [*reading.findings, Finding(wrong, "error_cell")]
    if field.strict:
        findings = [dataclasses.replace(one, reason="no_direction", whole_row=True, refused=True) for one in findings]
    if field.void:
        findings.append(Finding(where(told.str.contains(field.void)), "not_carried_out", whole_row=True))
    return dataclasses.replace(reading, findings=tuple(findings))


def absent_field(length: int, field: Field) -> Reading:
    """The columns of a field that the table lacks: all there, all null."""
    shape = read_field(pl.Series([], dtype=pl.String), field)
    return Reading({suffix: nulls(length, column.dtype) for suffix, column in shape.columns.items()})


def with_missing(reading: Reading, field: Field) -> Reading:
    """The reading with a finding where a required field is empty and nothing else was found at fault."""
    if not field.required:
        return reading
    missing = reading.value.is_null()
    reason, refused = ("unknown_end", False) if field.open else ("missing", True)
    for finding in reading.findings:
        if finding.refused:
            missing &= ~finding.where
    return dataclasses.replace(reading, findings=(*reading.findings, Finding(missing, reason, refused)))
