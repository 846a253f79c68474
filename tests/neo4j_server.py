"""Fixtures that give a test a real Neo4j server, one a session and version, stopped at the end of the session."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.neo4j.java import find_java
from tests.neo4j.prepare import FOLDER, JAVA, VERSIONS, jars

if TYPE_CHECKING:
    from graphkit.store.base import Store

OPENED = [
    f"--add-opens=java.base/{part}=ALL-UNNAMED"
    for part in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
]
SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
server.memory.heap.initial_size=512m
server.memory.heap.max_size=2g
server.memory.pagecache.size=512m
dbms.security.auth_max_failed_attempts=0
dbms.usage_report.enabled=false
"""


class Neo4jServer:
    """A community server with signing in, in a folder of its own; `kill` and `start` again keep what was committed."""

    user = "neo4j"
    password = "graphkit-test"

    def __init__(self, version: str) -> None:
        self.version = version
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="graphkit-neo4j-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = subprocess.Popen(
            [sys.executable, FOLDER / "keeper.py", self.folder],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for name in ("data", "logs", "plugins", "import", "run", "lib", "licenses", "conf"):
            (self.folder / name).mkdir()
        (self.folder / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=self.port))
        self._command = _command(version, self.folder)
        self.start()
        self._set_password()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.folder / "out.log").open("ab") as out:
            self._process = subprocess.Popen(self._command, stdout=out, stderr=out, start_new_session=True)
        self._tell_keeper(self._process.pid)
        self._wait_until_started()

    def kill(self) -> None:
        """Kill the server, as a power cut would."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._tell_keeper(0)

    def close(self) -> None:
        """Stop the server for good and remove its folder."""
        self.kill()
        assert self._keeper.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._keeper.stdin.close()
        self._keeper.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def store(self) -> Store:
        """The store at this server."""
        from graphkit.store import open_store

        return open_store(self.uri, self.user, self.password)

    def clear(self) -> None:
        """Remove every node and relationship; constraints and indexes stay."""
        import neo4j

        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver,
            driver.session() as session,
        ):
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

    def _tell_keeper(self, process: int) -> None:
        assert self._keeper.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # somebody ended it; we end the server ourselves then
            self._keeper.stdin.write(f"{process}\n")
            self._keeper.stdin.flush()

    def _wait_until_started(self) -> None:
        assert self._process is not None
        for _ in range(1200):
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        log = (self.folder / "out.log").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"Neo4j {VERSIONS[self.version]} did not start: {log}")

    def _set_password(self) -> None:
        import neo4j

        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=self.password, database_="system"
            )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(version: str, folder: Path) -> list[str]:
    """The command that starts the server; 2026 needs a few lines of Java of our own, compiled into its folder."""
    library, java = jars(version), find_java(*JAVA[version])
    start, path = "org.neo4j.server.CommunityEntryPoint", f"{library}/*"
    if version != "5.26":
        start, path = "Run", f"{folder}/lib:{library}/*"
        _compile(java, library, folder / "lib")
    return [str(java), "-cp", path, *OPENED, start, f"--home-dir={folder}", f"--config-dir={folder}/conf"]


def _compile(java: Path, library: Path, into: Path) -> None:
    compiler = next(library.glob("ecj-*.jar"))
    path = os.pathsep.join(str(jar) for jar in library.glob("neo4j-*.jar"))
    command = [str(java), "-jar", str(compiler), "-source", "21", "-target", "21", "-nowarn"]
    command += ["-cp", path, "-d", str(into), str(FOLDER / "Run.java")]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def neo4j_servers() -> Iterator[Callable[[str], Neo4jServer]]:
    """Gives the server of a version, "5.26" or "2026", started when first asked for."""
    running: dict[str, Neo4jServer] = {}

    def give(version: str) -> Neo4jServer:
        if version not in running:
            running[version] = Neo4jServer(version)
        return running[version]

    yield give
    for server in running.values():
        server.close()


@pytest.fixture(scope="session", params=sorted(VERSIONS))
def neo4j_server(request: pytest.FixtureRequest, neo4j_servers: Callable[[str], Neo4jServer]) -> Neo4jServer:
    """A real server; a test that asks for it runs once a version, or with those named by indirect parametrisation."""
    return neo4j_servers(request.param)
