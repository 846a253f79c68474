"""Quantities that carry their unit in the cell (50盒, 3.5 kg): such a table needs no column for units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.records import BY_NAME
from graphkit.model.units import unit_code
from graphkit.records.recognition import assign

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_MEASURED = r"^[0-9][0-9.,]*\s*[万千百]?([\p{Han}A-Za-z]{1,8})$"
_UNIT = "单位"


def with_units(raw: RawTable) -> RawTable:
    """The table with an empty column for units where at least half of its quantities name their unit themselves."""
    import polars as pl

    columns = assign(raw.header, BY_NAME["supply"])
    if "unit" in columns or "quantity" not in columns:
        return raw
    written = raw.cells[f"c{columns['quantity']}"].drop_nulls()
    named = written.str.normalize("NFKC").str.strip_chars().str.extract(_MEASURED).drop_nulls()
    if not len(named) or 2 * len(named) < len(written) or not any(map(unit_code, named.unique())):
        return raw
    empty = pl.lit(None, pl.String).alias(f"c{len(raw.header)}")
    return replace(raw, header=(*raw.header, _UNIT), cells=raw.cells.with_columns(empty))
