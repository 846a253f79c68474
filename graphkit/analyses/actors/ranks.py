"""How actors stand by a measure over the links of a period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.actors.actors import ActorGraph, actor_graph
from graphkit.analyses.actors.centralities import Measure, ordered
from graphkit.analyses.actors.periods import Period
from graphkit.analyses.actors.roles import Supply
from graphkit.analyses.actors.ties import Ties, check_weights, ties
from graphkit.analyses.base import Casefile
from graphkit.analyses.goods.one_movement import told_together
from graphkit.analyses.parties.meant import meant
from graphkit.network.network import Network
from graphkit.tracing.identity.movements import KINDS

EXACT_UP_TO = 20_000  # actors: above, betweenness and closeness are sampled
CONFIDENCE = 0.9


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of the network: by which measure, over which kinds of links and of actors, without whom."""

    casefile: Casefile
    network: Network
    measure: Measure
    directed: bool
    weighted: bool
    kinds: tuple[str, ...]
    node_kinds: tuple[str, ...]
    without: tuple[int, ...]
    hub_size: int
    error: float
    seed: int


@dataclass(frozen=True, eq=False)
class Standing:
    """The actors in a period, by a measure.

    `order` (listed,) are places of actors, the most central first, or of bridges; `value` (actors or bridges,) their
    values, nan where there is none; `rank` (actors or bridges,) counts from 1, equal values have the same.
    """

    found: ActorGraph
    ties: Ties
    supply: Supply
    value: NDArray[np.float64]
    order: NDArray[np.int64]
    rank: NDArray[np.int64]
    ends: NDArray[np.int64] | None = None  # of bridges: places of both actors, shape (bridges, 2)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Which actors have any tie, shape (actors,)."""
        mask = np.zeros(len(self.ties.nodes), bool)
        mask[self.ties.source] = mask[self.ties.target] = True
        return mask


def standing(question: Question, period: Period) -> Standing:
    """How the actors stand in a period. Raises RequestError where weights or the measure do not allow it."""
    network, measure = question.network, question.measure
    links, whom = period.links(network), meant(question.casefile.store, network)
    without = np.zeros(len(network), bool)
    without[list(question.without)] = True
    without = whom.with_entries(without)
    links &= ~(without[network.links.source] | without[network.links.target])
    weighted = question.weighted or measure.name == "weighted_degree"
    counted = links & ~_told_again(question, links) if weighted else links
    found = actor_graph(network, question.node_kinds, question.kinds, question.hub_size, without, counted, whom.of)
    tied = ties(network, found)
    if weighted:
        check_weights(network, tied)
    relations = tied.relations(directed=question.directed, weighted=weighted)
    facts: dict[str, Any] = {"actors": len(relations), "ties": relations.links}
    supply = Supply(network, question.casefile.store, links)
    if measure.compute is None:
        from graphkit.centrality.cuts import bridges

        cut = bridges(relations)
        order = ordered(cut.parted, measure)
        ends = np.stack((cut.source, cut.target), axis=1)
        return Standing(found, tied, supply, cut.parted, order, _ranks(cut.parted, order), ends, facts)
    value, told = _values(question, relations)
    order = ordered(value, measure)
    if measure.name == "articulation_points":
        order = order[value[order] > 0]
    return Standing(found, tied, supply, value, order, _ranks(value, order), facts=facts | told)


def _told_again(question: Question, links: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which links, shape (links,), tell of a movement that another of these tells of too: it weighs once."""
    network, again = question.network, np.zeros(len(links), bool)
    moves = network.links.of_kinds(*KINDS)
    moves = moves[links[moves] & network.links.first[moves]]
    for group in told_together(question.casefile.store, network, moves):
        again[list(group[1:])] = True
    return again


def _values(question: Question, relations: Any) -> tuple[NDArray[np.float64], dict[str, Any]]:
    """The values by the measure, and how they were come by."""
    measure = question.measure
    if len(relations) <= EXACT_UP_TO or measure.name not in ("betweenness", "closeness") or question.weighted:
        assert measure.compute is not None
        return measure.compute(relations, question.weighted), {"method": "exact"}
    from graphkit.centrality.sampled import betweenness, closeness

    sample = betweenness if measure.name == "betweenness" else closeness
    value, error = sample(relations, question.error, 1 - CONFIDENCE, question.seed)
    return value, {"method": "sampled", "error": error, "confidence": CONFIDENCE, "seed": question.seed}


def _ranks(value: NDArray[np.float64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 for the first; those whose values are equal share the rank of the first of them."""
    rank = np.zeros(len(value), np.int64)
    listed = np.round(value[order], 12)
    new = np.ones(len(order), bool)
    new[1:] = (listed[1:] != listed[:-1]) & ~(np.isnan(listed[1:]) & np.isnan(listed[:-1]))
    rank[order] = np.maximum.accumulate(np.where(new, np.arange(1, len(order) + 1), 0)) if len(order) else 0
    return rank
