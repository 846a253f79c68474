"""Fixtures for all tests, and which tests share a process."""

from pathlib import Path

import pytest

from graphkit.model.language import set_language
from tests.neo4j_server import neo4j_server, neo4j_servers

__all__ = ["neo4j_server", "neo4j_servers"]

ON_SERVERS = ("neo4j_server", "neo4j_servers", "under_test", "both")
TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several processes, all that needs a server runs in one, and what one file sets up is set up once."""
    for item in items:
        needed = set(getattr(item, "fixturenames", ()))
        place = item.path.relative_to(TESTS) if item.path.is_relative_to(TESTS) else Path("graphkit")
        on_servers = not needed.isdisjoint(ON_SERVERS) or place.parts[0] in ("store", "investigate")
        item.add_marker(pytest.mark.xdist_group("servers" if on_servers else str(place)))


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Messages are English unless a test asks otherwise, whatever the test before it spoke."""
    set_language("en")
