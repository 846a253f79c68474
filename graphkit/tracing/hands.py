"""Between whose hands deliveries went, as far as rows tell: by number, by name, by phone or premises."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Network
from graphkit.tracing.holders import UNIDENTIFIED, Holders, ends_of
from graphkit.tracing.labels import Whole


class Hands:
    """Between whose hands goods pass: the holder, and for parties of whom only the name is known, the name."""

    def __init__(self, network: Network, holders: Holders, links: Whole) -> None:
        self._network = network
        nodes = ends_of(network, links)
        unknown = network.kinds.index(UNIDENTIFIED) if UNIDENTIFIED in network.kinds else -1
        holder = holders.of(nodes)
        self._holder = dict(zip(nodes.tolist(), np.where(holder < 0, -1 - nodes, holder).tolist(), strict=True))
        self._name = {node: network.names[node] for node in self._holder}
        self._unknown = {node for node in self._holder if network.kind[node] == unknown}

    def same(self, one: int, other: int) -> bool:
        """Whether two ends can be the same hands."""
        if self._holder[one] == self._holder[other]:
            return True
        name = self._name[one]
        alike = name not in ("", "?") and name == self._name[other]
        return alike and (one in self._unknown or other in self._unknown)

    def alike(self, one: tuple[int, int], other: tuple[int, int]) -> int:
        """At how many of the two ends two deliveries can have the same hands."""
        return sum(self.same(a, b) for a, b in zip(one, other, strict=True))

    def vague(self, link: int) -> tuple[int, bool, int]:
        """Sorts deliveries: those whose ends are identified before those with names only, ledgers before waybills."""
        table = self._network.links
        ends = int(table.source[link]), int(table.target[link])
        shipped = bool(table.kind[link] == table.kind_code("SHIPPED"))
        return sum(end in self._unknown for end in ends), shipped, link

    def apart(self, nodes: NDArray[np.integer]) -> Whole:
        """A number for each of these nodes; those that can be the same hands have the same."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        known = sorted(self._holder)
        holder, holders = _codes([self._holder[node] for node in known])
        name, names = _codes([self._name[node] for node in known])
        told = np.array([self._name[node] not in ("", "?") for node in known], bool)
        matrix = coo_array(
            (told[told].astype(np.int8), (holder[told], holders + name[told])), shape=(holders + names,) * 2
        )
        label = connected_components(matrix.tocsr(), directed=False)[1].astype(np.int64)
        found: Whole = label[holder][np.searchsorted(known, nodes)]
        return found


def _codes(values: list[Any]) -> tuple[Whole, int]:
    code = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([code[value] for value in values], np.int64), len(code)
