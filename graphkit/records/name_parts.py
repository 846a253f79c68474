"""Names in two columns: surname and given names, as English lists have them, or 姓 and 名."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.records import BY_NAME
from graphkit.records.recognition import assign, header_key

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

_FAMILY = re.compile(r"^(?:surname|lastname|familyname|姓|姓氏)$")
_GIVEN = re.compile(r"^(?:forenames?|forename\(s\)|firstnames?|givennames?|givenname\(s\)|名|名字)$")
_JOINED = "full_name"


def with_whole_names(raw: RawTable) -> RawTable:
    """The table with a column for the whole name where two columns tell its parts and none has it all."""
    import polars as pl

    keys = [header_key(text) for text in raw.header]
    family, given = (next((i for i, key in enumerate(keys) if part.match(key)), None) for part in (_FAMILY, _GIVEN))
    if family is None or given is None or "name" in assign(raw.header, BY_NAME["person"]):
        return raw
    parts = (family, given) if not keys[family].isascii() else (given, family)
    told = [pl.col(f"c{place}").str.strip_chars() for place in parts]
    whole = pl.concat_str(told, separator=" ", ignore_nulls=True)  # a name loses the space beside Chinese later
    column = pl.when(whole != "").then(whole).alias(f"c{len(raw.header)}")
    names = ", ".join(raw.header[place] for place in parts)
    note = say(f"[{raw.sheet}] read together: {names}", f"[{raw.sheet}] 合并读取：{names}")
    return replace(raw, header=(*raw.header, _JOINED), cells=raw.cells.with_columns(column), notes=(*raw.notes, note))
