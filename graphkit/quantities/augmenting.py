"""Many maximal flows in one network, each found back from its goal and touching only what lies before it.

Dinic's algorithm (1970), turned round: from the goal back along arcs that still have room, in layers, until goods of
the wanted kind enter. Between two goals only what the last one touched is set back. Work is counted in arcs looked at;
where a goal takes more than it may, what it was to have at most stands, which is not too little.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.compiled import compiled

Array = NDArray[Any]
Net = tuple[
    Array, Array, Array, Array, Array, Array, Array, Array
]  # into, out: offsets, arcs; tail, head, enters, room
Pieces = tuple[Array, Array]
State = tuple[Array, Array, Array, Array, Array, Array, Array, Array]
EACH = 1_000_000  # arcs that may be looked at for one goal


@compiled
def node_flows(net: Net, order: Array, outer: Array, budget: int) -> tuple[Array, Array]:
    """How much of what enters can reach each node and leave it, at most `outer` (nodes,); and whether that is sure.

    Nodes are taken in `order`. What was found of one bounds what leaves it, so that `room` is narrowed for those after.
    """
    into, into_arc, out, out_arc, _, _, enters, room = net
    state = _state(len(enters), len(room))
    found, sure = outer.copy(), np.zeros(len(enters), np.bool_)
    ends, takes = np.zeros(1, np.int64), np.zeros(1, np.int64)
    for i in range(len(order)):
        node = order[i]
        come, wanted = enters[node], 0
        for k in range(into[node], into[node + 1]):
            come += room[into_arc[k]]
        for k in range(out[node], out[node + 1]):
            wanted = max(wanted, room[out_arc[k]])
        limit = min(come, wanted, outer[node])
        ends[0], takes[0] = node, limit
        found[node], work = _flow(net, state, ends, takes, limit, min(budget, EACH))
        sure[node] = work >= 0
        budget -= abs(work)
        for k in range(out[node], out[node + 1]):
            room[out_arc[k]] = min(room[out_arc[k]], found[node])
    return found, sure


@compiled
def goal_flows(net: Net, first: Array, ends: Array, takes: Array, limit: Array, budget: int) -> tuple[Array, Array]:
    """How much can reach each goal, at most its `limit`, and whether that is sure; shapes (goals,).

    `first` are the goals' offsets in `ends`, the nodes at which a goal takes something, and `takes`, how much at most.
    """
    state = _state(len(net[6]), len(net[7]))
    found, sure = limit.copy(), np.zeros(len(limit), np.bool_)
    for goal in range(len(limit)):
        a, b = first[goal], first[goal + 1]
        found[goal], work = _flow(net, state, ends[a:b], takes[a:b], limit[goal], min(budget, EACH))
        sure[goal] = work >= 0
        budget -= abs(work)
    return found, sure


@compiled
def _state(nodes: int, arcs: int) -> State:
    """By arc what it carries; by node what entered, its layer, how far its arcs were tried; room for lists."""
    return (
        np.zeros(arcs, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64),
        np.empty(nodes, np.int64), np.empty(nodes + 1, np.int64), np.empty(arcs, np.int64), np.empty(nodes, np.int64),
    )  # fmt: skip


@compiled
def _flow(net: Net, state: State, ends: Array, takes: Array, limit: int, budget: int) -> tuple[int, int]:
    """The flow into one goal and the work it took; the limit, and the work below zero, where the budget is spent."""
    carried, entered, level, at, queue, _, touched, drained = state
    taken = np.zeros(len(ends), np.int64)
    counts = np.zeros(2, np.int64)
    found, work = 0, 1
    while found < limit and 0 < work < budget:
        size, last, looked = _layers(net, state, ends, takes, taken)
        work += looked
        before = found
        for seed in range(len(ends)):
            while last and found < limit and taken[seed] < takes[seed]:
                depth, node = _way(net, state, ends[seed], last)
                if node < 0:
                    break
                much = _push(net, state, depth, node, min(limit - found, takes[seed] - taken[seed]), counts)
                taken[seed] += much
                found += much
                work += depth
        for i in range(size):
            level[queue[i]], at[queue[i]] = 0, 0
        if found == before:
            break
    else:
        if found < limit:
            found, work = limit, -work
    if counts[0] > len(touched):
        carried[:] = 0
    for i in range(min(counts[0], len(touched))):
        carried[touched[i]] = 0
    for i in range(counts[1]):
        entered[drained[i]] = 0
    return found, work


@compiled
def _layers(net: Net, state: State, ends: Array, takes: Array, taken: Array) -> tuple[int, int, int]:
    """Numbers the layers back from the goal to the first in which something enters; how many nodes, which, and work."""
    into, into_arc, out, out_arc, tail, head, enters, room = net
    carried, entered, level, _, queue, _, _, _ = state
    size, last, looked, i = 0, 0, 0, 0
    for seed in range(len(ends)):
        if takes[seed] > taken[seed] and level[ends[seed]] == 0:
            level[ends[seed]] = 1
            queue[size] = ends[seed]
            size += 1
    while i < size:
        node = queue[i]
        i += 1
        if last == 0 and enters[node] > entered[node]:
            last = level[node]
        if last and level[node] >= last:
            continue
        looked += into[node + 1] - into[node] + out[node + 1] - out[node]
        for k in range(into[node], into[node + 1]):
            arc = into_arc[k]
            if room[arc] > carried[arc] and level[tail[arc]] == 0:
                level[tail[arc]] = level[node] + 1
                queue[size] = tail[arc]
                size += 1
        for k in range(out[node], out[node + 1]):
            arc = out_arc[k]
            if carried[arc] > 0 and level[head[arc]] == 0:
                level[head[arc]] = level[node] + 1
                queue[size] = head[arc]
                size += 1
    return size, last, looked


@compiled
def _way(net: Net, state: State, node: int, last: int) -> tuple[int, int]:
    """One way back along the layers to where something enters: how many arcs, and that node, -1 where there is none.

    The state's path has its arcs; those whose flow is taken back stand as -1 - arc.
    """
    tail, head, enters = net[4], net[5], net[6]
    entered, level, path = state[1], state[2], state[5]
    depth = 0
    while level[node] > 0 and enters[node] <= entered[node]:
        step = _step(net, state, node, last)
        if step < len(tail):
            path[depth] = step
            depth += 1
            node = tail[step] if step >= 0 else head[-1 - step]
            continue
        level[node] = -1  # nothing more comes this way in these layers
        if depth == 0:
            break
        depth -= 1
        node = head[path[depth]] if path[depth] >= 0 else tail[-1 - path[depth]]
    return depth, node if level[node] > 0 else -1


@compiled
def _step(net: Net, state: State, node: int, last: int) -> int:
    """The next arc from this node into the layer behind, as `_way` notes it; as many as there are arcs for none."""
    into, into_arc, out, out_arc, tail, head, _, room = net
    carried, level, at = state[0], state[2], state[3]
    middle = into[node + 1] - into[node]
    whole = middle + out[node + 1] - out[node] if level[node] < last else 0
    while at[node] < whole:
        k = at[node]
        if k < middle:
            arc: int = into_arc[into[node] + k]
            if room[arc] > carried[arc] and level[tail[arc]] == level[node] + 1:
                return arc
        else:
            arc = out_arc[out[node] + k - middle]
            if carried[arc] > 0 and level[head[arc]] == level[node] + 1:
                return -1 - arc
        at[node] += 1
    return len(tail)


@compiled
def _push(net: Net, state: State, depth: int, node: int, much: int, counts: Array) -> int:
    """Sends what fits along the path from this node, and notes what was touched."""
    enters, room = net[6], net[7]
    carried, entered, path, touched, drained = state[0], state[1], state[5], state[6], state[7]
    much = min(much, enters[node] - entered[node])
    for k in range(depth):
        arc = path[k]
        much = min(much, room[arc] - carried[arc] if arc >= 0 else carried[-1 - arc])
    for k in range(depth):
        arc = path[k] if path[k] >= 0 else -1 - path[k]
        if carried[arc] == 0:  # one whose flow was taken back may stand there again
            if counts[0] < len(touched):
                touched[counts[0]] = arc
            counts[0] += 1
        carried[arc] += much if path[k] >= 0 else -much
    if entered[node] == 0:
        drained[counts[1]] = node
        counts[1] += 1
    entered[node] += much
    return much


@compiled
def lead_back(out: Array, out_arc: Array, head: Array, free: Array, starts: Pieces, goals: Pieces) -> Array:
    """Whether a group's goal can be reached along free arcs from one of its starts; shape (groups,) bool.

    Starts and goals are given as the groups' offsets and nodes.
    """
    groups, nodes = len(starts[0]) - 1, len(out) - 1
    found = np.zeros(groups, np.bool_)
    met, goal, queue = np.full(nodes, -1), np.full(nodes, -1), np.empty(nodes, np.int64)
    for group in range(groups):
        size, i = 0, 0
        for k in range(goals[0][group], goals[0][group + 1]):
            goal[goals[1][k]] = group
        for k in range(starts[0][group], starts[0][group + 1]):
            if met[starts[1][k]] != group:
                met[starts[1][k]] = group
                queue[size] = starts[1][k]
                size += 1
        while i < size and not found[group]:
            node = queue[i]
            i += 1
            found[group] = goal[node] == group
            for k in range(out[node], out[node + 1]):
                arc = out_arc[k]
                if free[arc] and met[head[arc]] != group:
                    met[head[arc]] = group
                    queue[size] = head[arc]
                    size += 1
    return found
