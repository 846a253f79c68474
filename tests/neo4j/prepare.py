"""Fetches the jars of the Neo4j servers that the tests start, once: `python -m tests.neo4j.prepare`."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.neo4j.java import MissingError, find_java, find_maven

VERSIONS = {"5.26": "5.26.12", "2026": "2026.08.1"}
"""The name by which tests ask for a server, and its exact version."""

JAVA = {"5.26": (17, 21), "2026": (21, 25)}
"""The oldest and newest Java that a server is known to run with."""

FOLDER = Path(__file__).parent


def cache() -> Path:
    """Where jars are kept, outside the repository."""
    if chosen := os.environ.get("GRAPHKIT_NEO4J_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "graphkit-neo4j"


def jars(name: str) -> Path:
    """The folder with the jars of this server, fetched if need be. Safe where several processes ask at once."""
    version = VERSIONS[name]
    ready = cache() / version / "lib"
    if ready.is_dir():
        return ready
    ready.parent.mkdir(parents=True, exist_ok=True)
    with (ready.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_dir():
            _fetch(version, ready)
    return ready


def _fetch(version: str, ready: Path) -> None:
    """Fetch into a folder beside, then rename, so that what is there is whole."""
    maven = find_maven()
    java = find_java(8, 99).resolve()
    fresh = Path(tempfile.mkdtemp(prefix="fetching-", dir=ready.parent))
    try:
        command = [str(maven), "-q", "-B", "-f", str(FOLDER / "pom.xml"), f"-Dneo4j.version={version}"]
        command += ["dependency:copy-dependencies", f"-DoutputDirectory={fresh}"]
        environment = {"JAVA_HOME": str(java.parent.parent), **os.environ}
        run = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
        if run.returncode:
            raise MissingError(f"Maven could not fetch Neo4j {version}: {(run.stdout + run.stderr).strip()[-1500:]}")
        fresh.rename(ready)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def main() -> int:
    """Fetch all versions; say what is missing in one line."""
    try:
        for name, version in VERSIONS.items():
            print(f"Neo4j {version}: {jars(name)}, {find_java(*JAVA[name])}")
    except MissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
