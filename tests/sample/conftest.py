"""Samples written once and looked at by many tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from graphkit.sample import WrittenFile, write_sample


@dataclass(frozen=True)
class Sample:
    """A sample on disk: its folder, what was said to be written, and its truth."""

    folder: Path
    written: tuple[WrittenFile, ...]

    @cached_property
    def truth(self) -> dict[str, Any]:
        """The truth beside the records."""
        truth: dict[str, Any] = json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))
        return truth

    def files(self, suffix: str) -> list[Path]:
        """The files with that ending."""
        return sorted((self.folder / "records").rglob(f"*{suffix}"))


@pytest.fixture(scope="session", params=[(100, 1), (300, 7), (5000, 2)], ids=["100", "300", "5000"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A sample of three sizes, each with a seed of its own."""
    size, seed = request.param
    folder = tmp_path_factory.mktemp(f"sample{size}")
    return Sample(folder, tuple(write_sample(folder, size, seed)))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A sample too large for deliveries to be listed in its truth."""
    folder = tmp_path_factory.mktemp("large")
    return Sample(folder, tuple(write_sample(folder, 60_000, 4)))
