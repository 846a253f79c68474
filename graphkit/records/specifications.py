"""Columns that hold a product's name and its specification: 降压片 0.5g*24片*10盒/箱.

The name alone is the product, for other departments write no more; the rest goes to a column 规格, which tells how it
is packed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.measuring import PACKING
from graphkit.records.recognition import header_key

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_SPECIFICATION = PACKING[0]
_MASS = r"(?:mg|g|kg|ml|l|[μu]g|mcg|iu|毫克|微克|克|千克|毫升|升|万?单位|%)"
_COUNTED = r"[片粒丸支瓶盒袋板贴枚条包罐件箱颗只s]"
_MEASURE = rf"[0-9][0-9.]*\s*{_MASS}(?![a-z])"
# Behind a mark any measure begins it; right behind the name one of mass or volume: B12片 is a name.
_BEHIND = re.compile(
    rf"(?P<name>.*?[^\s/,;|、(\[【:*])(?:[\s/,;|、(\[【:*]+(?={_MEASURE}|[0-9][0-9.]*\s*{_COUNTED})|(?<![0-9.])(?={_MEASURE}))"
    r"(?P<rest>.+)",
    re.IGNORECASE,
)
_SHORTEST = 2  # characters of a name


def with_specification(raw: RawTable, recognised: Recognised) -> tuple[RawTable, list[str]]:
    """The table with such a column split, and a note that says so; as it is where no column holds both."""
    import polars as pl

    place = recognised.columns.get("product")
    if place is None or _SPECIFICATION not in header_key(raw.header[place]):
        return raw, []
    cells = raw.cells.get_column(f"c{place}")
    parts = {cell: found for cell in cells.drop_nulls().unique().to_list() if (found := _parts(cell))}
    if not parts:
        return raw, []
    old = list(parts)
    split = raw.cells.with_columns(cells.replace(old, [name for name, _ in parts.values()]))
    header = raw.header
    if _SPECIFICATION not in map(header_key, header):
        rest = cells.replace_strict(old, [rest for _, rest in parts.values()], default=None, return_dtype=pl.String)
        split, header = split.with_columns(rest.alias(f"c{len(header)}")), (*header, _SPECIFICATION)
    named = raw.header[place]
    note = say(
        f"[{raw.sheet}] {named} holds name and specification: the name is the product",
        f"[{raw.sheet}] “{named}”含品名和规格，以其中的品名为准",
    )
    return replace(raw, header=header, cells=split), [note]


def _parts(cell: str) -> tuple[str, str] | None:
    """The name and the specification behind it; None where it holds a name alone.

    >>> _parts("S曲线减肥胶囊/50瓶/箱"), _parts("维生素B12片（0.25mg×100片/瓶）"), _parts("维生素B12片")
    (('S曲线减肥胶囊', '50瓶/箱'), ('维生素B12片', '0.25mg×100片/瓶'), None)
    """
    found = _BEHIND.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if not found or len(found["name"]) < _SHORTEST:
        return None
    rest = found["rest"].strip()
    return found["name"].strip(), rest[:-1] if rest[-1] in ")]】" and not re.search(r"[(\[【]", rest) else rest
