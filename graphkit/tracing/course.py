"""When each step of a chain was taken, as far as the chain itself tells: not before the step before, nor after the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.tracing.firmest import Chain, Tracer
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import FAR
from graphkit.tracing.ways import Ways

Span = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """When a step left and when it arrived, along the way things went: earliest and latest, microseconds."""

    departed: Span
    arrived: Span


UNTOLD = -FAR, FAR


def course(tracer: Tracer, chain: Chain) -> list[Step]:
    """The times on which a chain stands, step by step; both unknown of a tie that holds at whatever time.

    A step may stand on other times than its link's own: who gave of a lot had it at some time up to then. Of such a
    step only the arrival is told.
    """
    ways, link = Ways(tracer.network, tracer.request, tracer.same), np.array(chain.links, np.int64)
    departs, departs_latest, arrives, arrives_latest, at_once = ways.moments(link)
    lo, hi = np.array(chain.lo, np.int64), np.array(chain.hi, np.int64)
    last = np.where(at_once, departs_latest, arrives_latest)
    own = (lo >= departs) & (hi <= last)
    timed = (departs > -FAR) | (last < FAR) | ways.flows(link)
    leaves = np.where(own, np.maximum(departs, np.append(-FAR, lo[:-1])), lo)
    before = np.where(own, departs_latest, hi)
    for i in range(len(link) - 1, -1, -1):
        after = before[i + 1] if i + 1 < len(link) else FAR
        hi[i] = max(lo[i], min(hi[i], after))
        before[i] = max(leaves[i], min(before[i], hi[i]))
    return [
        _step((leaves[i], before[i]) if own[i] else UNTOLD, (lo[i], hi[i]), tracer.request.back)
        if timed[i]
        else Step(UNTOLD, UNTOLD)
        for i in range(len(link))
    ]


def _step(leaves: tuple[Whole, Whole], arrives: tuple[Whole, Whole], back: bool) -> Step:
    left, came = ((int(lo), int(hi)) for lo, hi in (leaves, arrives))
    if back:
        left, came = (-came[1], -came[0]), (-left[1], -left[0])
    return Step(left, came)
