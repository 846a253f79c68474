"""The embedded store's content as numpy columns, for the network snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.store.base import Arrays
from graphkit.store.sql import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WORDS = ("kind", "unit", "currency")
_RANGES = ("quantity", "amount")
_LATEST = ("started_latest", "ended_latest", "quantity_max", "amount_max")  # of several values the last, not the first
_CODE, _JOIN = (
    ", coalesce(stated{0}.code, -1) AS stated{0}",
    "LEFT JOIN property_word AS stated{0} "
    "ON stated{0}.word = list_filter(properties, lambda entry: entry.key = $name{0})[1].value",
)


def nodes(connection: DuckDBPyConnection) -> Arrays:
    """All nodes, sorted by id."""
    words = _words(connection)
    columns = _fetch(connection, statement("node_columns"))
    return {"id": columns["id"], "kind": words[columns["kind"]]}


def links(connection: DuckDBPyConnection, properties: Sequence[str]) -> Arrays:
    """All links with these properties, sorted by id, source and target."""
    names = tuple(dict.fromkeys(properties))
    words, place = _words(connection), _places(connection)
    stated = _stated_words(connection, names)
    columns = _fetch(connection, _for_names(len(names)), {f"name{i}": name for i, name in enumerate(names)})
    for end in ("source", "target"):
        columns[end] = place[columns[end]]
    for name in _RANGES:
        columns[f"{name}_min"] = columns[f"{name}_max"] = columns.pop(name)
    columns = _merged(_by_ends(columns))
    told = {f"p.{name}": stated[columns.pop(f"stated{i}")] for i, name in enumerate(names)}
    return columns | {name: words[columns[name]] for name in _WORDS} | told


def properties(connection: DuckDBPyConnection, names: Sequence[str]) -> Arrays:
    """The statements of these properties, sorted by node, property, value."""
    return _fetch(connection, statement("property_columns"), {"properties": list(names)})


def _for_names(count: int) -> str:
    """The query for so many names of properties."""
    text = statement("link_columns")
    for part, each in (("{codes}", _CODE), ("{joins}", _JOIN)):
        text = text.replace(part, "\n".join(each.format(i) for i in range(count)))
    return text


def _fetch(connection: DuckDBPyConnection, text: str, parameters: dict[str, Any] | None = None) -> Arrays:
    fetched = connection.execute(text, parameters or None).fetchnumpy()
    return {column: _plain(np.asanyarray(values)) for column, values in fetched.items()}


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Unknown values as nan, NaT or None, where DuckDB gives a masked array."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    unknown: Any = {"M": np.datetime64("NaT"), "f": np.nan}.get(values.dtype.kind)
    return np.asarray(values.filled(unknown))


def _words(connection: DuckDBPyConnection) -> NDArray[np.object_]:
    """The words by their codes, and None for the code -1."""
    connection.execute(statement("number_words"))
    return _listed(connection, "words")


def _stated_words(connection: DuckDBPyConnection, names: Sequence[str]) -> NDArray[np.object_]:
    """The values of these properties of links by their codes, and None for the code -1."""
    if not names:
        return np.array([None], object)
    connection.execute(statement("link_property_words"), {"names": list(names)})
    return _listed(connection, "property_words")


def _listed(connection: DuckDBPyConnection, name: str) -> NDArray[np.object_]:
    return np.array([*(row[0] for row in connection.execute(statement(name)).fetchall()), None], object)


def _places(connection: DuckDBPyConnection) -> NDArray[np.int32]:
    """For each node's key its position among the ids in order."""
    keys = _fetch(connection, statement("node_order"))["node_key"]
    place = np.zeros(int(keys.max(initial=0)) + 1, dtype=np.int32)
    place[keys] = np.arange(len(keys), dtype=np.int32)
    return place


def _by_ends(columns: Arrays) -> Arrays:
    """Sort the few entries that share a link id by source and target; the ids themselves are in order."""
    ids = columns["link"]
    first = np.ones(len(ids), dtype=bool)
    first[1:] = ids[1:] != ids[:-1]
    if first.all():
        return columns
    order = np.lexsort((columns["target"], columns["source"], np.cumsum(first)))
    return {name: values[order] for name, values in columns.items()}


def _merged(columns: Arrays) -> Arrays:
    """Entries of one link id, source and target made one: of several values the first, or the last, unknown ones aside.

    Codes are in the order of their words, so that their least is that of the words.
    """
    first = np.ones(len(columns["link"]), dtype=bool)
    first[1:] = False
    for name in ("link", "source", "target"):
        first[1:] |= columns[name][1:] != columns[name][:-1]
    if first.all():
        return columns
    begin = np.flatnonzero(first)
    return {name: _one_of(name, values, begin) for name, values in columns.items()}


def _one_of(name: str, values: NDArray[Any], begin: NDArray[np.int64]) -> NDArray[Any]:
    """Of the values from each of these places to the next the one that counts."""
    if name in ("link", "source", "target"):
        return values[begin]
    if values.dtype.kind == "i":  # codes, of which -1 is unknown
        least = np.minimum.reduceat(np.where(values < 0, np.iinfo(values.dtype).max, values), begin)
        return np.where(least == np.iinfo(values.dtype).max, -1, least)
    found: NDArray[Any] = (np.fmax if name in _LATEST else np.fmin).reduceat(values, begin)
    return found
