"""Neo4j's own crime-investigation example in both stores: whether they hold and answer the same, and how long it takes.

The data is not part of the project: 28 csv files of neo4j-admin, whose folder is named by GRAPHKIT_SHARED_DATA.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
VERSIONS = ("5.26", "2026")
KINDS = {"Person": 369, "PhoneCall": 534, "Crime": 28_762}
COUNTS = {"nodes": 61_521, "links": 105_840}
DRUGS = 333


def both_stores() -> None:
    """Load the example into a folder and into both servers, compare all answers, and copy it back."""
    import graphkit
    from tests.neo4j_server import Neo4jServer

    if not (SHARED / "pole").is_dir():
        print("pole: the crime-investigation example is not here; GRAPHKIT_SHARED_DATA names the folder that holds it")
        return
    with tempfile.TemporaryDirectory(prefix="graphkit-pole-") as folder:
        embedded = graphkit.open(Path(folder, "casebook"))
        _timed("pole: load into a folder", lambda: embedded.load(SHARED / "pole"))
        wanted = answers(embedded)
        for version in VERSIONS:
            server = Neo4jServer(version)
            try:
                casebook = graphkit.open(server.uri, user=server.user, password=server.password)
                _timed(f"pole: load into Neo4j {version}", lambda there=casebook: there.load(SHARED / "pole"))
                _hold(f"Neo4j {version}", answers(casebook), wanted)
                casebook.copy(str(Path(folder, f"from-{version}")))
                _hold(f"copied back from {version}", answers(graphkit.open(Path(folder, f"from-{version}"))), wanted)
            finally:
                server.close()


def answers(casebook: Any) -> dict[str, Any]:
    """What the stores must say alike, held against what is known of the example."""
    store, columns = casebook.store, casebook.store.link_columns()
    nodes, links = store.kinds()
    _hold("counts", store.counts(), COUNTS)
    _hold("kinds", {kind: nodes[kind] for kind in KINDS}, KINDS)
    _hold("dangling", nodes.get("Actor", 0), 0)  # what only a link names is an Actor
    kinds = store.property_columns(["type"])
    drugs = [node for node, value in zip(kinds["node"], kinds["value"], strict=True) if value == "Drugs"]
    _hold("crimes of type Drugs", len(drugs), DRUGS)
    (person,) = casebook.search("117-66-8129").rows
    return {
        "revision": store.revision(), "kinds": (nodes, links), "stats": casebook.stats().rows,
        "files": [{**row, "loaded_at": ""} for row in casebook.files().rows], "search": casebook.search("Drugs").rows,
        "show": casebook.show(person["id"]).rows, "links": casebook.links(person["id"]).rows,
        "ids": store.node_columns()["id"].tolist(),
        **{name: [repr(value) for value in values.tolist()] for name, values in columns.items()},
    }  # fmt: skip


def _hold(what: str, found: Any, wanted: Any) -> None:
    """Say that it holds, or what does not."""
    if found == wanted:
        return
    if isinstance(found, dict):
        what, found, wanted = next(
            (f"{what}: {name}", found[name], wanted[name]) for name in wanted if found[name] != wanted[name]
        )
    raise RuntimeError(f"{what}: {str(found)[:500]}, and not {str(wanted)[:500]}")


def _timed(name: str, job: Callable[[], object]) -> None:
    start = time.perf_counter()
    job()
    print(f"{name:<58} {time.perf_counter() - start:>9.2f} s", flush=True)
