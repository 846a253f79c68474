"""What the tests need beside Python packages: jars of Neo4j servers, and a browser: `python -m tests.prepare`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.neo4j import prepare as neo4j

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


def main() -> int:
    """Fetch what can be fetched; say in one line what is missing."""
    if find_browser() is None:
        _install_browser()
    if find_browser() is None:
        print("The tests of pages need Chromium: install it, or set CHROMIUM to a browser's path.", file=sys.stderr)
        return 1
    return neo4j.main()


if __name__ == "__main__":
    sys.exit(main())
