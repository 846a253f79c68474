"""The graph store: one interface, two engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkit.store.base import Store

SERVERS = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")


def open_store(where: str, user: str | None = None, password: str | None = None) -> Store:
    """The store at a folder or at a Neo4j server's address. Nothing is opened or created yet.

    >>> open_store("./casebook").where
    './casebook'
    """
    if where.lower().startswith(SERVERS):
        from graphkit.store.neo4j import Neo4jStore

        return Neo4jStore(where, user, password)
    from graphkit.store.duckdb import DuckDBStore

    return DuckDBStore(where)
