"""Addresses that name no more than a province, city or county: a region, not a place that two could share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.nodes import PLACE, REGION
from graphkit.model.regions import whole

if TYPE_CHECKING:
    from graphkit.model.records import RecordKind
    from graphkit.records.parties import Table

SUFFIX = ".division"  # of the column that says which division an address is
_LONGEST = 24  # characters; no division's name with all above it has more


def divided(table: Table) -> Table:
    """The table with a column `<address>.division` for each address by which it names places."""
    added = [
        _division(table.frame[name]).alias(name + SUFFIX)
        for name in addresses(table.kind)
        if table.frame.schema[name] == pl.String
    ]
    return replace(table, frame=table.frame.with_columns(added)) if added else table


def addresses(kind: RecordKind) -> list[str]:
    """The fields that tell a place by its address."""
    templates = [template for template in kind.nodes if template.kind == PLACE.name]
    templates = [template.otherwise or template for template in templates]
    names = [template.key[0] for template in templates]
    return list(dict.fromkeys(name for name in names if name.endswith("address")))


def _division(cells: pl.Series) -> pl.Series:
    """The node of the region where the cell says no more than that."""
    short = (cells.str.len_chars() <= _LONGEST) & ~cells.str.contains("[0-9０-９]")
    written = cells.filter(short.fill_null(value=False)).unique()
    known = {text: f"{REGION.prefix}:{code}" for text in written if (code := whole(text))}
    if not known:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    return cells.replace_strict(known, default=None, return_dtype=pl.String)
