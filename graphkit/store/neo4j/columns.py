"""All nodes and what is stated of them as numpy columns, for the network snapshot: fetched packed, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from graphkit.store.base import Arrays
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.facts import escape, kind_of, unpacked

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
    """Pages of packed lists, the first of which are ids."""
    start = ""
    while True:
        row = connection.read(name, limit=_PAGE, **parameters, **{"from": start})[0]
        if row[0]:
            yield row
            start = row[0][-1] + "\0"
        if len(row[0]) < _PAGE:
            return


def properties(connection: Connection, state: State, wanted: Sequence[str]) -> Arrays:
    """The statements of these properties, sorted by node, property, value, and how many rows state each."""
    published = set(state.files)
    counted: Counter[tuple[str, str, str]] = Counter()
    asked = {"published": state.files, "properties": [escape(name) for name in wanted]}
    for ids, stated in pages(connection, "properties_page", **asked) if wanted else ():
        for node, texts in zip(ids, stated, strict=True):
            for fact in unpacked(texts, published):
                counted[node, fact.property, fact.value] += fact.row_count()
    found = sorted(counted)
    columns = {
        name: _objects([row[place] for row in found]) for place, name in enumerate(("node", "property", "value"))
    }
    return columns | {"rows": np.array([counted[row] for row in found], dtype=np.int64)}


def _objects(values: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
