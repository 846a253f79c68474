"""Fixtures for all tests, which tests share a process, and how examples are drawn."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from graphkit.model.language import set_language
from tests.neo4j_server import neo4j_server, neo4j_servers

__all__ = ["neo4j_server", "neo4j_servers"]

# What decides whether a change lands draws the same examples each time, so that a failure is the change's own;
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

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
