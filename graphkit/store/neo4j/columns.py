"""All nodes and links as numpy columns, for the network snapshot: fetched packed in lists, page by page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.store.base import Arrays
from graphkit.store.neo4j import names
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.facts import escape, kind_of, unpacked
from graphkit.store.neo4j.values import canonical

if TYPE_CHECKING:
    import polars as pl

_PAGE = 20_000
_SESSIONS = 2
_NONE = "\0"  # stands for an unknown text in packed lists, which cannot hold null
_LAST_SECOND = np.timedelta64(24 * 3600 - 1, "s")
_DAY_LENGTH = len("2022-01-24")


def nodes(connection: Connection, state: State) -> Arrays:
    """All nodes, sorted by id."""
    published = set(state.files)
    found: list[tuple[str, str]] = []
    for ids, kinds, stated in _pages(connection, "node_page", published=state.files, settled=state.settled):
        for place, unsettled in enumerate(stated):
            if unsettled:
                kinds[place] = kind_of(unpacked(unsettled, published))
        found += zip(ids, kinds, strict=True)
    found.sort()
    return {"id": _objects([node for node, _ in found]), "kind": _objects([kind for _, kind in found])}


def _pages(connection: Connection, name: str, **parameters: Any) -> Iterator[Row]:
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
    for ids, stated in _pages(connection, "properties_page", **asked) if wanted else ():
        for node, texts in zip(ids, stated, strict=True):
            for fact in unpacked(texts, published):
                counted[node, fact.property, fact.value] += fact.row_count()
    found = sorted(counted)
    columns = {
        name: _objects([row[place] for row in found]) for place, name in enumerate(("node", "property", "value"))
    }
    return columns | {"rows": np.array([counted[row] for row in found], dtype=np.int64)}


def links(connection: Connection, state: State) -> Arrays:
    """All links, one entry for each link id, source and target, sorted by these."""

    def fetch(ends: dict[str, Any]) -> pl.DataFrame:
        return _frame(connection.read("link_page", none=_NONE, nan=math.nan, **ends)[0])

    return _arrays(_one_each(_every_link(connection, state, fetch, _frame([[] for _ in range(10)]))))


def link_properties(connection: Connection, state: State, wanted: Sequence[str]) -> Arrays:
    """These properties of the links, in the order of `links`."""
    import polars as pl

    stored = [names.native(name, names.LINK_RESERVED) for name in wanted]

    def fetch(ends: dict[str, Any]) -> pl.DataFrame:
        return _properties_frame(connection.read("link_properties_page", properties=stored, **ends)[0], wanted)

    table = _every_link(connection, state, fetch, _properties_frame([[], [], [], []], wanted))
    least = table.group_by("link", "source", "target").agg(pl.exclude("link", "source", "target").min())
    ordered = least.sort("link", "source", "target")
    return {name: ordered[name].to_numpy(writable=True) for name in ("link", "source", "target", *least.columns[3:])}


def _every_link(
    connection: Connection, state: State, fetch: Callable[[dict[str, Any]], pl.DataFrame], none: pl.DataFrame
) -> pl.DataFrame:
    """What `fetch` gives for every page of links; `none` is what it gives for no links."""
    import polars as pl

    asked = {"published": state.files, "settled": state.settled}
    ids: list[str] = []
    numbers: list[int] = []

    def sources() -> Iterator[tuple[str, int]]:
        for page in _pages(connection, "source_page", **asked):
            ids.extend(page[0])
            numbers.extend(page[1])
            yield from zip(page[0], page[2], strict=True)

    ends = ({**asked, "from": first, "to": last} for first, last in _ranges(sources()))
    with ThreadPoolExecutor(_SESSIONS) as sessions:  # links are fetched while further sources are still being listed
        frames = list(sessions.map(fetch, ends))
    return _placed(pl.concat(frames or [none]), ids, numbers)


def _properties_frame(packed: Row, wanted: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    link, source, target, stated = packed
    texts = [
        pl.Series(f"p.{name}", [_text(values[i]) for values in stated], dtype=pl.String)
        for i, name in enumerate(wanted)
    ]
    ends = {"source": pl.Series(source, dtype=pl.Int64), "target": pl.Series(target, dtype=pl.Int64)}
    return pl.DataFrame({"link": pl.Series(link, dtype=pl.String), **ends}).with_columns(texts)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return canonical(value.to_native() if hasattr(value, "to_native") else value)


def _ranges(sources: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Ranges of ids, in the server's order, at which about a page of links begins."""
    first, last, count = "", "", 0
    for node, degree in sources:
        first = first if count else node
        last, count = node, count + degree
        if count >= _PAGE:
            yield first, last
            count = 0
    if count:
        yield first, last


def _placed(table: pl.DataFrame, ids: list[str], numbers: list[int]) -> pl.DataFrame:
    """Ends as places among the sorted ids, in place of the server's numbers."""
    places = np.zeros(max(numbers, default=-1) + 1, dtype=np.int32)
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    places[np.array(numbers, dtype=np.int64)[order]] = np.arange(len(ids), dtype=np.int32)
    return table.with_columns(source=places[table["source"].to_numpy()], target=places[table["target"].to_numpy()])


def _frame(packed: Row) -> pl.DataFrame:
    """A page of links as a table."""
    import polars as pl

    link, kind, source, target, started, more, quantity, amount, unit, currency = packed
    columns: dict[str, Any] = {
        "link": pl.Series(link, dtype=pl.String),
        "kind": pl.Series([names.link_kind(one) for one in kind], dtype=pl.String),
        "source": pl.Series(source, dtype=pl.Int64),
        "target": pl.Series(target, dtype=pl.Int64),
        **_times(started, more),
    }
    for name, numbers in (("quantity", quantity), ("amount", amount)):
        columns[name] = pl.Series(numbers, dtype=pl.Float64).fill_nan(None)
    for name, texts in (("unit", unit), ("currency", currency)):
        columns[name] = pl.Series(_known(texts), dtype=pl.String)
    return pl.DataFrame(columns)


def _times(started: list[str], more: list[str | list[str]]) -> dict[str, np.ndarray[Any, Any]]:
    nothing = [_NONE] * len(started)
    rest = [nothing] * 5
    if more.count(_NONE) < len(more):
        rest = [
            list(one) for one in zip(*(texts if isinstance(texts, list) else _NONE * 5 for texts in more), strict=True)
        ]
    begin, begun = _span(started, rest[0], rest[1])
    end, ended = _span(*rest[2:])
    return {"started_earliest": begin, "started_latest": begun, "ended_earliest": end, "ended_latest": ended}


def _known(texts: list[str]) -> list[str | None]:
    count = texts.count(_NONE)
    if count == 0:
        return list(texts)
    return [None] * count if count == len(texts) else [None if text == _NONE else text for text in texts]


def _span(single: list[str], earliest: list[str], latest: list[str]) -> tuple[np.ndarray[Any, Any], ...]:
    """The earliest and latest of `values.span`, from their texts."""
    begin, first, last = _moments(single), _moments(earliest), _moments(latest)
    day = np.fromiter(map(len, single), dtype=np.int32, count=len(single)) == _DAY_LENGTH
    end = np.where(day, begin + _LAST_SECOND, begin)
    return np.where(np.isnat(begin), first, begin), np.where(np.isnat(last), end, last)


def _moments(texts: list[str]) -> np.ndarray[Any, Any]:
    if texts.count(_NONE) == len(texts):
        return np.full(len(texts), "NaT", dtype="datetime64[us]")
    return np.array(["NaT" if text == _NONE else text for text in texts], dtype="datetime64[us]")


def _one_each(table: pl.DataFrame) -> pl.DataFrame:
    """One row for each link id, source and target, with the least and the greatest of what rows say."""
    import polars as pl

    least = ("started_earliest", "ended_earliest", "unit", "currency")
    greatest = ("started_latest", "ended_latest")
    measures = [
        getattr(pl.col(name), side)().alias(f"{name}_{side}")
        for name in ("quantity", "amount")
        for side in ("min", "max")
    ]
    grouped = table.group_by("link", "source", "target").agg(
        pl.col("kind", *least).min(), pl.col(*greatest).max(), *measures
    )
    return grouped.sort("link", "source", "target")


_ORDER = (
    "link", "kind", "source", "target", "started_earliest", "started_latest", "ended_earliest", "ended_latest",
    "quantity_min", "quantity_max", "amount_min", "amount_max", "unit", "currency",
)  # fmt: skip


def _arrays(table: pl.DataFrame) -> Arrays:
    return {name: table[name].to_numpy(writable=True) for name in _ORDER}


def _objects(values: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
