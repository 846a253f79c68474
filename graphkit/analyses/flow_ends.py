"""From whom, and to whom: sources and buyers by name, by kind or by role, or as the flows show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.entities import fold, position_of
from graphkit.errors import RequestError

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_TELLING = ("role", "type")  # properties that say what part somebody has in the supply


def chosen_ends(
    casefile: Casefile, nodes: Ints, into: Floats, out: Floats, origins: tuple[str, ...], ends: tuple[str, ...]
) -> tuple[Ints, Ints]:  # fmt: skip
    """Sources and buyers among these nodes (positions in the network), by place.

    Where none are named, sources are those who gave and never received, buyers those who received and never gave.
    Raises RequestError where nobody is left, or one is both.
    """
    first = _named(casefile, nodes, origins) if origins else np.flatnonzero((into == 0) & (out > 0))
    last = _named(casefile, nodes, ends) if ends else np.flatnonzero((out == 0) & (into > 0))
    first, last = (first, np.setdiff1d(last, first)) if not ends else (first, last)
    first = np.setdiff1d(first, last) if not origins else first
    both = np.intersect1d(first, last)
    if len(both):
        name = casefile.network().name_of(int(nodes[both[0]]))
        raise RequestError(f"{name} is both a source and a buyer.", f"{name} 既是来源又是买方。")
    for found, option, en, zh in ((first, "--from", "sources", "来源"), (last, "--to", "buyers", "买方")):
        if not len(found):
            raise RequestError(
                f"There are no {en} in what moved: name them by {option}, or choose another period.",
                f"往来中没有{zh}：请用 {option} 指明，或另选时段。",
            )
    return first, last


def _named(casefile: Casefile, nodes: Ints, names: tuple[str, ...]) -> Ints:
    found = np.concatenate([_of(casefile, name) for name in names])
    return np.flatnonzero(np.isin(nodes, found))


def _of(casefile: Casefile, name: str) -> Ints:
    """Who is meant: all of a kind, all of a role, else the entity of this name."""
    network = casefile.network()
    kind = next((kind for kind in network.kinds if kind.lower() == name.lower()), "")
    if kind:
        return network.of_kinds(kind)
    columns = casefile.store.property_columns(list(_TELLING))
    pairs = zip(columns["node"].tolist(), columns["value"].tolist(), strict=True)
    told = {network.position(node) for node, value in pairs if fold(str(value)) == fold(name)}
    return np.array(sorted(told) or [position_of(network, casefile.store, name)], np.int64)
