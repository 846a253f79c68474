"""Whose statement it is, told once above the header: 账号：6222… 户名：赵一鸣, 本机号码：13800138000."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import header_key

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable
    from graphkit.records.statements import Side, Statement

_ENGLISH = re.compile(r"^([A-Za-z][A-Za-z ./]*)\s*:\s*([ -9;-~]+)$")  # one name, one value, with spaces in both
_NUMBER, _DIGITS = re.compile(r"^(?!对方|对手|交易对).*(?:卡号|账号|帐号)$"), re.compile(r"^[0-9]{8,}$")
_PAIR = re.compile(r"([^\s:,，;；]+)\s*:\s*[\[【]?([^\s:,，;；\]】]+)[\]】]?")


def with_own(raw: RawTable, statement: Statement) -> RawTable:
    """The table with a column for each thing of the own side that stands above the header and not in it.

    Only where the header has the other side's column, so that the table is told from one side.
    """
    keys = {header_key(text) for text in raw.header}
    told = dict(said_above(raw.above))
    others = {header_key(name) for side in statement.sides for name in side.other.split("|")}
    for side in statement.sides:
        own = [header_key(name) for name in side.own.split("|")]
        said = next((name for name in own if name in told), None) or _numbered(told, side)
        if said is None or not keys & others or (keys & set(own) and not _a_card_besides(said, keys & set(own))):
            continue
        value = told[said]
        names = side.own.split("|")
        raw = _with_column(raw, names[0], value)
        beside = {told[name] for name in told if name in set(map(header_key, side.numbers.split("|")))} - {value}
        if len(beside) == 1 and not keys & set(own):  # the card's number beside the account's
            raw = _with_column(raw, names[1], beside.pop())
    return raw


def _with_column(raw: RawTable, name: str, value: str) -> RawTable:
    import polars as pl

    from graphkit.records.reading.grid import columns_of

    note = say(
        f"[{raw.sheet}] {name} is {value} in every line, as said above the header",
        f"[{raw.sheet}] 按表头上方所写，各行的“{name}”均为 {value}",
    )
    filled = pl.sum_horizontal(pl.col(columns_of(raw.cells)).is_not_null()) > 1  # a lone remark is no line
    column = pl.when(filled).then(pl.lit(value)).alias(f"c{len(raw.header)}")
    return replace(raw, header=(*raw.header, name), cells=raw.cells.with_columns(column), notes=(*raw.notes, note))


def _numbered(told: Mapping[str, str], side: Side) -> str | None:
    """The name above the header of what is an account's number by its last word: 借记卡号."""
    if not side.needed:
        return None
    return next((name for name, value in told.items() if _NUMBER.search(name) and _DIGITS.match(value)), None)


def _a_card_besides(said: str, own: Set[str]) -> bool:
    """Whether above stands the card of an account whose lines tell its own number only: others know it by the card."""
    return "卡号" in said and not any("卡" in name for name in own)


def said_above(lines: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Names and what is said of them: with a colon between in one cell, or in two cells side by side."""
    for line in lines:
        texts = [unicodedata.normalize("NFKC", text).strip() for text in line]
        for text in texts:
            if one := _ENGLISH.match(text):
                yield header_key(one[1]), one[2]
                continue
            yield from ((header_key(name), value) for name, value in _PAIR.findall(text))
        for name, value in itertools.pairwise(texts):
            if not _PAIR.search(name):
                yield header_key(name.rstrip(":")), value
