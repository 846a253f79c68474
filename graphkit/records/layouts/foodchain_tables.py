"""The tables of a FoodChain-Lab file as records, each with its ordinal in the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkit.records.layouts.json_text import Object, check, read_json, text_of
from graphkit.records.reading.safety import unreadable

# In the order of the file; README and some programs write `deliveriesRelations`.
TABLES = ("stations", "deliveries", "deliveryRelations")
KINDS = (*TABLES, "tracing.nodes", "tracing.deliveries", "samples")
_ALSO = {"deliveryRelations": "deliveriesRelations"}
Column = tuple[str, str]  # its id, its type


@dataclass(frozen=True)
class Record:
    """One station, delivery, relation, setting of the tracing, or sample."""

    row: int
    kind: str
    values: Object

    def text(self, name: str) -> str:
        """A column as text without blanks around it; empty where it is missing."""
        return text_of(self.values.get(name)).strip()


@dataclass(frozen=True)
class Tables:
    """One file: its records in order, the columns of its tables, and whether it says how to show the network."""

    records: list[Record]
    columns: dict[str, list[Column]]
    settings: bool


def read_tables(source: Path | bytes, name: str) -> Tables:
    """Every record of a file. Raises UnreadableFile."""
    document = read_json(source, name)
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict):
        raise unreadable(name, "holds no `data` with stations and deliveries", "缺少含站点与交货的 data")
    tables = {kind: _table(data, kind, name) for kind in TABLES}
    listed = {kind: table["data"] for kind, table in tables.items()} | _others(document, name)
    records: list[Record] = []
    for kind in KINDS:
        for entry in listed[kind]:
            records.append(_record(entry, kind, len(records) + 1, name))
    columns = {kind: _columns(table, kind, name) for kind, table in tables.items()}
    check({key: held for key, held in document.items() if key != "data"}, name)
    return Tables(records, columns, bool(document.get("settings")))


def _table(data: Object, kind: str, name: str) -> Object:
    table = data.get(kind, data.get(_ALSO.get(kind, "")))
    if not isinstance(table, dict) or not isinstance(table.get("data"), list):
        raise unreadable(name, f"has no table of {kind}", f"缺少 {kind} 表")
    return table


def _columns(table: Object, kind: str, name: str) -> list[Column]:
    listed = table.get("columnProperties")
    check(listed, name)
    if not isinstance(listed, list) or not all(isinstance(one, dict) and text_of(one.get("id")) for one in listed):
        raise unreadable(name, f"does not say which columns {kind} has", f"{kind} 表缺少列说明")
    return [(text_of(one["id"]), text_of(one.get("type")) or "string") for one in listed]


def _others(document: Object, name: str) -> dict[str, list[Any]]:
    """What stands beside the tables: settings of the tracing, and samples."""
    tracing = document.get("tracing") or {}
    if not isinstance(tracing, dict):
        raise unreadable(name, "`tracing` is not an object", "tracing 应为对象")
    found = {
        "tracing.nodes": tracing.get("nodes") or [],
        "tracing.deliveries": tracing.get("deliveries") or [],
        "samples": document.get("samples") or [],
    }
    for kind, listed in found.items():
        if not isinstance(listed, list):
            raise unreadable(name, f"`{kind}` is not a list", f"{kind} 应为列表")
    return found


def _record(entry: Any, kind: str, row: int, name: str) -> Record:
    check(entry, name, row)
    if kind not in TABLES:
        if not isinstance(entry, dict):
            raise _misshapen(name, row, kind)
        return Record(row, kind, entry)
    if not isinstance(entry, list) or not all(isinstance(one, dict) and _is_cell(one) for one in entry):
        raise _misshapen(name, row, kind)
    values = {one["id"]: one.get("value") for one in entry}
    if len(values) < len(entry):
        raise unreadable(name, f"record {row} of {kind} has a column twice", f"第 {row} 条记录（{kind}）有重复的列")
    return Record(row, kind, values)


def _is_cell(one: Object) -> bool:
    return isinstance(one.get("id"), str) and not isinstance(one.get("value"), dict | list)


def _misshapen(name: str, row: int, kind: str) -> Exception:
    return unreadable(
        name,
        f"record {row} of {kind} is not what FoodChain-Lab writes there",
        f"第 {row} 条记录（{kind}）不符合 FoodChain-Lab 的格式",
    )
