"""The ties between actors: who is joined to whom, how strongly, in which direction, and by which links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.actors.actors import ActorGraph
from graphkit.errors import RequestError

if TYPE_CHECKING:
    from graphkit.centrality.relations import Relations
    from graphkit.network.network import Network

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties between `len(nodes)` actors, whose positions in the network are `nodes`, ascending.

    Each of shape (ties,): `source` and `target`, places in `nodes`; `weight`; `both_ways`, where the tie has no
    direction; `link`, the network's link behind it, -1 where the two have something in common.
    """

    nodes: Whole
    source: Whole
    target: Whole
    weight: NDArray[np.float64]
    both_ways: NDArray[np.bool_]
    link: Whole

    def relations(self, *, directed: bool = False, weighted: bool = False) -> Relations:
        """The graph of the ties. With `weighted` ties without weight are refused."""
        from graphkit.centrality.relations import Relations

        weight = self.weight if weighted else None
        ends = len(self.nodes), self.source, self.target
        return Relations.of(*ends, weight, directed=directed, both_ways=self.both_ways if directed else None)


def ties(network: Network, found: ActorGraph) -> Ties:
    """The ties of these actors.

    A link between two actors weighs what its record says, 1 where it says nothing. Two of the k who have a thing in
    common are tied by 1 / (k - 1), as Newman (2001), Scientific collaboration networks II, counts common work. A link
    between two things, such as a payment between accounts, ties each who has the one with each who has the other, and
    its weight is divided among these pairs.
    """
    nodes = found.nodes[found.actor]
    place = np.full(len(network), -1)
    place[nodes] = np.arange(len(nodes))
    link = found.link
    ends = found.nodes[found.source], found.nodes[found.target]
    actor = place[ends[0]] >= 0, place[ends[1]] >= 0
    direct = actor[0] & actor[1]
    had = _had(place, ends, actor)
    parts = [
        _between(network, link[direct], place[ends[0][direct]], place[ends[1][direct]]),
        _in_common(had, len(network)),
        _through(network, had, link[~actor[0] & ~actor[1]]),
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Ties(nodes, *columns)


def check_weights(network: Network, found: Ties) -> None:
    """Raises RequestError, naming the link, where a weight is not above zero."""
    wrong = np.flatnonzero((found.weight <= 0) & (found.link >= 0))
    if len(wrong):
        tie = int(wrong[0])
        ends = [network.ids[int(found.nodes[end[tie]])] for end in (found.source, found.target)]
        weight = f"{found.weight[tie]:g}"
        raise RequestError(
            f"The link between {ends[0]} and {ends[1]} weighs {weight}; with weights every link needs more than 0.",
            f"{ends[0]} 与 {ends[1]} 之间的联系权重为 {weight}；计权重时须大于 0。",
        )


Columns = tuple[Whole, Whole, NDArray[np.float64], NDArray[np.bool_], Whole]


@dataclass(frozen=True, eq=False)
class _Had:
    """Who has what: (pairs,) positions of things ascending, and the places of the actors who have each."""

    thing: Whole
    actor: Whole

    def of(self, things: Whole) -> tuple[Whole, Whole]:
        """How many have each of these things, and where the first of them stands."""
        begin = np.searchsorted(self.thing, things)
        return np.searchsorted(self.thing, things, "right") - begin, begin


def _had(place: Whole, ends: tuple[Whole, Whole], actor: tuple[Any, Any]) -> _Had:
    out, into = actor[0] & ~actor[1], ~actor[0] & actor[1]
    thing = np.concatenate((ends[1][out], ends[0][into]))
    who = place[np.concatenate((ends[0][out], ends[1][into]))]
    size = int(place.max(initial=0)) + 1
    thing, who = np.divmod(np.unique(thing * size + who), size)
    return _Had(thing, who)


def _weights(network: Network, link: Whole) -> NDArray[np.float64]:
    weight = network.links.weight[link]
    return np.where(np.isnan(weight), 1.0, weight)


def _between(network: Network, link: Whole, source: Whole, target: Whole) -> Columns:
    return source, target, _weights(network, link), ~network.links.directed[link], link


def _in_common(had: _Had, size: int) -> Columns:
    """Each two who have the same thing."""
    count = np.bincount(had.thing, minlength=size)[had.thing]
    begin = np.searchsorted(had.thing, had.thing)
    after = count - (np.arange(len(had.thing)) - begin) - 1  # how many of the same thing come later
    first = np.repeat(np.arange(len(had.thing)), after)
    second = first + 1 + _steps(after)
    weight = 1.0 / np.maximum(count[first] - 1, 1)
    return had.actor[first], had.actor[second], weight, np.ones(len(first), bool), np.full(len(first), -1)


def _through(network: Network, had: _Had, link: Whole) -> Columns:
    """Each who has the one end of a link between things, with each who has the other."""
    table = network.links
    source, source_begin = had.of(table.source[link].astype(np.int64))
    target, target_begin = had.of(table.target[link].astype(np.int64))
    pairs = source * target
    entry, step = np.repeat(np.arange(len(link)), pairs), _steps(pairs)
    one = had.actor[source_begin[entry] + step // np.maximum(target[entry], 1)]
    other = had.actor[target_begin[entry] + step % np.maximum(target[entry], 1)]
    weight = _weights(network, link)[entry] / np.maximum(pairs[entry], 1)
    return one, other, weight, ~table.directed[link[entry]], link[entry]


def _steps(counts: Whole) -> Whole:
    """0, 1 … for each of these counts, one after another."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
