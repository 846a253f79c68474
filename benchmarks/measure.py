"""Timing of whole processes, and the table in which ratios are printed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One finished process: wall seconds, and its peak memory in MiB."""

    seconds: float
    mebibytes: float
    output: str = ""


def run(*command: str, environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end; a failure shows what it said."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})}
    ) as process:
        output, said = process.communicate()
        seconds = time.perf_counter() - start
        usage = _usage_since()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{said.decode()}")
    return Run(seconds, usage, output.decode())


def python(module: str, *arguments: str, environment: dict[str, str] | None = None) -> Run:
    """Run a module of this Python, whole process; its peak memory is what it prints last, in KiB."""
    wrapper = (
        "import resource, runpy, sys; sys.argv = sys.argv[1:]; "
        "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    finished = run(sys.executable, "-c", wrapper, module, *arguments, environment=environment)
    return Run(finished.seconds, int(finished.output.split()[-1]) / 1024, finished.output)


def _usage_since() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def median(runs: Sequence[Run]) -> Run:
    """The run of median time, with the greatest peak of all."""
    ordered = sorted(runs, key=lambda one: one.seconds)
    return Run(statistics.median(one.seconds for one in runs), max(one.mebibytes for one in runs), ordered[0].output)


def report(name: str, ours: float, theirs: float, unit: str, wanted: str) -> None:
    """One line: both figures, their ratio, and what was asked for."""
    ratio = ours / theirs if theirs else float("nan")
    print(f"{name:<58} {ours:>9.2f} {theirs:>9.2f} {unit:<5} ratio {ratio:>7.2f}   wanted: {wanted}", flush=True)
