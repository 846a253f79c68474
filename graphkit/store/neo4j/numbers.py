"""The server's own numbers of entities and links, in slices that sessions side by side read everything by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal, TypeVar

from graphkit.store.neo4j.connection import Connection

Page = TypeVar("Page")

_SLICE = 20_000
_SESSIONS = 3
_SPARSE = 4  # numbers so many times as far apart as what they are of are not worth trying one after the other


def sessions() -> ThreadPoolExecutor:
    """Threads, each of which reads in a session of its own while another makes columns of what it has read."""
    return ThreadPoolExecutor(_SESSIONS)


def begun(
    among: ThreadPoolExecutor, connection: Connection, of: Literal["node", "link"], fetch: Callable[[list[int]], Page]
) -> list[Future[Page]]:
    """Begin to fetch all entities or all links, slice by slice."""
    return [among.submit(fetch, numbers) for numbers in _slices(_numbers(connection, of))]


def _numbers(connection: Connection, of: str) -> Sequence[int]:
    """All numbers: those up to the last one, unless most of these are of none."""
    last, count = connection.read(f"{of}_extent")[0]
    if last < _SPARSE * count + _SLICE:
        return range(last + 1)
    numbers: list[int] = connection.read(f"{of}_numbers")[0][0]
    return numbers


def _slices(numbers: Sequence[int]) -> Iterator[list[int]]:
    return (list(numbers[start : start + _SLICE]) for start in range(0, len(numbers), _SLICE))
