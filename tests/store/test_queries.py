"""The Cypher files: each holds what its header declares, and one that does not is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.errors import NotFound
from graphkit.store import queries

GOOD = """// Who is called so
// parameters: name, limit
// returns: id, kind
// A $comment, and a 'RETURN' in it.
MATCH (n:Entity {name: $name})
WHERE n.note <> 'costs $5, RETURN it'
RETURN n.id AS id, coalesce(n.kind, 'x, y') AS kind
ORDER BY id LIMIT $limit
"""


def test_every_query_holds_what_it_declares() -> None:
    named = [name for path in sorted(queries.folder().iterdir()) if path.is_dir() for name in queries.names(path.name)]
    assert len(named) > 30
    for name in named:
        assert queries.query(name).title


def test_parts_of_a_query() -> None:
    query = queries.parse("x.good", GOOD)
    assert (query.title, query.parameters, query.columns) == ("Who is called so", ("name", "limit"), ("id", "kind"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parameters: name, limit", "parameters: name"),
        ("parameters: name, limit", "parameters: name, limit, more"),
        ("returns: id, kind", "returns: kind, id"),
        ("returns: id, kind", "returns: id"),
        ("// parameters: name, limit\n", ""),
        ("// returns: id, kind\n", ""),
        ("ORDER BY id LIMIT", "LIMIT"),
        ("n.id AS id", "n.id"),
        ("// returns: id, kind", "// returns: none"),
    ],
)
def test_header_that_does_not_fit(old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(queries.QueryError, match=r"x\.bad"):
        queries.parse("x.bad", GOOD.replace(old, new))


def test_unknown_query_names_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"Did you mean store\.files\?"):
        queries.query("store.filez")
    for name in ("../secret", "nosuch.query", "store", "store./etc/passwd"):
        with pytest.raises(NotFound):
            queries.query(name)


def test_installed_queries_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "graphkit"
    (package / "store").mkdir(parents=True)
    monkeypatch.setattr(queries, "__file__", str(package / "store" / "queries.py"))
    assert queries.folder() == tmp_path / "cypher"
    (package / "_cypher").mkdir()
    assert queries.folder() == package / "_cypher"
