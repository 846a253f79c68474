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


# Runs a module as a program and says at last, on standard error, how much memory it took at most, in KiB: where the
# system tells it of the program itself; what getrusage tells may still be that of the process which started it.
_WRAPPER = """
import atexit, resource, runpy, sys
def most():
    try:
        with open("/proc/self/status") as status:
            return next(line.split()[1] for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
atexit.register(lambda: print(most(), file=sys.stderr))
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def python(module: str, *arguments: str) -> Run:
    """Run a module of this Python, whole process, with its bytecode cached as usual. A failure shows what it said."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _WRAPPER, module, *arguments]
    start = time.perf_counter()
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    seconds = time.perf_counter() - start
    if finished.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)}\n{finished.stderr}")
    return Run(seconds, int(finished.stderr.split()[-1]) / 1024, finished.stdout)


def median(runs: Sequence[Run]) -> Run:
    """The run of median time, with the greatest peak of all."""
    ordered = sorted(runs, key=lambda one: one.seconds)
    return Run(statistics.median(one.seconds for one in runs), max(one.mebibytes for one in runs), ordered[0].output)


def report(name: str, ours: float, theirs: float, unit: str, wanted: str) -> None:
    """One line: both figures, their ratio, and what was asked for."""
    ratio = ours / theirs if theirs else float("nan")
    print(f"{name:<58} {ours:>9.2f} {theirs:>9.2f} {unit:<5} ratio {ratio:>7.2f}   wanted: {wanted}", flush=True)
