"""The same records on the embedded store and on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from graphkit.store import open_store
from graphkit.store.base import Store
from tests.investigate import case
from tests.neo4j_server import Neo4jServer

SEEDS = (1,)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """The case made by hand, on the embedded store."""
    return _embedded(
        tmp_path_factory.mktemp("made"), lambda folder: [case.first_file(folder), case.second_file(folder)]
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Casebook]:
    """Cases made by chance, on embedded stores."""
    return [
        _embedded(tmp_path_factory.mktemp("drawn"), lambda folder, seed=seed: case.chance(folder, seed))
        for seed in SEEDS
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """The sample case, on the embedded store."""
    from graphkit.sample import write_sample

    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, 1500)
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "records")
    return casebook


def _embedded(folder: Path, make: Callable[[Path], list[object]]) -> Casebook:
    (folder / "staged").mkdir()
    store = open_store(str(folder / "casebook"))
    store.add(make(folder / "staged"))  # type: ignore[arg-type]
    return Casebook(store)


@pytest.fixture(scope="module", params=("5.26", "2026"))
def server(request: pytest.FixtureRequest, neo4j_servers: Callable[[str], Neo4jServer]) -> Iterator[Neo4jServer]:
    """A server of each version."""
    yield neo4j_servers(request.param)


@pytest.fixture
def copied(server: Neo4jServer, tmp_path: Path) -> Callable[[Casebook], Casebook]:
    """Copies a casebook to the server, in place of what is there; what is there already stays."""

    def copy(casebook: Casebook) -> Casebook:
        target = server.store()
        if _revision(target) != casebook.store.revision():
            server.clear()
            target.add([casebook.store.export(one.file, tmp_path / one.file) for one in casebook.store.files()])
        return Casebook(target)

    return copy


def _revision(store: Store) -> str:
    return store.revision()
