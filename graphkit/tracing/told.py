"""Which delivery went into which, where a row says so, as FoodChain-Lab's files do: what is said is believed.

A delivery of which a row says what it went into (going back: what went into it) goes on by that alone; its state is the
delivery itself, so that two deliveries of one lot do not lend each other their ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.adjacency import Adjacency
from graphkit.network.network import Network
from graphkit.tracing.labels import Whole

DELIVERY, RELATION, SUPPLY = "Delivery", "WENT_INTO", "SUPPLIED"


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
        relations = table.of_kinds(RELATION)
        link = np.full(len(network), -1, np.int64)
        for node in network.of_kinds(DELIVERY).tolist():
            link[node] = table.ids.find(f"{SUPPLY}:{network.ids[node]}")
        ends = link[table.source[relations]], link[table.target[relations]]
        known = (ends[0] >= 0) & (ends[1] >= 0)
        near, far = (end[known].astype(np.int32) for end in (ends[::-1] if back else ends))
        ahead = Adjacency.of(len(table), near, far, relations[known].astype(np.int32))
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
