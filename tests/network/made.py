"""Small networks made from numbers, and what hypothesis draws them from."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from graphkit.network.build import from_columns
from graphkit.network.network import Network

Pairs = list[tuple[int, int]]


def pairs_of(count: int, most: int) -> st.SearchStrategy[Pairs]:
    """Pairs of different nodes of `count`."""
    node = st.integers(0, count - 1)
    return st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=most)


def network_of(count: int, pairs: Pairs, kinds: list[str] | None = None, **columns: Any) -> Network:
    """Nodes n0, n1 … and one link a pair."""
    nodes = {"id": np.array([f"n{i:02}" for i in range(count)], object), "kind": np.array(["Actor"] * count, object)}
    links = {
        "link": np.array([f"L{i:04}" for i in range(len(pairs))], object),
        "kind": np.array(kinds or ["LINKED"] * len(pairs), object),
        "source": np.array([a for a, _ in pairs], np.int32),
        "target": np.array([b for _, b in pairs], np.int32),
    }
    return from_columns(nodes, {**links, **columns})


def days(values: list[int | None]) -> Any:
    """Days of January 2022; None is unknown."""
    return np.array([None if v is None else f"2022-01-{v + 1:02}" for v in values], "datetime64[us]")
