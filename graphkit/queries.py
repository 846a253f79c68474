"""Named queries: one name, one question, answered on each store in its own way.

On a Neo4j server it is the Cypher in cypher/investigate/ that an investigator could paste into Neo4j Browser; on the
embedded store it is graphkit's own analysis of the same name. Tests hold the two against each other.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.analyses import ANALYSES, Analysis, Casefile
from graphkit.analyses.chains import reference_order
from graphkit.errors import NotFound, RequestError
from graphkit.model import nodes
from graphkit.model.answer import Answer, Column, Row
from graphkit.model.language import say
from graphkit.store import SERVERS, queries

GROUP = "investigate"
_MARKED = re.compile(r"\d+/\*(\w+)\*/")
LISTED = (
    Column("name", en="Name", zh="名称"),
    Column("question", en="What it answers", zh="回答的问题"),
    Column("parameters", "list", en="Parameters", zh="参数"),
)


def is_server(where: str) -> bool:
    """Whether a store is a server, which speaks Cypher, and not a folder, which speaks SQL."""
    return where.lower().startswith(SERVERS)


def check_language(command: str, where: str) -> None:
    """Raise RequestError where the store does not speak `sql` or `cypher`, naming the one that it does."""
    if command == "cypher" and not is_server(where):
        raise RequestError(
            f"{where} is an embedded casebook, which speaks SQL: use `graphkit sql`, or copy it to a Neo4j server.",
            f"{where} 是内嵌案卷，使用 SQL：请用 graphkit sql，或先复制到 Neo4j 服务器。",
        )
    if command == "sql" and is_server(where):
        raise RequestError(
            f"{where} is a Neo4j server, which speaks Cypher: use `graphkit cypher`.",
            f"{where} 是 Neo4j 服务器，使用 Cypher：请用 graphkit cypher。",
        )


def names() -> tuple[str, ...]:
    """The named queries, in order."""
    return tuple(name.removeprefix(f"{GROUP}.") for name in queries.names(GROUP))


def listed() -> list[Row]:
    """The named queries: what each answers and wants to know."""
    found = [(name, queries.query(f"{GROUP}.{name}")) for name in names()]
    return [{"name": name, "question": _question(name, one), "parameters": list(one.parameters)} for name, one in found]


def _question(name: str, query: queries.Query) -> str:
    analysis = _analysis(name)
    return say(analysis.question_en, analysis.question_zh) if analysis else query.title


def ask(
    casefile: Casefile, name: str, parameters: Mapping[str, Any]
) -> tuple[Sequence[Column], Answer | None, list[Row]]:
    """The columns and rows of a named query, and the analysis's own answer, whose notes hold on every store."""
    if name not in names():
        raise _unknown(name)
    analysis = _analysis(name)
    given = typed(analysis, parameters)
    _check_present(analysis, given)
    if not is_server(casefile.store.where):
        if analysis is None:
            raise RequestError(
                f"{name} is answered on a Neo4j server only: copy the casebook to one, graphkit copy neo4j://host",
                f"{name} 只能在 Neo4j 服务器上查询：请先复制案卷，graphkit copy neo4j://host",
            )
        answer = analysis.ask(casefile, **given)
        return answer.columns, answer, answer.rows
    return _on_server(casefile, queries.query(f"{GROUP}.{name}"), analysis, given)


def _on_server(
    casefile: Casefile, query: queries.Query, analysis: Analysis | None, given: dict[str, Any]
) -> tuple[Sequence[Column], Answer | None, list[Row]]:
    checked = _identified(casefile, analysis, given) if analysis else given
    asked = {key: list(value) if isinstance(value, tuple) else value for key, value in checked.items()}
    _check_names(query, asked if analysis is None else given)
    columns, rows = casefile.store.native(
        _bounded(query.text, asked), {key: asked.get(key) for key in query.parameters}
    )
    known = {column.name: column for column in analysis.columns} if analysis else {}
    listed_rows = [_in_order(dict(zip(columns, row, strict=True))) for row in rows]
    # What was left out is for the arrays to say: they are kept for the revision, and the Cypher stays one query.
    told = analysis.ask(casefile, **given) if analysis else None
    return [known.get(name, Column(name)) for name in columns], told, listed_rows


def _in_order(row: Row) -> Row:
    """The row with its evidence by code point: Neo4j orders text that a query makes by UTF-16, stored text is not so.

    >>> _in_order({"evidence": ["f#𠮷:1", "f#（:2", "f#（:1"]})
    {'evidence': ['f#（:1', 'f#（:2', 'f#𠮷:1']}
    """
    if isinstance(row.get("evidence"), list):
        row["evidence"] = sorted(row["evidence"], key=reference_order)
    return row


def _bounded(text: str, asked: Mapping[str, Any]) -> str:
    """The query with whole numbers in the place of marked ones, where Cypher takes no parameter.

    >>> _bounded("(a)-[r]-{1,6/*hops*/}(b)", {"hops": 2})
    '(a)-[r]-{1,2}(b)'
    """
    return _MARKED.sub(lambda found: str(int(asked[found[1]])), text)


def _identified(casefile: Casefile, analysis: Analysis, given: dict[str, Any]) -> dict[str, Any]:
    """Every parameter checked, and entities by their ids, as the Cypher wants them. Raises RequestError, NotFound."""
    from graphkit.analyses.parties.stated import identified

    checked = analysis.check(given)
    entities = (one for one in analysis.parameters if one.of == "entity" or one.of in nodes.BY_NAME)
    return checked | {one.name: identified(casefile, checked[one.name], one.of) for one in entities}


def _check_present(analysis: Analysis | None, given: Mapping[str, Any]) -> None:
    for one in analysis.parameters if analysis else ():
        if one.positional and given.get(one.name) is None:
            raise RequestError(
                f"{one.name} is missing: give --param {one.name}=…", f"缺少 {one.name}：请给出 --param {one.name}=…"
            )


def _check_names(query: queries.Query, given: Mapping[str, Any]) -> None:
    for name in given:
        if name not in query.parameters:
            known = ", ".join(query.parameters)
            raise RequestError(
                f"{query.name} has no parameter {name}; it has: {known}", f"{query.name} 没有参数 {name}；可用：{known}"
            )


def typed(analysis: Analysis | None, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters given as text, as what the question takes: `hops=2` is a number, `name=2` may be text."""
    types = {one.name: one.type for one in analysis.parameters} if analysis else {}
    return {name: _typed(name, value, types.get(name, "")) for name, value in parameters.items()}


def _typed(name: str, value: Any, kind: str) -> Any:
    if not isinstance(value, str) or kind in ("text", "days"):
        return value
    if kind == "flag" or (not kind and value in ("true", "false")):
        return value.lower() in ("true", "yes", "1")
    for read in (int, float):
        try:
            return read(value)
        except ValueError:
            continue
    if kind in ("integer", "number"):
        raise RequestError(f"{name}: {value!r} is not a number.", f"{name}：{value!r} 不是数值。")
    return value


def _analysis(name: str) -> Analysis | None:
    return next((one for one in ANALYSES if one.id == name), None)


def _unknown(name: str) -> NotFound:
    near = difflib.get_close_matches(name, names(), n=1)
    hint = (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")
    return NotFound(
        f"There is no query {name}.{hint[0]} `graphkit query` lists them.",
        f"没有名为 {name} 的查询。{hint[1]}用 graphkit query 列出全部。",
    )
