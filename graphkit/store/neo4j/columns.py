"""All nodes, what is stated of them, and all links as numpy columns, for the network snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.store.base import Arrays
from graphkit.store.neo4j import link_columns
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.facts import Fact, escape, kind_of, unescape, unpacked
from graphkit.store.neo4j.numbers import begun, sessions
from graphkit.store.neo4j.texts import python_texts, shared_texts

if TYPE_CHECKING:
    import polars as pl

_ENTITY = ("number", "id", "kind")
_STATED = ("node", "property", "value")


def nodes(connection: Connection, state: State) -> Arrays:
    """All nodes, sorted by id."""
    with sessions() as among:
        return _nodes(_entities(_pages(among, connection, state)))


def properties(connection: Connection, state: State, wanted: Sequence[str]) -> Arrays:
    """The statements of these properties, sorted by node, property, value, and how many rows state each."""
    with sessions() as among:
        return _stated(_pages(among, connection, state, wanted) if wanted else [])


def links(connection: Connection, state: State, wanted: Sequence[str]) -> Arrays:
    """All links with these properties, one entry for each link id, source and target, sorted by these."""
    with sessions() as among:
        pages = _pages(among, connection, state)
        linked = link_columns.pages(among, connection, state, wanted)
        return link_columns.links(linked, _entities(pages)["number"], wanted)


def everything(
    connection: Connection, state: State, of_links: Sequence[str], of_nodes: Sequence[str]
) -> tuple[Arrays, Arrays, Arrays]:
    """Nodes, links with their properties, and the statements of nodes' properties: each entity is read just once."""
    with sessions() as among:
        pages = _pages(among, connection, state, of_nodes)
        linked = link_columns.pages(among, connection, state, of_links)
        entities, stated = _entities(pages), _stated(pages)
        return _nodes(entities), link_columns.links(linked, entities["number"], of_links), stated


def _pages(
    among: ThreadPoolExecutor, connection: Connection, state: State, wanted: Sequence[str] = ()
) -> list[Future[tuple[pl.DataFrame, pl.DataFrame]]]:
    """Begin to read all entities, and what is stated of these properties."""
    escaped = [escape(name) for name in wanted]
    asked: dict[str, Any] = {"published": state.files, "settled": state.settled}
    asked["marks"] = [f"\t{name}\t" for name in escaped]

    def fetch(numbers: list[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
        return _page(connection.read("node_page", numbers=numbers, **asked)[0], state.files, escaped)

    return begun(among, connection, "node", fetch)


def _page(row: Row, published: list[str], wanted: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    import polars as pl

    numbers, ids, kinds, disputed, stated = row
    place = {number: i for i, number in enumerate(numbers)} if disputed else {}
    for number, facts in disputed:
        kinds[place[number]] = kind_of(unpacked(facts, set(published)))
    entities = pl.DataFrame(dict(zip(_ENTITY, (numbers, ids, kinds), strict=True)), schema=_schema())
    return entities, _facts(entities["id"], stated, published, wanted) if wanted else _no_facts()


def _schema() -> dict[str, Any]:
    import polars as pl

    return dict(zip(_ENTITY, (pl.Int64, pl.String, pl.String), strict=True))


def _facts(ids: pl.Series, stated: list[list[str]], published: list[str], wanted: Sequence[str]) -> pl.DataFrame:
    """What these files state of nodes, as `facts.unpack` takes it apart, and on how many rows; a page at once."""
    import polars as pl

    counts = np.fromiter(map(len, stated), np.int64, len(stated))
    texts = pl.Series("text", list(chain.from_iterable(stated)), dtype=pl.String)
    parts = texts.str.split_exact("\t", len(Fact._fields) - 1).struct.rename_fields(Fact._fields).struct.unnest()
    named = parts.select(
        ids.gather(np.repeat(np.arange(len(ids)), counts)).alias("node"), *map(pl.col, Fact._fields)
    ).filter(pl.col("file").is_in(published) & pl.col("property").is_in(list(wanted)))
    rows = pl.col("rows").str.count_matches(",", literal=True).cast(pl.Int64) + 1
    facts = named.select("node", "property", "value", rows=rows)
    return facts.with_columns(_unescaped(facts[name]) for name in ("property", "value"))


def _no_facts() -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(schema={**dict.fromkeys(_STATED, pl.String), "rows": pl.Int64})


def _unescaped(texts: pl.Series) -> pl.Series:
    import polars as pl

    if not texts.str.contains("\\", literal=True).any():
        return texts
    return pl.Series(texts.name, [unescape(text) for text in texts], dtype=pl.String)


def _entities(pages: list[Future[tuple[pl.DataFrame, pl.DataFrame]]]) -> pl.DataFrame:
    import polars as pl

    return pl.concat([pl.DataFrame(schema=_schema()), *(page.result()[0] for page in pages)]).sort("id")


def _nodes(entities: pl.DataFrame) -> Arrays:
    return {"id": python_texts(entities["id"]), "kind": shared_texts(entities["kind"])}


def _stated(pages: list[Future[tuple[pl.DataFrame, pl.DataFrame]]]) -> Arrays:
    """The statements of all pages, sorted; what several files state is one."""
    import polars as pl

    found = pl.concat([_no_facts(), *(page.result()[1] for page in pages)]).sort(_STATED)
    again = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in _STATED)
    if found.select(again.any()).item():
        found = found.group_by(_STATED, maintain_order=True).agg(pl.col("rows").sum())
    texts = {"node": python_texts, "property": shared_texts, "value": python_texts}
    return {name: made(found[name]) for name, made in texts.items()} | {"rows": found["rows"].to_numpy(writable=True)}
