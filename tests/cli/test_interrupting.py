"""Ctrl-C: status 130, one line, and a casebook that is as it was."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, clean_environment, graphkit


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records that take a while to load."""
    folder = tmp_path_factory.mktemp("large")
    assert graphkit("sample", "demo", "--size", "2500", folder=folder).status == 0
    return folder / "demo" / "records"


def started(case: Path) -> bool:
    """Whether the load has begun to read files."""
    return any(case.glob("graphkit-*/0"))


def amid_files(case: Path) -> bool:
    """Whether it has read some files and has others before it."""
    return any(case.glob("graphkit-*/20"))


def publishing(case: Path) -> bool:
    """Whether its transaction has begun: the originals are put into the casebook first."""
    return len(list((case / "casebook" / "files").iterdir())) > len(list(case.glob("demo/records/*/*")))


def counts(folder: Path) -> object:
    """What the casebook holds."""
    return graphkit("stats", "--format", "json", folder=folder).json["rows"]


@pytest.mark.parametrize("moment", [started, amid_files, publishing], ids=lambda one: one.__name__)
def test_a_load_that_is_interrupted_changes_nothing(moment: Callable[[Path], bool], case: Path, large: Path) -> None:
    before = counts(case)
    command = [*PROGRAM, "load", str(large)]
    environment = clean_environment(TMPDIR=str(case))
    load = subprocess.Popen(command, cwd=case, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not moment(case):
        assert load.poll() is None, "the load ended before it could be interrupted"
        time.sleep(0.002)
    load.send_signal(signal.SIGINT)
    _, said = load.communicate(timeout=60)
    assert load.returncode == 130, said
    assert b"Traceback" not in said
    assert "nothing is half done" in said.decode("utf-8").splitlines()[-1]
    assert counts(case) == before
    assert not list(case.glob("graphkit-*")), "what was staged is left behind"
    assert graphkit("load", str(large), folder=case).status == 0


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), RuntimeError("Query interrupted")], ids=["python", "duckdb"])
def test_whoever_notices_it(raised: BaseException, loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: object) -> None:
        raise raised

    monkeypatch.setattr("graphkit.store.duckdb.DuckDBStore.files", interrupted)
    ran = graphkit("--lang", "zh", "files", folder=loaded)
    assert ran.status == 130 and "已中断" in ran.err
