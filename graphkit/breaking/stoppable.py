"""Running a compiled search so that the clock and Ctrl-C are heard: it works in a thread and looks at a flag."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
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
    stop, found = np.zeros(1, np.int64), list[Any]()
    worker = Thread(target=lambda: found.append(search(*arguments, stop)), daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_GLANCE)
            if time.monotonic() > until:
                stop[0] = 1
    except KeyboardInterrupt as interrupt:
        stop[0] = 1
        worker.join()
        raise Stopped(found[0]) from interrupt
    return found[0]
