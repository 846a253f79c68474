"""Annealing over labels, compiled: each node has the label of its component, or is out.

A node that is out is put under the label of one of its neighbours, or a fresh one, and pushes out its neighbours of
other labels. A move costs as much as the node has neighbours, however large the components are. A label may
hold several components, so what it counts is an upper bound; they are told apart time and again. Simulated annealing:
Kirkpatrick, Gelatt and Vecchi (1983), Optimization by simulated annealing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphkit.breaking.components import ABSENT, flood, label

_SLACK = 1e-9
NONE_KEPT = 1 << 60  # pairs, where no plan on the way kept to the budget
_APART = 10  # moves a node between two times that components are told apart


@njit(cache=True, nogil=True)
def anneal(  # noqa: PLR0912, PLR0915  # one loop
    task: Any, out: Any, joins: Any, heats: Any, moves: Any, over: Any, fine: Any, seed: Any, stop: Any
) -> Any:  # fmt: skip
    """The best `out` (nodes,) bool found, an upper bound on its pairs, and the mean pairs at each heat (heats,).

    Then the last `out`, and its pairs with its fine: where to go on from. It may be over the budget, as may the first.

    So many moves are made at each of the `heats`. Limits of groups are kept at every step; the budget may be exceeded
    by `over` on the way, at a `fine` in pairs for each unit of cost, but not by the plan found. `joins` is the chance
    that a label next to the node put back is joined to its own. Ends early when `stop[0]` is set.
    """
    np.random.seed(seed)
    indptr, neighbour, weight, cost, group, limits, may, budget = task
    nodes = len(weight)
    labels, size, free = np.where(out, ABSENT, 0), np.zeros(nodes, np.int64), np.empty(nodes, np.int64)
    left, pairs = label(indptr, neighbour, weight, labels, size, free)
    absent, place, count = np.empty(nodes, np.int64), np.full(nodes, -1), 0
    spent, spends = 0.0, np.zeros(len(limits))
    for i in range(nodes):
        if out[i]:
            spent += cost[i]
            if group[i] >= 0:
                spends[group[i]] += cost[i]
            if may[i]:
                absent[count], place[i] = i, count
                count += 1
    best, found = pairs if spent <= budget + _SLACK else NONE_KEPT, labels.copy()
    pushed = np.empty(nodes, np.int64)
    stack, met = np.empty(nodes, np.int64), np.full(nodes, -1)
    mean, looks, heat = np.zeros(len(heats)), np.zeros(len(heats)), heats[0]
    for move in range(moves * len(heats)):
        if move % (_APART * nodes) == 0:
            if stop[0]:
                break
            left, pairs = label(indptr, neighbour, weight, labels, size, free)
            heat = heats[move // moves]
            mean[move // moves] += pairs
            looks[move // moves] += 1
            if pairs < best and spent <= budget + _SLACK:
                best = pairs
                found[:] = labels
        if left < 2:
            left, pairs = label(indptr, neighbour, weight, labels, size, free)
        if count == 0 or np.random.random() < 0.2:
            node = int(np.random.random() * nodes)
            here = group[node]
            if (
                labels[node] >= 0 and may[node] and spent + cost[node] <= budget + _SLACK
                and (here < 0 or spends[here] + cost[node] <= limits[here] + _SLACK)
            ):  # fmt: skip
                old = labels[node]
                size[old] -= weight[node]
                pairs -= weight[node] * size[old]
                labels[node], absent[count], place[node] = ABSENT, node, count
                count += 1
                spent += cost[node]
                if here >= 0:
                    spends[here] += cost[node]
                if pairs < best and spent <= budget + _SLACK:
                    best = pairs
                    found[:] = labels
            continue
        node = absent[int(np.random.random() * count)]
        begin, end = indptr[node], indptr[node + 1]
        new = labels[neighbour[begin + int(np.random.random() * (end - begin))]] if end > begin else ABSENT
        if new < 0:
            new = free[left - 1]
            size[new] = 0
        gained, paid, number, allowed = weight[node] * size[new], -cost[node], 0, True
        joint, total = 0, size[new] + weight[node]
        for entry in range(begin, end):
            other = neighbour[entry]
            old = labels[other]
            if old < 0 or old == new:
                continue
            if met[old] != 2 * move + 1 and met[old] != 2 * move:
                met[old] = 2 * move + (np.random.random() < joins)
                if met[old] == 2 * move + 1:
                    joint += total * size[old]
                    total += size[old]
            if met[old] == 2 * move + 1:
                continue
            paid += cost[other]
            if not may[other] or spent + paid > budget + over + _SLACK:
                allowed = False
                break
            size[old] -= weight[other]
            gained -= weight[other] * size[old]
            pushed[number] = other
            number += 1
        more = gained + joint + fine * (max(spent + paid - budget, 0.0) - max(spent - budget, 0.0))
        if allowed and (more <= 0 or np.random.random() < np.exp(-more / heat)):
            if len(limits):
                allowed = _spend(pushed, number, node, cost, group, spends, limits)
        else:
            allowed = False
        if not allowed:
            for i in range(number):
                size[labels[pushed[i]]] += weight[pushed[i]]
            continue
        for i in range(number):
            other = pushed[i]
            labels[other], absent[count], place[other] = ABSENT, other, count
            count += 1
        count -= 1
        last = absent[count]
        absent[place[node]], place[last] = last, place[node]
        place[node] = -1
        if free[left - 1] == new:
            left -= 1
        labels[node] = new
        size[new] += weight[node]
        pairs += gained
        spent += paid
        for entry in range(begin, end if joint else begin):
            old = labels[neighbour[entry]]
            if old >= 0 and old != new:
                moved = flood(indptr, neighbour, weight, labels, neighbour[entry], old, new, stack)
                size[old] -= moved
                pairs += moved * (size[new] - size[old])
                size[new] += moved
        if pairs < best and spent <= budget + _SLACK:
            best = pairs
            found[:] = labels
    left, pairs = label(indptr, neighbour, weight, labels, size, free)
    last = pairs + fine * max(spent - budget, 0.0)
    return found < 0, best, mean / np.maximum(looks, 1), labels < 0, last


@njit(cache=True)
def _spend(
    pushed: Any, number: Any, node: Any, cost: Any, group: Any, spends: Any, limits: Any
) -> Any:  # fmt: skip
    """Book the nodes pushed out and the one put back; undone, and False, where a group's limit is not kept."""
    if group[node] >= 0:
        spends[group[node]] -= cost[node]
    kept = True
    for i in range(number):
        here = group[pushed[i]]
        if here >= 0:
            spends[here] += cost[pushed[i]]
            kept = kept and spends[here] <= limits[here] + _SLACK
    if kept:
        return True
    for i in range(number):
        if group[pushed[i]] >= 0:
            spends[group[pushed[i]]] -= cost[pushed[i]]
    if group[node] >= 0:
        spends[group[node]] += cost[node]
    return False
