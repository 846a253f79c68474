"""When each step of a chain was taken, as the chain itself tells: after the step before it, and before the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.tracing.request import FAR
from graphkit.tracing.walk.firmest import Chain, Tracer

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
    ways, link = tracer.ways, np.array(chain.links, np.int64)
    departs, departs_latest, _, arrives_latest, at_once = ways.moments(link)
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
        _step(spans, tracer.request.back, bool(own[i])) if timed[i] else Step(UNTOLD, UNTOLD)
        for i, spans in enumerate(np.stack((leaves, before, lo, hi), axis=1).tolist())
    ]


def _step(spans: list[int], back: bool, own: bool) -> Step:
    left, came = (spans[0], spans[1]), (spans[2], spans[3])
    if not own:
        left = UNTOLD
    if back:
        left, came = (-came[1], -came[0]), (-left[1], -left[0])
    return Step(left, came)
