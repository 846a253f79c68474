"""The cheapest flow in a network: the network simplex method, exact in whole numbers.

Bases are strongly feasible trees (Cunningham 1976; Ahuja, Magnanti and Orlin 1993, Network Flows, section 11.6), and
arcs enter by the cheapest of a block (Király and Kovács 2012, Efficient implementations of minimum-cost flow
algorithms). A linear program gives the same, three times slower; OR-Tools' method of scaled costs is as fast, but no
interruption is heard before it ends. One basis serves several costs, each from where the last one ended.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.network.compiled import announce, compiled

Array = NDArray[Any]
Net = tuple[Array, Array, Array]  # by arc: tail, head, capacity; last, by node, an arc to the root
Flow = tuple[Array, Array]  # by arc: what it carries, and its state
Tree = tuple[Array, Array, Array, Array, Array, Array]
# by node: parent, the arc to it, first child, next and previous sibling, how far from the root
NOTHING, IN_TREE, ALL = 1, 0, -1  # of an arc: it carries nothing, stands in the tree, carries all that it can
_ENDLESS = 2**62
_AT_ONCE = 2_000  # arcs that enter the tree before an interruption is heard again


class CheapestFlow:
    """A network in which every node sends on what comes and its `supply` (nodes,) besides.

    `tail`, `head`, `capacity` are (arcs,) whole numbers. The position after the last node is a root, which takes what
    is left over, by arcs that lead there, and gives what arcs bring from there.

    >>> flow = CheapestFlow([0, 0, 1, 1], [1, 2, 2, 2], [5, 5, 3, 9], [5, 0])
    >>> flow.least([1, 9, 1, 2])
    12
    >>> flow.least([9, 1, 1, 2])
    5
    """

    def __init__(self, tail: ArrayLike, head: ArrayLike, capacity: ArrayLike, supply: ArrayLike) -> None:
        supply = np.asarray(supply, np.int64)
        nodes, self._arcs = len(supply), len(np.asarray(tail))
        own, root = np.arange(nodes), np.full(nodes, nodes)
        rest = own, root, np.full(nodes, _ENDLESS)  # too dear to be used where there is any flow without
        given = tail, head, capacity
        self._net = cast(Net, tuple(np.concatenate(pair).astype(np.int64) for pair in zip(given, rest, strict=True)))
        carried = np.concatenate((np.zeros(self._arcs, np.int64), supply))
        self._flow: Flow = carried, np.repeat(np.array([NOTHING, IN_TREE], np.int8), (self._arcs, nodes))
        nobody = np.full(nodes, -1)
        following = np.append(own[1:], -1)[:nodes]
        self._tree: Tree = (
            np.append(root, -1), np.append(self._arcs + own, -1), np.append(nobody, 0 if nodes else -1),
            np.append(following, -1), np.append(own - 1, -1), np.append(np.ones(nodes, np.int64), 0),
        )  # fmt: skip

    def least(self, cost: ArrayLike) -> int | None:
        """The least that a flow costs, at `cost` (arcs,) a part, in whole numbers; None where there is no flow."""
        costs = np.asarray(cost, np.int64)
        dear = (int(np.abs(costs).max(initial=0)) + 1) * (len(self._tree[0]) + 1)
        every = np.concatenate((costs, np.full(len(self._net[0]) - self._arcs, dear)))
        potential, stack, begin = np.zeros(len(self._tree[0]), np.int64), np.empty(len(self._tree[0]), np.int64), 0
        announce(_enter)
        _price(self._net, every, self._tree, potential, stack, len(potential) - 1)
        while begin >= 0:
            begin = _enter(self._net, every, self._flow, self._tree, potential, stack, begin, _AT_ONCE)
        carried = self._flow[0]
        return None if carried[self._arcs :].any() else int(np.dot(costs, carried[: self._arcs]))


@compiled
def _enter(
    net: Net, cost: Array, flow: Flow, tree: Tree, potential: Array, stack: Array, begin: int, times: int
) -> int:
    """Takes so many arcs into the tree; from where to look for the next, -1 where none makes the flow cheaper."""
    for _ in range(times):
        arc = _cheaper(net, cost, flow, potential, begin)
        if arc < 0:
            return -1
        _pivot(net, cost, flow, tree, potential, stack, arc)
        begin = arc + 1 if arc + 1 < len(cost) else 0
    return begin


@compiled
def _cheaper(net: Net, cost: Array, flow: Flow, potential: Array, begin: int) -> int:
    """The arc that saves most of the first block, from `begin` round, in which any does; -1 where none does."""
    tail, head, _ = net
    state, arcs = flow[1], len(cost)
    block, best, found, arc = max(int(arcs**0.5), 10), 0, -1, begin
    for looked in range(1, arcs + 1):
        saves = state[arc] * (cost[arc] + potential[tail[arc]] - potential[head[arc]])
        if saves < best:
            best, found = saves, arc
        if found >= 0 and looked % block == 0:
            return found
        arc = arc + 1 if arc + 1 < arcs else 0
    return found


@compiled
def _pivot(net: Net, cost: Array, flow: Flow, tree: Tree, potential: Array, stack: Array, arc: int) -> None:
    """Sends what fits round the circle that this arc closes, and puts it in the place of the one that holds it up."""
    tail, head, capacity = net
    carried, state = flow
    parent, by = tree[0], tree[1]
    first, second = (tail[arc], head[arc]) if state[arc] == NOTHING else (head[arc], tail[arc])
    top = _meeting(tree, first, second)
    much, out, side = capacity[arc], -1, 0
    node = first
    while node != top:  # goods come down to the first, from where the ways meet
        each = by[node]
        room = carried[each] if tail[each] == node else capacity[each] - carried[each]
        if room < much:
            much, out, side = room, node, 1
        node = parent[node]
    node = second
    while node != top:  # and go up from the second: of equals the last on the way, which keeps the tree feasible
        each = by[node]
        room = capacity[each] - carried[each] if tail[each] == node else carried[each]
        if room <= much:
            much, out, side = room, node, 2
        node = parent[node]
    if much > 0:
        carried[arc] += state[arc] * much
        for start, sign in ((first, -1), (second, 1)):
            node = start
            while node != top:
                each = by[node]
                carried[each] += sign * much if tail[each] == node else -sign * much
                node = parent[node]
    if side == 0:
        state[arc] = -state[arc]
        return
    leaving = by[out]
    state[leaving] = NOTHING if carried[leaving] == 0 else ALL
    state[arc] = IN_TREE
    if side == 1:
        _hang(tree, first, second, arc, out)
        _price(net, cost, tree, potential, stack, first)
    else:
        _hang(tree, second, first, arc, out)
        _price(net, cost, tree, potential, stack, second)


@compiled
def _meeting(tree: Tree, one: int, other: int) -> int:
    """Where the ways from two nodes to the root meet."""
    parent, depth = tree[0], tree[5]
    while one != other:
        if depth[one] >= depth[other]:
            one = parent[one]
        else:
            other = parent[other]
    return one


@compiled
def _hang(tree: Tree, node: int, under: int, arc: int, last: int) -> None:
    """Hangs what lies below `last`, of which `node` is part, under another node by this arc, with `node` on top."""
    parent, by, child, after, before, _ = tree
    while True:
        above, its = parent[node], by[node]
        if before[node] >= 0:
            after[before[node]] = after[node]
        else:
            child[above] = after[node]
        if after[node] >= 0:
            before[after[node]] = before[node]
        parent[node], by[node] = under, arc
        before[node], after[node] = -1, child[under]
        if child[under] >= 0:
            before[child[under]] = node
        child[under] = node
        if node == last:
            return
        node, under, arc = above, node, its


@compiled
def _price(net: Net, cost: Array, tree: Tree, potential: Array, stack: Array, top: int) -> None:
    """Sets what goods are worth at this node and all below it, so that the tree's arcs neither save nor cost; and how
    far from the root they are.
    """
    tail = net[0]
    parent, by, child, after, _, depth = tree
    stack[0], size = top, 1
    while size:
        size -= 1
        node = stack[size]
        if parent[node] >= 0:
            each = by[node]
            up = potential[parent[node]]
            potential[node] = up - cost[each] if tail[each] == node else up + cost[each]
            depth[node] = depth[parent[node]] + 1
        below = child[node]
        while below >= 0:
            stack[size] = below
            size += 1
            below = after[below]
