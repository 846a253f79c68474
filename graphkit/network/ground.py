"""The part of a network that a walk may use: which kinds of links, which entities it may pass, in which direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.network.network import Network

HUB_KINDS = ("Region", "Product", "Agency")
HUB_SIZE = 100

# Kinds along which something moves or is said: in time order they are walked from source to target only. All others
# are ties, which hold both ways. A kind that the model does not know counts as a flow.
TIES = frozenset(BY_NAME) - {
    "SUPPLIED", "SHIPPED", "PAID", "CALLED", "TRANSFORMED_INTO", "INPUT_OF", "OUTPUT_AS", "HANDED_OVER", "ASKED",
    "LINKED",
}  # fmt: skip

_COST_PER_DISTANCE = 1000  # costs are whole numbers, so that equal costs are equal
Mask = NDArray[np.bool_]
Step = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]


def hubs(network: Network, size: int = HUB_SIZE) -> Mask:
    """Which entities are hubs, shape (nodes,): regions, products, agencies, and whoever has over `size` neighbours.

    That two persons share such a thing says little of them.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b", "c"], object), "kind": np.array(["Actor"] * 3, object)}
    >>> links = {"link": ["1", "2"], "kind": ["LINKED"] * 2, "source": [0, 1], "target": [1, 2]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> hubs(network, size=1).tolist()
    [False, True, False]
    """
    mask: Mask = network.neighbours > size
    mask[network.of_kinds(*HUB_KINDS)] = True
    return mask


@dataclass(frozen=True, eq=False)
class Ground:
    """A network, the kinds of links that may be walked (none: all), and the entities not to be passed (nodes,)."""

    network: Network
    kinds: tuple[str, ...] = ()
    closed: Mask | None = None

    @cached_property
    def _walkable(self) -> Mask | None:
        """By code of the kind of link."""
        return np.isin(self.network.links.kinds, self.kinds) if self.kinds else None

    @cached_property
    def _tie(self) -> Mask:
        return np.isin(self.network.links.kinds, sorted(TIES))

    @cached_property
    def costs(self) -> NDArray[np.int64]:
        """What a weighted walk pays for a link, by code of its kind, in thousandths of the model's distance."""
        distances = [BY_NAME[kind].distance if kind in BY_NAME else 1.0 for kind in self.network.links.kinds]
        return np.rint(np.array(distances, np.float64) * _COST_PER_DISTANCE).astype(np.int64)

    def distance(self, cost: int) -> float:
        """A cost in the model's unit of distance."""
        return cost / _COST_PER_DISTANCE

    def step(self, nodes: NDArray[np.integer]) -> Step:
        """The entries of these nodes over links of the kinds walked, both ways: place in `nodes`, neighbour, link."""
        entries = self.network.both.expand(nodes)
        if self._walkable is None:
            return entries
        return _where(self._walkable[self.network.links.kind[entries[2]]], entries)

    def step_along(self, nodes: NDArray[np.integer]) -> Step:
        """The same, but flows only from source to target."""
        entries = self.step(nodes)
        origin, _, link = entries
        links = self.network.links
        return _where(self._tie[links.kind[link]] | (links.source[link] == nodes[origin]), entries)

    def between(self, node: int, other: int) -> NDArray[np.int32]:
        """The links walked between two neighbours, the firmest tie first, then by position."""
        neighbour, link = self.network.both.of_node(node)
        begin, end = np.searchsorted(neighbour, [other, other + 1])
        links = link[begin:end]
        kind = self.network.links.kind[links]
        if self._walkable is not None:
            links, kind = links[self._walkable[kind]], kind[self._walkable[kind]]
        return links[np.argsort(self.costs[kind], kind="stable")]

    def blocked(self, others: Sequence[int], ends: Sequence[int]) -> Mask:
        """Which entities a walk between these ends may not touch: the closed ones and these others; shape (nodes,)."""
        mask = np.zeros(len(self.network), bool) if self.closed is None else self.closed.copy()
        mask[list(ends)] = False
        mask[list(others)] = True
        return mask


def _where(kept: Mask, entries: Step) -> Step:
    origin, neighbour, link = entries
    return origin[kept], neighbour[kept], link[kept]
