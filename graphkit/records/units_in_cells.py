"""Quantities that carry their unit in the cell (50盒, 3.5 kg), and units that carry a part of the number (万盒).

A table of the former needs no column for units, nor does a mapping file for it; of the latter the number gets what
belongs to it: 1.2 | 万盒 is 1.2万 | 盒. What a unit's cell says in brackets of the packing (盒（10瓶）) is no part of
the unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.records import BY_NAME
from graphkit.model.units import unit_code
from graphkit.records.recognition import assign, header_key

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_MEASURED = r"[0-9]\s*[万千百]?([\p{Han}A-Za-z]{1,8})$"
UNIT = "单位"
_TIMES = r"^([十百千万萬亿億]+)"
_PLAIN = r"^[0-9０-９][0-9０-９.,．，]*$"
_PACKING = r"\s*[(（][^()（）]*[0-9０-９][^()（）]*[)）]$"


def with_units(raw: RawTable, named: Collection[str] = ()) -> RawTable:
    """The table with an empty column for units where at least half of its quantities name their unit themselves.

    `named` are the columns that mapping files name for quantities.
    """
    import polars as pl

    from graphkit.records.normalise.numerals import amounts_in_digits

    columns, keys = assign(raw.header, BY_NAME["supply"]), set(map(header_key, named))
    place = next((i for i, text in enumerate(raw.header) if header_key(text) in keys), columns.get("quantity"))
    if place is None or "unit" in columns:
        return raw
    written = raw.cells[f"c{place}"].drop_nulls()
    named = amounts_in_digits(written.str.normalize("NFKC")).str.strip_chars().str.extract(_MEASURED).drop_nulls()
    if not len(named) or 2 * len(named) < len(written) or not any(map(unit_code, named.unique())):
        return raw
    empty = pl.lit(None, pl.String).alias(f"c{len(raw.header)}")
    return replace(raw, header=(*raw.header, UNIT), cells=raw.cells.with_columns(empty))


def with_multiples(raw: RawTable, recognised: Recognised) -> RawTable:
    """The table with 万 and the like of its columns of units moved to the quantities, and units without packing."""
    import polars as pl

    cells = raw.cells
    for name, place in recognised.columns.items():
        of = recognised.columns.get(name.removesuffix("unit") + "quantity")
        if not name.endswith("unit") or of is None or of == place:
            continue
        unit, quantity = pl.col(f"c{place}"), pl.col(f"c{of}")
        bare = {text: _bare(text) for text in cells[f"c{place}"].drop_nulls().unique(maintain_order=True)}
        bare = {text: parts for text, parts in bare.items() if parts != ("", text)}
        if not bare:
            continue
        times = unit.replace_strict({text: parts[0] for text, parts in bare.items()}, default="")
        alone = unit.replace({text: parts[1] for text, parts in bare.items()})
        moved = quantity.str.contains(_PLAIN) | (times == "")
        cells = cells.with_columns(
            pl.when(moved).then(quantity.str.strip_chars() + times).otherwise(quantity).alias(f"c{of}"),
            pl.when(moved).then(alone).otherwise(unit).alias(f"c{place}"),
        )
    return replace(raw, cells=cells)


def _bare(text: str) -> tuple[str, str]:
    """What a unit as written multiplies by, and the unit alone; all of it where it is known as it is, or not at all.

    >>> _bare("万盒"), _bare("千克"), _bare("盒（10瓶）"), _bare("万步")
    (('万', '盒'), ('', '千克'), ('', '盒'), ('', '万步'))
    """
    written = re.sub(_PACKING, "", text.strip())
    if unit_code(written):
        return "", text if written == text.strip() else written
    rest = re.sub(_TIMES, "", written)
    return (written.removesuffix(rest), rest) if unit_code(rest) else ("", text)
