"""Finding groups among actors, and telling of each member where it stands in its group and between groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.actors.actors import ActorGraph, actor_graph
from graphkit.analyses.actors.periods import Period
from graphkit.analyses.actors.ties import Ties, check_weights, ties
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.meant import meant
from graphkit.analyses.regions.whereabouts import regions_of
from graphkit.centrality.communities import communities, modularity, participation, simmelian, ties_to_groups
from graphkit.centrality.relations import Relations, Rows, summed
from graphkit.model.answer import Row
from graphkit.model.links import BY_NAME
from graphkit.model.regions import name

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network

_ROWS_BEHIND = 20  # links of each member whose rows are named
_AS_IT_IS = "LINKED"
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Groups:
    """Actors with their ties as a graph, and the group of each, shape (actors,), from 0; -1 for who has no tie."""

    casefile: Casefile
    network: Network
    found: ActorGraph
    ties: Ties
    relations: Relations
    label: Whole
    facts: dict[str, Any]

    @property
    def untied(self) -> int:
        """How many actors have no tie."""
        return int((self.label < 0).sum())

    @cached_property
    def province(self) -> Whole:
        """The code of each actor's province, 0 where it is unknown."""
        return self.region // 10_000 * 10_000

    @cached_property
    def region(self) -> Whole:
        """The code of each actor's division, 0 where it is unknown."""
        return regions_of(self.network, self.casefile.store)[self.ties.nodes].astype(np.int64)


def found_groups(
    casefile: Casefile, kinds: tuple[str, ...], node_kinds: tuple[str, ...], within: Period, *, hub_size: int,
    resolution: float,
) -> Groups:  # fmt: skip
    """The groups of the actors of these kinds over links of these kinds in a period."""
    network = casefile.network()
    links = within.links(network) if within.label else None
    whom = meant(casefile.store, network)
    found = actor_graph(network, node_kinds, kinds, hub_size, links=links, meant=whom.of)
    tied = ties(network, found)
    check_weights(network, tied)
    relations = strengths(network, tied)
    label = communities(relations, resolution)
    facts: dict[str, Any] = {
        "groups": int(label.max(initial=-1)) + 1,
        "modularity": modularity(relations, label, resolution),
    }
    made = Groups(casefile, network, found, tied, relations, label, facts)
    facts["region_overlap"] = overlap(label, made.province)
    return made


def strengths(network: Network, tied: Ties) -> Relations:
    """The ties as a graph in which the links of one kind between two actors weigh 1 + ln n, the firmer kinds more.

    Salton and Buckley (1988), Term-weighting approaches, damp counts so; what a file says a link weighs stays as it is.
    """
    table, size = network.links, len(tied.nodes)
    kind = np.where(tied.link >= 0, table.kind[tied.link], -1) if len(table) else np.full(len(tied.link), -1)
    low, high = np.minimum(tied.source, tied.target), np.maximum(tied.source, tied.target)
    apart = low != high
    total = summed(size, low[:0], high[:0], tied.weight[:0])
    for code in np.unique(kind).tolist():
        chosen = apart & (kind == code)
        told = summed(size, low[chosen], high[chosen], tied.weight[chosen])
        total = total + _firm(told, table.kinds[code] if code >= 0 else "")
    return Relations.undirected(total)


def _firm(told: Any, kind: str) -> Any:
    """What the links of one kind are worth, from their number or weight by pair."""
    if kind and (kind not in BY_NAME or kind == _AS_IT_IS):
        return told
    told.data = np.where(told.data > 1, 1.0 + np.log(np.maximum(told.data, 1.0)), told.data)
    return told / BY_NAME[kind].distance if kind else told


def overlap(label: Whole, other: Whole) -> float | None:
    """Normalised mutual information of two divisions, over what is known in both; nothing where one has one part.

    >>> overlap(np.array([0, 0, 1, 1]), np.array([7, 7, 9, 9])), overlap(np.array([0, 1, 0, 1]), np.array([7, 7, 9, 9]))
    (1.0, 0.0)
    """
    both = (label >= 0) & (other > 0)
    if not both.any():
        return None
    one, two = (np.unique(each[both], return_inverse=True)[1] for each in (label, other))
    joint = np.bincount(one * (int(two.max()) + 1) + two)
    entropies = [_entropy(np.bincount(each)) for each in (one, two)]
    if not all(entropies):
        return None
    shared = sum(entropies) - _entropy(joint)
    return round(max(shared, 0.0) / math.sqrt(entropies[0] * entropies[1]), 6)


def _entropy(counts: Whole) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def rows(found: Groups, group: int | None, limit: int, *, bridging: bool) -> tuple[list[Row], int]:
    """Members by group, the most strongly tied to it first; and how many there are in all."""
    label, relations = found.label, found.relations
    tied = ties_to_groups(relations, label)
    own = tied.neighbour == label[tied.origin]
    inside, outside = (np.bincount(tied.origin, tied.weight * part, minlength=len(label)) for part in (own, ~own))
    order = np.lexsort((np.arange(len(label)), -np.round(inside, 9), label))
    chosen = label[order] >= 0 if group is None else label[order] == group - 1
    if bridging:
        chosen &= outside[order] > 0
    listed = order[chosen]
    shown = listed[:limit]
    spread, strength = participation(tied), simmelian(relations, label, shown)
    others = {place: _others(tied, place, int(label[place])) for place in shown.tolist()}
    regions, size = _regions(found), np.bincount(label[label >= 0])
    made = []
    for place, held in zip(shown.tolist(), strength.tolist(), strict=True):
        position, code = int(found.ties.nodes[place]), int(label[place])
        region = int(found.region[place])
        made.append({
            "group": code + 1, "size": int(size[code]), "id": found.network.ids[position],
            "name": found.network.name_of(position), "kind": found.network.kind_of(position),
            "region": f"{region:06}" if region else None, "regions": regions.get(code, []),
            "inside": round(float(inside[place]), 6), "outside": round(float(outside[place]), 6),
            "bridging": round(float(spread[place]), 6), "bridges_to": others[place], "simmelian": round(held, 6),
        })  # fmt: skip
    return _with_evidence(found, made, shown), len(listed)


def _others(tied: Rows, place: int, own: int) -> list[int]:
    """The other groups that an actor is tied to, the most strongly first."""
    entries = range(int(tied.indptr[place]), int(tied.indptr[place + 1]))
    ranked = sorted((-round(float(tied.weight[entry]), 9), int(tied.neighbour[entry])) for entry in entries)
    return [group + 1 for _, group in ranked if group != own]


def _regions(found: Groups) -> dict[int, list[str]]:
    """How many of each group's members are in each province, most first."""
    known = (found.province > 0) & (found.label >= 0)
    pairs, counts = np.unique(
        np.stack((found.label[known], found.province[known])), axis=1, return_counts=True
    )  # fmt: skip
    listed: dict[int, list[tuple[int, int]]] = {}
    for code, province, count in zip(*pairs.tolist(), counts.tolist(), strict=True):
        listed.setdefault(code, []).append((-count, province))
    return {
        code: [f"{name(str(province)) or province} {-count}" for count, province in sorted(some)]
        for code, some in listed.items()
    }


def _with_evidence(found: Groups, made: list[Row], shown: Whole) -> list[Row]:
    network = found.network
    behind = [found.found.links_at(position)[:_ROWS_BEHIND].tolist() for position in found.ties.nodes[shown].tolist()]
    evidence = evidence_of(found.casefile.store, network, {link for links in behind for link in links})
    return [
        {**row, "evidence": merged(evidence[link] for link in links)} for row, links in zip(made, behind, strict=True)
    ]
