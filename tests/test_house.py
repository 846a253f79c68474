"""The house itself: style, types, the direction of imports, and what no committed file may hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]],
    ids=" ".join,
)
def test_the_tools_find_nothing(command: list[str]) -> None:
    run = subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).suffix != ".png" and (ROOT / name).is_file()]


def test_locked_versions_name_no_registry() -> None:
    locked = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert re.findall(r"^[a-z0-9].*==", locked, re.M)
    assert "://" not in locked
    assert "--index" not in locked


def modules() -> list[Path]:
    return [path for path in committed() if path.is_relative_to(ROOT / "graphkit") and path.suffix == ".py"]


def test_modules_stay_small() -> None:
    assert [path for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_cypher_lives_in_one_place() -> None:
    """No module builds a query: all the Cypher there is stands in cypher/, one query a file."""
    query = re.compile(r"^\s*[rf]*\"+\s*(MATCH|MERGE|UNWIND)\s*[(\[$]", re.M)
    assert [path for path in modules() if query.search(path.read_text(encoding="utf-8"))] == []
