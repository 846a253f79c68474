"""Doubtful links that all chains to an entity go over: with the one gone nothing leads there."""

from __future__ import annotations

import numpy as np

from graphkit.tracing.firmest import Chain, Tracer
from graphkit.tracing.labels import Whole
from graphkit.tracing.strength import doubtful

_MOST_TRIED = 100


def cutting(tracer: Tracer, walked: Whole, best: dict[int, Chain]) -> tuple[dict[int, list[int]], bool]:
    """For each of these entities the links graded below C3 without any of which it is not reached, in the order of its
    best chain; and whether all could be tried. `walked` are the links that some chain goes over.

    What is reached without any doubtful link depends on none. Only links of its best chain can cut an entity off.
    """
    links = tracer.network.links
    on_chains = np.unique([link for chain in best.values() for link in chain.links]).astype(np.int64)
    poor = set(on_chains[doubtful(links, on_chains)].tolist())
    weak = {node: [link for link in chain.links if link in poor] for node, chain in best.items()}
    weak = {node: found for node, found in weak.items() if found}
    if not weak:
        return {}, True
    sure = tracer.trace(without=tuple(walked[doubtful(links, walked)].tolist()))
    weak = {node: found for node, found in weak.items() if sure.place(node) < 0}
    tried = sorted({link for found in weak.values() for link in found})
    reached = {link: tracer.trace(without=(link,)) for link in tried[:_MOST_TRIED]}
    cuts = {
        node: [link for link in found if link in reached and reached[link].place(node) < 0]
        for node, found in weak.items()
    }
    return cuts, len(tried) <= _MOST_TRIED
