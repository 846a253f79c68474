"""Running a compiled search so that the clock and Ctrl-C are heard: it works in a thread and looks at a flag."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import numpy as np

_GLANCE = 0.1  # seconds between two looks at the clock


def run(search: Callable[..., Any], arguments: tuple[Any, ...], until: float) -> Any:
    """What `search(*arguments, stop)` returns; `stop[0]` becomes 1 at the moment `until`, or with Ctrl-C.

    The search has to let other threads run. KeyboardInterrupt is raised once the search has ended.
    """
    stop, found = np.zeros(1, np.int64), list[Any]()
    worker = Thread(target=lambda: found.append(search(*arguments, stop)), daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_GLANCE)
            if time.monotonic() > until:
                stop[0] = 1
    except KeyboardInterrupt:
        stop[0] = 1
        worker.join()
        raise
    return found[0]
