"""The embedded store's content as numpy columns, for the network snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.store.base import Arrays
from graphkit.store.sql import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WORDS = ("kind", "unit", "currency")


def nodes(connection: DuckDBPyConnection) -> Arrays:
    """All nodes, sorted by id."""
    words = _words(connection)
    columns = _fetch(connection, "node_columns")
    return {"id": columns["id"], "kind": words[columns["kind"]]}


def links(connection: DuckDBPyConnection, properties: Sequence[str]) -> Arrays:
    """All links with these properties, sorted by id, source and target."""
    columns = _links(connection)
    if not properties:
        return columns
    told = _link_properties(connection, tuple(dict.fromkeys(properties)))
    return columns | {name: values for name, values in told.items() if name.startswith("p.")}


def _links(connection: DuckDBPyConnection) -> Arrays:
    words = _words(connection)
    place = _places(connection)
    columns = _fetch(connection, "link_columns")
    for end in ("source", "target"):
        columns[end] = place[columns[end]]
    _order_ends(columns)
    return columns | {name: words[columns[name]] for name in _WORDS}


def properties(connection: DuckDBPyConnection, names: Sequence[str]) -> Arrays:
    """The statements of these properties, sorted by node, property, value."""
    return _fetch(connection, "property_columns", {"properties": list(names)})


def _link_properties(connection: DuckDBPyConnection, names: Sequence[str]) -> Arrays:
    """These properties of the links, in the order of `_links`."""
    connection.execute(statement("link_property_words"), {"names": list(names)})
    words = np.array([*(row[0] for row in connection.execute(statement("property_words")).fetchall()), None], object)
    place = _places(connection)
    text = _for_names(statement("link_property_columns"), len(names))
    fetched: Any = connection.execute(text, {f"n{i}": name for i, name in enumerate(names)}).fetchnumpy()
    columns = {column: _plain(values) for column, values in fetched.items()}
    for end in ("source", "target"):
        columns[end] = place[columns[end]]
    _order_ends(columns)
    stated = {f"p.{name}": words[columns.pop(f"c{i}")] for i, name in enumerate(names)}
    return columns | stated


def _for_names(text: str, count: int) -> str:
    """The query for so many names, which are parameters n0, n1 …"""
    value = "min(list_filter(properties, lambda entry: entry.key = $n{0})[1].value) AS p{0}"
    parts = {
        "least": [value.format(i) for i in range(count)],
        "codes": [f"coalesce(w{i}.code, -1) AS c{i}" for i in range(count)],
        "joins": [f"LEFT JOIN property_word AS w{i} ON w{i}.word = p{i}" for i in range(count)],
    }
    separator = {"joins": "\n"}
    joined = {name: separator.get(name, ", ").join(made) for name, made in parts.items()}
    for name, made in joined.items():
        text = text.replace("{" + name + "}", made)
    return text


def _fetch(connection: DuckDBPyConnection, name: str, parameters: dict[str, Any] | None = None) -> Arrays:
    fetched = connection.execute(statement(name), parameters).fetchnumpy()
    return {column: _plain(np.asanyarray(values)) for column, values in fetched.items()}


def _plain(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Unknown values as nan, NaT or None, where DuckDB gives a masked array."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    unknown: Any = {"M": np.datetime64("NaT"), "f": np.nan}.get(values.dtype.kind)
    return np.asarray(values.filled(unknown))


def _words(connection: DuckDBPyConnection) -> np.ndarray[Any, Any]:
    """The words by their codes, and None for the code -1."""
    connection.execute(statement("number_words"))
    words = [row[0] for row in connection.execute(statement("words")).fetchall()]
    return np.array([*words, None], dtype=object)


def _places(connection: DuckDBPyConnection) -> np.ndarray[Any, Any]:
    """For each node's key its position among the ids in order."""
    keys = _fetch(connection, "node_order")["node_key"]
    place = np.zeros(int(keys.max(initial=0)) + 1, dtype=np.int32)
    place[keys] = np.arange(len(keys), dtype=np.int32)
    return place


def _order_ends(columns: Arrays) -> None:
    """Sort the few entries that share a link id by source and target; the ids themselves are in order."""
    ids = columns["link"]
    again = np.flatnonzero(ids[1:] == ids[:-1])
    if not len(again):
        return
    first = np.ones(len(ids), dtype=bool)
    first[again + 1] = False
    order = np.lexsort((columns["target"], columns["source"], np.cumsum(first)))
    for name, values in columns.items():
        columns[name] = values[order]
