"""Running a solver in a process of its own, so that it can be stopped at any moment: by the clock or by Ctrl-C.

A solver written in another language hears neither. The process is a fresh interpreter and not a fork, because solvers
that share an interpreter may clash (OR-Tools and HiGHS do), and threads do not survive a fork.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import IO, Any

Report = Callable[[Any], None]
_LENGTH = 8  # bytes before each report that say how long it is


class ChildFailed(RuntimeError):
    """The solver's process ended with an error; says which."""


def reports(task: str, payload: Any, seconds: float) -> Iterator[Any]:
    """What `task(payload, report)` reports, one by one as it does; it ends with the task or after so many seconds.

    `task` is named "module:function". Whoever stops listening stops the process. Raises ChildFailed.

    >>> list(reports("graphkit.breaking.child:echo", ("a", "b"), 30))
    ['a', 'b']
    """
    until = time.monotonic() + seconds
    child = _started(task)
    arrived: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_converse, args=(child, payload, arrived), daemon=True).start()
    try:
        while True:
            kind, value = arrived.get(timeout=max(until - time.monotonic(), 0.001))
            if kind == "failed":
                raise ChildFailed(value)
            if kind == "ended":
                return
            yield value
    except queue.Empty:
        return
    finally:
        child.kill()
        child.wait()


def echo(payload: tuple[Any, ...], report: Report) -> None:
    """Reports what it is given: a task to try the process with."""
    for each in payload:
        report(each)


def _started(task: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path or "." for path in sys.path)
    command = [sys.executable, "-m", "graphkit.breaking.child", task]
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def _converse(child: subprocess.Popen[bytes], payload: Any, arrived: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Gives the process its task and queues what comes back."""
    assert child.stdin is not None and child.stdout is not None
    try:
        pickle.dump(payload, child.stdin)
        child.stdin.close()
        while head := child.stdout.read(_LENGTH):
            arrived.put(pickle.loads(child.stdout.read(int.from_bytes(head, "big"))))
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        arrived.put(("failed", repr(error)))
    arrived.put(("ended", None))


def _send(out: IO[bytes], kind: str, value: Any) -> None:
    data = pickle.dumps((kind, value))
    out.write(len(data).to_bytes(_LENGTH, "big") + data)
    out.flush()


def main() -> None:
    """The process itself: reads its payload, runs the task, writes its reports."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it hears Ctrl-C and stops it
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a solver prints must not stand between the reports
    try:
        payload = pickle.load(sys.stdin.buffer)
        module, _, function = sys.argv[1].partition(":")
        getattr(import_module(module), function)(payload, lambda value: _send(out, "report", value))
    except Exception as error:
        _send(out, "failed", f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
