"""The graph store: one interface, two engines."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graphkit.errors import RequestError

if TYPE_CHECKING:
    from graphkit.store.base import Store

SERVERS = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")


def open_store(where: str, user: str | None = None, password: str | None = None) -> Store:
    """The store at a folder or at a Neo4j server's address. Nothing is opened or created yet. Raises RequestError.

    >>> open_store("./casebook").where
    './casebook'
    """
    if checked_address(where).lower().startswith(SERVERS):
        from graphkit.store.neo4j import Neo4jStore

        return Neo4jStore(where, user, password)
    from graphkit.store.duckdb import DuckDBStore

    return DuckDBStore(where)


def checked_address(where: str) -> str:
    """A store's address, unless it carries a user or password: those would stay in histories, logs and answers.

    Raises RequestError, which does not repeat the address.

    >>> checked_address("./me@home"), checked_address("neo4j://host:7687/cases")
    ('./me@home', 'neo4j://host:7687/cases')
    """
    if "://" not in where:
        return where
    if not where.lower().startswith(SERVERS):
        known = ", ".join(SERVERS)
        raise RequestError(
            f"No store has such an address; it begins with one of {known}",
            f"没有这样的存储地址；应以下列之一开头：{known}",
        )
    if "@" in where:  # wherever it stands: a password may hold the characters that end a host's name
        raise RequestError(
            "The store's address holds a user or password. Leave them out: set GRAPHKIT_USER and GRAPHKIT_PASSWORD, "
            "or wait to be asked.",
            "存储地址中含有用户名或密码。请去掉，改设环境变量 GRAPHKIT_USER 与 GRAPHKIT_PASSWORD，或等待提示输入。",
        )
    if not _has_host(where):
        raise RequestError(
            "The server's address cannot be read; it looks like neo4j://host:7687 or neo4j://host:7687/database",
            "无法识别服务器地址；应形如 neo4j://host:7687 或 neo4j://host:7687/database",
        )
    return where


def _has_host(where: str) -> bool:
    try:
        parts = urlsplit(where)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
