"""What leaves each node when: the links that goods, money and calls go along, in the order of time, and all other ties.

Walking in the order of time reads these from front to back, and nothing else of a link that it does not take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME

GOODS, MONEY, CALLS, TIES = range(4)  # the media, and what is none
MEDIA = 4
FAR = 2**61  # microseconds: an unknown time lies anywhere between -FAR and FAR
LASTING = ("SHIPPED",)  # an arrival that is not stated is unknown; other links happen in one moment
_GOODS_LINKS = ("SUPPLIED", "SHIPPED", "LINKED")
_FLOWS = {"PAID": MONEY, "CALLED": CALLS}
_FEW = 100_000  # links; from there on counting is faster than sorting
_SECONDS = 16  # a lasting link's grade is told this much higher


@dataclass(frozen=True, eq=False)
class Timetable:
    """The links that leave each node, or going back those that come to it, with their times negated.

    Entries of node `i` and medium `m` stand at `indptr[4 * i + m]:indptr[4 * i + m + 1]`, by when they can leave at the
    latest, then link. Shapes: `indptr` (4 * nodes + 1,); `times` (entries, 2) when it can leave, earliest and latest;
    `what` (entries, 4) the neighbour, the link, the code of the goods it carries (-1 unknown), and the weaker half of
    its Admiralty grade, 0 none, with 16 more where it takes time to arrive. `kinds` (nodes,) has a bit for each kind of
    link at the node, of the first 63; the last bit is for all others.
    """

    indptr: NDArray[np.int64]
    times: NDArray[np.int64]
    what: NDArray[np.int32]
    kinds: NDArray[np.uint64]

    @classmethod
    def of(cls, nodes: int, links: Any, *, back: bool) -> Timetable:
        """The timetable of a network's `Links`."""
        near, far = (links.target, links.source) if back else (links.source, links.target)
        earliest, latest = departures(links, back=back)
        row = near.astype(np.int64) * MEDIA + media(links.kinds)[links.kind]
        order = np.argsort(latest, kind="stable")
        order, indptr = _by_row(order, row, nodes * MEDIA)
        worse = np.maximum(_judged(links.reliability), _judged(links.credibility))
        grade = (worse + _SECONDS * lasting(links)).astype(np.int8)
        carried = np.where(links.batch >= 0, links.batch, links.product)
        bits = np.uint64(1) << np.minimum(links.kind, 63).astype(np.uint64)
        kinds = np.zeros(nodes, np.uint64)
        np.bitwise_or.at(kinds, near, bits)
        what = np.empty((len(order), 4), np.int32)
        for place, column in enumerate((far, None, carried, grade)):
            what[:, place] = order if column is None else column[order]
        return cls(indptr, np.stack((earliest[order], latest[order]), axis=1), what, kinds)

    def ties(self, nodes: NDArray[np.int64], codes: Sequence[int]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The entries that are ties, of such kinds, at these nodes: place among the nodes, neighbour, link."""
        wanted = np.bitwise_or.reduce([np.uint64(1) << np.uint64(min(code, 63)) for code in codes], dtype=np.uint64)
        some = np.flatnonzero(self.kinds[nodes] & wanted)
        begin = self.indptr[nodes[some] * MEDIA + TIES]
        count = self.indptr[nodes[some] * MEDIA + TIES + 1] - begin
        origin = np.repeat(np.arange(len(some)), count)
        entry = np.arange(len(origin)) + (begin - np.cumsum(count) + count)[origin]
        return some[origin], self.what[entry, 0], self.what[entry, 1]


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


def departures(links: Any, *, back: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The earliest and the latest moment that each link can leave; going back, that it can have arrived, negated."""
    if not back:
        return np.clip(links.started_earliest, -FAR, FAR), np.clip(links.started_latest, -FAR, FAR)
    takes = lasting(links)
    earliest = np.where(takes, links.ended_earliest, links.started_earliest)
    latest = np.where(takes, links.ended_latest, links.started_latest)
    return -np.clip(latest, -FAR, FAR), -np.clip(earliest, -FAR, FAR)


def _judged(half: NDArray[np.int8]) -> NDArray[np.int8]:
    """A half of the grade from 1 to 5, and 0 where it judges nothing."""
    return np.where(half == 6, 0, half).astype(np.int8)


def _by_row(order: NDArray[np.int64], row: NDArray[np.int64], rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """These in the order of their rows, those of one row as they were, and where each row begins."""
    if len(order) < _FEW:
        order = order[np.argsort(row[order], kind="stable")]
        return order, np.concatenate(([0], np.cumsum(np.bincount(row, minlength=rows))))
    from scipy.sparse import coo_array

    place = np.arange(1, len(order) + 1)
    table = coo_array((order + 1, (row[order], place - 1)), shape=(rows, max(len(order), 1))).tocsr()
    return table.data.astype(np.int64) - 1, table.indptr.astype(np.int64)
