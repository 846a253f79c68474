"""Files in: their originals, nodes and links in many transactions that nobody sees, then one that publishes them."""

from __future__ import annotations

import gc
import hashlib
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import Any

from graphkit.errors import StoreError
from graphkit.records.staged import Staged
from graphkit.store.neo4j.facts import files_of, properties
from graphkit.store.neo4j.names import label
from graphkit.store.neo4j.staging import Arrivals
from graphkit.store.neo4j.writer import Writer

_PART_BYTES = 1 << 20
_SESSIONS = 3


def load(writer: Writer, tagged: dict[str, Staged]) -> None:
    """Write everything these files assert, under their tags. Nobody sees it before it is published."""
    with closing(Arrivals(tagged)) as arrivals:
        arrivals.check()
        load_id = str(uuid.uuid4())
        for tag, one in tagged.items():
            _enter(writer, tag, one, load_id)
        empty = writer.connection.read("count_all_nodes")[0][0] == 0
        arrivals.divide_nodes()
        with _seldom_collected():
            nodes = [_node_job(writer, arrivals, part, empty) for part in range(arrivals.parts)]
            _side_by_side([_divide_links(arrivals), *nodes])
            for pairs in _rounds(arrivals.parts):
                _side_by_side([_link_job(writer, arrivals, *pair) for pair in pairs])


def _rounds(parts: int) -> Iterator[list[tuple[int, int]]]:
    """All pairs of parts, in rounds in which no part comes twice, as in a tournament.

    Sessions side by side seldom wait for each other's nodes then.

    >>> list(_rounds(4))
    [[(0, 0), (1, 1), (2, 2), (3, 3)], [(0, 3), (1, 2)], [(0, 2), (1, 3)], [(0, 1), (2, 3)]]
    """
    yield [(part, part) for part in range(parts)]
    players = list(range(parts))
    for _ in range(parts - 1):
        pairs = [(players[place], players[-1 - place]) for place in range(parts // 2)]
        yield [(min(pair), max(pair)) for pair in pairs]
        players = [players[0], players[-1], *players[1:-1]]


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Millions of rows come and go, none of them in a cycle: looking for cycles takes a quarter of our time."""
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _enter(writer: Writer, tag: str, one: Staged, load_id: str) -> None:
    """Enter a file's record and its original bytes."""
    record = asdict(one.record) | {"id": tag, "load": load_id, "kinds": list(one.record.kinds)}
    writer.write("file_create", properties=record)
    digest = hashlib.sha256()
    with one.content.open("rb") as content:
        for number, part in enumerate(iter(lambda: content.read(_PART_BYTES), b"")):
            digest.update(part)
            writer.write("file_part_create", file=tag, number=number, bytes=zlib.compress(part, 6))
    if digest.hexdigest() != one.record.sha256:
        raise StoreError(
            f"{one.record.name} changed while it was being loaded: load it again.",
            f"{one.record.name} 在载入过程中被改动：请重新载入。",
        )


def _node_job(writer: Writer, arrivals: Arrivals, part: int, empty: bool) -> Callable[[], Iterator[None]]:
    def job() -> Iterator[None]:
        for batch in arrivals.nodes(part):
            _write_nodes(writer, batch, empty)
            yield

    return job


def _divide_links(arrivals: Arrivals) -> Callable[[], Iterator[None]]:
    def job() -> Iterator[None]:
        arrivals.divide_links()
        yield

    return job


def _link_job(writer: Writer, arrivals: Arrivals, one: int, other: int) -> Callable[[], Iterator[None]]:
    def job() -> Iterator[None]:
        for batch in arrivals.links(one, other):
            writer.write_columns("links_create", batch)
            yield

    return job


def _write_nodes(writer: Writer, batch: list[tuple[str, list[str]]], empty: bool) -> None:
    """Create those that are new; add to those that are there."""
    ids = [node for node, _ in batch]
    known = set() if empty else set(writer.connection.read("nodes_known", ids=ids)[0][0])
    fresh = [_fresh(node, stated) for node, stated in batch if node not in known]
    more = [_more(node, stated) for node, stated in batch if node in known]
    if fresh:
        writer.write_rows("nodes_create", fresh)
    if more:
        writer.write_rows("nodes_touch", more)


def _fresh(node: str, stated: list[str]) -> dict[str, Any]:
    known = properties(node, stated)
    return {"label": label(known["kind"]), "properties": known}


def _more(node: str, stated: list[str]) -> dict[str, Any]:
    return {"id": node, "files": files_of(stated), "stated": stated}


def _side_by_side(jobs: Sequence[Callable[[], Iterator[None]]]) -> None:
    """Do jobs in a few threads, each a batch after the other; when one fails the others stop at their next batch."""
    waiting, failed, lock = list(reversed(jobs)), list[BaseException](), threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if failed or not waiting:
                    return
                job = waiting.pop()
            try:
                for _ in job():
                    if failed:
                        return
            except BaseException as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=work) for _ in range(min(_SESSIONS, len(jobs)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
