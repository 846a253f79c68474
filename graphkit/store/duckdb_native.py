"""A person's own SQL on an embedded casebook: one query, which can read the casebook and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.errors import RequestError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Statement


def run(
    connection: DuckDBPyConnection, text: str, parameters: dict[str, Any]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one SELECT (WITH, DESCRIBE, EXPLAIN …) with its parameters `$name`. The connection must be a confined one."""
    import duckdb

    try:
        query = _only_query(connection.extract_statements(text))
        _check_parameters(query.named_parameters, parameters)
        result = connection.execute(query, parameters or None)
        return [column[0] for column in result.description or ()], result.fetchall()
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise RequestError(f"The SQL cannot be run: {said}", f"无法执行该 SQL：{said}") from error


def _only_query(statements: list[Statement]) -> Statement:
    from duckdb import StatementType

    if len(statements) != 1:
        raise RequestError(
            f"One SQL query at a time, please: these are {len(statements)}.",
            f"一次只能执行一条 SQL 查询：此处有 {len(statements)} 条。",
        )
    if statements[0].type not in (StatementType.SELECT, StatementType.EXPLAIN):
        raise RequestError(
            "Only queries that read are run: SELECT or WITH. Files are loaded and taken back with `load` and `unload`.",
            "只执行读取数据的查询（SELECT 或 WITH）。载入与撤回文件请用 load 和 unload。",
        )
    return statements[0]


def _check_parameters(wanted: set[str], given: dict[str, Any]) -> None:
    missing, excess = sorted(wanted - given.keys()), sorted(given.keys() - wanted)
    if missing:
        raise RequestError(
            f"The SQL wants a value for ${missing[0]}: --param {missing[0]}=…",
            f"SQL 缺少参数 ${missing[0]} 的值：--param {missing[0]}=…",
        )
    if excess:
        raise RequestError(f"The SQL has no parameter ${excess[0]}.", f"SQL 中没有参数 ${excess[0]}。")
