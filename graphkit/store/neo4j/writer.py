"""One writer at a time: a lock on the server that its holder keeps alive, and that a dead holder loses."""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from neo4j import exceptions

from graphkit.errors import StoreError, StoreInUse
from graphkit.store.base import SCHEMA_VERSION
from graphkit.store.neo4j.connection import Connection, Row, Run

PATIENCE_SECONDS = 60
"""After so long without a sign of life a writer counts as dead."""

_GONE_SECONDS = 8
"""After so long it does where its process is seen to have ended. Not at once: containers may share a machine's name."""

_HEARTBEAT_SECONDS = 5
_PAUSE_SECONDS = 0.2
_HOLDING: set[str] = set()  # the writers of this process
_SCHEMA = ("constraint_casebook", "constraint_entity", "constraint_file", "index_file_part", "index_stale")


class Writer:
    """Holds the casebook for writing. Everything it writes is refused by the server once another one took over."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.id = str(uuid.uuid4())

    def write(self, name: str, **parameters: Any) -> list[Row]:
        """The rows of a query that writes, in a transaction that only counts while we hold the casebook."""
        return self.connection.write(name, guard=self._check, **parameters)

    def write_rows(self, name: str, rows: list[Any]) -> None:
        """Write a batch; every one of its rows must have been written."""
        self._write_all(name, len(rows), rows=rows)

    def write_columns(self, name: str, columns: dict[str, list[Any]]) -> None:
        """Write a batch that comes as columns."""
        self._write_all(name, len(next(iter(columns.values()))), **columns)

    def _write_all(self, name: str, count: int, **parameters: Any) -> None:
        if self.write(name, **parameters)[0][0] != count:
            raise StoreError(
                "The casebook on the server is not as it was left: something else changed it.",
                "服务器上的案卷被其他程序改动过。",
            )

    def publish(self, add: list[str], remove: list[str]) -> None:
        """Show and hide files in one transaction."""
        if self.write("publish", writer=self.id, add=add, remove=remove)[0][0] != len(add) + len(remove):
            raise _lost()

    def show_life(self) -> None:
        """Tell the others that we are alive, and see that we still hold the casebook."""
        self.write("heartbeat", writer=self.id)

    def _check(self, run: Run) -> None:
        if not run("held", {"writer": self.id}):
            raise _lost()

    def take(self) -> None:
        """Take the casebook, waiting for another writer up to GRAPHKIT_WAIT seconds."""
        deadline, patience = time.monotonic() + _wait(), PATIENCE_SECONDS
        while True:
            writer, holder, since = self._try(patience)
            if writer == self.id:
                return
            patience = min(PATIENCE_SECONDS, _GONE_SECONDS) if _gone(writer, str(holder)) else PATIENCE_SECONDS
            if time.monotonic() >= deadline:
                raise _in_use(str(holder), str(since))
            time.sleep(_PAUSE_SECONDS)

    def _try(self, patience: float) -> Row:
        return self.connection.write(
            "lock",
            writer=self.id,
            holder=f"{socket.gethostname()}, {os.getpid()}",  # what `_gone` takes apart
            since=datetime.now(UTC).isoformat(timespec="seconds"),
            version=SCHEMA_VERSION,
            patience=round(patience * 1000),
        )[0]


@contextmanager
def writing(connection: Connection) -> Iterator[Writer]:
    """The casebook, held for writing; made where there is none."""
    if connection.state().version is None:
        for name in _SCHEMA:
            connection.once(name)
    writer = Writer(connection)
    writer.take()
    _HOLDING.add(writer.id)
    done = threading.Event()
    heart = threading.Thread(target=_beat, args=(writer, done), daemon=True)
    heart.start()
    try:
        yield writer
    finally:
        done.set()
        heart.join()
        _HOLDING.discard(writer.id)
        with suppress(exceptions.Neo4jError, exceptions.DriverError):  # else the lock is taken over in time
            connection.once("unlock", writer=writer.id)


def _beat(writer: Writer, done: threading.Event) -> None:
    while not done.wait(_HEARTBEAT_SECONDS):
        with suppress(exceptions.Neo4jError, exceptions.DriverError):  # whoever writes will meet it
            writer.connection.once("heartbeat", writer=writer.id)


def _gone(writer: str, holder: str) -> bool:
    """Whether the holder is seen to be dead: a process of this machine that has ended, or a failed load of our own."""
    host, _, process = holder.rpartition(", ")
    if host != socket.gethostname() or not process.isdecimal() or os.name != "posix":
        return False
    if int(process) == os.getpid():
        return writer not in _HOLDING
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # somebody else's, and alive
    return False


def _wait() -> float:
    try:
        return float(os.environ.get("GRAPHKIT_WAIT", "10"))
    except ValueError:
        return 10.0


def _in_use(holder: str, since: str) -> StoreInUse:
    host, _, process = holder.rpartition(", ")
    return StoreInUse(
        f"The casebook is in use by process {process} on {host} since {since}: wait until it is done, or end it.",
        f"案卷自 {since} 起正由主机 {host} 的进程 {process} 写入：请等它结束，或将其关闭。",
    )


def _lost() -> StoreInUse:
    return StoreInUse(
        "Another process took over the casebook, because this one was silent for too long: nothing was published.",
        "本进程长时间无响应，案卷已被另一进程接管：未发布任何内容。",
    )
