"""What a compiled trace leaves to be asked: states, links it went over, when each entity was there at the latest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.sorting import distinct
from graphkit.tracing.compiled import NODE, PARENT
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.level import Levels
from graphkit.tracing.request import FAR


@dataclass(frozen=True, eq=False)
class Passed:
    """A trace of so many levels, whose labels and ties were as many then."""

    known: Levels
    levels: int
    count: int
    ties: int

    def labels(self) -> Labels:
        """All states, in order of their hops."""
        return self.known.made(np.arange(self.count))

    def hops(self) -> Whole:
        """The hops of each of these."""
        return np.repeat(np.arange(self.levels + 1), np.diff(self.known.begins[: self.levels + 2]))

    def ends(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of all states the node and the state before."""
        return self.known.labels[NODE][: self.count], self.known.labels[PARENT][: self.count]

    def take(self, chosen: Whole) -> Labels:
        """Some of the states."""
        return self.known.made(chosen)

    def walked(self) -> Whole:
        """The links that some chain goes over, sorted."""
        ties = np.concatenate([each.link for each in self.known.ties[: self.ties]])
        return distinct(np.concatenate([self.known.walked(self.levels).astype(np.int64), ties[ties >= 0]]))

    def latest(self, node: Whole, walked: Whole) -> Whole:
        """When each of these entities was reached at the latest: by flows that were walked, or by ties."""
        ways, ties = self.known.ways, Labels.joined(self.known.ties[1 : self.ties])
        last, place = np.full(len(node), -FAR), np.zeros(len(ways.network) + 1, np.int32)
        place[node] = np.arange(1, len(node) + 1)
        links = walked[place[(ways.links.source if ways.request.back else ways.links.target)[walked]] > 0]
        links = links[ways.flows(links)]
        ends = (ways.links.source if ways.request.back else ways.links.target)[links]
        for reached, moments in ((ends, ways.moments(links)[3]), (ties.node, ties.hi)):
            at = place[reached]
            np.maximum.at(last, at[at > 0] - 1, moments[at > 0])
        return last
