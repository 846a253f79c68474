"""A made-up case folder as departments hand them over, and the truth behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class WrittenFile:
    """One file of the sample: its path relative to the folder, and how many records it holds over all its sheets."""

    file: str
    rows: int


Progress = Callable[[int, int], None]  # rows written, rows wished for


def write_sample(folder: Path, size: int = 2000, seed: int = 1, progress: Progress | None = None) -> list[WrittenFile]:
    """Write about `size` records into `folder`/records and what is true of them into `folder`/truth.json.

    The same size and seed give the same bytes.
    """
    from graphkit.sample.writing import write

    return write(folder, size, seed, progress)
