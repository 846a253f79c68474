"""Strike plans on published networks: values, bounds and times, each value worked out anew by networkx.

    python -m benchmarks.strike --data FOLDER [--seconds 60] [--seeds 5] [--only proof,pairs,largest,raids]
                                [--peer PYTHON]

FOLDER holds `covert` (matrices), `corenets` (ties), `cnp` and `dismantling` (graphs). Best known values are those of
the critical node literature; the peer for pairs is PyCNP, given the same time in the same run: PYTHON is an interpreter
that has it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from benchmarks import raids
from graphkit.breaking.fragment import fragment
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.network.simple import SimpleGraph

# Of each network how many are taken out, and the least pairs known to be left.
BEST_KNOWN = {
    "BarabasiAlbert_n500m1": (50, 195), "BarabasiAlbert_n1000m1": (75, 558), "ErdosRenyi_n235": (50, 295),
    "ErdosRenyi_n466": (80, 1524), "ForestFire_n250": (50, 194), "ForestFire_n500": (110, 257),
    "WattsStrogatz_n250": (70, 3083), "WattsStrogatz_n500": (125, 2072), "Hamilton1000": (100, 306_349),
    "Bovine": (3, 268), "Circuit": (25, 2099), "Ecoli": (15, 806), "Treni_Roma": (26, 918),
    "EU_flights": (119, 348_268), "powergrid": (494, 15_862),
}  # fmt: skip
# Fewest removals seen until no component of the giant one has more than a tenth of it.
FEWEST = {
    "opsahl-powergrid": 65, "eu-powergrid": 25, "petster-hamster": 338, "moreno_crime_projected": 18,
    "arenas-meta": 48, "corruption": 29, "maayan-Stelzl": 96,
}  # fmt: skip
_PROVED_HITS = (5, 10, 15)
_LARGEST_PROVED = 150


def main(arguments: list[str]) -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.strike")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", default="proof,pairs,largest,raids")
    parser.add_argument("--networks", default="", help="only those with one of these in their name, by commas")
    parser.add_argument("--peer", default="", help="a Python interpreter that has PyCNP")
    asked = parser.parse_args(arguments)
    tables = {"proof": _proof, "pairs": _pairs, "largest": _largest, "raids": _raids}
    wanted = [name for name in asked.networks.split(",") if name]
    for name in asked.only.split(","):
        print(f"## {name}\n")
        for line in tables[name](asked.data, asked.seconds, asked.seeds, wanted, asked.peer):
            print(line, flush=True)
        print()


def _proof(data: Path, seconds: float, _: int, wanted: list[str], __: str) -> Iterator[str]:
    yield "| network | actors | links | hits | value | bound | gap | seconds |\n|---|---|---|---|---|---|---|---|"
    for path in [*sorted((data / "covert").glob("*.csv")), data / "corenets" / "Madrid_Relations_Public_Version2.csv"]:
        graph = read_ties(path) if path.parent.name == "corenets" else read_matrix(path)
        if len(graph) > _LARGEST_PROVED or not _asked(path.stem, wanted):
            continue
        for hits in _PROVED_HITS:
            plan, took = _timed(_few(graph, hits, seconds, 1))
            _check(graph, plan.order, plan.value)
            proof = "proved" if plan.optimal else f"{100 * plan.gap:.1f} %"
            figures = (
                path.stem,
                len(graph),
                graph.links,
                hits,
                f"{plan.value:g}",
                f"{plan.bound:g}",
                proof,
                f"{took:.1f}",
            )
            yield _row(*figures)


def _pairs(data: Path, seconds: float, seeds: int, wanted: list[str], peer: str) -> Iterator[str]:
    yield "| network | hits | best known | median | least | above | bound | peer's median | seconds |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, (hits, known) in BEST_KNOWN.items():
        if not _asked(name, wanted):
            continue
        path = data / "cnp" / f"{name}.txt"
        graph, values, took = read_graph(path), list[float](), 0.0
        for seed in range(1, seeds + 1):
            plan, spent = _timed(_few(graph, hits, seconds, seed))
            _check(graph, plan.order, plan.value)
            values.append(plan.value)
            took = max(took, spent)
        median = statistics.median(values)
        others = [_by_peer(peer, path, hits, seconds, seed) for seed in range(1, seeds + 1) if peer]
        theirs = f"{statistics.median(others):g}" if others else "not asked"
        above = f"{100 * (median / known - 1):.2f} %"
        yield _row(
            name, hits, known, f"{median:g}", f"{min(values):g}", above, f"{plan.bound:g}", theirs, f"{took:.1f}"
        )


def _largest(data: Path, seconds: float, seeds: int, wanted: list[str], _: str) -> Iterator[str]:
    yield "| network | actors | links | fewest seen | median | least | seconds |\n|---|---|---|---|---|---|---|"
    for name, known in FEWEST.items():
        if not _asked(name, wanted):
            continue
        graph = _giant(read_graph(data / "dismantling" / f"{name}.txt"))
        values, took = list[float](), 0.0
        for seed in range(1, seeds + 1):
            given = Conditions.plain(len(graph), np.inf)
            ones = np.ones(len(graph), np.int64)
            plan, spent = _timed(Fragmentation(graph, ones, given, "largest", 0.1, seconds, seed))
            if max(map(len, _left(graph, plan.order)), default=0) > len(graph) // 10:
                raise AssertionError(name)
            values.append(plan.value)
            took = max(took, spent)
        yield _row(
            name, len(graph), graph.links, known, f"{statistics.median(values):g}", f"{min(values):g}", f"{took:.1f}"
        )


def _raids(data: Path, seconds: float, _: int, __: list[str]) -> Iterator[str]:
    yield from raids.table(data, seconds)


def read_graph(path: Path) -> SimpleGraph:
    """A graph whose first line says how many nodes it has; then `node: neighbours` or `node node`."""
    head, *lines = path.read_text().splitlines()
    ends = [
        (int(node), int(other))
        for line in lines
        for node, *others in [line.replace(":", " ").split() or ["0"]]
        for other in others
    ]
    source, target = np.array(ends, np.int64).reshape(-1, 2).T
    return SimpleGraph.of(int(head.strip("# ")), source, target)


def read_matrix(path: Path) -> SimpleGraph:
    """A graph from a matrix whose row and column heads are the actors."""
    import pandas as pd

    table = pd.read_csv(path, index_col=0).to_numpy()
    return SimpleGraph.of(len(table), *np.nonzero(table))


def read_ties(path: Path) -> SimpleGraph:
    """A graph from a table with one tie a row, its ends in the columns ID and Tie_ID."""
    import pandas as pd

    table = pd.read_csv(path)
    _, ends = np.unique(table[["ID", "Tie_ID"]].to_numpy(), return_inverse=True)
    source, target = ends.reshape(-1, 2).T
    return SimpleGraph.of(int(ends.max()) + 1, source, target)


def _few(graph: SimpleGraph, hits: int, seconds: float, seed: int) -> Fragmentation:
    ones = np.ones(len(graph), np.int64)
    return Fragmentation(graph, ones, Conditions.plain(len(graph), hits), time_limit=seconds, seed=seed)


def _timed(problem: Fragmentation) -> tuple[Any, float]:
    began = time.monotonic()
    return fragment(problem), time.monotonic() - began


def _left(graph: SimpleGraph, hit: tuple[int, ...]) -> list[set[int]]:
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(graph)))
    made.add_edges_from(zip(*(ends.tolist() for ends in graph.ends()), strict=True))
    made.remove_nodes_from(hit)
    return list(nx.connected_components(made))


def _check(graph: SimpleGraph, hit: tuple[int, ...], value: float) -> None:
    found = sum(len(part) * (len(part) - 1) // 2 for part in _left(graph, hit))
    if found != value:
        raise AssertionError(f"networkx counts {found} pairs, the plan says {value}")


def _giant(graph: SimpleGraph) -> SimpleGraph:
    kept = np.zeros(len(graph), bool)
    kept[list(max(_left(graph, ()), key=len))] = True
    return graph.part(kept)


_PEER = """
import sys
import pycnp
path, hits, seconds, seed = sys.argv[1:]
search = pycnp.MemeticSearch(pycnp.read(path), "CNP", int(hits), int(seed))
print(search.run(pycnp.MaxRuntime(float(seconds))).best_obj_value)
"""


def _by_peer(python: str, path: Path, hits: int, seconds: float, seed: int) -> float:
    """What PyCNP finds in the same time."""
    command = [python, "-c", _PEER, str(path), str(hits), str(seconds), str(seed)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def _asked(name: str, wanted: list[str]) -> bool:
    return not wanted or any(each in name for each in wanted)


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main(sys.argv[1:])
