"""A person's own Cypher: one query that reads, in a transaction that the server lets read only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j
from neo4j import exceptions, graph, spatial

from graphkit.errors import RequestError
from graphkit.store.neo4j.connection import Connection, first_line

_MODE = re.compile(r"^\s*(EXPLAIN|PROFILE)\b", re.IGNORECASE)
_OUTWARD = {"LoadCSV": "LOAD CSV", "TerminateTransactions": "TERMINATE TRANSACTIONS"}

Answer = tuple[list[str], list[tuple[Any, ...]]]


def ask(connection: Connection, text: str, parameters: Mapping[str, Any]) -> Answer:
    """Column names and rows, as plain values."""
    try:
        with connection.session() as session:
            return session.execute_read(_ask, text, dict(parameters))
    except (exceptions.AuthError, exceptions.Forbidden):
        raise
    except (exceptions.ClientError, exceptions.ResultError) as error:
        raise _refusal(error) from error


def _ask(transaction: neo4j.ManagedTransaction, text: str, parameters: dict[str, Any]) -> Answer:
    explained = transaction.run("EXPLAIN " + _MODE.sub("", text), parameters).consume()
    _check(explained)
    result = transaction.run(text, parameters)
    columns = list(result.keys())
    return columns, [tuple(plain(value) for value in row) for row in result.values()]


def _check(explained: neo4j.ResultSummary) -> None:
    """The server itself refuses to write in a reading transaction; what is left is what acts on the server."""
    if explained.query_type not in (None, "r"):
        raise _only_reading()
    for operator in _operators(explained.plan or {}):
        if operator in _OUTWARD:
            raise RequestError(
                f"{_OUTWARD[operator]} is not run: only queries that read the casebook are.",
                f"不执行 {_OUTWARD[operator]}：只执行读取案卷的查询。",
            )


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan.get("operatorType", "")).partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def _refusal(error: exceptions.Neo4jError | exceptions.DriverError) -> RequestError:
    if (getattr(error, "code", None) or "").endswith("Statement.AccessMode"):
        return _only_reading()
    said = first_line(error)
    return RequestError(f"The Cypher cannot be run: {said}", f"无法执行该 Cypher：{said}")


def _only_reading() -> RequestError:
    return RequestError(
        "Only queries that read are run. Files are loaded and taken back with `load` and `unload`.",
        "只执行读取数据的查询。载入与撤回文件请用 load 和 unload。",
    )


def plain(value: Any) -> Any:
    """The driver's values as what JSON can hold."""
    if isinstance(value, graph.Node):
        return {"labels": sorted(value.labels), "properties": plain(dict(value))}
    if isinstance(value, graph.Relationship):
        return {"type": value.type, "properties": plain(dict(value))}
    if isinstance(value, graph.Path):
        return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
    return _plain_value(value)


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, spatial.Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, bytes | bytearray):
        return bytes(value).hex()
    if hasattr(value, "iso_format"):
        return value.iso_format()  # dates, times and durations
    return [plain(one) for one in value]
