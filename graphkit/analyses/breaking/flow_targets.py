"""What can be hit of a flow: who it passes through, the routes between two, the accounts of somebody, a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.flow_ground import FlowGround
from graphkit.analyses.breaking.ground import Ground
from graphkit.errors import RequestError
from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.simple import SimpleGraph
from graphkit.tracing.identity.movements import PURCHASE

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

# What a hit on something that nothing flows through itself takes out: whom these links lead to, or come from.
_STANDS_FOR = {"Place": (("CONTROLS", "into"), ("LOCATED_AT", "into"))}
_HOLDERS = (("HOLDS", "out"),)


@dataclass(frozen=True, eq=False)
class Targets:
    """`ground` tells targets as every strike does; target `i` takes out `parts[i]`: nodes and routes of the flow."""

    ground: Ground
    parts: list[list[int]]


def targets_of(flow: FlowGround, kinds: Sequence[str]) -> Targets:
    """Every node of the flow, and what else of these kinds can be hit; only those of the kinds are `ground.target`.

    Without kinds all whom something flows through can be hit, but for those who are known as buyers by what they say
    they bought: victims and test buyers. Links of the kinds
    that goods or money move by stand for routes: all that went from one to another. A place stands for those who
    control it or are there and nowhere else, a party for its accounts where money is followed.
    """
    network, count = flow.network, len(flow.nodes)
    chosen = [network.kinds.index(kind) for kind in kinds if kind in network.kinds]
    hit = np.isin(network.kind[flow.nodes], chosen)
    if not kinds:
        hit = ~_said_to_buy(flow)
    entity, parts = flow.nodes.tolist(), [[i] for i in range(count)]
    for position, nodes in _others(flow, [kind for kind in kinds if kind in network.kinds]):
        entity.append(position)
        parts.append(nodes)
    routes = _routes(flow, kinds)
    parts += [[count + i] for i in routes.tolist()]
    target = np.concatenate((hit, np.ones(len(parts) - count, bool)))
    if not target.any():
        raise RequestError(
            f"Nothing of these kinds is in the flow: {', '.join(kinds)}.", f"流量中没有这些种类：{'、'.join(kinds)}。"
        )
    own = _route_links(flow, routes, kinds)
    return Targets(_ground(flow, np.array(entity + [-1] * len(routes), np.int64), target, parts, own), parts)


def _route_links(flow: FlowGround, routes: Ints, kinds: Sequence[str]) -> list[Ints]:
    """The links behind each route, those of the kinds that are to be hit first: they name it."""
    asked, found = _of_kinds(flow, kinds), list[Ints]()
    for route in routes.tolist():
        links = np.array(flow.links(np.array([route])), np.int64)
        found.append(np.concatenate((links[asked[links]], links[~asked[links]])))
    return found


def _said_to_buy(flow: FlowGround) -> Mask:
    """Which nodes are known to the flow by purchases only, shape (nodes,)."""
    purchases = flow.network.links.ids.beginning(PURCHASE)
    bought = (flow.moved.links >= purchases.start) & (flow.moved.links < purchases.stop)
    gave, took = flow.moved.hands(flow.network)
    other = np.concatenate((gave, took[~bought]))
    found: Mask = np.isin(flow.nodes, took[bought]) & ~np.isin(flow.nodes, other)
    return found


def _routes(flow: FlowGround, kinds: Sequence[str]) -> Ints:
    """Routes by which links of these kinds go, or tell of what went: a waybill of a delivery that a ledger tells of."""
    of_kinds = _of_kinds(flow, kinds)
    if not of_kinds.any():
        return np.empty(0, np.int64)
    fits = flow.moved.told_by(lambda link: bool(of_kinds[link]))[flow.order]
    route = np.repeat(np.arange(len(flow.source)), np.diff(flow.first))
    return np.unique(route[fits])


def _of_kinds(flow: FlowGround, kinds: Sequence[str]) -> Mask:
    """Which links of the network are of these kinds, shape (links,)."""
    table = flow.network.links
    return np.isin(table.kind, [table.kind_code(kind) for kind in kinds if table.kind_code(kind) >= 0])


def _others(flow: FlowGround, kinds: Iterable[str]) -> Iterable[tuple[int, list[int]]]:
    """Entities of these kinds that are no nodes of the flow themselves, and the nodes that each stands for."""
    network = flow.network
    place = np.full(len(network), -1)
    place[flow.nodes] = np.arange(len(flow.nodes))
    for kind in kinds:
        ways = _HOLDERS if kind in PARTY_KINDS else _STANDS_FOR.get(kind, ())
        for position in network.of_kinds(kind).tolist():
            if place[position] >= 0:
                continue
            met = {int(place[other]) for other in _along(flow, position, ways)}
            nodes = sorted(node for node in met if node >= 0 and (ways is _HOLDERS or _only(flow, node, kind)))
            if nodes:
                yield position, nodes


def _along(flow: FlowGround, position: int, ways: Sequence[tuple[str, str]]) -> list[int]:
    network = flow.network
    found: list[int] = []
    for kind, direction in ways:
        ends, links = (network.into if direction == "into" else network.out).of_node(position)
        found += ends[network.links.kind[links] == network.links.kind_code(kind)].tolist()
    return found


def _only(flow: FlowGround, node: int, kind: str) -> bool:
    """Whether a party is at one place alone: one who has several goes on from another."""
    network = flow.network
    ends, links = network.out.of_node(int(flow.nodes[node]))
    named = [network.links.kind_code(name) for name, _ in _STANDS_FOR[kind]]
    at = ends[np.isin(network.links.kind[links], named)]
    return len(set(at[np.isin(network.kind[at], [network.kinds.index(kind)])].tolist())) == 1


def _ground(flow: FlowGround, entity: Ints, target: Mask, parts: list[list[int]], routes: list[Ints]) -> Ground:
    network, count, known = flow.network, len(flow.nodes), len(entity) - len(routes)
    node_of = np.full(len(network), -1)
    node_of[entity[:known][::-1]] = np.arange(known)[::-1]
    node_of = np.where(node_of < 0, node_of[flow.moved.meant], node_of)
    route_links = {known + k: own for k, own in enumerate(routes)}
    links = np.array(flow.links(np.arange(len(flow.source))), np.int64)
    gave, took = flow.moved.ends(network, links)
    ends = np.stack((node_of[gave], node_of[took]), axis=1)
    for node in range(count, known):  # what stands for others breaks the links of all of them
        own = links[np.isin(ends[:, 0], parts[node]) | np.isin(ends[:, 1], parts[node])]
        links = np.concatenate((links, own))
        ends = np.concatenate((ends, np.full((len(own), 2), node)))
    empty = np.zeros(0, np.int64)
    graph = SimpleGraph.of(len(entity), empty, empty)
    actor = np.arange(len(entity)) < count
    return Ground(network, graph, entity, actor, target, node_of, links, ends, route_links)
