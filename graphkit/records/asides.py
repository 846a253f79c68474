"""What stands in brackets behind a name and says more of its bearer: 王某（绰号“老王”）, 李某（13800138000）.

The name alone names him; the alias, the id number or the phone goes to the column that is there for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import Recognised

if TYPE_CHECKING:
    import polars as pl

    from graphkit.model.templates import NodeTemplate
    from graphkit.records.reading.tables import RawTable

_MAY_SAY_MORE = r"[(（“\"]"
_NAME, _QUOTES = r"(?P<name>[^()\"“”]{2,}?)\s*", "[\"“”'‘’]*"
_CALLED = (
    r"(?:绰号|外号|诨号|别名|化名|又名|曾用名|自称|人称|网名|昵称|微信名|小名|aka|a\.k\.a\.|alias)\s*(?:[:为是]|叫)?\s*"
)
_ID = r"(?:(?:居民|公民)?身份(?:证|证号|证号码|号码)|证件号码?|统一社会信用代码|id(?:\s?no\.?|\s?number)?)?\s*:?\s*"
_PHONE = r"(?:电话|手机|手机号码?|联系电话|联系方式|tel\.?|phone)?\s*:?\s*"
_FORMS = tuple(
    (part, re.compile(form, re.IGNORECASE))
    for part, form in (
        ("alias", rf"{_NAME}\(\s*{_CALLED}{_QUOTES}(?P<more>[^()\"“”]+?){_QUOTES}\s*\)"),
        ("alias", rf"{_NAME}[“\"](?P<more>[^()\"“”]+)[”\"]"),
        ("id", rf"{_NAME}\(\s*{_ID}(?P<more>[0-9]{{17}}[0-9X]|[0-9A-HJ-NPQRTUWXY]{{18}})\s*\)"),
        ("phone", rf"{_NAME}\(\s*{_PHONE}(?P<more>1[3-9][0-9]{{9}})\s*\)"),
    )
)


_WORDS = {"alias": ("alias", "别名"), "id": ("id number", "证件号"), "phone": ("phone", "电话")}


def told_apart(raw: RawTable, recognised: Recognised) -> tuple[RawTable, Recognised, list[str]]:
    """The table with bare names, and with columns for what stood in brackets behind them; and notes that say so."""
    notes: list[str] = []
    for template in recognised.kind.nodes:
        place = recognised.columns.get(template.name) if template.is_party else None
        parts = {} if place is None else _parts(raw, place)
        if place is None or not parts:
            continue
        header = raw.header[place]
        raw, recognised = _moved(raw, recognised, template, parts)
        written, (name, part, more) = next(iter(parts.items()))
        word = say(*_WORDS[part])
        notes.append(
            say(
                f"[{raw.sheet}] {header}: what stands behind names is read apart: {written} is {name}, {word} {more}",
                f"[{raw.sheet}] “{header}”：姓名后所附内容单独读取：{written} 即 {name}，{word} {more}",
            )
        )
    return raw, recognised, notes


def _parts(raw: RawTable, place: int) -> dict[str, tuple[str, str, str]]:
    """The cells that say more than a name: the name, what the rest is, the rest."""
    cells = raw.cells[f"c{place}"].unique(maintain_order=True)
    likely = cells.filter(cells.str.contains(_MAY_SAY_MORE).fill_null(value=False)).to_list()
    return {cell: parts for cell in likely if (parts := _part(cell))}


def _part(cell: str) -> tuple[str, str, str] | None:
    """Name, what the rest is, and the rest.

    >>> _part("王某（绰号“老王”）"), _part("李某(13800138000)"), _part("某药房（总店）")
    (('王某', 'alias', '老王'), ('李某', 'phone', '13800138000'), None)
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    found = ((part, form.fullmatch(text)) for part, form in _FORMS)
    return next(((one["name"].strip(), part, one["more"].strip()) for part, one in found if one), None)


def _moved(
    raw: RawTable, recognised: Recognised, template: NodeTemplate, parts: Mapping[str, tuple[str, str, str]]
) -> tuple[RawTable, Recognised]:
    """The names alone in their column, the rest in the columns of its own."""
    column = f"c{recognised.columns[template.name]}"
    written, header = raw.cells[column], raw.header[recognised.columns[template.name]]
    for wanted, field in (("alias", _alias_of(recognised)), ("id", template.id), ("phone", template.phone)):
        rest = {cell: more for cell, (_, part, more) in parts.items() if part == wanted}
        if rest:
            values = written.replace_strict(list(rest), list(rest.values()), default=None)
            name = recognised.kind.by_name[field].zh if field else f"{header} {say(*_WORDS[wanted])}"
            raw, recognised = _with(raw, recognised, field, name, values)
    bare = {cell: name for cell, (name, _, _) in parts.items()}
    cells = raw.cells.with_columns(written.replace(list(bare), list(bare.values())).alias(column))
    return replace(raw, cells=cells), recognised


def _alias_of(recognised: Recognised) -> str:
    return "alias" if "alias" in recognised.kind.by_name else ""


def _with(
    raw: RawTable, recognised: Recognised, field: str, name: str, values: pl.Series
) -> tuple[RawTable, Recognised]:
    """The table with these values where the field's column is empty, or beside what it has where it takes several."""
    import polars as pl

    place = recognised.columns.get(field) if field else None
    if place is None:
        place = len(raw.header)
        columns = {**recognised.columns, field: place} if field else recognised.columns
        raw = replace(raw, header=(*raw.header, name), cells=raw.cells.with_columns(values.alias(f"c{place}")))
        return raw, Recognised(recognised.kind, columns)
    there, told = pl.col(f"c{place}"), pl.lit(values)
    several = recognised.kind.by_name[field].many
    both = pl.concat_str([there, told], separator="、", ignore_nulls=True) if several else there
    value = pl.when(there.is_null()).then(told).when(told.is_null()).then(there).otherwise(both)
    return replace(raw, cells=raw.cells.with_columns(value.alias(f"c{place}"))), recognised
