"""Fixtures for all tests."""

import pytest

from graphkit.model.language import set_language
from tests.neo4j_server import neo4j_server, neo4j_servers

__all__ = ["neo4j_server", "neo4j_servers"]


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Messages are English unless a test asks otherwise, whatever the test before it spoke."""
    set_language("en")
