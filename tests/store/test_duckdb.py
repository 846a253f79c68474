"""What only the embedded store can get wrong: its folder, other processes, dying at any moment, damage, versions."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from graphkit.errors import RequestError, StoreError, StoreInUse, StoreVersion
from graphkit.records.staged import Staged
from graphkit.store.duckdb import DuckDBStore
from graphkit.store.duckdb_connection import CONTENT, DATABASE
from graphkit.store.sql import statement
from tests.store.builder import stage, state, tie
from tests.store.case import A1, ZHANG, accounts, payments

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> DuckDBStore:
    return DuckDBStore(tmp_path / "casebook")


@pytest.fixture
def loaded(store: DuckDBStore, folder: Path) -> DuckDBStore:
    store.add([payments(folder), accounts(folder)])
    return store


@pytest.fixture
def database(store: DuckDBStore) -> Path:
    return Path(store.where) / DATABASE


def kept(store: DuckDBStore) -> list[str]:
    return sorted(path.name for path in Path(store.where).rglob("*"))


# Where there is no casebook


def test_reading_where_nothing_is(store: DuckDBStore) -> None:
    for ask in (store.files, store.counts, store.link_columns, lambda: store.native("SELECT 1", {})):
        with pytest.raises(StoreError, match="load something into it first"):
            ask()
    with pytest.raises(StoreError, match="load something into it first"):
        store.remove("abc")
    assert not Path(store.where).exists()


def test_an_empty_folder_becomes_a_casebook(store: DuckDBStore, folder: Path) -> None:
    Path(store.where).mkdir()
    store.add([payments(folder)])
    assert store.counts()["nodes"] == 5


def test_somebody_elses_folder_is_left_alone(store: DuckDBStore, folder: Path) -> None:
    Path(store.where).mkdir()
    (Path(store.where) / "thesis.doc").write_text("x")
    with pytest.raises(StoreError, match=r"holds other files \(thesis\.doc"):
        store.add([payments(folder)])
    assert kept(store) == ["thesis.doc"]


def test_a_file_is_no_casebook(store: DuckDBStore, folder: Path) -> None:
    Path(store.where).write_text("x")
    with pytest.raises(StoreError, match="cannot be made a casebook"):
        store.add([payments(folder)])
    with pytest.raises(StoreError, match="load something into it first"):
        store.files()


# Contents


def test_contents_come_and_go_with_their_files(loaded: DuckDBStore) -> None:
    hashes = sorted(record.sha256 for record in loaded.files())
    assert kept(loaded) == sorted([*hashes, DATABASE, CONTENT])
    loaded.remove(loaded.files()[0].file)
    assert kept(loaded) == sorted([*[record.sha256 for record in loaded.files()], DATABASE, CONTENT])


def test_the_next_writer_removes_orphans(loaded: DuckDBStore) -> None:
    before = kept(loaded)
    for name in ("0" * 64, "1" * 64 + ".copy"):
        (Path(loaded.where) / CONTENT / name).write_text("left by a dead load")
    loaded.add([])
    assert kept(loaded) == before


def test_content_that_changed_under_the_load_is_refused(loaded: DuckDBStore, folder: Path) -> None:
    before, files = kept(loaded), loaded.files()
    one = stage(folder, "new.csv", [state("a", "Actor", "name", "a")])
    one.content.write_text("changed")
    with pytest.raises(StoreError, match=r"new\.csv changed while it was being loaded"):
        loaded.add([one])
    loaded.add([])
    assert (kept(loaded), loaded.files()) == (before, files)


def test_missing_original_is_said(loaded: DuckDBStore) -> None:
    record = loaded.files()[0]
    (Path(loaded.where) / CONTENT / record.sha256).unlink()
    with pytest.raises(StoreError, match=f"The original of {record.name}"):
        loaded.content(record.file)


def test_link_to_a_node_that_its_file_does_not_state(loaded: DuckDBStore, folder: Path) -> None:
    """Even where another file states it: taking that back would leave the link hanging."""
    counts = loaded.counts()
    loose = stage(folder, "loose.csv", [state("a", "Actor", "name", "a")], [tie("L", "LINKED", "a", A1)])
    with pytest.raises(StoreError, match=f"The link L ends at {A1}"):
        loaded.add([loose])
    assert loaded.counts() == counts


def test_many_files_at_once(store: DuckDBStore, folder: Path) -> None:
    files = [
        stage(folder, f"{i}.csv", [state("hub", "Actor", "name", "hub"), state(f"n{i}", "Actor", "name", str(i))],
              [tie(f"L{i}", "LINKED", "hub", f"n{i}")])
        for i in range(150)
    ]  # fmt: skip
    store.add(files)
    assert store.counts() == {"nodes": 151, "links": 150}
    assert len(store.statements(["hub"])[0].evidence) == 150


# Other processes

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
print("held", flush=True)
sys.stdin.read(1)
"""


@contextmanager
def held(database: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process has the database open."""
    command = [sys.executable, "-c", HOLD, str(database), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(("how", "writes"), [("write", False), ("write", True), ("read", True)])
def test_in_use(loaded: DuckDBStore, database: Path, monkeypatch: pytest.MonkeyPatch, how: str, writes: bool) -> None:
    monkeypatch.setenv("GRAPHKIT_WAIT", "0.3")
    operation: Callable[[], object] = (lambda: loaded.add([])) if writes else loaded.files
    with held(database, how) as process:
        started = time.monotonic()
        with pytest.raises(StoreInUse) as error:
            operation()
        assert time.monotonic() - started >= 0.3
        assert f"process {process.pid} (" in error.value.english
        assert f"进程 {process.pid}（" in error.value.chinese
    operation()


def test_readers_do_not_hinder_each_other(loaded: DuckDBStore, database: Path) -> None:
    with held(database, "read"):
        assert len(loaded.files()) == 2


def test_waiting_until_the_other_is_done(loaded: DuckDBStore, database: Path) -> None:
    with held(database, "write") as process:
        assert process.stdin is not None
        later = subprocess.Popen([sys.executable, "-c", f"import time, os; time.sleep(1); os.kill({process.pid}, 9)"])
        assert len(loaded.files()) == 2
        later.wait()


def test_threads_of_one_process(loaded: DuckDBStore, folder: Path) -> None:
    """Reading, writing and a person's SQL at once in one process wait for each other; none fails."""
    from concurrent.futures import ThreadPoolExecutor

    files = [stage(folder, f"{i}.csv", [state(f"n{i}", "Actor", "name", "n")]) for i in range(4)]
    jobs: list[Callable[[], object]] = [lambda one=one: loaded.add([one]) for one in files]  # type: ignore[misc]
    jobs += [loaded.counts, lambda: loaded.native("SELECT 1", {}), loaded.node_columns] * 3
    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()
    assert len(loaded.files()) == 6


# Dying

ADD = """
import pickle, sys
from pathlib import Path
from graphkit.store.duckdb import DuckDBStore
staged, replaces = pickle.loads(Path(sys.argv[2]).read_bytes())
print("go", flush=True)
DuckDBStore(sys.argv[1]).add(staged, replaces)
print("done", flush=True)
"""


def large(folder: Path, name: str, size: int) -> Staged:
    nodes = [state(f"{name}{i:06}", "Actor", "name", f"{name} {i}") for i in range(size)]
    links = [tie(f"{name}{i:06}", "LINKED", f"{name}{i:06}", f"{name}{i * 7 % size:06}") for i in range(size)]
    return stage(folder, name, nodes, links, content=name.encode() * 200_000)


def start_add(store: DuckDBStore, job: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD, store.where, str(job)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    return process


def test_killed_at_any_moment(store: DuckDBStore, folder: Path) -> None:
    """A load that replaces a file is killed again and again: always all of the old or all of the new, and the next
    writer finds a sound casebook."""
    import pickle

    old, new = large(folder, "old", 30_000), large(folder, "new", 40_000)
    states: dict[str, Any] = {}
    for one in (new, old):
        store.add([one], replaces=[record.file for record in store.files()] if states else [])
        states[one.record.file] = (store.counts(), store.kinds(), len(store.links_of([f"{one.record.name}000007"])))
    jobs = {}
    for here, there in ((old, new), (new, old)):
        jobs[here.record.file] = folder / f"{here.record.name}.job"
        jobs[here.record.file].write_bytes(pickle.dumps(([there], [here.record.file])))

    whole = time_of_an_add(store, jobs)
    chance = random.Random(7)
    seen = {"before": 0, "after": 0}
    for _ in range(25):
        (before,) = store.files()
        process = start_add(store, jobs[before.file])
        time.sleep(chance.uniform(0, whole * 1.1))
        process.kill()
        process.communicate()
        (found,) = store.files()
        assert (store.counts(), store.kinds(), len(store.links_of([f"{found.name}000007"]))) == states[found.file]
        assert store.content(found.file) == found.name.encode() * 200_000
        seen["before" if found.file == before.file else "after"] += 1
    assert min(seen.values()) > 0, seen
    store.add([])
    assert kept(store) == sorted([store.files()[0].sha256, DATABASE, CONTENT])


def time_of_an_add(store: DuckDBStore, jobs: dict[str, Path]) -> float:
    """Seconds from "go" to the end of the process; the store is then in the other state."""
    process = start_add(store, jobs[store.files()[0].file])
    started = time.monotonic()
    assert process.communicate()[0] == "done\n"
    return time.monotonic() - started


def test_killed_while_a_casebook_is_created(tmp_path: Path, folder: Path) -> None:
    import pickle

    job = folder / "job"
    job.write_bytes(pickle.dumps(([payments(folder)], [])))
    for moment in range(10):
        store = DuckDBStore(tmp_path / f"new{moment}")
        process = start_add(store, job)
        time.sleep(0.02 * moment)
        process.kill()
        process.communicate()
        store.add([accounts(folder)])
        assert accounts(folder).record in store.files()


# Damage and versions


def test_damaged_database(loaded: DuckDBStore, database: Path) -> None:
    whole = database.read_bytes()
    for damaged in (b"", b"hello " * 5000, whole[:5000], whole[:4096] + bytes(len(whole) - 4096)):
        database.write_bytes(damaged)
        for operation in (loaded.files, lambda: loaded.statements([ZHANG]), lambda: loaded.add([])):
            with pytest.raises(StoreError) as error:
                operation()
            assert "\n" not in error.value.english
            assert str(database.parent) in error.value.english


def test_another_programs_database(store: DuckDBStore, database: Path) -> None:
    database.parent.mkdir()
    duckdb.connect(database).close()
    with pytest.raises(StoreError, match="cannot be used"):
        store.files()


def test_newer_version(loaded: DuckDBStore, database: Path) -> None:
    with duckdb.connect(database) as connection:
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    for operation in (loaded.files, lambda: loaded.add([])):
        with pytest.raises(StoreVersion, match="written by a newer graphkit"):
            operation()


# A person's own SQL


def test_views(loaded: DuckDBStore) -> None:
    columns, rows = loaded.native("SELECT id, kind, name FROM nodes WHERE id = $id", {"id": ZHANG})
    assert (columns, rows) == (["id", "kind", "name"], [(ZHANG, "Person", "张三")])
    _, rows = loaded.native("SELECT DISTINCT source FROM links WHERE link = 'PAID:P1'", {})
    assert rows == [(A1,)]
    _, rows = loaded.native("SELECT properties['memo'], len(evidence) FROM links WHERE properties['memo'] <> ''", {})
    assert rows == [("货款", 1), ("货款", 1)]
    _, rows = loaded.native("SELECT max(len(evidence)) FROM statements WHERE node = $id", {"id": ZHANG})
    assert rows == [(38,)]
    _, rows = loaded.native("SELECT name FROM files ORDER BY name", {})
    assert rows == [("bank.xlsx",), ("流水.csv",)]


@pytest.mark.parametrize(
    "text",
    [
        "DELETE FROM link", "DROP TABLE link", "CREATE TABLE x (a INT)", "UPDATE meta SET value = '9'", "CHECKPOINT",
        "SELECT 1; DELETE FROM link", "SET memory_limit = '10GB'", "RESET enable_external_access", "INSTALL httpfs",
        "ATTACH ':memory:' AS other", "COPY link TO '{out}'", "EXPLAIN ANALYZE COPY link TO '{out}'",
        "EXPLAIN ANALYZE DELETE FROM link", "EXPORT DATABASE '{out}'", "SELECT * FROM read_text('{file}')",
        "SELECT * FROM glob('{file}')", "FROM '{file}'", "SELECT * FROM read_csv('{file}')", "FROM sniff_csv('{file}')",
        "FROM read_parquet('https://example.org/x.parquet')", "FROM caller_data", "SELECT", ";",
        "",
    ],
)  # fmt: skip
def test_native_only_reads_the_casebook(loaded: DuckDBStore, database: Path, tmp_path: Path, text: str) -> None:
    caller_data = {"a": [1]}
    assert caller_data
    file, out = tmp_path / "secret.csv", tmp_path / "out"
    file.write_text("a,b\n1,2\n")
    before = database.read_bytes()
    with pytest.raises(RequestError) as error:
        loaded.native(text.replace("{file}", str(file)).replace("{out}", str(out)), {})
    assert "\n" not in error.value.english
    assert database.read_bytes() == before
    assert not out.exists()


def test_native_parameters_must_fit(loaded: DuckDBStore) -> None:
    with pytest.raises(RequestError, match=r"wants a value for \$kind"):
        loaded.native("SELECT $kind", {})
    with pytest.raises(RequestError, match=r"no parameter \$other"):
        loaded.native("SELECT $kind", {"kind": 1, "other": 2})
    assert loaded.native("SELECT $a", {"a": "'; DROP TABLE link; --"}) == (["$a"], [("'; DROP TABLE link; --",)])


def test_every_query_file_is_used() -> None:
    """No query lies about that nothing asks."""
    store = ROOT / "graphkit" / "store"
    code = "".join(path.read_text(encoding="utf-8") for path in store.glob("duckdb*.py"))
    unused = [path.stem for path in (store / "sql").glob("*.sql") if f'"{path.stem}"' not in code]
    assert unused == []
    assert statement("counts").startswith("SELECT")
