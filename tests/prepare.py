"""What the tests need beside Python packages: jars of Neo4j servers, a browser, compiled searches.

python -m tests.prepare
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

from tests.neo4j import prepare as neo4j

_COMPILING = 1800  # seconds at most
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_browser() -> str | None:
    """A browser of Chromium's family: from CHROMIUM, else on the path."""
    return os.environ.get("CHROMIUM") or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _install_browser() -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"]
        subprocess.run(
            command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL
        )


def _compile_searches() -> None:
    """Once, here: tests run side by side, and a plan whose search is still being compiled is said to be cut short."""
    from graphkit.breaking.compiling import BOUNDS, COUNTS, SEARCHES, in_time

    searches = dict.fromkeys(name for names in SEARCHES.values() for name in names)
    in_time([*COUNTS, *searches, *BOUNDS], time.monotonic() + _COMPILING)


def main() -> int:
    """Fetch what can be fetched; say in one line what is missing."""
    _compile_searches()
    if find_browser() is None:
        _install_browser()
    if find_browser() is None:
        print("The tests of pages need Chromium: install it, or set CHROMIUM to a browser's path.", file=sys.stderr)
        return 1
    return neo4j.main()


if __name__ == "__main__":
    sys.exit(main())
