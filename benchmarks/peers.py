"""What graphkit is measured against, each run as a process of its own: `python -m benchmarks.peers NAME ARGUMENT …`."""

from __future__ import annotations

import sys
from pathlib import Path


def networkx_load(*files: str) -> object:
    """Read the files with pandas and add them with their attributes to a MultiDiGraph: the usual way."""
    import networkx as nx
    import pandas as pd

    graph = nx.MultiDiGraph()
    for file in files:
        frame = pd.read_csv(file)
        ends = ("付款账号", "收款账号") if "付款账号" in frame.columns else ("卖方", "买方")
        when = "交易时间" if "交易时间" in frame.columns else "日期"
        frame[when] = pd.to_datetime(frame[when])
        names = list(frame.columns)
        key, source, target = names.index(names[0]), names.index(ends[0]), names.index(ends[1])
        for number, row in enumerate(frame.itertuples(index=False, name=None), 2):
            graph.add_edge(
                row[source], row[target], key=row[key], row=(file, number), **dict(zip(names, row, strict=True))
            )
        if "付款户名" in names:
            for column, name in (("付款账号", "付款户名"), ("收款账号", "收款户名")):
                for account, holder in frame[[column, name]].drop_duplicates().itertuples(index=False, name=None):
                    graph.add_edge(holder, account, key="HOLDS")
    return graph


def networkx_path(source: str, target: str, *files: str) -> None:
    """Load the same links, then ask for the shortest path between two."""
    import networkx as nx

    graph = networkx_load(*files)
    print(len(nx.shortest_path(nx.Graph(graph), int(source), int(target))) - 1)  # type: ignore[call-overload]


def calamine(file: str) -> None:
    """Read the sheet with python-calamine, nothing more."""
    from python_calamine import CalamineWorkbook

    print(len(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()))


def nothing(*_: str) -> None:
    """Start Python and stop."""


if __name__ == "__main__":
    {"load": networkx_load, "path": networkx_path, "calamine": calamine, "nothing": nothing}[sys.argv[1]](
        *map(str, map(Path, sys.argv[2:])) if sys.argv[1] in ("load", "calamine") else sys.argv[2:]
    )
