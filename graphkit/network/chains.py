"""The cheapest chain between two entities, by cost and, where asked, in time order.

Chains grow one link at a time, all at once: a label says that some chain comes to a node at a cost, at the earliest at
a time. A label that another one beats at the same node, no dearer, no later, and of no more links, is dropped, so that
what is left are the chains worth going on with (multi-criteria label correcting, Martins 1984).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.ground import Ground, Mask
from graphkit.network.network import NEVER

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Labels:
    """Chains that come to `node` at `cost`, not before `time`, by `link` from the label `parent`; shape (labels,)."""

    node: Whole
    cost: Whole
    time: Whole
    link: Whole
    parent: Whole

    def take(self, chosen: NDArray[np.integer] | Mask) -> _Labels:
        return _Labels(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def __add__(self, other: _Labels) -> _Labels:
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__)
        return _Labels(*(np.concatenate(pair) for pair in pairs))


@dataclass(frozen=True)
class Search:
    """A search for the cheapest chain of at most `max_hops` links from `start` to `end`, positions of nodes.

    `weighted`: a link costs its kind's distance, else one. `in_time`: flows are walked from source to target only, and
    moments can be chosen within the links' times so that no link begins before the one before it has ended. `most` is a
    cost that is known to be enough.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b", "c"], object), "kind": np.array(["Actor"] * 3, object)}
    >>> links = {"link": ["1", "2"], "kind": ["LINKED"] * 2, "source": [0, 1], "target": [1, 2]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> Search(Ground(network), 0, 2, 6, in_time=True).cheapest()
    ([0, 1, 2], [0, 1], 2)
    >>> Search(Ground(network), 2, 0, 6, in_time=True).cheapest() is None
    True
    """

    ground: Ground
    start: int
    end: int
    max_hops: int
    weighted: bool = False
    in_time: bool = False
    most: int | None = None

    def cheapest(
        self, rails: Sequence[int] = (), banned: Collection[int] = ()
    ) -> tuple[list[int], list[int], int] | None:
        """Nodes, links and cost of the best chain that begins with the nodes `rails` and then not with a `banned` one.

        None where there is none. Of equally cheap chains the one of fewest links, in time order then the one that can
        arrive first, then the one with the least ids.
        """
        rails = list(rails) or [self.start]
        blocked = self.ground.blocked(rails, (self.start, self.end))
        blocked[self.end] = False
        first = np.zeros(1, np.int64)
        labels = _Labels(first + self.start, first, first + NEVER, first - 1, first - 1)
        begin, best = 0, self.most
        for hop in range(1, self.max_hops + 1):
            grown = self._grow(labels, begin)
            grown = grown.take(_permitted(grown.node, hop, rails, blocked, banned))
            grown = grown.take(self._promising(grown, best))
            grown = _undominated(labels, grown)
            begin, labels = len(labels.node), labels + grown
            arrived = grown.cost[grown.node == self.end]
            best = min([*arrived.tolist(), *([] if best is None else [best])], default=None)
            if not len(grown.node) or (len(arrived) and not self.weighted):
                break
        return self._best(labels)

    def _grow(self, labels: _Labels, begin: int) -> _Labels:
        """Every chain one link longer than those from `begin` on, in the order of their nodes."""
        going = np.arange(begin, len(labels.node))
        going = going[labels.node[going] != self.end]
        step = self.ground.step_along if self.in_time else self.ground.step
        origin, neighbour, link = step(labels.node[going])
        parent, links = going[origin], self.ground.network.links
        cost = self.ground.costs[links.kind[link]] if self.weighted else np.ones(len(link), np.int64)
        time = labels.time[parent]
        fits = np.ones(len(link), bool)
        if self.in_time:
            departure = np.maximum(time, links.started_earliest[link])
            time = np.maximum(departure, links.ended_earliest[link])
            fits = (departure <= links.started_latest[link]) & (time <= links.ended_latest[link])
        grown = _Labels(
            neighbour.astype(np.int64), labels.cost[parent] + cost, time, link.astype(np.int64), parent.astype(np.int64)
        )
        return grown.take(fits)

    def _promising(self, grown: _Labels, best: int | None) -> Mask:
        """What can still lead to a chain as cheap as the best so far."""
        if best is None or not self.weighted:
            return np.ones(len(grown.node), bool)
        least = int(self.ground.costs.min())
        return np.asarray(np.where(grown.node == self.end, grown.cost <= best, grown.cost + least <= best))

    def _best(self, labels: _Labels) -> tuple[list[int], list[int], int] | None:
        arrived = np.flatnonzero(labels.node == self.end)
        if not len(arrived):
            return None
        place = int(arrived[np.lexsort((arrived, labels.time[arrived], labels.cost[arrived]))[0]])
        cost, nodes, links = int(labels.cost[place]), [self.end], list[int]()
        while labels.parent[place] >= 0:
            links.append(int(labels.link[place]))
            place = int(labels.parent[place])
            nodes.append(int(labels.node[place]))
        return nodes[::-1], links[::-1], cost


def _permitted(node: Whole, hop: int, rails: Sequence[int], blocked: Mask, banned: Collection[int]) -> Mask:
    """Along the rails the next node only; after them nothing blocked, and at once nothing banned."""
    if hop < len(rails):
        return np.asarray(node == rails[hop])
    free = ~blocked[node]
    return free & ~np.isin(node, sorted(banned)) if hop == len(rails) and banned else free


def _undominated(known: _Labels, grown: _Labels) -> _Labels:
    """The grown labels that no other label at their node beats, known or grown; in their order."""
    if not len(grown.node):
        return grown
    old = known.take(np.isin(known.node, grown.node))
    every = old + grown
    group = np.unique(every.node, return_inverse=True)[1]
    late = np.unique(every.time, return_inverse=True)[1]
    order = np.lexsort((np.arange(len(group)), late, every.cost, group))
    # Within a node by cost: the earliest time so far. Each group is moved below the one before, so that none sees it.
    shifted = late[order] - group[order] * (late.max() + 1)
    earlier = np.minimum.accumulate(shifted)
    new_group = np.ones(len(order), bool)
    new_group[1:] = group[order][1:] != group[order][:-1]
    better = new_group.copy()
    better[1:] |= shifted[1:] < earlier[:-1]
    kept = np.sort(order[better])
    return grown.take(kept[kept >= len(old.node)] - len(old.node))
