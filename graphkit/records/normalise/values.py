"""Words of a fixed list: units and enumerated values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model import units
from graphkit.records.normalise.column import Finding, Reading
from graphkit.records.normalise.text import filled, half_width

if TYPE_CHECKING:
    from graphkit.model.fields import Field


_OF_WHAT = r"(?:型|类|类型|环节)?(?:窝点|场所|企业|单位|点)?$"
_BRACKETS = re.compile(r"\(([^()]*)\)")


def read_unit(cells: pl.Series, field: Field) -> Reading:
    """The unit's code; an unknown unit stays as written."""
    return _from_list(cells, units.CODES, "unknown_unit")


def read_enum(cells: pl.Series, field: Field) -> Reading:
    """The value's English name, whatever it is a value of (生产窝点 is 生产); an unknown value stays as written."""
    return _from_list(cells, value_names(field), "unknown_value", _OF_WHAT)


def value_names(field: Field) -> dict[str, str]:
    """Any way of writing one of the field's values → its English name."""
    return {
        name.casefold(): value.name
        for value in field.values
        for name in (value.name, value.zh, *value.aliases, value.name.replace("_", " "))
    }


def _from_list(cells: pl.Series, names: Mapping[str, str], reason: str, end: str = "$") -> Reading:
    present = filled(cells)
    written = present.drop_nulls().unique(maintain_order=True)
    folded = half_width(written).str.to_lowercase().str.replace_all(r"\s+", " ")
    bare = folded.str.replace(end, "")
    told = (
        (cell, names.get(name) or names.get(short) or names.get(_without_reasons(name, names)))
        for cell, name, short in zip(written, folded, bare, strict=True)
    )
    known = {cell: value for cell, value in told if value}
    value = present.replace(known) if known else present
    note = Finding(present.is_not_null() & ~present.is_in(list(known)), reason, refused=False)
    return Reading({"": value}, (note,))


def _without_reasons(name: str, names: Mapping[str, str]) -> str:
    """What is written without the reason in brackets: 不符合规定(检出格列本脲); as it is where that names a value too.

    >>> names = {"合格": "pass", "不合格": "fail"}
    >>> _without_reasons("不合格(检出铬)。", names), _without_reasons("合格(复检不合格)", names)
    ('不合格', '合格(复检不合格)')
    """
    if any(known in reason for reason in _BRACKETS.findall(name) for known in names if known):
        return name
    return _BRACKETS.sub("", name).strip(" ,;。.")
