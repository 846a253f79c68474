"""Addresses as places: one however its spaces and digits are written (安徽省 亳州市 魏武大道１号), and none that
names no more than a province, city or county, which is a region and no place that two could share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.nodes import PLACE, REGION
from graphkit.model.regions import whole
from graphkit.records.normalise.column import apply_where
from graphkit.records.normalise.text import half_width

if TYPE_CHECKING:
    from graphkit.model.records import RecordKind
    from graphkit.records.parties import Table

SUFFIX = ".division"  # of the column that says which division an address is
_SPACED = r"(\p{Han})\s+([\p{Han}0-9])", r"([\p{Han}0-9])\s+(\p{Han})"
_LONGEST = 24  # characters; no division's name with all above it has more


def divided(table: Table) -> Table:
    """The table with each address by which it names places in one spelling, and a column `<address>.division`."""
    names = [name for name in addresses(table.kind) if table.frame.schema[name] == pl.String]
    if not names:
        return table
    frame = table.frame.with_columns(_spelt(table.frame[name]) for name in names)
    return replace(table, frame=frame.with_columns(_division(frame[name]).alias(name + SUFFIX) for name in names))


def _spelt(cells: pl.Series) -> pl.Series:
    """The addresses with half-width digits, those in Chinese without spaces within."""
    bare = half_width(cells)
    return apply_where(bare, bare.str.contains(r"\s"), _unspaced).alias(cells.name)


def _unspaced(cells: pl.Series) -> pl.Series:
    for spaced in _SPACED * 2:  # what is matched at once has no letter in common
        cells = cells.str.replace_all(spaced, "$1$2")
    return cells


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
