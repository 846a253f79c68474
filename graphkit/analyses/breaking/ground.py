"""What a strike takes apart: actors, what joins them, and what of it may be hit.

A thing that only one actor has (his phone, his account) falls with him, and is no node of its own, unless things of its
kind may be hit themselves. Links of a kind that may be hit, such as a courier route, stand as a node between their
ends, all those between the same two as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.actors.actors import ActorGraph, actor_graph
from graphkit.network.simple import SimpleGraph

if TYPE_CHECKING:
    from graphkit.network.network import Network

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ground:
    """The graph to break. Node `i` stands for the entity at `entity[i]` of the network, or a link where that is -1.

    `actor` and `target` (nodes,) say which count and which may be hit; `node_of` (entities,) is where each entity of
    the network went, -1 where it is not in the graph; `links` (k,) are the network's links in it and `ends` (k, 2) the
    nodes that each joins, `routes` the links that stand as a node, by node.
    """

    network: Network
    graph: SimpleGraph
    entity: Whole
    actor: Mask
    target: Mask
    node_of: Whole
    links: Whole
    ends: Whole
    routes: dict[int, Whole]

    @property
    def weight(self) -> Whole:
        """What counts of each node, shape (nodes,): 1 for an actor."""
        return self.actor.astype(np.int64)

    def links_at(self, node: int) -> Whole:
        """The links that a hit on this node breaks: all that touch it, or those it stands for."""
        if node in self.routes:
            return self.routes[node]
        touching: Whole = self.links[(self.ends[:, 0] == node) | (self.ends[:, 1] == node)]
        return touching

    def position(self, node: int) -> int:
        """An entity of the network that says where the node is: itself, or the source of the link."""
        if self.entity[node] >= 0:
            return int(self.entity[node])
        source = int(self.network.links.source[self.routes[node][0]])
        meant = int(self.node_of[source])
        return int(self.entity[meant]) if meant >= 0 and self.entity[meant] >= 0 else source


def strike_ground(
    network: Network,
    node_kinds: Sequence[str] = (),
    targets: Sequence[str] = (),
    kinds: Sequence[str] = (),
    hub_size: int = 100,
    without: Mask | None = None,
    links: Mask | None = None,
    *,
    meant: Whole,
) -> Ground:
    """The ground for actors of these kinds over links of these kinds; `targets` are kinds of entities and links.

    `without` (entities,) are out before it starts; `links` (links,) says which links count;
    `meant` (entities,) is whom each entry means.
    """
    found = actor_graph(network, node_kinds, kinds, hub_size, without, links, meant)
    hit_kinds = [network.kinds.index(kind) for kind in targets if kind in network.kinds]
    hit = np.isin(network.kind[found.nodes], hit_kinds) if targets else found.actor
    node_of, kept = _placed(network, found, hit, meant)
    place = node_of[found.nodes]
    ends = np.stack([place[found.source], place[found.target]], axis=1)
    code = [network.links.kind_code(kind) for kind in targets]
    route = np.isin(network.links.kind[found.link], [each for each in code if each >= 0]) & (ends[:, 0] != ends[:, 1])
    return _with_routes(network, found, node_of[meant], kept, hit[kept], ends, route)


def _placed(network: Network, found: ActorGraph, hit: Mask, meant: Whole) -> tuple[Whole, Mask]:
    """Where each entity of the network goes, and which nodes stay: what one actor has goes with him."""
    graph = found.graph
    origin = np.repeat(np.arange(len(graph)), graph.degree)
    held = found.actor[graph.neighbour]
    holders = np.bincount(origin[held], minlength=len(graph))
    falls = ~found.actor & ~hit & (holders == 1)
    kept = ~falls
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    holder = np.full(len(graph), -1)
    holder[origin[held]] = graph.neighbour[held]
    place[falls] = place[holder[falls]]
    node_of = np.full(len(network), -1)
    node_of[found.nodes] = place
    return node_of[meant], kept


def _with_routes(
    network: Network, found: ActorGraph, node_of: Whole, kept: Mask, hit: Mask, ends: Whole, route: Mask
) -> Ground:
    count = int(kept.sum())
    low, high = ends.min(axis=1), ends.max(axis=1)
    key, which = np.unique((low * count + high)[route], return_inverse=True)
    extra = len(key)
    first, second = np.divmod(key, max(count, 1))
    between = count + np.arange(extra)
    source = np.concatenate((low[~route], first, second))
    target = np.concatenate((high[~route], between, between))
    return Ground(
        network,
        SimpleGraph.of(count + extra, source, target),
        np.concatenate((found.nodes[kept], np.full(extra, -1))),
        np.concatenate((found.actor[kept], np.zeros(extra, bool))),
        np.concatenate((hit, np.ones(extra, bool))),
        node_of,
        found.link,
        ends,
        {count + i: found.link[route][which == i] for i in range(extra)},
    )
