"""Which delivery went into which, where a row says so, as FoodChain-Lab's files do: what is said is believed.

A delivery of which a row says what it went into (going back: what went into it) goes on by that alone; its state is the
delivery itself, so that two deliveries of one lot do not lend each other their ways. Where times say that it came after
that had left, one of them is mistaken: what is said stands, and the time of its coming is a range that begins early
enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphkit.network.adjacency import Adjacency
from graphkit.network.network import EVER, NEVER, Network
from graphkit.tracing.labels import Whole

DELIVERY, RELATION, SUPPLY = "Delivery", "WENT_INTO", "SUPPLIED"
_late = WeakKeyDictionary["Network", tuple[Whole, Whole]]()  # of networks in use


@dataclass(frozen=True, eq=False)
class Told:
    """Shapes: `delivery` (links,) the node of the delivery that a link is, -1 where it has none of which rows tell;
    `link` (nodes,) the link that a delivery's node is, -1 for others. `ahead` leads from link to link, as a trace goes.
    """

    delivery: Whole
    link: Whole
    ahead: Adjacency

    @classmethod
    def of(cls, network: Network, back: bool) -> Told | None:
        """What rows tell; None where they tell nothing."""
        table = network.links
        if table.kind_code(RELATION) < 0:  # one look, however large the network is
            return None
        link, relations, ends = _stated(network)
        near, far = (end.astype(np.int32) for end in (ends[::-1] if back else ends))
        ahead = Adjacency.of(len(table), near, far, relations.astype(np.int32))
        delivery = np.full(len(table), -1, np.int64)
        nodes = np.flatnonzero(link >= 0)
        delivery[link[nodes]] = nodes
        return cls(delivery, link, ahead)

    def leads_on(self, link: Whole) -> NDArray[np.bool_]:
        """Whether a row says what these links went into, or going back what went into them."""
        found: NDArray[np.bool_] = self.ahead.indptr[link + 1] > self.ahead.indptr[link]
        return found

    def entries(self, carried: Whole) -> tuple[Whole, Whole]:
        """From each of these deliveries to the links that it went into: place among them, link."""
        origin, link, _ = self.ahead.expand(self.link[carried])
        return origin, link.astype(np.int64)

    def is_delivery(self, carried: Whole) -> NDArray[np.bool_]:
        """Whether a state carries a delivery of which rows tell."""
        inside = (carried >= 0) & (carried < len(self.link))
        found: NDArray[np.bool_] = inside & (self.link[np.where(inside, carried, 0)] >= 0)
        return found


def _stated(network: Network) -> tuple[Whole, Whole, tuple[Whole, Whole]]:
    """The link of each delivery's node, -1 for others; the relations; and the links that each leads from and to."""
    table = network.links
    relations = table.of_kinds(RELATION)
    link = np.full(len(network), -1, np.int64)
    for node in network.of_kinds(DELIVERY).tolist():
        link[node] = table.ids.find(f"{SUPPLY}:{network.ids[node]}")
    ends = link[table.source[relations]], link[table.target[relations]]
    known = (ends[0] >= 0) & (ends[1] >= 0)
    return link, relations[known], (ends[0][known], ends[1][known])


def late(network: Network) -> tuple[Whole, Whole]:
    """Deliveries that by their times came after what they went into had left, sorted; and by when they must have come
    for all that rows say of what they went into, and what that went into.
    """
    if network not in _late:
        _late[network] = _found_late(network)
    return _late[network]


def _found_late(network: Network) -> tuple[Whole, Whole]:
    table = network.links
    if table.kind_code(RELATION) < 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    _, _, (near, far) = _stated(network)
    left = np.minimum(table.started_latest, table.ended_latest)
    needed = np.full(len(table), EVER)
    while True:
        before = needed[near]
        np.minimum.at(needed, near, np.minimum(left, needed)[far])
        if (needed[near] == before).all():
            break
    came = np.where(table.ended_earliest == NEVER, table.started_earliest, table.ended_earliest)
    found = np.flatnonzero(came > needed)
    return found, needed[found]
