"""A server of the version that most have, its casebook emptied for each test, and plain Cypher on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest

from graphkit.store.base import Store
from tests.neo4j_server import Neo4jServer


@pytest.fixture(scope="session")
def server(neo4j_servers: Callable[[str], Neo4jServer]) -> Neo4jServer:
    return neo4j_servers("5.26")


@pytest.fixture
def store(server: Neo4jServer) -> Store:
    server.clear()
    return server.store()


@pytest.fixture
def cypher(server: Neo4jServer) -> Iterator[Callable[..., list[list[Any]]]]:
    """Runs plain Cypher, as somebody in Neo4j Browser would."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        yield lambda text, **parameters: [list(row) for row in driver.execute_query(text, parameters).records]
