"""A real Neo4j server: loading against the usual script, and reading back against one record a link."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import data
from benchmarks.measure import report
from graphkit.network.goods import LINK_PROPERTIES

ROWS = 200_000
BATCH = 10_000
REPEATS = 3

# The usual script: one session, both ends and the relationship merged by id, in batches.
_MERGE_NODES = "UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n += r.properties"
_MERGE_LINKS = {
    kind: f"""UNWIND $rows AS r MERGE (a:Entity {{id: r.source}}) MERGE (b:Entity {{id: r.target}})
    MERGE (a)-[x:{kind} {{id: r.id}}]->(b) SET x += r.properties"""
    for kind in ("PAID", "HOLDS")
}
_ONE_BY_ONE = """MATCH (a:Entity)-[r]->(b:Entity)
RETURN r.id, type(r), a.id, b.id, r.started, r.ended, r.quantity, r.amount, r.unit, r.currency"""

# The same columns packed in lists, in slices of 20,000: what no reader can do without.
_DRAINED = (
    ("MATCH (n:Entity)", ("n.id", "n.kind")),
    ("MATCH (n:Entity)", ("n.id", "[one IN n.stated WHERE split(one, '\t')[1] IN ['name', 'number', 'alias']]")),
    (
        "MATCH (a:Entity)-[r]->(b:Entity)",
        (
            "r.id", "type(r)", "id(a)", "id(b)", "coalesce(toString(r.started), '')", "coalesce(toString(r.ended), '')",
            "coalesce(r.quantity, 0.0)", "coalesce(r.amount, 0.0)",
            *(f"coalesce(r.{name}, '')" for name in ("unit", "currency", *LINK_PROPERTIES)),
        ),
    ),
)  # fmt: skip


def load_and_read() -> None:
    """Load payments into Neo4j 5.26 both ways, in turn, then read all links back both ways."""
    from graphkit.network.build import from_store
    from tests.neo4j_server import Neo4jServer

    staged = _staged()
    server = Neo4jServer("5.26")
    try:
        ours, theirs, links = [], [], 0
        for _ in range(REPEATS):
            server.clear()
            theirs.append(_timed(lambda: _usual_script(server, staged)))
            server.clear()
            ours.append(_timed(lambda: _store(server).add([staged])))
            links = _store(server).counts()["links"]
        print(
            f"Neo4j 5.26: {links} links, {links / min(ours):.0f} a second; the usual script {links / min(theirs):.0f}"
        )
        report("Neo4j: load / the usual script", min(ours), min(theirs), "s", "at most 0.67")
        packed = min(_timed(lambda: _store(server).link_columns()) for _ in range(REPEATS))
        single = min(_timed(lambda: _one_by_one(server)) for _ in range(REPEATS))
        report("Neo4j: read links in columns / one record a link", packed, single, "s", "at most 0.2")
        cold = min(_timed(lambda: from_store(_store(server))) for _ in range(REPEATS))
        drained = min(_timed(lambda: _drain(server)) for _ in range(REPEATS))
        report("Neo4j: cold snapshot / draining its columns packed", cold, drained, "s", "at most 1.5")
    finally:
        server.close()


def _staged() -> Any:
    """Payments, staged as a load stages them."""
    from graphkit.records.loading import Options, stage_file

    folder = data.folder() / "staged"
    shutil.rmtree(folder, ignore_errors=True)
    path = data.payments(data.folder() / "server.csv", ROWS, 0, 9)
    return stage_file(path, path.name, folder, Options()).staged


def _timed(job: Callable[[], Any]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _store(server: Any) -> Any:
    from graphkit.store.neo4j import Neo4jStore

    return Neo4jStore(server.uri, server.user, server.password)


def _driver(server: Any) -> Any:
    import neo4j

    return neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password))


def _usual_script(server: Any, staged: Any) -> None:
    nodes, links = _rows(staged.statements, staged.links, staged.record.file)
    with _driver(server) as driver, driver.session() as session:
        session.run("CREATE CONSTRAINT entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE").consume()
        for kind in _MERGE_LINKS:
            session.run(
                f"CREATE CONSTRAINT link_{kind} IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE"
            ).consume()
        for query, rows in [(_MERGE_NODES, nodes), *((_MERGE_LINKS[kind], links[kind]) for kind in _MERGE_LINKS)]:
            for start in range(0, len(rows), BATCH):
                session.execute_write(
                    lambda tx, q=query, part=rows[start : start + BATCH]: tx.run(q, rows=part).consume()
                )
        for name in ("link_PAID", "link_HOLDS"):
            session.run(f"DROP CONSTRAINT {name}").consume()


def _rows(statements: Path, links: Path, file: str) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The same nodes, links and evidence as dictionaries, as a script would hold them."""
    import polars as pl

    nodes = [
        {
            "id": row["node"],
            "properties": {"kind": row["kind"], row["property"]: row["value"], "evidence": _references(file, row)},
        }
        for row in pl.read_parquet(statements).iter_rows(named=True)
    ]
    kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _MERGE_LINKS}
    for row in pl.read_parquet(links).iter_rows(named=True):
        properties = {name: row[name] for name in ("amount", "currency", "quantity", "unit") if row[name] is not None}
        properties |= {"started": row["started_earliest"]} if row["started_earliest"] else {}
        properties["evidence"] = _references(file, row)
        kinds[row["kind"]].append(
            {"id": row["link"], "source": row["source"], "target": row["target"], "properties": properties}
        )
    return nodes, kinds


def _references(file: str, row: dict[str, Any]) -> list[str]:
    return [f"{file}#{row['sheet']}:{number}" for number in row["rows"]]


def _drain(server: Any) -> None:
    """All columns of a snapshot through the driver with its Rust extension, and nothing done with them."""
    with _driver(server) as driver, driver.session() as session:
        for match, columns in _DRAINED:
            collected = ", ".join(f"collect({column}) AS c{i}" for i, column in enumerate(columns))
            sliced = ", ".join(f"c{i}[start..start + 20000]" for i in range(len(columns)))
            for _ in session.run(f"{match} WITH {collected} UNWIND range(0, size(c0), 20000) AS start RETURN {sliced}"):
                pass


def _one_by_one(server: Any) -> int:
    with _driver(server) as driver, driver.session() as session:
        return len([record.values() for record in session.run(_ONE_BY_ONE)])
