"""The command that drafts a mapping file for a table with other columns."""

from __future__ import annotations

import json
from pathlib import Path

from graphkit.cli.declared import RECORDS, Command, Input
from graphkit.cli.session import Session
from graphkit.errors import RequestError, UnknownTable, UnreadableFile
from graphkit.model.answer import Answer, Column
from graphkit.model.rendering import plain


def mapping(session: Session, file: str | None, schema: bool) -> Answer:
    """Draft a mapping, or give the JSON Schema of mapping files."""
    from graphkit.records.mapping import json_schema

    if schema == bool(file):
        raise RequestError("Give either a FILE or --schema.", "请给出一个文件，或 --schema。")
    if schema:
        return Answer("mapping", {"schema": True}, (Column("schema"),), [{"schema": plain(json_schema())}])
    return Answer("mapping", {"file": file}, (Column("mapping"),), [{"mapping": drafted(Path(str(file)))}])


def drafted(path: Path) -> str:
    """A mapping file for the tables of this file. Raises InputError."""
    from graphkit.records.mapping import draft
    from graphkit.records.reading import read_tables
    from graphkit.records.recognition import is_known_header

    if not path.is_file():
        raise UnreadableFile(f"{path}: no such file", f"{path}：没有这个文件")
    tables = [(table.sheet, table.header) for table in read_tables(path, is_known_header).tables if table.header]
    if not tables:
        raise UnknownTable(f"{path}: holds no table with a header", f"{path}：其中没有带表头的表格")
    return draft(tables)


def document(answer: Answer) -> str:
    """The draft or the schema itself, ready to be redirected into a file."""
    content = next(iter(answer.rows[0].values()))
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2) + "\n"


MAPPING = Command(
    "mapping",
    RECORDS,
    "Draft a mapping file for a table with other columns",
    "为列名不同的表格起草对照表",
    (
        Input("file", "a table: csv or xlsx", "表格：csv 或 xlsx", positional=True, optional=True, metavar="FILE"),
        Input(
            "schema", "print the JSON Schema of mapping files instead", "改为输出对照表的 JSON Schema", "flag", False
        ),
    ),
    mapping,
    "graphkit mapping --schema",
    "Save the draft, fill in the lines marked ?, and load with --mapping. One mapping serves all tables of a layout.",
    "保存草稿，补全标有 ? 的行，载入时用 --mapping 指定。同一布局的表格可共用一个对照表。",
    ("mapping",),
    shown=document,
)
