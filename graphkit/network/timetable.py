"""What leaves each node when: the links that goods, money and calls go along, in the order of time, and all other ties.

Walking in the order of time reads these from front to back, and nothing else of a link that it does not take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.network import clock as clocks
from graphkit.network.clock import Clock
from graphkit.network.sorting import by_row

GOODS, MONEY, CALLS, TIES = range(4)  # the media, and what is none
MEDIA = 4
FAR = clocks.FAR
LASTING = ("SHIPPED",)  # an arrival that is not stated is unknown; other links happen in one moment
_GOODS_LINKS = ("SUPPLIED", "SHIPPED", "LINKED")
_FLOWS = {"PAID": MONEY, "CALLED": CALLS}


@dataclass(frozen=True, eq=False)
class Timetable:
    """The links that leave each node, or going back those that come to it.

    Entries of node `i` and medium `m` stand at `indptr[r]:indptr[r + 1]`, `r` being m * nodes + i, by the last moment
    at which they can still be taken, then link: a walk along one medium never reads past what the others hold. Shapes:
    `indptr` (4 * nodes + 1,); `entry` (entries,) records of `earliest`, the
    first moment at which it can have arrived, `latest`, the last at which it can still be taken so as to arrive in
    time, `other`, the neighbour, `link`, `goods`, the code of what it carries (-1 unknown), and `grade`, the weaker
    half of its Admiralty grade, 0 none. Moments are numbers of the clock, whose base and unit are `ticks` (2,); going
    back they count backwards. `kinds` (nodes,) has a bit for each kind of link at the node, of the first 63; the last
    bit is for all others.

    Nothing else of a link's times matters where waits are not bounded: who is there by `latest` can take it, and has
    arrived at `earliest`, or at once where that is past.
    """

    indptr: NDArray[np.int32]
    entry: NDArray[Any]
    ticks: NDArray[np.int64]
    kinds: NDArray[np.uint64]

    @classmethod
    def both(cls, nodes: int, links: Any) -> tuple[Timetable, Timetable]:
        """The timetables of a network's `Links`, forward and back."""
        clock, times = _times(links)
        worse = np.maximum(_judged(links.reliability), _judged(links.credibility))
        carried = np.where(links.batch >= 0, links.batch, links.product)
        columns = media(links.kinds).astype(np.int8)[links.kind], carried, worse
        back = clock.top - times[1], clock.top - times[0]
        return (
            cls._of(nodes, links.kind, (links.source, links.target), times, columns, clock),
            cls._of(nodes, links.kind, (links.target, links.source), back, columns, clock),
        )

    @classmethod
    def _of(
        cls, nodes: int, kind: NDArray[np.int16], ends: tuple[NDArray[np.int32], NDArray[np.int32]],
        times: tuple[NDArray[Any], NDArray[Any]], columns: tuple[NDArray[Any], ...], clock: Clock,
    ) -> Timetable:  # fmt: skip
        near, far = ends
        medium, carried, worse = columns
        order, indptr = by_row(medium * np.int64(nodes) + near, nodes * MEDIA, times[1])
        names = "earliest", "latest", "other", "link", "goods", "grade"
        kinds = times[0].dtype, times[1].dtype, np.int32, np.int32, np.int32, np.int8
        entry = np.zeros(len(order), np.dtype(list(zip(names, kinds, strict=True)), align=True))
        for name, column in zip(names, (*times, far, None, carried, worse), strict=True):
            entry[name] = order if column is None else column[order]
        bits = np.zeros(nodes, np.uint64)
        np.bitwise_or.at(bits, near, np.uint64(1) << np.minimum(kind, 63).astype(np.uint64))
        return cls(indptr, entry, np.array([clock.base, clock.unit]), bits)

    @cached_property
    def clock(self) -> Clock:
        """What numbers its moments."""
        return Clock(int(self.ticks[0]), int(self.ticks[1]))

    def ties(self, nodes: NDArray[np.int64], codes: Sequence[int]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The entries that are ties, of such kinds, at these nodes: place among the nodes, neighbour, link."""
        some = np.flatnonzero(self.has(nodes, codes))
        row = nodes[some] + TIES * len(self.kinds)
        begin = self.indptr[row].astype(np.int64)
        count = self.indptr[row + 1] - begin
        origin = np.repeat(np.arange(len(some)), count)
        entry = self.entry[np.arange(len(origin)) + (begin - np.cumsum(count) + count)[origin]]
        return some[origin], entry["other"], entry["link"]

    def has(self, nodes: NDArray[Any], codes: Sequence[int]) -> NDArray[np.bool_]:
        """Whether a link of one of these kinds may be at each of these nodes."""
        wanted = np.bitwise_or.reduce([np.uint64(1) << np.uint64(min(code, 63)) for code in codes], dtype=np.uint64)
        mask: NDArray[np.bool_] = (self.kinds[nodes] & wanted) > 0
        return mask


def media(kinds: Sequence[str]) -> NDArray[np.int64]:
    """The medium of each kind of link; goods move along kinds that the model does not know, as in plain edge lists."""
    goods = [kind in _GOODS_LINKS or kind not in BY_NAME for kind in kinds]
    return np.array(
        [GOODS if mine else _FLOWS.get(kind, TIES) for kind, mine in zip(kinds, goods, strict=True)], np.int64
    )


def lasting(links: Any) -> NDArray[np.bool_]:
    """Which links take time: they leave and arrive, and are not in one moment."""
    kinds = np.isin(links.kind, [links.kind_code(kind) for kind in LASTING if links.kind_code(kind) >= 0])
    mask: NDArray[np.bool_] = kinds | (links.ended_earliest > -FAR) | (links.ended_latest < FAR)
    return mask


def _times(links: Any) -> tuple[Clock, tuple[NDArray[Any], NDArray[Any]]]:
    """The clock of these links, and of each the first moment it can have arrived and the last it can be taken.

    Seen back in time the two change places. A link that must have left after it arrived can never be taken.
    """
    clock = Clock.of(links.started_earliest, links.started_latest, links.ended_earliest, links.ended_latest)
    earliest, latest = clock.numbers(links.started_earliest), clock.numbers(links.started_latest)
    never = np.flatnonzero(earliest > latest)
    slow = np.flatnonzero(lasting(links))
    ended = clock.numbers(links.ended_earliest[slow]), clock.numbers(links.ended_latest[slow])
    leaves = earliest[slow], latest[slow]
    arrives = np.maximum(leaves[0], ended[0])
    never = np.concatenate((never, slow[arrives > ended[1]]))
    earliest[slow], latest[slow] = arrives, np.minimum(leaves[1], ended[1])
    earliest[never], latest[never] = clock.top, 0
    return clock, (earliest, latest)


def _judged(half: NDArray[np.int8]) -> NDArray[np.int8]:
    """A half of the grade from 1 to 5, and 0 where it judges nothing."""
    return np.where(half == 6, 0, half).astype(np.int8)
