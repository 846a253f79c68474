"""What is the Neo4j store's own: publishing at once whatever dies, one writer, signing in, native types, any name."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.errors import RequestError, StoreError, StoreInUse, StoreRefused, StoreUnreachable, StoreVersion
from graphkit.model.language import set_language
from graphkit.records.staged import Staged
from graphkit.store import open_store
from graphkit.store.base import Store
from graphkit.store.neo4j import Neo4jStore, loading, writer
from tests.neo4j_server import Neo4jServer
from tests.store.builder import stage, state, tie
from tests.store.case import A1, A2, A3, accounts, hostile, payments
from tests.store.test_conformance import everything

MANY = 1_200


def many(folder: Path, name: str = "many.csv", count: int = MANY) -> Staged:
    """A file of many accounts, each paying the next; those of payments() are among them."""
    nodes = [A1, A2, A3, *(f"account:{number:06}" for number in range(count))]
    paid = pairwise(nodes)
    return stage(
        folder,
        name,
        [state(node, "Account", "institution", "工商银行", rows=[row]) for row, node in enumerate(nodes, 2)],
        [tie(f"PAID:{row}", "PAID", source, target, rows=[row]) for row, (source, target) in enumerate(paid, 2)],
    )


# A load that dies in the middle

KILLED = """
import os, signal, sys
from pathlib import Path
from graphkit.store import open_store
from graphkit.store.neo4j import loading, staging, writer
from tests.store.on_neo4j.test_publishing import many

staging._MOST_ROWS = 100
written, doomed = 0, sys.argv[4]
write_all = writer.Writer._write_all

def count(self, name, number, **parameters):
    global written
    write_all(self, name, number, **parameters)
    written += name == doomed
    if written == 2:
        os.kill(os.getpid(), signal.SIGKILL)

writer.Writer._write_all = count
open_store(sys.argv[1], "neo4j", sys.argv[2]).add([many(Path(sys.argv[3]))])
"""


@pytest.mark.parametrize("doomed", ["nodes_create", "nodes_touch", "links_create"])
def test_killed_load_shows_nothing_and_is_cleaned_up(
    doomed: str, store: Store, server: Neo4jServer, folder: Path, cypher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([payments(folder)])
    if doomed == "nodes_touch":
        store.add([many(folder, "before.csv")])
    before = everything(store)
    command = [sys.executable, "-c", KILLED, server.uri, server.password, str(folder), doomed]
    assert subprocess.run(command, check=False).returncode == -9
    assert cypher("MATCH (f:File {published: false}) RETURN count(f)") == [[1]]
    assert everything(store) == before
    monkeypatch.setattr(writer, "PATIENCE_SECONDS", 0)  # its lock need not be waited for
    store.add([hostile(folder)])
    store.remove(hostile(folder).record.file)
    assert everything(store) == before
    assert cypher("MATCH (f:File {published: false}) RETURN count(f)") == [[0]]
    assert cypher("MATCH (n:Entity) RETURN count(n)") == [[store.counts()["nodes"]]]
    assert cypher("MATCH (p:FilePart) RETURN count(p)") == [[len(store.files())]]
    store.add([many(folder)])
    assert store.counts()["nodes"] == MANY + 5


def test_server_dies_in_the_middle_and_comes_back(
    neo4j_servers: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Neo4jServer("5.26")
    try:
        store = server.store()
        store.add([payments(folder)])
        before = store.files(), store.counts(), store.links_of([A1])
        with monkeypatch.context() as patch:
            _kill_at_second_batch(server, patch)
            with pytest.raises(StoreUnreachable):
                store.add([many(folder)])
        server.start()
        assert (store.files(), store.counts(), store.links_of([A1])) == before
        store.add([many(folder)])  # the lock of the load that failed does not stand in the way
        assert store.counts() == {"nodes": MANY + 5, "links": MANY + 2 + 4}
    finally:
        server.close()


def _kill_at_second_batch(server: Neo4jServer, patch: pytest.MonkeyPatch) -> None:
    write_all, written = writer.Writer._write_all, list[str]()

    def dying(self: writer.Writer, name: str, count: int, **parameters: Any) -> None:
        written.append(name)
        if len(written) == 2:
            server.kill()
        write_all(self, name, count, **parameters)

    patch.setattr(writer.Writer, "_write_all", dying)
    patch.setattr("graphkit.store.neo4j.connection.RETRY_SECONDS", 1)


def test_nobody_sees_a_load_before_it_is_published(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([payments(folder)])
    before, seen = everything(store), list[object]()
    publish = writer.Writer.publish

    def look_first(self: writer.Writer, add: list[str], remove: list[str]) -> None:
        seen.append(everything(store))
        publish(self, add, remove)
        seen.append(everything(store))

    monkeypatch.setattr(writer.Writer, "publish", look_first)
    store.add([accounts(folder)], replaces=[payments(folder).record.file])
    assert seen == [before, everything(store)]  # before the tidying up as after it
    assert seen[1] != before


def test_refresh_that_died_is_finished_by_the_next_writer(
    store: Store, folder: Path, cypher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([stage(folder, "a.csv", [state("x", "Actor", "name", "Alpha")])])
    with monkeypatch.context() as patch:
        patch.setattr("graphkit.store.neo4j.purging._refresh", lambda writer: None)
        store.add([stage(folder, "b.csv", [state("x", "Person", "name", "Aa", rows=[2, 3])])])
    assert store.kinds()[0] == {"Person": 1}  # readers need not wait for it
    assert list(store.node_columns()["kind"]) == ["Person"]
    assert [hit.kind for hit in store.search("aa", 5)] == ["Person"]
    assert cypher("MATCH (n:Actor {name: 'Alpha'}) RETURN count(n)") == [[1]]
    store.add([stage(folder, "c.csv", [state("y", "Actor", "name", "y")])])
    assert cypher("MATCH (n:Person {name: 'Aa'}) WHERE n.stale IS NULL AND NOT n:Actor RETURN count(n)") == [[1]]


# One writer at a time


def test_second_writer_is_told_who_holds_it(
    store: Store, server: Neo4jServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import socket

    monkeypatch.setenv("GRAPHKIT_WAIT", "0.5")
    load, inside, go = loading.load, threading.Event(), threading.Event()

    def slow(held: writer.Writer, tagged: dict[str, Staged]) -> None:
        inside.set()
        assert go.wait(60)
        load(held, tagged)

    monkeypatch.setattr(loading, "load", slow)
    first = threading.Thread(target=store.add, args=([payments(folder)],))
    first.start()
    try:
        assert inside.wait(60)
        with pytest.raises(StoreInUse) as error:
            server.store().add([accounts(folder)])
    finally:
        go.set()
        first.join()
    assert f"process {os.getpid()} on {socket.gethostname()} since 20" in error.value.english
    assert str(os.getpid()) in error.value.chinese
    server.store().add([accounts(folder)])
    assert len(store.files()) == 2


def test_second_writer_waits_its_turn(store: Store, server: Neo4jServer, folder: Path) -> None:
    files = [payments(folder), accounts(folder), hostile(folder), many(folder, count=50)]
    threads = [threading.Thread(target=server.store().add, args=([one],)) for one in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {record.file for record in store.files()} == {one.record.file for one in files}


def test_only_the_lock_of_a_process_that_ended_is_taken_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import socket

    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = socket.gethostname()
    assert writer._gone("w", f"{here}, {ended.pid}")
    assert not writer._gone("w", f"{here}, {os.getppid()}")
    assert not writer._gone("w", f"another-{here}, {ended.pid}")
    assert writer._gone("w", f"{here}, {os.getpid()}")  # a load of ours that failed
    monkeypatch.setattr(writer, "_HOLDING", {"w"})
    assert not writer._gone("w", f"{here}, {os.getpid()}")


def test_writer_that_was_taken_over_publishes_nothing(
    store: Store, server: Neo4jServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = loading.load

    def sleeping(held: writer.Writer, tagged: dict[str, Staged]) -> None:
        monkeypatch.setattr(loading, "load", load)
        with monkeypatch.context() as patch:
            patch.setattr(writer, "PATIENCE_SECONDS", -60)
            server.store().add([accounts(folder)])
        load(held, tagged)

    monkeypatch.setattr(loading, "load", sleeping)
    with pytest.raises(StoreInUse):
        store.add([payments(folder)])
    assert [record.name for record in store.files()] == ["bank.xlsx"]


# Signing in


def test_wrong_password(server: Neo4jServer) -> None:
    with pytest.raises(StoreRefused) as error:
        open_store(server.uri, "neo4j", "hunter2-not-it").files()
    for text in (error.value.english, error.value.chinese):
        assert "hunter2" not in text
        assert "neo4j" in text
        assert "\n" not in text


def test_no_password(server: Neo4jServer) -> None:
    with pytest.raises(StoreRefused, match="GRAPHKIT_USER"):
        open_store(server.uri).files()


def test_nobody_answers() -> None:
    started = time.monotonic()
    with pytest.raises(StoreUnreachable) as error:
        open_store("bolt://127.0.0.1:9", "neo4j", "hunter2").counts()
    assert "bolt://127.0.0.1:9" in error.value.english
    assert "hunter2" not in error.value.english + error.value.chinese
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "where",
    [
        "bolt://ann:hunter2@127.0.0.1:9", "NEO4J://:hunter2@[::1", "neo4j://ann:hunter2/x@host", "bolt://hunter2@h/db",
        "neo4j://ann:hunter2#x@host", "neo4j://ann:hunter2%40host", "neo4j+s://ann:hunter2", "bolt://:hunter2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("opening", [open_store, Neo4jStore, graphkit.open])
def test_password_in_the_address_is_refused(opening: Callable[[str], object], where: str) -> None:
    with pytest.raises(RequestError) as error:
        opening(where)
    assert "hunter2" not in error.value.english + error.value.chinese


def test_unknown_database(server: Neo4jServer) -> None:
    with pytest.raises(StoreError) as error:
        open_store(f"{server.uri}/nosuch", server.user, server.password).counts()
    assert "nosuch" in error.value.english


def test_database_and_routing(store: Store, server: Neo4jServer, folder: Path) -> None:
    store.add([payments(folder)])
    routed = open_store(server.uri.replace("bolt://", "neo4j://") + "/neo4j", server.user, server.password)
    assert routed.files() == store.files()


def test_newer_casebook(store: Store, folder: Path, cypher: Any) -> None:
    store.add([payments(folder)])
    cypher("MATCH (c:Casebook) SET c.version = 99")
    for ask in (store.files, store.counts, lambda: store.add([accounts(folder)]), lambda: store.native("RETURN 1", {})):
        with pytest.raises(StoreVersion):
            ask()


def test_messages_in_both_languages(server: Neo4jServer) -> None:
    with pytest.raises(StoreRefused) as error:
        open_store(server.uri, "neo4j", "wrong").files()
    try:
        set_language("zh")
        assert "用户名或密码错误" in str(error.value)
    finally:
        set_language("en")
