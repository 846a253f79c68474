"""Who counts as an actor, and what joins two of them: what measures, groups and plans are about.

In a casebook of records the actors are the parties: persons, companies, and those not told apart yet. They are joined
by a link between them (goods, waybills, acquaintance), or by something both have, or that is linked to what the other
has: a phone, an account, a place, a vehicle, a name on the net. What very many share, regions and products join
nobody: that two have it in common says little. A case joins nobody either, for it is the work of the agency.
Entries that mean one party are one actor.
Where a casebook has no parties, as with plain edge lists, matrices and graphs, every entity is an actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.one_party import stands_for
from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.ground import HUB_SIZE, hubs
from graphkit.network.simple import SimpleGraph

if TYPE_CHECKING:
    from graphkit.network.network import Network

CARRIERS = ("Phone", "Account", "Place", "Vehicle", "OnlineAccount")
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ActorGraph:
    """Actors, and what joins them, as a simple graph.

    `nodes` (n,) int64 are the positions in the network of the graph's nodes, ascending; `actor` (n,) says which of them
    are actors, the others being what joins them; `link` (k,) int64 are the positions of the network's links in it, and
    `source` and `target` (k,) the places of their ends in `nodes`.
    """

    nodes: NDArray[np.int64]
    actor: Mask
    link: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]

    @cached_property
    def graph(self) -> SimpleGraph:
        """The nodes and links as a simple graph."""
        return SimpleGraph.of(len(self.nodes), self.source, self.target)

    def links_at(self, node: int) -> NDArray[np.int64]:
        """The links of this graph at the node of this position in the network, in order."""
        place = np.searchsorted(self.nodes, node)
        return np.asarray(self.link[(self.source == place) | (self.target == place)], np.int64)


def actors(network: Network, kinds: Sequence[str] = ()) -> Mask:
    """Which entities are actors, shape (nodes,): those of these kinds; parties by default; all where there are none.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b"], object), "kind": np.array(["Person", "Phone"], object)}
    >>> links = {"link": ["1"], "kind": ["USES"], "source": [0], "target": [1]}
    >>> actors(from_columns(nodes, {name: np.array(values) for name, values in links.items()})).tolist()
    [True, False]
    """
    mask = np.zeros(len(network), bool)
    mask[network.of_kinds(*(kinds or PARTY_KINDS))] = True
    return mask if kinds or mask.any() else ~mask


def actor_graph(
    network: Network,
    kinds: Sequence[str] = (),
    link_kinds: Sequence[str] = (),
    hub_size: int = HUB_SIZE,
    without: Mask | None = None,
    links: Mask | None = None,
    meant: NDArray[np.int64] | None = None,
) -> ActorGraph:
    """The actors of these kinds and what joins them, over links of these kinds (none: all).

    `without` (nodes,) are entities left out, such as people already detained; `links` (links,) says which links count,
    such as those of a period; `meant` (nodes,) is whom each entry means (see `graphkit.analyses.parties.meant`), by
    default as far as a phone or an account shows it to one of the same name. Nothing with more than `hub_size`
    neighbours joins actors; an actor may have any number.
    """
    actor, one = actors(network, kinds), stands_for(network) if meant is None else meant
    out = np.zeros(len(network), bool) if without is None else np.bincount(one[without], minlength=len(network)) > 0
    carrier = ~actor & ~hubs(network, hub_size)
    carrier &= np.isin(network.kind, [network.kinds.index(kind) for kind in CARRIERS if kind in network.kinds])
    kept = (actor | carrier) & ~out & (one == np.arange(len(network)))
    table = network.links
    source, target = one[table.source], one[table.target]
    used = kept[source] & kept[target] & (source != target)
    if link_kinds:
        used &= np.isin(table.kind, [table.kind_code(kind) for kind in link_kinds])
    if links is not None:
        used &= links
    kept &= actor | _touched(len(network), source[used], target[used])
    nodes, link = np.flatnonzero(kept), np.flatnonzero(used)
    place = np.cumsum(kept) - 1
    return ActorGraph(nodes, actor[nodes], link, place[source[link]], place[target[link]])


def projected(found: ActorGraph) -> SimpleGraph:
    """Actors only: two are neighbours who are linked, or both linked to the same thing that joins them.

    Nodes are the actors in the order of `found.nodes[found.actor]`. Things linked to each other, as phones that
    called each other or accounts that paid each other, join those who have them.
    """
    low, high = found.graph.ends()
    place = np.cumsum(found.actor) - 1
    direct = found.actor[low] & found.actor[high]
    pairs = [(place[low[direct]], place[high[direct]])]
    pairs += _sharing(found, place) + _in_touch(found, place, low, high)
    source, target = (np.concatenate(ends) for ends in zip(*pairs, strict=True))
    return SimpleGraph.of(int(found.actor.sum()), source, target)


def _touched(nodes: int, source: NDArray[np.int64], target: NDArray[np.int64]) -> Mask:
    mask = np.zeros(nodes, bool)
    mask[source] = True
    mask[target] = True
    return mask


Ends = tuple[NDArray[np.int64], NDArray[np.int64]]


def _holders(found: ActorGraph, thing: int, place: NDArray[np.int64]) -> NDArray[np.int64]:
    around = found.graph.of_node(thing)
    return place[around[found.actor[around]]]


def _sharing(found: ActorGraph, place: NDArray[np.int64]) -> list[Ends]:
    """Each two actors that have the same thing."""
    pairs = []
    for thing in np.flatnonzero(~found.actor).tolist():
        holders = _holders(found, thing, place)
        if len(holders) > 1:
            first, second = np.triu_indices(len(holders), 1)
            pairs.append((holders[first], holders[second]))
    return pairs


def _in_touch(
    found: ActorGraph, place: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> list[Ends]:
    """Each two actors whose things are linked to each other."""
    between = ~found.actor[low] & ~found.actor[high]
    pairs = []
    for one, other in zip(low[between].tolist(), high[between].tolist(), strict=True):
        here, there = _holders(found, one, place), _holders(found, other, place)
        pairs.append((np.repeat(here, len(there)), np.tile(there, len(here))))
    return pairs
