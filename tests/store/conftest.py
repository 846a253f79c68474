"""An empty store of each engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.store import open_store
from graphkit.store.base import Store

SERVERS = {"neo4j-5.26": "5.26", "neo4j-2026": "2026"}
ENGINES = ("duckdb", *SERVERS)


@pytest.fixture(params=ENGINES)
def under_test(request: pytest.FixtureRequest) -> str:
    """The engine under test, and its version. Gaps go here, as strict expected failures with a reason."""
    return str(request.param)


@pytest.fixture
def engine(under_test: str) -> str:
    """The engine under test: duckdb or neo4j."""
    return under_test.partition("-")[0]


@pytest.fixture
def store(under_test: str, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of the engine under test."""
    return _empty(under_test, request, tmp_path / "casebook")


@pytest.fixture
def missing(under_test: str, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A place of the engine under test where nothing has been loaded yet."""
    return _missing(under_test, request, tmp_path / "casebook")


@pytest.fixture(params=SERVERS)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Store, Store]:
    """An empty store of each engine, to compare."""
    return _empty("duckdb", request, tmp_path / "duckdb"), _empty(request.param, request, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test stages its files."""
    path = tmp_path / "staged"
    path.mkdir()
    return path


def _empty(engine: str, request: pytest.FixtureRequest, folder: Path) -> Store:
    store = _missing(engine, request, folder)
    store.add([])  # a folder or a server becomes a casebook by its first load
    return store


def _missing(engine: str, request: pytest.FixtureRequest, folder: Path) -> Store:
    if engine == "duckdb":
        return open_store(str(folder))
    server = request.getfixturevalue("neo4j_servers")(SERVERS[engine])
    server.clear()
    store: Store = server.store()
    return store
