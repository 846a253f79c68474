"""The embedded store: loading a million rows, a workbook, and whole-process questions at a million links."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks import data
from benchmarks.measure import Run, median, python, report

CLI = "graphkit"
REPEATS = 3


def graphkit(store: Path, *arguments: str) -> Run:
    """One command of the command line, whole process."""
    return python(CLI, "--store", str(store), *arguments)


def load_million() -> None:
    """A million rows, half of the parties seen before, against pandas and networkx."""
    first, files = data.million()
    base, store = data.folder() / "base", data.folder() / "million"
    for path in (base, store):
        shutil.rmtree(path, ignore_errors=True)
    graphkit(base, "load", str(first))
    ours, theirs = [], []
    for _ in range(REPEATS):
        shutil.rmtree(store, ignore_errors=True)
        shutil.copytree(base, store)
        ours.append(graphkit(store, "load", *map(str, files)))
        theirs.append(python("benchmarks.peers", "load", *map(str, files)))
    report("load 1 million rows / pandas + networkx", median(ours).seconds, median(theirs).seconds, "s", "at most 1")
    report("  peak memory / 2 GiB", median(ours).mebibytes, 2048, "MiB", "below 1")


def workbook() -> None:
    """100,000 rows of 15 columns, against python-calamine reading the sheet."""
    book = data.workbook()
    ours, theirs = [], []
    for number in range(REPEATS):
        store = data.folder() / f"book-{number}"
        shutil.rmtree(store, ignore_errors=True)
        ours.append(graphkit(store, "load", str(book)))
        theirs.append(python("benchmarks.peers", "calamine", str(book)))
    report(
        "load xlsx 100,000 x 15 / calamine reading it", median(ours).seconds, median(theirs).seconds, "s", "at most 3"
    )


def questions() -> None:
    """Search, show and path at more than a million links, whole process, on the store that `load_million` left."""
    store = data.folder() / "million"
    if not store.exists():
        load_million()
    _, files = data.million()
    source, target = "account:6222000000130000", "account:6222000000250000"
    graphkit(store, "path", source, target)  # takes the snapshot, once for each revision
    for name, arguments in {"search": ("search", "户200001"), "show": ("show", source)}.items():
        runs = [graphkit(store, *arguments, "--format", "json") for _ in range(REPEATS)]
        report(f"{name} at 1.3 million links / 1 s", median(runs).seconds, 1.0, "s", "below 1")
    asked = ("path", source, target, "--through-hubs", "--max-hops", "20", "--format", "json")  # as the peer walks
    ours = [graphkit(store, *asked) for _ in range(REPEATS)]
    accounts = [end.removeprefix("account:") for end in (source, target)]
    theirs = python("benchmarks.peers", "path", *accounts, *map(str, files))
    hops = [row["hops"] for row in json.loads(ours[0].output)["rows"]]
    report(
        f"path ({hops[0] if hops else 'no'} hops) / pandas + networkx",
        median(ours).seconds,
        theirs.seconds,
        "s",
        "at most 0.05",
    )


def start() -> None:
    """`graphkit --help`, against starting Python."""
    ours, theirs = [python(CLI, "--help") for _ in range(5)], [python("benchmarks.peers", "nothing") for _ in range(5)]
    report("graphkit --help / 0.3 s", median(ours).seconds, 0.3, "s", "below 1")
    report("graphkit --help / starting Python", median(ours).seconds, median(theirs).seconds, "s", "")
