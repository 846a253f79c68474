"""A casefile of rows, and one small case to ask questions of."""

from __future__ import annotations

from graphkit.network.network import Network
from graphkit.store.base import Link, Statement, Store
from tests.network.memory_store import MemoryStore


class RowsCasefile:
    """What an analysis needs, over a store of rows."""

    def __init__(self, statements: list[Statement], links: list[Link]) -> None:
        self._store = MemoryStore(statements, links, "")

    @property
    def store(self) -> Store:
        return self._store

    def network(self) -> Network:
        return Network.of(self._store)
