"""A trace answers the same from both stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import graphkit
from graphkit.sample import write_sample
from tests.neo4j_server import Neo4jServer

SIZE, SEED = 300, 7


def test_both_stores_give_the_same_rows(tmp_path: Path, neo4j_servers: Callable[[str], Neo4jServer]) -> None:
    write_sample(tmp_path, SIZE, SEED)
    embedded = graphkit.open(tmp_path / "casebook")
    embedded.load(tmp_path / "records")
    server = neo4j_servers("5.26")
    server.clear()
    embedded.copy(server.uri, server.user, server.password)
    other = graphkit.open(server.uri, server.user, server.password)
    network = embedded.network()
    seizure, place = (network.ids[int(network.of_kinds(kind)[0])] for kind in ("Seizure", "Place"))
    for start, direction, follow in (
        (seizure, "back", ()),
        (seizure, "forward", ()),
        (place, "forward", ("goods", "money")),
    ):
        asked = {"follow": follow, "max_lag": 60 if follow else None}
        answers = [one.trace(start, direction, **asked) for one in (embedded, other)]
        assert answers[0].rows == answers[1].rows
        assert answers[0].notes == answers[1].notes
        assert answers[0].rows
        last = answers[0].rows[-1]["id"]
        chains = [one.trace(start, direction, explain=last, limit=2, **asked) for one in (embedded, other)]
        assert chains[0].rows == chains[1].rows != []
