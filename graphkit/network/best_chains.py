"""The K best loopless chains between two entities."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphkit.network.chains import Search
from graphkit.network.ground import Ground
from graphkit.network.shortest import fewest_hops


@dataclass(frozen=True, order=True)
class Chain:
    """One chain: its cost (the ground's whole numbers, or links), its nodes, and the link chosen between each two."""

    cost: int
    hops: int
    nodes: tuple[int, ...]
    links: tuple[int, ...]


Find = Callable[[Sequence[int], Collection[int]], Chain | None]


def finder(
    ground: Ground, start: int, end: int, max_hops: int, *, weighted: bool = False, in_time: bool = False
) -> Find:
    """What finds the best chain from start to end that begins with some nodes and does not go on with others."""

    def by_hops(rails: Sequence[int], banned: Collection[int]) -> Chain | None:
        rails = list(rails)
        left = max_hops - len(rails) + 1
        found = fewest_hops(ground, rails[-1], end, left, avoid=rails[:-1], banned=banned)
        return _chain(ground, rails[:-1] + found) if found else None

    def by_labels(rails: Sequence[int], banned: Collection[int]) -> Chain | None:
        short = by_hops(rails, banned) if weighted and not in_time else None
        most = _cost(ground, short) if short else None
        if weighted and not in_time and short is None:
            return None
        found = Search(ground, start, end, max_hops, weighted, in_time, most).cheapest(rails, banned)
        return Chain(found[2], len(found[1]), tuple(found[0]), tuple(found[1])) if found else None

    return by_labels if weighted or in_time else by_hops


def best_chains(find: Find, start: int, count: int) -> list[Chain]:
    """The `count` best loopless chains, or as many as there are, by cost, number of links and ids.

    Yen's algorithm (1971) with Lawler's rule (1972): each chain found is left at each of its nodes in turn, from where
    it left the one before, and nothing is searched twice.

    >>> import numpy as np
    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b", "c"], object), "kind": np.array(["Actor"] * 3, object)}
    >>> links = {"link": ["1", "2"], "kind": ["LINKED"] * 2, "source": [0, 1], "target": [1, 2]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> best_chains(finder(Ground(network), 0, 2, max_hops=6, weighted=True), 0, count=3)
    [Chain(cost=2000, hops=2, nodes=(0, 1, 2), links=(0, 1))]
    """
    found: list[Chain] = []
    first = find((start,), ())
    waiting = [(first, 0)] if first else []
    while waiting and len(found) < count:
        chain, left_at = heapq.heappop(waiting)
        found.append(chain)
        if len(found) < count:
            for place in range(left_at, chain.hops):
                root = chain.nodes[: place + 1]
                banned = {other.nodes[place + 1] for other in found if other.nodes[: place + 1] == root}
                spur = find(root, banned)
                if spur is not None:
                    heapq.heappush(waiting, (spur, place))
    return found


def _chain(ground: Ground, nodes: Sequence[int]) -> Chain:
    links = tuple(int(ground.between(node, other)[0]) for node, other in pairwise(nodes))
    return Chain(len(links), len(links), tuple(nodes), links)


def _cost(ground: Ground, chain: Chain) -> int:
    kind = ground.network.links.kind
    return sum(int(ground.costs[kind[link]]) for link in chain.links)
