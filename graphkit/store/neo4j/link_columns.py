"""All links as numpy columns, for the network snapshot: fetched packed in lists, by the server's own numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.store.base import Arrays
from graphkit.store.neo4j import names
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.numbers import begun
from graphkit.store.neo4j.texts import python_texts, shared_texts
from graphkit.store.neo4j.values import canonical

if TYPE_CHECKING:
    import polars as pl

_UNKNOWN = "NaT"
_LAST_SECOND = np.timedelta64(24 * 3600 - 1, "s")
_DAY_LENGTH = len("2022-01-24")
_ENDS = ("link", "source", "target")


def pages(
    among: ThreadPoolExecutor, connection: Connection, state: State, wanted: Sequence[str]
) -> list[Future[pl.DataFrame]]:
    """Begin to read what files state of links, a row for each assertion; ends are numbers of the server's."""
    stored = [names.native(name, names.LINK_RESERVED) for name in wanted]
    asked = {"published": state.files, "properties": stored, "nan": math.nan}
    return begun(
        among, connection, "link", lambda part: _frame(connection.read("link_page", numbers=part, **asked), wanted)
    )


def links(found: list[Future[pl.DataFrame]], nodes: pl.Series, wanted: Sequence[str]) -> Arrays:
    """The links with these properties, one entry for each link id, source and target, sorted by these.

    `nodes` are the server's numbers of the nodes, in the order of their ids: ends become places among these.
    """
    import polars as pl

    every = pl.concat([_frame([], wanted), *(page.result() for page in found)])
    table = _one_each(_placed(every, _places(nodes.to_numpy())), wanted)
    order = (*_LEAST_TIMES, *_GREATEST, *(f"{name}_{side}" for name in _MEASURES for side in ("min", "max")))
    plain = {name: table[name].to_numpy(writable=True) for name in ("source", "target", *order)}
    shared = {name: shared_texts(table[name]) for name in ("kind", *_WORDS, *_told(wanted))}
    return {"link": python_texts(table["link"]), **plain, **shared}


def _places(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """For each of the server's numbers the node's place; -1 where it is no node of ours."""
    places = np.full(int(numbers.max(initial=-1)) + 2, -1, dtype=np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
    return places


def _placed(table: pl.DataFrame, places: np.ndarray[Any, Any]) -> pl.DataFrame:
    """Ends as places, in place of the server's numbers.

    A link whose ends are not among the nodes was taken back in between: whoever asked will ask again.
    """
    import polars as pl

    moved = {name: places[np.minimum(table[name].to_numpy(), len(places) - 1)] for name in ("source", "target")}
    return table.with_columns(**moved).filter(pl.col("source") >= 0, pl.col("target") >= 0)


def _frame(groups: Iterable[Row], wanted: Sequence[str]) -> pl.DataFrame:
    """A page of links as a table."""
    import polars as pl

    packed: list[list[Any]] = [[] for _ in range(11)]
    for kind, unit, currency, link, source, target, started, time, quantity, amount, stated in groups:
        count = len(link)
        columns: tuple[Sequence[Any], ...] = (
            [names.link_kind(kind)] * count, [unit] * count, [currency] * count, link, source, target,
            started or [_UNKNOWN] * count, time or [None] * count, quantity, amount, stated or [None] * count,
        )  # fmt: skip
        for so_far, these in zip(packed, columns, strict=True):
            so_far.extend(these)
    *texts, source, target, started, time, quantity, amount, stated = packed
    named = zip(("kind", "unit", "currency", "link"), texts, strict=True)
    return pl.DataFrame(
        {
            **{name: pl.Series(values, dtype=pl.String) for name, values in named},
            **{name: pl.Series(ends, dtype=pl.Int64) for name, ends in (("source", source), ("target", target))},
            **_times(started, time),
            "quantity": pl.Series(quantity, dtype=pl.Float64).fill_nan(None),
            "amount": pl.Series(amount, dtype=pl.Float64).fill_nan(None),
            **_properties(stated, wanted),
        }
    )


def _times(started: list[str], time: list[list[str] | None]) -> dict[str, np.ndarray[Any, Any]]:
    """The earliest and latest of `values.span`, from their texts."""
    rest: list[list[str]] = [[_UNKNOWN] * len(time)] * 5
    if any(time):
        unknown = [_UNKNOWN] * 5
        rest = [list(column) for column in zip(*(texts or unknown for texts in time), strict=True)]
    begin, begun = _span(started, rest[0], rest[1])
    end, ended = _span(*rest[2:])
    return {"started_earliest": begin, "started_latest": begun, "ended_earliest": end, "ended_latest": ended}


def _span(single: list[str], earliest: list[str], latest: list[str]) -> tuple[np.ndarray[Any, Any], ...]:
    begin, first, last = _moments(single), _moments(earliest), _moments(latest)
    day = np.fromiter(map(len, single), dtype=np.int32, count=len(single)) == _DAY_LENGTH
    end = np.where(day, begin + _LAST_SECOND, begin)
    return np.where(np.isnat(begin), first, begin), np.where(np.isnat(last), end, last)


def _moments(texts: list[str]) -> np.ndarray[Any, Any]:
    if texts.count(_UNKNOWN) == len(texts):
        return np.full(len(texts), _UNKNOWN, dtype="datetime64[us]")
    return np.array(texts, dtype="datetime64[us]")


def _properties(stated: list[list[Any] | None], wanted: Sequence[str]) -> dict[str, pl.Series]:
    """A column of canonical text for each property."""
    import polars as pl

    nothing = [None] * len(wanted)
    rows = [[_text(value) for value in row] if row else nothing for row in stated] if any(stated) else []
    columns: list[Any] = list(zip(*rows, strict=True)) or [[None] * len(stated)] * len(wanted)
    return {name: pl.Series(column, dtype=pl.String) for name, column in zip(_told(wanted), columns, strict=True)}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return canonical(value.to_native() if hasattr(value, "to_native") else value)


def _told(wanted: Sequence[str]) -> list[str]:
    return [f"p.{name}" for name in dict.fromkeys(wanted)]


_LEAST_TIMES = ("started_earliest", "ended_earliest")
_WORDS = ("unit", "currency")
_GREATEST = ("started_latest", "ended_latest")
_MEASURES = ("quantity", "amount")


def _one_each(table: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    """One row for each link id, source and target, with the least and the greatest of what files say."""
    import polars as pl

    ordered = table.sort(_ENDS)
    measures = {(name, side): f"{name}_{side}" for name in _MEASURES for side in ("min", "max")}
    again = pl.all_horizontal(pl.col(end) == pl.col(end).shift() for end in _ENDS)
    if not ordered.select(again.any()).item():  # as is usual: a file states a link once
        return ordered.with_columns(pl.col(name).alias(column) for (name, _), column in measures.items())
    grouped = ordered.group_by(_ENDS).agg(
        pl.col("kind", *_LEAST_TIMES, *_WORDS).min(),
        pl.col(*_GREATEST).max(),
        pl.col(_told(wanted)).min(),
        *(getattr(pl.col(name), side)().alias(column) for (name, side), column in measures.items()),
    )
    return grouped.sort(_ENDS)
