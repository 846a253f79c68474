"""Fixtures for all tests."""

from tests.neo4j_server import neo4j_server, neo4j_servers

__all__ = ["neo4j_server", "neo4j_servers"]
