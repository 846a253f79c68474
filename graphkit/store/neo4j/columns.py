"""All nodes and what is stated of them as numpy columns, for the network snapshot: fetched packed, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from graphkit.store.base import Arrays
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.facts import Fact, escape, kind_of, unescape, unpacked

if TYPE_CHECKING:
    import polars as pl

_PAGE = 20_000


def nodes(connection: Connection, state: State) -> Arrays:
    """All nodes, sorted by id."""
    import polars as pl

    published = set(state.files)
    found: list[pl.DataFrame] = [pl.DataFrame(schema={"id": pl.String, "kind": pl.String})]
    for ids, kinds, stated in pages(connection, "node_page", published=state.files, settled=state.settled):
        for place, unsettled in enumerate(stated):
            if unsettled:
                kinds[place] = kind_of(unpacked(unsettled, published))
        found.append(pl.DataFrame({"id": ids, "kind": kinds}))
    table = pl.concat(found).sort("id")
    return {name: table[name].to_numpy(writable=True) for name in ("id", "kind")}


def pages(connection: Connection, name: str, **parameters: Any) -> Iterator[Row]:
    """Pages of packed lists, the first of which are ids. The next one is fetched while one is being worked on."""

    def fetch(start: str) -> Row:
        return connection.read(name, limit=_PAGE, **parameters, **{"from": start})[0]

    with ThreadPoolExecutor(1) as ahead:
        row = fetch("")
        while len(row[0]) == _PAGE:
            following = ahead.submit(fetch, row[0][-1] + "\0")
            yield row
            row = following.result()
        if row[0]:
            yield row


def properties(connection: Connection, state: State, wanted: Sequence[str]) -> Arrays:
    """The statements of these properties, sorted by node, property, value, and how many rows state each."""
    import polars as pl

    asked = {"published": state.files, "properties": [escape(name) for name in wanted]}
    found = [_facts([], [], state.files)]
    for ids, stated in pages(connection, "properties_page", **asked) if wanted else ():
        found.append(_facts(ids, stated, state.files))
    keys = ("node", "property", "value")
    counted = pl.concat(found).group_by(keys).agg(pl.col("rows").sum()).sort(keys)
    return {name: counted[name].to_numpy(writable=True) for name in (*keys, "rows")}


def _facts(ids: list[str], stated: list[list[str]], published: list[str]) -> pl.DataFrame:
    """What these files state of nodes, as `facts.unpack` takes it apart, and on how many rows; a page at once."""
    import polars as pl

    texts = pl.DataFrame({"node": ids, "text": stated}, schema={"node": pl.String, "text": pl.List(pl.String)})
    parts = pl.col("text").str.split_exact("\t", len(Fact._fields) - 1).struct.rename_fields(Fact._fields)
    facts = texts.explode("text").drop_nulls().select("node", parts).unnest("text")
    named = facts.filter(pl.col("file").is_in(published)).select(
        "node", "property", "value", rows=pl.col("rows").str.count_matches(",", literal=True).cast(pl.Int64) + 1
    )
    return named.with_columns(_unescaped(named[name]) for name in ("property", "value"))


def _unescaped(texts: pl.Series) -> pl.Series:
    import polars as pl

    if not texts.str.contains("\\", literal=True).any():
        return texts
    return pl.Series(texts.name, [unescape(text) for text in texts], dtype=pl.String)
