"""Outlives the tests by a moment: stops the server and removes its folder when they end, however they end.

Started as `python keeper.py FOLDER`; standard input gives the process ids of the servers that run in FOLDER, one a
line: the last one counts and 0 is none. When standard input closes (also because the tests were killed), the server
is killed and the folder removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys


def keep(folder: str) -> None:
    """Wait for the end of standard input, then kill the last server named and remove the folder."""
    server = 0
    for line in sys.stdin:
        server = int(line)
    if server:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(sys.argv[1])
