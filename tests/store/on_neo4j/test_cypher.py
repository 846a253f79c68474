"""What plain Cypher sees of a casebook on Neo4j, and what it may do: native types, any name, any time, only reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graphkit.errors import RequestError
from graphkit.store.base import Store
from tests.store.builder import stage, state, tie
from tests.store.case import A1, A2, payments
from tests.store.test_conformance import everything

# What plain Cypher sees


def test_native_types(store: Store, folder: Path, cypher: Any) -> None:
    nodes = [
        state("p", "Person", "name", "张三"),
        state("p", "Person", "birth_date", "1990-03-07"),
        state("q", "Person", "birth_date", "about 1990"),
        state("c", "Case", "amount", "1250000.5"),
        state("c", "Case", "number", "007"),
    ]
    links = [
        tie("CALLED:1", "CALLED", "p", "q", at="2024-01-24", properties={"duration_s": "35", "cell": "35"}),
        tie("CALLED:2", "CALLED", "p", "q", at="2024-01-24T08:05:00", quantity=2.5, unit="盒"),
    ]
    one = stage(folder, "types.csv", nodes, links)
    store.add([one])
    assert cypher("MATCH (p:Person {name: '张三'}) RETURN p.birth_date = date('1990-03-07')") == [[True]]
    assert cypher("MATCH (p:Person {id: 'q'}) RETURN p.birth_date") == [["about 1990"]]
    assert cypher("MATCH (c:Case) RETURN c.amount * 2, c.number") == [[2_500_001.0, "007"]]
    rows = cypher("MATCH ()-[r:CALLED]->() RETURN toString(r.started), r.duration_s, r.cell, r.unit ORDER BY r.id")
    assert rows == [["2024-01-24", 35.0, "35", None], ["2024-01-24T08:05:00", None, None, "盒"]]
    assert cypher("MATCH ()-[r:CALLED {id: 'CALLED:1'}]->() RETURN r.evidence, r.file") == [
        [[f"{one.record.file}#1:2"], one.record.file]
    ]


def test_preferred_value_is_the_one_on_most_rows(store: Store, folder: Path, cypher: Any) -> None:
    first = stage(folder, "1.csv", [state("x", "Person", "name", "Bo"), state("x", "Person", "name", "Al", rows=[3])])
    second = stage(folder, "2.csv", [state("x", "Person", "name", "Zed", rows=[2, 3, 4])])
    store.add([first])
    assert cypher("MATCH (n:Person) RETURN n.name") == [["Al"]]
    store.add([second])
    assert cypher("MATCH (n:Person) RETURN n.name") == [["Zed"]]
    store.remove(second.record.file)
    assert cypher("MATCH (n:Person) RETURN n.name, n.files") == [["Al", [first.record.file]]]


NAMES = [
    "`", "``) DETACH DELETE (n", "\\u0060", "a b", "", "_", "__", "名", "'", '"', "$x", "{}", "\0", "\ue000\ue001",
    "id", "_id", "kind", "stated", "file", "evidence", "started", "started_latest", "amount", "published",
]  # fmt: skip


@pytest.mark.parametrize("version", ["5.26", "2026"])
def test_any_name(version: str, neo4j_servers: Any, folder: Path, tmp_path: Path) -> None:
    """Kinds, properties of nodes and of links may have any name; all comes back as it was."""
    import polars as pl
    from polars.testing import assert_frame_equal

    server = neo4j_servers(version)
    server.clear()
    store = server.store()
    kinds = [*NAMES, "Entity", "File", "FilePart", "Casebook"]
    nodes = [state(f"n{place:02}", kind, "name", kind) for place, kind in enumerate(kinds)]
    nodes += [state("all", "Actor", name, f"value {name}") for name in NAMES]
    links = [
        tie(
            f"L{place:02}",
            kind,
            "all",
            f"n{place:02}",
            at="2024-01-24",
            amount=1.0,
            properties=dict.fromkeys(NAMES, kind),
        )
        for place, kind in enumerate(kinds)
    ]
    one = stage(folder, "names.csv", nodes, links)
    store.add([one, payments(folder)])
    assert {link.kind for link in store.links_of(["all"])} == set(kinds)
    assert all(set(link.properties) == set(NAMES) for link in store.links_of(["all"]))
    assert {said.property for said in store.statements(["all"])} == set(NAMES)
    assert set(store.kinds()[0]) == {*kinds, "Actor", "Person", "Party", "Account"}
    assert [record.name for record in store.files()] == ["names.csv", "流水.csv"]
    out = store.export(one.record.file, tmp_path / "out")
    assert_frame_equal(pl.read_parquet(one.statements).sort(pl.all()), pl.read_parquet(out.statements).sort(pl.all()))
    assert_frame_equal(pl.read_parquet(one.links), pl.read_parquet(out.links))
    store.remove(one.record.file)
    assert store.counts() == {"nodes": 5, "links": 4}


TIMES = [
    (None, None), ("2024-01-24T00:00:00", "2024-01-24T23:59:59"), ("2024-01-24T00:00:00", "2024-01-24T00:00:00"),
    ("2024-01-24T08:05:00", None), (None, "2024-01-24T08:05:00"), ("2024-01-24T00:00:00", "2024-02-24T23:59:59"),
    ("2024-01-24T23:59:59.000001", "2024-01-24T23:59:59.000001"), ("2024-01-24T00:00:00", None),
]  # fmt: skip


def test_any_time(store: Store, folder: Path, tmp_path: Path) -> None:
    """Whatever is known of a link's time comes back as it was."""
    from datetime import datetime

    import polars as pl
    from polars.testing import assert_frame_equal

    def known(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    links = []
    for place, (first, last) in enumerate((start, end) for start in TIMES for end in TIMES):
        times: dict[str, Any] = dict(zip(("started_earliest", "started_latest"), map(known, first), strict=True))
        times |= dict(zip(("ended_earliest", "ended_latest"), map(known, last), strict=True))
        links.append(tie(f"L{place:03}", "LINKED", "a", "a", **times))
    one = stage(folder, "times.csv", [state("a", "Actor", "name", "a")], links)
    store.add([one])
    out = store.export(one.record.file, tmp_path / "out")
    assert_frame_equal(pl.read_parquet(one.links), pl.read_parquet(out.links))
    frame, columns = pl.read_parquet(one.links), store.link_columns()
    for name in ("started_earliest", "started_latest", "ended_earliest", "ended_latest"):
        assert frame[name].cast(pl.String).to_list() == pl.Series(columns[name]).cast(pl.String).to_list()


# A person's own Cypher


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n) RETURN n", "MATCH (n) SET n.x = 1", "CREATE INDEX FOR (n:X) ON (n.y)", "CALL db.createLabel('X')",
        "CREATE USER ann SET PASSWORD 'long enough'", "CALL dbms.killConnections([])", "PROFILE MATCH (n) DELETE n",
        "TERMINATE TRANSACTIONS 'x'", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS", "RETURN 1; MATCH (n) DELETE n", "RETURN $missing",
    ],
)  # fmt: skip
def test_native_only_reads(text: str, store: Store, folder: Path) -> None:
    store.add([payments(folder)])
    before = everything(store)
    with pytest.raises(RequestError) as error:
        store.native(text, {})
    assert "\n" not in error.value.english
    assert everything(store) == before


def test_native_gives_plain_values(store: Store, folder: Path) -> None:
    import json

    store.add([payments(folder)])
    text = """
        MATCH path = (a:Account {id: $id})-[r:PAID]->(b) WHERE r.amount = 100
        RETURN a, r, path, date('2024-01-24') AS day, localdatetime('2024-01-24T08:05:00') AS time,
               duration('P1D') AS span, point({x: 1, y: 2}) AS place, [1, null, {k: date('2024-01-24')}] AS list
    """
    names, (row,) = store.native(text, {"id": A1})
    assert names == ["a", "r", "path", "day", "time", "span", "place", "list"]
    values = dict(zip(names, row, strict=True))
    assert values["a"]["labels"] == ["Account", "Entity"]
    assert (values["r"]["type"], values["r"]["properties"]["started"]) == ("PAID", "2024-01-24")
    assert [node["properties"]["id"] for node in values["path"]["nodes"]] == [A1, A2]
    assert values["list"] == [1, None, {"k": "2024-01-24"}]
    assert json.loads(json.dumps(values)) == values
    assert store.native("CALL db.labels() YIELD label RETURN count(label) > 0 AS some", {})[1] == [(True,)]
