"""Mapping files: which column of somebody else's table is which field. YAML, one file for a layout, reusable."""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graphkit.errors import MappingError
from graphkit.model.fields import FieldType
from graphkit.model.language import say
from graphkit.model.records import BY_NAME, RECORD_KINDS, RecordKind
from graphkit.records.guessing import guesses, nearest_kind
from graphkit.records.recognition import Recognised, assign, header_key, missing
from graphkit.records.units_in_cells import UNIT

LARGEST = 1_000_000  # characters


@dataclass(frozen=True)
class TableMapping:
    """One table of the layout: its kind, the sheets it is found on, the columns of each field, and fixed values.

    A field that is written in several columns, such as a name in surname and given name, is their texts joined.
    `counted_from` gives, for times that are numbers of days, the day from which they count. The header row is the one
    that has the named columns.
    """

    kind: RecordKind
    sheet: str
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    counted_from: Mapping[str, date] = field(default_factory=dict)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a mapping file, generated from the declared kinds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "graphkit mapping file",
        "type": "object",
        "required": ["tables"],
        "additionalProperties": False,
        "properties": {
            "tables": {"type": "array", "minItems": 1, "items": {"oneOf": [_table_schema(k) for k in RECORD_KINDS]}}
        },
    }


def _table_schema(kind: RecordKind) -> dict[str, Any]:
    texts = {name: {"type": "string", "minLength": 1} for name in kind.by_name}
    named = {"type": "object", "additionalProperties": False, "properties": texts}
    several = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
    placed = {**named, "properties": {name: {"oneOf": [text, several]} for name, text in texts.items()}}
    properties = {
        "kind": {"const": kind.name},
        "sheet": {"type": "string"},
        "columns": placed,
        "constants": named,
        "counted_from": named,
    }
    return {"type": "object", "required": ["kind", "columns"], "additionalProperties": False, "properties": properties}


def read_mapping(path: Path) -> tuple[str, list[TableMapping]]:
    """The text of a mapping file and the tables it describes. Raises MappingError naming the entry that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(
            f"{path}: cannot be read as a mapping file: {error}", f"{path}：无法读取对照表：{error}"
        ) from error
    return text, parse_mapping(text, str(path))


def parse_mapping(text: str, where: str) -> list[TableMapping]:
    """The tables that a mapping's text describes."""
    import yaml

    if len(text) > LARGEST:
        raise MappingError(f"{where}: larger than {LARGEST} characters", f"{where}：超过 {LARGEST} 个字符")
    try:
        # Every scalar is text: a column headed `no` is not false, a code 0123 no number; and nothing else is built.
        content = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line = str(error).replace("\n", " ")
        raise MappingError(f"{where}: not valid YAML: {line}", f"{where}：不是有效的 YAML：{line}") from error
    entries = content.get("tables") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise MappingError(f"{where}: needs a list `tables`", f"{where}：缺少列表 tables")
    return [_table(entry, f"{where}: tables[{i}]") for i, entry in enumerate(entries)]


def _table(entry: Any, where: str) -> TableMapping:
    if not isinstance(entry, dict) or not isinstance(entry.get("columns"), dict):
        raise MappingError(f"{where}: needs `kind` and `columns`", f"{where}：缺少 kind 与 columns")
    _check_names(entry, ("kind", "sheet", "columns", "constants", "counted_from"), where)
    kind = BY_NAME.get(str(entry.get("kind")))
    if kind is None:
        near = _nearest(str(entry.get("kind")), BY_NAME)
        raise MappingError(
            f"{where}: unknown kind {entry.get('kind')!r}.{near[0]}",
            f"{where}：未知的记录种类 {entry.get('kind')!r}。{near[1]}",
        )
    constants = entry.get("constants") or {}
    if not isinstance(constants, dict):
        raise MappingError(f"{where}: `constants` must be a table", f"{where}：constants 应为表")
    for names in (entry["columns"], constants):
        _check_names(names, kind.by_name, where)
    columns = {str(name): _named_columns(name, column, where) for name, column in entry["columns"].items()}
    fixed = {str(name): str(value) for name, value in constants.items()}
    return TableMapping(kind, str(entry.get("sheet") or "*"), columns, fixed, _counted_from(entry, kind, where))


def _named_columns(field: str, given: Any, where: str) -> tuple[str, ...]:
    """The column of a field, or the several that are joined to be it. Raises MappingError."""
    columns = given if isinstance(given, list) else [given]
    if not columns or not all(isinstance(column, str) and column for column in columns):
        raise MappingError(
            f"{where}: {field} takes the header of a column, or a list of headers to join",
            f"{where}：{field} 应为一个列名，或待拼接的多个列名的列表",
        )
    return tuple(columns)


def _counted_from(entry: Mapping[str, Any], kind: RecordKind, where: str) -> dict[str, date]:
    """The day from which each of these columns counts its days. Raises MappingError."""
    given = entry.get("counted_from") or {}
    if not isinstance(given, dict):
        raise MappingError(f"{where}: `counted_from` must be a table", f"{where}：counted_from 应为表")
    times = [name for name, one in kind.by_name.items() if one.type is FieldType.TIME and name in entry["columns"]]
    _check_names(given, times, where)
    try:
        return {str(name): date.fromisoformat(str(day)) for name, day in given.items()}
    except ValueError as error:
        raise MappingError(
            f"{where}: counted_from takes days such as 2020-01-01: {error}",
            f"{where}：counted_from 应为日期，如 2020-01-01：{error}",
        ) from error


def _check_names(names: Mapping[Any, Any], known: Sequence[str] | Mapping[str, Any], where: str) -> None:
    for name in names:
        if name not in known:
            near = _nearest(str(name), known)
            raise MappingError(f"{where}: unknown name {name!r}.{near[0]}", f"{where}：未知的名称 {name!r}。{near[1]}")


def _nearest(name: str, known: Sequence[str] | Mapping[str, Any]) -> tuple[str, str]:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")


def mapped(
    mappings: Sequence[TableMapping], sheet: str, header: Sequence[str], where: str, *, others: bool = False
) -> tuple[Recognised, TableMapping] | None:
    """The mapping for this sheet applied to its header, of several the first that fits; None where none is for it.

    Raises MappingError where the mapping names a column that is not there, unless the sheet holds `others`: then the
    mapping may be for another table of the sheet.
    """
    wrong: MappingError | None = None
    for mapping in mappings:
        if not fnmatch.fnmatchcase(sheet, mapping.sheet):
            continue
        try:
            return Recognised(mapping.kind, _positions(mapping, header, where)), mapping
        except MappingError as error:
            wrong = wrong or error
    if wrong is not None and not others:
        raise wrong
    return None


def _positions(mapping: TableMapping, header: Sequence[str], where: str) -> dict[str, int]:
    keys = [header_key(text) for text in header]
    columns: dict[str, int] = {}
    for name, column in ((name, column) for name, several in mapping.columns.items() for column in several):
        if header_key(column) not in keys:
            near = _nearest(column, [text for text in header if text])
            raise MappingError(
                f"{where}: the mapping names column {column!r} for {name}, which is not there.{near[0]}",
                f"{where}：对照表为 {name} 指定的列 {column!r} 不存在。{near[1]}",
            )
        columns.setdefault(name, keys.index(header_key(column)))
    if columns.get("unit", -1) == columns.get("quantity"):
        del columns["unit"]
    if "quantity" in columns and "unit" not in {*columns, *mapping.constants} and UNIT in keys:
        columns["unit"] = keys.index(UNIT)  # the cells of quantities name it
    lacking = [name for name in missing(mapping.kind, columns, header) if name not in mapping.constants]
    if lacking:
        listed = ", ".join(lacking)
        fields = mapping.kind.by_name
        listed_zh = "、".join(f"{fields[one].zh} {one}" if one in fields else one for one in lacking)
        raise MappingError(
            f"{where}: the mapping leaves out what {mapping.kind.name} needs: {listed}",
            f"{where}：对照表缺少 {mapping.kind.zh} 必需的：{listed_zh}",
        )
    return columns


_HEAD = """\
# A mapping file: for each field of a kind of record, the header of its column.
# Fill in the lines marked ? and take off their #; take off the # of each guess that is right. What the
# table lacks but is the same in every row goes under constants: {{currency: CNY, unit: "盒"}}. Times that are
# numbers of days go under counted_from too, with the day from which they count: {{paid_at: 2020-01-01}}.
# A field that is written in several columns names them all, and their texts are joined: name: [姓, 名].
# Kinds: {kinds}"""
_HEAD_ZH = """\
# 对照表：为一类记录的每个字段写明所在列的表头。
# 请填写标有 ? 的行并去掉其 #；猜测正确的行去掉 # 即可。表中没有、但每行都相同的内容写在 constants 下：
# {{currency: CNY, unit: "盒"}}。以天数表示的时间还要在 counted_from 下写明起算日：{{paid_at: 2020-01-01}}。
# 一个字段分写在几列的，列出各列，内容依次相连：name: [姓, 名]。
# 记录种类：{kinds}"""


def draft(tables: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A mapping file for tables given as (sheet, header): the fields found, and what is left to fill in."""
    kinds = ", ".join(kind.name for kind in RECORD_KINDS)
    lines = [*say(_HEAD, _HEAD_ZH).format(kinds=kinds).splitlines(), "tables:"]
    for sheet, header in tables:
        lines += _drafted(nearest_kind(header, RECORD_KINDS), sheet, header)
    return "\n".join(lines) + "\n"


def _drafted(kind: RecordKind | None, sheet: str, header: Sequence[str]) -> list[str]:
    found = assign(header, kind) if kind else {}
    guessed = guesses(header, kind) if kind else {}
    sure = "" if found else say("; a guess from columns called alike", "；据相近的列名猜测")
    unknown = say("no column is known: choose one of the kinds above", "没有可识别的列：请从上列种类中选择")
    named = f"{kind.name}  # {kind.zh}{sure}" if kind else f"?  # {unknown}"
    lines = [f"  - kind: {named}", f"    sheet: {_quoted(sheet)}", "    columns:"]
    for one in kind.fields if kind else ():
        place = found.get(one.name, guessed.get(one.name))
        column = f"{one.name}: {_quoted(header[place])}" if place is not None else f"{one.name}: ?"
        need = say(" (needed)", "（必填）") if one.required and not one.number else ""
        remark = say("; a guess", "；猜测") if one.name in guessed else ""
        lines.append(f"      {'' if one.name in found else '# '}{column}  # {one.zh}{need}{remark}")
    used = {*found.values(), *guessed.values()}
    left = [text for i, text in enumerate(header) if i not in used and text]
    return [*lines, *(f"    # {say('column left over', '尚未对应的列')}: {_quoted(text)}" for text in left)]


def _quoted(text: str) -> str:
    """The text as YAML reads it back, on one line whatever it holds."""
    import json

    return json.dumps(text, ensure_ascii=False)
