"""How far long work is, on standard error: a bar for a person at the terminal, now and then a line for a log."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graphkit.cli.output import say_aside
from graphkit.model.language import say
from graphkit.model.rendering.width import visible

Report = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
PATIENCE = 2.0  # seconds before the first line
PAUSE = 5.0  # seconds between lines
THOUGHT = 5.0, 30.0  # seconds before it is said that a question takes long, and between saying so again


@contextmanager
def reporting() -> Iterator[Report]:
    """A function to call with what is being done, how many are done and of how many."""
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def waiting() -> Iterator[None]:
    """While a question is answered: what takes long is said, and now and then how long it has taken."""
    begun, over, doing = time.monotonic(), threading.Event(), _Doing()
    words = say("Working", "正在计算"), say("s", "秒")

    def tell() -> None:
        pause = THOUGHT[0]
        while not over.wait(pause):
            say_aside(f"{doing.what or words[0]} … {time.monotonic() - begun:.0f} {words[1]}")
            pause = THOUGHT[1]

    log, thread = logging.getLogger("graphkit"), threading.Thread(target=tell, daemon=True)
    level = log.level
    log.addHandler(doing)
    log.setLevel(logging.INFO)
    thread.start()
    try:
        yield
    finally:
        over.set()
        log.removeHandler(doing)
        log.setLevel(level)


class _Doing(logging.Handler):
    """What was said last to be done."""

    what = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.what = record.getMessage()


def _lines() -> Report:
    due = time.monotonic() + PATIENCE

    def report(what: str, done: int, total: int) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + PAUSE
            say_aside(f"{done}/{max(done, total)} {what}".rstrip())

    return report


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, what="")

        def report(what: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=max(done, total), what=visible(what))

        yield report
