"""The test servers themselves: they are what they say, and want the right password."""

from __future__ import annotations

import neo4j
import pytest
from neo4j.exceptions import AuthError

from tests.neo4j.prepare import VERSIONS
from tests.neo4j_server import Neo4jServer


def test_it_is_a_real_neo4j_of_that_version(neo4j_server: Neo4jServer) -> None:
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        found = driver.execute_query(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions"
        )
    assert found.records[0]["versions"] == [VERSIONS[neo4j_server.version]]


def test_it_refuses_a_wrong_password(neo4j_server: Neo4jServer) -> None:
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=("neo4j", "wrong")) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()
