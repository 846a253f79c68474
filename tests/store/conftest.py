"""An empty store of each engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.store import open_store
from graphkit.store.base import Store

ENGINES = ("duckdb", "neo4j")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine under test. Gaps between engines go here, as strict expected failures with a reason."""
    return str(request.param)


@pytest.fixture
def store(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of the engine under test."""
    return _empty(engine, request, tmp_path / "casebook")


@pytest.fixture
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Store, Store]:
    """An empty store of each engine, to compare."""
    duckdb, neo4j = (_empty(engine, request, tmp_path / engine) for engine in ENGINES)
    return duckdb, neo4j


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test stages its files."""
    path = tmp_path / "staged"
    path.mkdir()
    return path


def _empty(engine: str, request: pytest.FixtureRequest, folder: Path) -> Store:
    if engine == "duckdb":
        store = open_store(str(folder))
        store.add([])  # a folder becomes a casebook by its first load
        return store
    server = request.getfixturevalue("neo4j_server")
    server.clear()
    return open_store(server.uri, server.user, server.password)
