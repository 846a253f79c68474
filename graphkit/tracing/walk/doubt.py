"""Doubtful links that all chains to an entity go over: with the one gone nothing leads there."""

from __future__ import annotations

from collections import Counter

import numpy as np

from graphkit.tracing.walk.firmest import Chain, Tracer, first_chains
from graphkit.tracing.walk.strength import doubtful
from graphkit.tracing.walk.sweep import Trace

_MOST_TRIED = 100


def cutting(tracer: Tracer, whole: Trace, best: dict[int, Chain]) -> tuple[dict[int, list[int]], bool]:
    """For each of these entities the links graded below C3 without any of which it is not reached, in the order of its
    best chain; and whether all could be tried. `whole` is the trace of all chains.

    What is reached without any doubtful link depends on none. Only links that are on every chain known so far can cut
    an entity off: of these the one that most entities may depend on is left out next, which finds other chains.
    """
    links = tracer.network.links
    on_chains = np.unique([link for chain in best.values() for link in chain.links]).astype(np.int64)
    poor = set(on_chains[doubtful(links, on_chains)].tolist())
    open_ = {node: poor.intersection(chain.links) for node, chain in best.items()}
    if not any(open_.values()):
        return {}, True
    sure = tracer.trace(without=tuple(whole.walked[doubtful(links, whole.walked)].tolist()))
    open_ = {node: found for node, found in open_.items() if found and sure.place(node) < 0}
    cuts: dict[int, set[int]] = {node: set() for node in open_}
    _narrow(whole, open_, list(open_))
    for _ in range(_MOST_TRIED):
        count = Counter(link for found in open_.values() for link in found)
        if not count:
            break
        link = min(count, key=lambda each: (-count[each], each))
        mine = sorted(node for node, found in open_.items() if link in found)
        other = tracer.trace(without=(link,), sought=np.array(mine, np.int64))
        for node in mine:
            open_[node].discard(link)
            if other.place(node) < 0:
                cuts[node].add(link)
        _narrow(other, open_, mine)
    ordered = {node: [link for link in best[node].links if link in found] for node, found in cuts.items()}
    return ordered, not any(open_.values())


def _narrow(trace: Trace, open_: dict[int, set[int]], nodes: list[int]) -> None:
    """Leave only links that a chain of this trace goes over too."""
    mine = np.array(sorted(node for node in nodes if open_[node] and trace.place(node) >= 0), np.int64)
    for node, chain in zip(mine.tolist(), first_chains(trace, mine), strict=True):
        open_[node].intersection_update(chain.links)
