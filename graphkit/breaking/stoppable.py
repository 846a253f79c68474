"""Running a compiled search so that the clock and Ctrl-C are heard: it works in a thread and looks at a flag."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import numpy as np

_GLANCE = 0.1  # seconds between two looks at the clock


class Stopped(KeyboardInterrupt):
    """Ctrl-C while a search was at work; `found` is what it had found."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        self.found = found


def run(search: Callable[..., Any], arguments: tuple[Any, ...], until: float) -> Any:
    """What `search(*arguments, stop)` returns; `stop[0]` becomes 1 at the moment `until`, or with Ctrl-C.

    The search has to let other threads run. Stopped is raised once the search has ended.
    """
    stop, found, done = np.zeros(1, np.int64), list[Any](), Event()

    def work() -> None:
        try:
            found.append(search(*arguments, stop))
        finally:
            done.set()

    Thread(target=work, daemon=True).start()
    try:
        while not done.wait(_GLANCE):  # Thread.join takes a thread for ended where Ctrl-C interrupts it
            if time.monotonic() > until:
                stop[0] = 1
    except KeyboardInterrupt as interrupt:
        stop[0] = 1
        done.wait()
        raise Stopped(found[0]) from interrupt
    return found[0]
