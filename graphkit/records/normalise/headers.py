"""What a header says in brackets holds for each cell below it: 金额(万元), 数量(盒), weight [g]."""

from __future__ import annotations

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.records.normalise.numbers import PLAIN
from graphkit.records.normalise.readers import READERS
from graphkit.records.recognition import bracketed

_NUMBERS = (FieldType.MONEY, FieldType.QUANTITY, FieldType.NUMBER)


def in_its_measure(cells: pl.Series, field: Field, header: str) -> pl.Series:
    """The cells with the header's measure behind each bare number; a cell that names its own keeps to that.

    >>> amount = Field("amount", "金额", FieldType.MONEY)
    >>> in_its_measure(pl.Series(["3.2", "5元", None]), amount, "金额(万元)").to_list()
    ['3.2万元', '5元', None]
    """
    measure = _measure(field, header)
    if not measure:
        return cells
    bare = cells.str.strip_chars().str.normalize("NFKC").str.contains(PLAIN)
    return pl.select(pl.when(bare).then(cells + measure).otherwise(cells)).to_series().alias(cells.name)


def _measure(field: Field, header: str) -> str:
    """The bracketed word that such a field's cells may carry, empty where there is none: not (含税), not (选填)."""
    if field.type not in _NUMBERS:
        return ""
    words = bracketed(header)
    told = READERS[field.type](pl.Series([f"1{word}" for word in words], dtype=pl.String), field)
    strange = [
        any(bool(finding.where[i]) and (finding.refused or len(word) > 1) for finding in told.findings)
        for i, word in enumerate(words)
    ]
    return next((word for word, wrong in zip(words, strange, strict=True) if not wrong), "")
