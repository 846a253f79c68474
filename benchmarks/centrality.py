"""Ranks and groups: exact betweenness against networkx, groups against networkit on one thread."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.measure import report

if TYPE_CHECKING:
    from graphkit.network.network import Network

ACTORS = int(os.environ.get("GRAPHKIT_BENCHMARK_ACTORS", "20000"))
LINKS = int(os.environ.get("GRAPHKIT_BENCHMARK_LINKS", "10000000"))
SOURCES = 20  # from which networkx's time for all of them is extrapolated
SEED = 1


def betweenness() -> None:
    """`rank`, the whole answer from a network in memory; networkx's time is extrapolated from some sources."""
    import networkx as nx

    from graphkit import analyses
    from graphkit.network.network import Network

    graph = nx.barabasi_albert_graph(ACTORS, 5, seed=SEED)
    network = Network.from_networkx(graph)
    analyses.rank(nx.path_graph(3))  # compiles, once after an installation
    ours, answer = _timed(lambda: analyses.rank(network, limit=ACTORS))
    sources = np.random.default_rng(SEED).choice(ACTORS, SOURCES, replace=False).tolist()
    theirs, sampled = _timed(lambda: nx.betweenness_centrality_subset(graph, sources, list(graph)))
    report(f"rank by betweenness, {ACTORS:,} actors / networkx", ours, theirs * ACTORS / SOURCES, "s", "at most 0.033")
    report("  same dependencies over these sources / networkx", _off(network, sources, sampled), 1e-9, "", "at most 1")
    values = [row["value"] for row in answer.rows]
    assert len(values) == ACTORS and values == sorted(values, reverse=True)


def groups() -> None:
    """`groups`, the whole answer from a network in memory, against networkit's graph and Leiden on one thread."""
    import networkit as nk
    import networkx as nx

    from graphkit import analyses

    nodes = max(LINKS // 10, 1000)
    source, target = _planted(nodes)
    network = _network(nodes, source, target)
    analyses.groups(nx.path_graph(3))  # compiles
    ours, answer = _timed(lambda: analyses.groups(network))
    nk.setNumberOfThreads(1)
    theirs, quality = _timed(lambda: _networkit(nk, nodes, source, target))
    report(f"groups, {LINKS:,} links / networkit, one thread", ours, theirs, "s", "at most 1.5")
    report("  modularity / networkit", answer.facts["modularity"], quality, "", "at least 1")


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def _off(network: Network, sources: list[int], theirs: dict[int, float]) -> float:
    """The greatest difference to networkx, relative to the greatest value, of the sums over these sources."""
    from graphkit.analyses.actors.actors import actor_graph
    from graphkit.analyses.actors.ties import ties
    from graphkit.centrality.shortest_paths import summed_dependencies

    place = np.array([network.position(str(source)) for source in range(len(network))])
    ours = summed_dependencies(ties(network, actor_graph(network)).relations(), place[sources])[place] / 2
    expected = np.array([theirs[node] for node in range(len(network))])
    return float(np.abs(ours - expected).max() / expected.max())


def _planted(nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Links, six in ten within groups of some hundreds, the rest anywhere; some actors have very many."""
    random = np.random.default_rng(SEED)
    group = random.integers(0, max(nodes // 500, 2), nodes)
    order = np.argsort(group, kind="stable")
    begin = np.searchsorted(group[order], np.arange(group.max() + 2))
    source = (random.random(LINKS) ** 2 * nodes).astype(np.int64)
    first, size = begin[group[source]], np.diff(begin)[group[source]]
    near = order[first + (random.random(LINKS) * size).astype(np.int64)]
    return source, np.where(random.random(LINKS) < 0.6, near, random.integers(0, nodes, LINKS))


def _network(nodes: int, source: np.ndarray, target: np.ndarray) -> Network:
    from graphkit.network.build import from_columns

    ids = np.array([f"n{i:08}" for i in range(nodes)], object)
    links = {
        "link": np.array([f"L{i:08}" for i in range(len(source))], object),
        "kind": np.full(len(source), "LINKED", object),
        "source": source.astype(np.int32),
        "target": target.astype(np.int32),
    }
    return from_columns({"id": ids, "kind": np.full(nodes, "Actor", object)}, links)


def _networkit(nk: Any, nodes: int, source: np.ndarray, target: np.ndarray) -> float:
    ends = source.astype(np.uint64), target.astype(np.uint64)
    graph = nk.GraphFromCoo((np.ones(len(source)), ends), n=nodes, weighted=True, directed=False)
    found = nk.community.ParallelLeiden(graph, randomize=False).run().getPartition()
    return float(nk.community.Modularity().getQuality(found, graph))
