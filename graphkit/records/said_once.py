"""What is said once above the header and holds for every row: 案件编号：…, 扣押时间：…, 持有人：… of what was seized.

Only what the table has no column for, and by a name that can mean nothing else, unless the table needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.errors import UnknownTable
from graphkit.model.fields import FieldType, words
from graphkit.model.language import say
from graphkit.records.above import said_above
from graphkit.records.recognition import Recognised, assign, is_known_header, recognise

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

# Words that above a table may be about the list itself: when it was made, by whom, how many lines it has.
_VAGUE = frozenset(
    words(
        "日期 时间 单位 名称 电话 联系电话 联系方式 地址 住址 备注 说明 状态 类型 性质 类别 来源 结果 金额 价格 部门 "
        "date time unit name tel phone address note notes remark status type total sum amount source result location "
        "place from to person company agency"
    )
)
_COUNTED = (FieldType.UNIT, FieldType.QUANTITY, FieldType.MONEY, FieldType.NUMBER)


def with_said_once(raw: RawTable) -> RawTable:
    """The table with a column for each field that it lacks and that stands above its header."""
    told = {name: value for name, value in said_above(raw.above) if is_known_header(name)}
    found = _recognised(raw, told) if told else None
    if found is None:
        return raw
    bare = assign(raw.header, found.kind)
    added = {
        name: told[name]
        for place, name in enumerate(told, len(raw.header))
        for field in found.kind.every_field
        if found.columns.get(field.name) == place and field.name not in bare and field.type not in _COUNTED
        if field.required or name not in _VAGUE
    }
    return _with(raw, added) if added else raw


def _recognised(raw: RawTable, told: Mapping[str, str]) -> Recognised | None:
    """The kind of the table by its header alone, else together with what is said above it."""
    for header in (raw.header, (*raw.header, *told)):
        try:
            kind = recognise(header, "").kind
        except UnknownTable:
            continue
        return Recognised(kind, assign((*raw.header, *told), kind))
    return None


def _with(raw: RawTable, added: Mapping[str, str]) -> RawTable:
    import polars as pl

    filled = pl.sum_horizontal(pl.exclude("row").is_not_null()) > 1  # a lone remark is no line
    places = enumerate(added.values(), len(raw.header))
    columns = [pl.when(filled).then(pl.lit(value)).alias(f"c{place}") for place, value in places]
    listed = ", ".join(f"{name} {value}" for name, value in added.items())
    note = say(
        f"[{raw.sheet}] said once above the header, held for every line: {listed}",
        f"[{raw.sheet}] 表头上方所写，对各行均有效：{listed}",
    )
    header = (*raw.header, *added)
    return replace(raw, header=header, cells=raw.cells.with_columns(columns), notes=(*raw.notes, note))
