"""Tracing at ten million links: the sweep, the whole process, and how much got where, each against a peer of one run.

The network is made in memory from a seed: suppliers with a heavy tail, so that a few send to hundreds of thousands,
and payments, calls and ties among the same people beside the supplies.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.casebook import casebook
from benchmarks.measure import Run, median, python, report
from graphkit.network import snapshot
from graphkit.network.adjacency import Adjacency
from graphkit.network.goods import Goods
from graphkit.network.network import EVER, NEVER, Links, Network
from graphkit.network.texts import Texts
from graphkit.network.timetable import Timetable

DAY = 86_400_000_000
KINDS = ("CALLED", "DIRECTS", "HOLDS", "KNOWS", "LOCATED_AT", "OWNS", "PAID", "SHIPPED", "SUPPLIED", "USES")
SHARES = (0.22, 0.002, 0.05, 0.05, 0.05, 0.018, 0.21, 0.03, 0.30, 0.07)
HOPS = 6


@dataclass(frozen=True, eq=False)
class World:
    """A network, and the position of the supplier from whom most is reached."""

    network: Network
    start: int


@cache
def world(links: int = 10_000_000) -> World:
    """So many links between a tenth as many people, over two years of days; kept on disk, and read from there."""
    path = data.folder() / f"world-{links}-{snapshot.FORMAT}"
    kept, start = snapshot.load(path), path.with_suffix(".start")
    if kept is None or not start.exists():
        made = _made(links)
        snapshot.save(made.network, path)
        start.write_text(str(made.start))
        kept = snapshot.load(path) or made.network
    return World(kept, int(start.read_text()))


def _made(links: int) -> World:
    random, nodes = np.random.default_rng(7), links // 10
    kind = np.sort(random.choice(len(KINDS), links, p=np.array(SHARES) / sum(SHARES))).astype(np.int16)
    tail = np.minimum(random.zipf(1.5, links), nodes) - 1
    seller = np.where(random.random(links) < 0.5, tail, random.integers(0, nodes, links)).astype(np.int32)
    source = seller if nodes < 50 else random.permutation(nodes).astype(np.int32)[seller]
    target = random.integers(0, nodes, links).astype(np.int32)
    day = random.integers(0, 730, links) * DAY + 19_000 * DAY
    quantity = random.integers(1, 500, links).astype(np.float64)
    return World(_network(nodes, kind, source, target, day, quantity), int(np.bincount(source[kind == 8]).argmax()))


def _network(
    nodes: int, kind: NDArray[np.int16], source: NDArray[np.int32], target: NDArray[np.int32],
    day: NDArray[np.int64], quantity: NDArray[np.float64],
) -> Network:  # fmt: skip
    count, goods = len(kind), np.isin(kind, (7, 8))
    unknown, nothing = np.full(count, np.nan), np.full(count, -1, np.int32)
    timed = np.isin(kind, (0, 6, 7, 8))
    begin, end = np.where(timed, day, NEVER), np.where(timed, day + DAY - 1_000_000, EVER)
    links = Links(
        _texts("L", count), KINDS, ("box",), ("CNY",), kind, source, target, begin, end, np.full(count, NEVER),
        np.full(count, EVER), np.where(goods, quantity, np.nan), np.where(goods, quantity, np.nan),
        np.where(goods, 0, -1).astype(np.int16), unknown, unknown, np.full(count, -1, np.int16), np.ones(count, bool),
        nothing, nothing, np.full(count, 2, np.int8), np.full(count, 2, np.int8), unknown, np.ones(count, bool),
        unknown, np.full(count, -1, np.int8),
    )  # fmt: skip
    every = np.arange(count, dtype=np.int32)
    none = np.empty(0, np.int32)
    carried = Goods(Texts.of([]), np.full(nodes, -1, np.int32), Adjacency.of(nodes, none, none, none))
    out, into = Adjacency.of(nodes, source, target, every), Adjacency.of(nodes, target, source, every)
    ids = _texts("N", nodes)
    return Network(
        "made", ("Person",), ids, ids, np.zeros(nodes, np.int16), links, out, into, out, np.ones(nodes, np.int32),
        carried, *Timetable.both(nodes, links),
    )  # fmt: skip


def _texts(letter: str, count: int) -> Texts:
    """A letter and a number of eight digits, each."""
    numbers = np.arange(count)
    blob = np.zeros((count, 10), np.uint8)
    blob[:, 0] = ord(letter)
    for place in range(8):
        blob[:, 8 - place] = 48 + numbers // 10**place % 10
    return Texts(blob.ravel()[:-1], np.append(np.arange(count) * 10, count * 10))


def sweep(links: int = 10_000_000) -> None:
    """The widest forward trace in the order of time, six hops, and one that reaches little."""
    from graphkit.tracing.request import Request
    from graphkit.tracing.walk.firmest import Tracer

    made = world(links)
    tracer = Tracer(made.network, made.start, ("goods",), Request(hops=HOPS))
    tracer.trace()  # compiled code warm
    ours, found = min((_timed(tracer.trace) for _ in range(5)), key=lambda pair: pair[0])
    theirs = _by_networkx(made, found)
    walked = found.walked[np.random.default_rng(1).permutation(len(found.walked))]
    column = made.network.links.started_latest.copy()
    gather = min(_timed(lambda: column[walked])[0] for _ in range(5))
    reached = f"{len(found.node):,} people over {len(found.walked):,} links"
    report(f"widest trace, {HOPS} hops, {reached} / networkx", ours, theirs, "s", "at most 0.02")
    report("  / a single gather over the same links", ours, gather, "s", "at most 3")


def small(links: int = 10_000_000) -> None:
    """A trace that reaches about a hundred people, at a tenth of the links and at all of them."""
    from graphkit.tracing.request import Request
    from graphkit.tracing.walk.firmest import Tracer

    times = []
    for size in (links // 10, links):
        made = world(size)
        node = next(i for i in range(len(made.network)) if 60 <= _reach(made.network, i) <= 140)
        tracer = Tracer(made.network, node, ("goods",), Request(hops=2))
        tracer.trace()
        times.append(min(_timed(tracer.trace)[0] for _ in range(20)))
    report("a trace that reaches a hundred / at a tenth of the links", times[1], times[0], "s", "at most 1.5")


def process(links: int = 10_000_000) -> None:
    """The whole command with a warm snapshot and a thousand rows, and a cold snapshot."""
    book, start = casebook(links)
    asked = "--store", str(book), "trace", start, "--direction", "forward", "--hops", str(HOPS), "--format", "json"
    python("graphkit", *asked, "--limit", "1")  # takes the snapshot, and keeps compiled code
    ours: Run = median([python("graphkit", *asked, "--limit", "1000") for _ in range(3)])
    bare = median([python("graphkit", "--version") for _ in range(3)])
    report(
        "trace of 1,000 rows, whole process, beyond --version / 2 s", ours.seconds - bare.seconds, 2.0, "s", "below 1"
    )
    report("  peak memory / 1.5 GiB", ours.mebibytes, 1536, "MiB", "below 1")


def cold(links: int = 10_000_000) -> None:
    """A snapshot taken from the embedded store, against reading the same columns with DuckDB."""
    from graphkit.network.build import from_store
    from graphkit.store.duckdb import DuckDBStore

    book, _ = casebook(links)
    ours = _timed(lambda: from_store(DuckDBStore(book)))[0]
    report(
        "cold snapshot, sorted both ways / its columns by DuckDB",
        ours,
        _timed(lambda: _read(book))[0],
        "s",
        "at most 8",
    )


def _read(book: Path) -> Any:
    """The columns that a snapshot is made of, as DuckDB gives them to numpy."""
    import duckdb

    with duckdb.connect(str(next(book.glob("*.duckdb"))), read_only=True) as connection:
        nodes = connection.execute("SELECT id, kind FROM node ORDER BY id").fetchnumpy()
        return nodes, connection.execute(
            "SELECT link, kind, source, target, started_earliest, started_latest, ended_earliest, ended_latest, "
            "quantity, unit, amount, currency, list_filter(properties, lambda each: each.key = 'product')[1].value "
            "AS product FROM link ORDER BY link"
        ).fetchnumpy()


def _reach(network: Network, node: int) -> int:
    from graphkit.tracing.request import Request
    from graphkit.tracing.walk.firmest import Tracer

    if len(network.out.of_node(node)[0]) > 30:
        return 0
    return len(Tracer(network, node, ("goods",), Request(hops=2)).trace().node)


def _by_networkx(made: World, found: Any) -> float:
    """Earliest arrival, level by level, as careful as plain Python over networkx is: one dictionary look-up a link."""
    import networkx as nx

    table, goods = made.network.links, np.flatnonzero(np.isin(made.network.links.kind, (7, 8)))
    columns = (table.source[goods].tolist(), table.target[goods].tolist(), table.started_latest[goods].tolist(),
               table.started_earliest[goods].tolist())  # fmt: skip
    graph = nx.MultiDiGraph()
    graph.add_edges_from(
        (a, b, i, {"latest": c, "earliest": d}) for i, (a, b, c, d) in enumerate(zip(*columns, strict=True))
    )
    seconds, reached = _timed(lambda: _earliest(graph, made.start))
    if reached != set(found.node.tolist()) | {made.start}:
        raise RuntimeError("the two traces do not agree")
    return seconds


def _earliest(graph: Any, start: int) -> set[int]:
    succ, first, queue = graph._adj, {start: -(2**61)}, deque([(start, 0, -(2**61))])
    while queue:
        node, hops, at = queue.popleft()
        if hops == HOPS:
            continue
        for other, edges in succ[node].items():
            come = min((max(at, e["earliest"]) for e in edges.values() if e["latest"] >= at), default=None)
            if come is not None and come < first.get(other, 2**62):
                first[other] = come
                queue.append((other, hops + 1, come))
    return set(first)


def _timed(call: Any) -> tuple[float, Any]:
    begin = perf_counter()
    found = call()
    return perf_counter() - begin, found
