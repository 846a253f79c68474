"""Running the command line in tests: quickly within this process, or as a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "graphkit"]


@dataclass(frozen=True)
class Ran:
    """What a command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as the one JSON object it must be."""
        return dict(json.loads(self.out, parse_constant=lambda name: 1 / 0))


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what would steer graphkit, and with what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GRAPHKIT", "LC_", "LANG"))}
    return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "100"} | more


def graphkit(*arguments: str, folder: Path, **environment: str) -> Ran:
    """Run a command line within this process, in that folder."""
    from graphkit.cli import run

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    here = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.dict(os.environ, clean_environment(**environment), clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            status = run(arguments)
    finally:
        os.chdir(here)
    return Ran(status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def process(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None, **options: Any) -> Ran:
    """Run a command line as a process of its own, in that folder."""
    settings = {"stdin": subprocess.DEVNULL, "timeout": 120} | options
    settings |= {"cwd": folder, "env": clean_environment(**environment or {}), "capture_output": True}
    ran = subprocess.run([*PROGRAM, *arguments], check=False, **settings)
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
