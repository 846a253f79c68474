"""Commands for queries of one's own: named ones, Cypher, SQL."""

from __future__ import annotations

from graphkit.cli.declared import OWN_QUERIES, Command, Input
from graphkit.cli.session import Session
from graphkit.errors import RequestError
from graphkit.model.answer import Answer

PARAM = Input(
    "param",
    "a value for $NAME in the query; may be repeated",
    "查询中 $NAME 的值；可重复给出",
    repeated=True,
    metavar="NAME=VALUE",
)


def query(session: Session, name: str | None, param: tuple[str, ...]) -> Answer:
    """Run a named query, or list them."""
    return session.casebook().query(name or "", **parameters(param))


def cypher(session: Session, text: str, param: tuple[str, ...]) -> Answer:
    """Run Cypher on a Neo4j server."""
    return session.casebook().cypher(text, **_guessed(param))


def sql(session: Session, text: str, param: tuple[str, ...]) -> Answer:
    """Run SQL on an embedded casebook."""
    return session.casebook().sql(text, **_guessed(param))


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE as a dictionary. Raises RequestError."""
    named: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.isidentifier():
            raise RequestError(f"--param {one}: write it as NAME=VALUE", f"--param {one}：应写作 NAME=VALUE")
        named[name] = value
    return named


def _guessed(given: tuple[str, ...]) -> dict[str, object]:
    """Numbers and booleans as such; in quotes, everything is text."""
    from graphkit.queries import typed

    return {
        name: value[1:-1] if _quoted(value) else typed(None, {name: value})[name]
        for name, value in parameters(given).items()
    }


def _quoted(value: str) -> bool:
    return len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"


QUERY = Command(
    "query",
    OWN_QUERIES,
    "Run a named query; without a name, list them",
    "执行具名查询；不给名称则列出全部",
    (Input("name", "the query's name", "查询名称", positional=True, optional=True), PARAM),
    query,
    "graphkit query",
    "On a Neo4j server it is the Cypher in cypher/investigate/; on an embedded casebook, graphkit's own analysis of "
    "the same name. Both give the same rows.",
    "在 Neo4j 服务器上执行 cypher/investigate/ 中的 Cypher；在内嵌案卷上执行同名的分析。两者结果相同。",
)

CYPHER = Command(
    "cypher",
    OWN_QUERIES,
    "Run a Cypher query on a Neo4j server, read only",
    "在 Neo4j 服务器上执行只读 Cypher 查询",
    (Input("text", "the query", "查询语句", positional=True), PARAM),
    cypher,
    'graphkit --store neo4j://localhost cypher "MATCH (n:Person) RETURN n.name AS name ORDER BY name LIMIT 5"',
    "A value that looks like a number is one; in quotes it is text: --param number=\"'123'\"",
    "形似数字的值按数字处理；加引号则为文本：--param number=\"'123'\"",
)

SQL = Command(
    "sql",
    OWN_QUERIES,
    "Run an SQL query on an embedded casebook, read only",
    "在内嵌案卷上执行只读 SQL 查询",
    (Input("text", "the query", "查询语句", positional=True), PARAM),
    sql,
    'graphkit sql "SHOW TABLES"',
    "A value that looks like a number is one; in quotes it is text: --param number=\"'123'\"",
    "形似数字的值按数字处理；加引号则为文本：--param number=\"'123'\"",
)
