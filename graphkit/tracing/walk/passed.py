"""What a compiled trace leaves to be asked: states, links it went over, when each entity was there at the latest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network import timetable
from graphkit.network.sorting import distinct
from graphkit.network.timetable import media
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, CALLS, FAR, MONEY
from graphkit.tracing.walk.compiled import NODE, PARENT
from graphkit.tracing.walk.latest import along_ties, around, by_medium, medium_of
from graphkit.tracing.walk.level import Levels
from graphkit.tracing.walk.moving import went_over

_OF = np.full(timetable.MEDIA, ANY, np.int64)  # what is carried along flows of each medium
_OF[[timetable.MONEY, timetable.CALLS]] = MONEY, CALLS


@dataclass(frozen=True, eq=False)
class Passed:
    """A trace of so many levels, whose labels and ties were as many then; `stopped` by the bound on hops."""

    known: Levels
    levels: int
    count: int
    ties: int
    stopped: bool

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
        return distinct(np.concatenate([self._flows, ties[ties >= 0]]))

    @cached_property
    def _flows(self) -> Whole:
        return self.known.walked(self.levels).astype(np.int64)

    def moved(self) -> Whole:
        """Those of them that are more than ties of one party's names, sorted."""
        steps = Labels.joined(self.known.ties[1 : self.ties])
        over = went_over(self.known.ways, self.known.labels[NODE][steps.parent], steps.node, steps.link)
        return distinct(np.concatenate([self._flows, steps.link[over]]))

    def latest(self, node: Whole, moved: Whole) -> Whole:
        """When each of these entities was reached at the latest: by flows that were walked, or by ties."""
        ways = self.known.ways
        wanted = node if self.stopped else around(ways, node, self.ends()[0])
        found = by_medium(*self._last(wanted, moved))
        moments = found[2] if self.stopped else along_ties(ways, *found)
        place, last = np.searchsorted(node, found[0]), np.full(len(node), -FAR)
        asked = place < len(node)
        asked[asked] = node[place[asked]] == found[0][asked]
        np.maximum.at(last, place[asked], moments[asked])
        return last

    def _last(self, node: Whole, moved: Whole) -> tuple[Whole, Whole, Whole]:
        """When flows and ties led to these entities: entity, medium, last moment."""
        ways, ties = self.known.ways, Labels.joined(self.known.ties[1 : self.ties])
        mine = np.zeros(len(ways.network) + 1, bool)
        mine[node] = True
        ends = ways.links.source if ways.request.back else ways.links.target
        links = moved[mine[ends[moved]]]
        links = links[ways.flows(links)]
        tied = np.flatnonzero(mine[ties.node])
        flow = _OF[media(ways.links.kinds)[ways.links.kind[links]]]
        columns = (
            (ends[links].astype(np.int64), ties.node[tied]),
            (flow, medium_of(ties.carried[tied])),
            (ways.moments(links)[3], ties.hi[tied]),
        )
        one, two, three = (np.concatenate(column) for column in columns)
        return one, two, three
