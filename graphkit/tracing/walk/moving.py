"""States that a link leads to: by what takes time, and by what holds whenever something is there."""

from __future__ import annotations

import numpy as np

from graphkit.model.nodes import PARTY_KINDS
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, FAR
from graphkit.tracing.walk.ways import Entries, Mask, Ways


def moved(ways: Ways, labels: Labels, entries: Entries, carried: Whole, score: object) -> Labels:
    """By links that take time."""
    possible, lo, hi = ways.travel(labels, entries)
    chosen = np.flatnonzero(possible)
    own = ways.scores(entries[2]) * np.asarray(score)
    return Labels.made(entries[1], carried, lo, hi, entries[2], entries[0], own).take(chosen)


def tied(ways: Ways, labels: Labels, entries: Entries, carried: Whole | int, score: object = 1.0) -> Labels:
    """By ties, which change nothing of when it is there."""
    origin, node, link = entries
    own = ways.scores(link) * np.asarray(score)
    return Labels.made(node, carried, labels.lo[origin], labels.hi[origin], link, origin, own)


def went_over(ways: Ways, before: Whole, node: Whole, link: Whole) -> Mask:
    """Which of these steps, each from the entity before by a link, are more than ties: whom a delivery's row shows a
    party to be has not therefore had it.
    """
    near, far = (ways.links.source, ways.links.target)[:: -1 if ways.request.back else 1]
    along: Mask = (near[link] == before) & (far[link] == node)
    return along | ~ways.flows(link) | ~ways.of_kind(before, *PARTY_KINDS)


def all_there(ways: Ways, labels: Labels, mine: Whole) -> Mask:
    """Which of these stand for whatever there ever was with the start and whom ties join to it: nothing is weak."""
    link = labels.link[mine]
    moved_there = (link >= 0) & ways.flows(np.maximum(link, 0)) if len(ways.links) else link >= 0
    mask: Mask = (labels.carried[mine] == ANY) & (labels.lo[mine] <= -FAR) & ~moved_there
    return mask


def placed(mine: Whole, entries: Entries) -> Entries:
    """Entries whose places are among all labels, not only among mine."""
    return mine[entries[0]], entries[1], entries[2]


def some(entries: Entries, chosen: Whole | Mask) -> Entries:
    """Some of the entries."""
    return entries[0][chosen], entries[1][chosen], entries[2][chosen]
