"""What stands behind a name and says more of its bearer: 王某（绰号“老王”）, 李某（男，身份证号…）, 张某/13800138000.

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

_MAY_SAY_MORE = r"[(（“\"]|[0-9０-９]{11}"
_NAME, _QUOTES = r"(?P<name>[^()\"“”]{2,}?)\s*", "[\"“”'‘’]*"
_CALLED = (
    r"(?:绰号|外号|诨号|别名|化名|又名|曾用名|自称|人称|网名|昵称|微信名|小名|aka|a\.k\.a\.|alias)\s*(?:[:为是]|叫)?\s*"
)
_ALIASES = (
    re.compile(rf"{_NAME}\(\s*{_CALLED}{_QUOTES}(?P<more>[^()\"“”]+?){_QUOTES}\s*\)", re.IGNORECASE),
    re.compile(rf"{_NAME}[“\"](?P<more>[^()\"“”]+)[”\"]"),
)
_ALIAS = re.compile(rf"{_CALLED}{_QUOTES}(?P<more>[^()\"“”,;、]+)", re.IGNORECASE)
_BRANCH = re.compile(r"[^\s,;、/|:]*(?:店|部|分公司|厂|院|所|站)(?=[\s,;、/|:]|$)")  # is part of the name
# Numbers behind a name: in brackets whatever else they tell of him, else only with words that say what they are.
_NUMBERED = re.compile(
    r"(?P<name>[^()\"“”0-9,;、/|:]{2,}?)\s*(?:\((?P<inside>[^()]*)\))?"
    r"(?P<behind>(?:[\s,;、/|:]|(?=[0-9]|居民|公民|身份|证件|联系|电话|手机))[^()]*)?"
)
_FOUND = {
    "id": re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Za-z])"),
    "phone": re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"),
}
_LABEL = re.compile(
    r"(?:(?:居民|公民)?身份(?:证件|证)?|证件|统一社会信用代码|联系|手机|电话|方式|号码?|id(?:\s?no\.?|\s?number)?|tel\.?|phone|mobile"
    r"|[男女汉]族?|[\s,;、/|:.])*",
    re.IGNORECASE,
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
        written, (name, told) = next(iter(parts.items()))
        more = say(", ", "，").join(f"{say(*_WORDS[part])} {number}" for part, number in told.items())
        notes.append(
            say(
                f"[{raw.sheet}] {header}: what stands behind names is read apart: {written} is {name}, {more}",
                f"[{raw.sheet}] “{header}”：姓名后所附内容单独读取：{written} 即 {name}，{more}",
            )
        )
    return raw, recognised, notes


def _parts(raw: RawTable, place: int) -> dict[str, tuple[str, dict[str, str]]]:
    """The cells that say more than a name: the name, and the rest by what it is."""
    cells = raw.cells[f"c{place}"].unique(maintain_order=True)
    likely = cells.filter(cells.str.contains(_MAY_SAY_MORE).fill_null(value=False)).to_list()
    return {cell: parts for cell in likely if (parts := _part(cell))}


def _part(cell: str) -> tuple[str, dict[str, str]] | None:
    """The name, and the rest by what it is; None where it is all a name, or tells of several.

    >>> _part("王某（绰号“老王”）"), _part("李某/13800138000"), _part("某药房（总店）")
    (('王某', {'alias': '老王'}), ('李某', {'phone': '13800138000'}), None)
    >>> _part("张三（男，身份证号：440305198001150112，电话13800138000）")
    ('张三', {'id': '440305198001150112', 'phone': '13800138000'})
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    alias = next((one for form in _ALIASES if (one := form.fullmatch(text))), None)
    if alias and not any(form.search(alias["more"]) for form in _FOUND.values()):
        return alias["name"].strip(), {"alias": alias["more"].strip()}
    told = _NUMBERED.fullmatch(text)
    if told is None:
        return None
    inside, behind = told["inside"] or "", told["behind"] or ""
    found = {part: form.findall(f"{inside} {behind}") for part, form in _FOUND.items()}
    rest = [_without(each, found) for each in (inside, behind)]
    if any(len(numbers) > 1 for numbers in found.values()) or not _LABEL.fullmatch(rest[1]):
        return None
    parts = {part: numbers[0].upper() for part, numbers in found.items() if numbers}
    called = _ALIAS.search(rest[0])
    branch = _BRANCH.search(rest[0])
    kept = inside if rest[0] == inside else branch[0] if branch else ""
    name = told["name"].strip() + (f"({kept})" if kept else "")
    return (name, parts | ({"alias": called["more"].strip()} if called else {})) if parts else None


def _without(text: str, found: Mapping[str, list[str]]) -> str:
    for number in (number for numbers in found.values() for number in numbers):
        text = text.replace(number, " ")
    return text


def _moved(
    raw: RawTable, recognised: Recognised, template: NodeTemplate, parts: Mapping[str, tuple[str, dict[str, str]]]
) -> tuple[RawTable, Recognised]:
    """The names alone in their column, the rest in the columns of its own."""
    column = f"c{recognised.columns[template.name]}"
    written, header = raw.cells[column], raw.header[recognised.columns[template.name]]
    for wanted, field in (("alias", _alias_of(recognised)), ("id", template.id), ("phone", template.phone)):
        rest = {cell: told[wanted] for cell, (_, told) in parts.items() if wanted in told}
        if rest:
            values = written.replace_strict(list(rest), list(rest.values()), default=None)
            name = recognised.kind.by_name[field].zh if field else f"{header} {say(*_WORDS[wanted])}"
            raw, recognised = _with(raw, recognised, field, name, values)
    bare = {cell: name for cell, (name, _) in parts.items()}
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
