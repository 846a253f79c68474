"""A case that the command line's tests share: the sample, loaded once, and copied for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import graphkit


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `demo`, as `graphkit sample demo` writes it, loaded into `casebook`. Not to be changed."""
    folder = tmp_path_factory.mktemp("loaded")
    for arguments in (("sample", "demo"), ("load", "demo/records")):
        ran = graphkit(*arguments, folder=folder)
        assert ran.status == 0, ran.err
    return folder


@pytest.fixture
def case(loaded: Path, tmp_path: Path) -> Path:
    """The same, as a copy of the test's own."""
    shutil.copytree(loaded, tmp_path / "case")
    return tmp_path / "case"
