"""Which entities and links a network page shows, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import hub_notes
from graphkit.analyses.parties.suspects import suspects
from graphkit.model.language import say
from graphkit.network.ground import Ground, hubs
from graphkit.network.network import Network
from graphkit.network.reach import reach

if TYPE_CHECKING:
    from graphkit.store.base import Store

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SHOWN_KINDS = ("Seizure", "Case")
_TO_DENS = (
    "CONTROLS",
    "DONE_AT",
    "SEIZED_AT",
)  # a place is a den that someone controls, where goods were made or seized
_TIED = 2  # what ties must be next to so many of those shown anyway


@dataclass(frozen=True, eq=False)
class Selection:
    """The page's entities, the first of them the most important, and the links among them, as positions."""

    nodes: Whole
    links: Whole
    centre: int  # -1 where the page is not about one entity
    left_out: int
    notes: tuple[str, ...]


def around(ground: Ground, start: int, hops: int, limit: int) -> Selection:
    """What is within some hops of one entity: the nearest first, then those with most neighbours, then by id."""
    network = ground.network
    found = reach(ground, start, hops)
    order = np.lexsort((found.node, -network.neighbours[found.node], found.hops))
    nodes = found.node[order]
    rule = say("the nearest, then those with most neighbours", "由近及远，同步数取相邻对象多者")
    notes = hub_notes(network, found.stopped.tolist()) if hops > 1 else ()
    return _cut(ground, nodes, start, limit, rule=rule, notes=notes)


def overview(ground: Ground, store: Store, limit: int) -> Selection:
    """The suspects, dens, seizures and cases, and what directly ties two or more of them, hubs aside.

    First come those shown for themselves, then what ties them; of each those with most neighbours, then by id.
    """
    network = ground.network
    shown, notes = _shown(network, store)
    tying = _neighbours_among(ground, shown)
    wanted = shown | ((tying >= _TIED) & ~_aside(ground))
    nodes = np.flatnonzero(wanted)
    beside = _neighbours_among(ground, wanted)
    order = np.lexsort((nodes, -beside[nodes], ~shown[nodes]))
    rule = say(
        "suspects, dens, seizures and cases first, then what ties them, of each those with most neighbours",
        "先列嫌疑人、窝点、扣押、案件，再列其间的纽带，各取相邻对象多者",
    )
    return _cut(ground, nodes[order], -1, limit, rule=rule, notes=notes)


def _shown(network: Network, store: Store) -> tuple[Mask, tuple[str, ...]]:
    """Suspects, dens, seizures and cases. Where no record says who is a suspect: every party, or else every entity."""
    shown, notes = suspects(network, store)
    shown = shown.copy()
    shown[network.of_kinds(*_SHOWN_KINDS)] = True
    links = network.links
    shown[links.target[links.of_kinds(*_TO_DENS)]] = True
    return shown, notes


def _aside(ground: Ground) -> Mask:
    return hubs(ground.network) if ground.closed is None else ground.closed


def _neighbours_among(ground: Ground, chosen: Mask) -> Whole:
    """How many distinct chosen neighbours each entity has; shape (nodes,)."""
    count = len(chosen)
    nodes = np.flatnonzero(chosen)
    origin, neighbour, _ = ground.step(nodes)
    other = neighbour != nodes[origin]
    pairs = np.unique(neighbour[other].astype(np.int64) * count + nodes[origin[other]])
    return np.bincount(pairs // max(count, 1), minlength=count)


def _cut(ground: Ground, nodes: Whole, centre: int, limit: int, *, rule: str, notes: tuple[str, ...]) -> Selection:
    kept = nodes[:limit] if limit else nodes
    left = len(nodes) - len(kept)
    told = (
        say(
            f"{left} of {len(nodes)} entities are left out at the limit of {limit}. Kept: {rule}.",
            f"共 {len(nodes)} 个对象，限 {limit} 个，略去 {left} 个。保留次序：{rule}。",
        ),
    )
    return Selection(kept, _links_among(ground, kept), centre, left, (*notes, *(told if left else ())))


def _links_among(ground: Ground, nodes: Whole) -> Whole:
    """The links walked whose ends are both here, by position."""
    inside = np.zeros(len(ground.network), bool)
    inside[nodes] = True
    _, neighbour, link = ground.step(nodes)
    return np.unique(link[inside[neighbour]]).astype(np.int64)
