"""`graphkit --help` starts at once: heavy libraries are imported only by the commands that use them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, clean_environment

HEAVY = {
    "duckdb", "fontTools", "jsonschema", "neo4j", "networkit", "networkx", "numba", "numpy", "openpyxl", "ortools",
    "pandas", "phonenumbers", "polars", "pypinyin", "python_calamine", "pyvis", "rich", "stdnum", "yaml",
}  # fmt: skip
PROBE = "import sys; from graphkit.cli import run; run({}); print(*sorted(set(sys.modules) & set({})), file=sys.stderr)"


@pytest.mark.parametrize(
    "arguments", [["--help"], [], ["--version"], ["load", "--help"], ["serch"], ["path", "--help"]]
)
def test_nothing_heavy_is_imported(arguments: list[str], tmp_path: Path) -> None:
    probe = [sys.executable, "-c", PROBE.format(arguments, sorted(HEAVY))]
    ran = subprocess.run(probe, cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == ""


def test_a_load_begins_to_read_before_it_imports_what_comes_next(tmp_path: Path) -> None:
    """The heavy libraries are imported while a workbook is read, which then costs no time of its own."""
    begin = "import sys, graphkit, graphkit.records.loading, graphkit.records.reading.archive; graphkit.open('x')"
    probe = [sys.executable, "-c", f"{begin}; print(*sorted(set(sys.modules) & set({sorted(HEAVY)})))"]
    ran = subprocess.run(probe, cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_a_trace_imports_nothing_that_only_reading_tables_needs(loaded: Path) -> None:
    """Nor compiled loops, which take longer to load than a small case takes without them."""
    made = json.loads((loaded / "demo" / "truth.json").read_text("utf-8"))["batches"][0]
    asked = ["trace", f"batch:{made['product']}|{made['batch']}", "--direction", "forward"]
    reading = {"numba", "openpyxl", "pandas", "phonenumbers", "polars", "python_calamine"}
    probe = [sys.executable, "-c", PROBE.format(asked, sorted(reading))]
    ran = subprocess.run(probe, cwd=loaded, env=clean_environment(), capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == ""


def test_help_takes_less_than_three_tenths_of_a_second_of_computing(tmp_path: Path) -> None:
    """Computing time, not the clock: other tests may keep the machine busy."""
    spent = min(_computing(tmp_path) for _ in range(5))
    assert spent < 0.3


def _computing(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*PROGRAM, "--help"], cwd=folder, env=clean_environment(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
