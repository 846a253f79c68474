"""Addresses told in several columns: 寄件省, 寄件市, 寄件区县 and 寄件详细地址 are the sender's one address.

Without the columns for province, city and county the rest would name no region, and be one place in every city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.divisions import addresses
from graphkit.records.recognition import Recognised, header_key, meaning

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable

# What a column for a part of an address is called, the widest part first; before it may stand whose address it is.
_PARTS = (
    "省|省份|省级|省市|省/直辖市|省/市|province",
    "市|城市|地市|地级市|市州|市/州|city",
    "区县|县区|区/县|县/区|县市区|区|县|district|county",
    "街道|乡镇|镇街|街镇|乡镇街道|乡镇/街道|街道/乡镇|街道乡镇|town",
)
_COLUMN = re.compile(
    r"^(?P<whose>.*?)(?:详细)?(?:地址|所在地?|所属|归属地?)?\(?(?:"
    + "|".join(f"(?P<part{i}>{names})" for i, names in enumerate(_PARTS))
    + r")(?:名称|name)?\)?$"
)
_NO_NAME = r"^(?:市辖区|县|.*直辖县级行政.*|[-—/\\无]+|.*[0-9].*)$"  # no part of an address as it is written
_HAN = r"\p{Han}"


def with_whole_addresses(raw: RawTable, recognised: Recognised) -> tuple[RawTable, Recognised, list[str]]:
    """The table with each such address in one column, and notes that say so."""
    notes: list[str] = []
    for field, parts in _told_in_parts(raw, recognised).items():
        place = recognised.columns.get(field)
        rest = raw.cells[f"c{place}"] if place is not None else None
        whole = _joined([raw.cells[f"c{part}"] for part in parts], rest)
        if whole is None:
            continue
        names = ", ".join(raw.header[i] for i in (*parts, *([] if place is None else [place])))
        if place is None:
            place = len(raw.header)
            raw = replace(raw, header=(*raw.header, recognised.kind.by_name[field].zh))
            recognised = Recognised(recognised.kind, {**recognised.columns, field: place})
        raw = replace(raw, cells=raw.cells.with_columns(whole.alias(f"c{place}")))
        notes.append(say(f"[{raw.sheet}] read together: {names}", f"[{raw.sheet}] 合并读取：{names}"))
    return raw, recognised, notes


def _told_in_parts(raw: RawTable, recognised: Recognised) -> dict[str, list[int]]:
    """The fields for addresses of which columns tell parts: the positions of these, the widest part first."""
    found: dict[str, dict[int, int]] = {}
    for place, whose, part in _parts(raw.header, recognised):
        field = _field(place, whose, recognised)
        if field:
            found.setdefault(field, {}).setdefault(part, place)
    told = {field: [parts[part] for part in sorted(parts)] for field, parts in found.items() if min(parts) < 3}
    return {field: places for field, places in told.items() if field in recognised.columns or len(places) > 1}


def _parts(header: Sequence[str], recognised: Recognised) -> Iterator[tuple[int, str, int]]:
    """The columns, read as no field, that are called after a part of an address: position, whose, which part."""
    taken = set(recognised.columns.values())
    for place, text in enumerate(header):
        told = None if place in taken else _COLUMN.match(header_key(text))
        if told:
            yield place, told["whose"].removesuffix("地"), next(i for i in range(len(_PARTS)) if told[f"part{i}"])


def _field(place: int, whose: str, recognised: Recognised) -> str | None:
    """The field for the address of which a column tells a part; without a word for whose, the next one at its right."""
    kind = recognised.kind
    known = addresses(kind)
    if whose:
        meant = (meaning(whose + word, kind) for word in ("地址", "address"))
        return next((field for field in meant if field in known), None)
    columns = sorted((recognised.columns[field], field) for field in known if field in recognised.columns)
    right = [field for position, field in columns if position > place]
    left = [field for _, field in reversed(columns)]
    return next(iter((*right, *left, *(known if len(known) == 1 else ()))), None)


def _joined(parts: Sequence[pl.Series], rest: pl.Series | None) -> pl.Series | None:
    """The parts and what follows them as one text; None where they are not written in Chinese."""
    import polars as pl

    if not any(part.str.contains(_HAN).any() for part in parts):
        return None
    blank = pl.lit("")
    frame = pl.DataFrame([part.alias(f"p{i}") for i, part in enumerate(parts)])
    bare = pl.all().str.replace_all(r"\s", "")
    frame = frame.select(pl.when(bare.str.contains(_NO_NAME)).then(blank).otherwise(bare).fill_null(blank).name.keep())
    text = pl.Series("rest", [None] * frame.height, dtype=pl.String) if rest is None else rest.alias("rest")
    frame = frame.with_columns(text.str.strip_chars().fill_null(""))
    for i in range(1, len(parts)):  # 北京市 as province and city
        same = pl.col(f"p{i}") == pl.col(f"p{i - 1}")
        frame = frame.with_columns(pl.when(same).then(blank).otherwise(f"p{i}").alias(f"p{i}"))
    for i in range(len(parts)):  # the rest may say them again
        frame = frame.with_columns(pl.col("rest").str.strip_prefix(pl.col(f"p{i}")).str.strip_chars_start())
    whole = frame.select(pl.concat_str(pl.all()).alias("whole"))["whole"]
    return whole.set(whole == "", None)
