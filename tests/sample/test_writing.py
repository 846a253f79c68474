"""Same seed, same bytes; other seed, other people; former samples give way, other folders do not."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.errors import RequestError
from graphkit.sample import write_sample

WRITE = (
    "import sys, pathlib; from graphkit.sample import write_sample; write_sample(pathlib.Path(sys.argv[1]), 1500, 3)"
)


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _written(folder: Path, **environment: str) -> dict[str, str]:
    command = [sys.executable, "-c", WRITE, str(folder)]
    subprocess.run(command, check=True, env={**os.environ, **environment}, timeout=120)
    return _hashes(folder)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one = _written(tmp_path / "one", PYTHONHASHSEED="1", POLARS_MAX_THREADS="1", TZ="UTC")
    other = _written(tmp_path / "other", PYTHONHASHSEED="77", POLARS_MAX_THREADS="3", TZ="Asia/Shanghai")
    assert one == other
    assert any(name.endswith(".xlsx") for name in one)


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", 200, 1)
    write_sample(tmp_path / "other", 200, 2)
    one, other = _hashes(tmp_path / "one"), _hashes(tmp_path / "other")
    assert one["truth.json"] != other["truth.json"]
    assert not set(one.values()) & set(other.values())


def test_a_former_sample_gives_way(tmp_path: Path) -> None:
    write_sample(tmp_path, 2500, 1)
    write_sample(tmp_path, 100, 1)
    again = _hashes(tmp_path)
    write_sample(tmp_path / "fresh", 100, 1)
    assert again == _hashes(tmp_path / "fresh")


def test_records_that_are_no_sample_are_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "records" / "real.csv"
    kept.parent.mkdir()
    kept.write_text("real", encoding="utf-8")
    with pytest.raises(RequestError, match="holds no sample"):
        write_sample(tmp_path, 100, 1)
    assert kept.read_text(encoding="utf-8") == "real"


@pytest.mark.parametrize("size", [-1, 0, 99])
def test_too_small_a_sample_is_refused(tmp_path: Path, size: int) -> None:
    with pytest.raises(RequestError, match="at least 100"):
        write_sample(tmp_path, size, 1)
    assert not any(tmp_path.iterdir())


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    files = write_sample(tmp_path, 400_000, 1, lambda done, wished: told.append((done, wished)))
    assert len(told) >= 2
    assert told == sorted(told)
    assert told[-1] == (sum(file.rows for file in files), 400_000)
