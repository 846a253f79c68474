"""Annealing towards the least costly hits that leave no component above a size, compiled.

As in `labels` a node that is out is put back under the label of a neighbour; other labels next to it are joined to that
where the sum stays within the size, else its neighbours there are pushed out. Putting back what joins no large parts is
the reinsertion of Zdeborova, Zhang and Zhou (2016), Fast and simple decycling and dismantling of networks, here a move
among others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphkit.breaking.components import ABSENT, flood, label

_APART = 4  # moves a node between two times that components are told apart


@njit(cache=True, nogil=True)
def dismantle(  # noqa: PLR0912, PLR0915  # one loop
    task: Any, out: Any, most: Any, joining: Any, moves: Any, hot: Any, cold: Any, seed: Any, stop: Any
) -> Any:  # fmt: skip
    """The best `out` (nodes,) bool found, and its cost.

    `out` is where to start and leaves no component above `most`; the limits of the task are not looked at.
    Without `joining` labels are never joined, which suits dense networks of overlapping groups. Ends early when
    `stop[0]` is set.
    """
    np.random.seed(seed)
    indptr, neighbour, weight, cost, _, _, may, _ = task
    nodes = len(weight)
    labels, size, free = np.where(out, ABSENT, 0), np.zeros(nodes, np.int64), np.empty(nodes, np.int64)
    absent, place, count, spent = np.empty(nodes, np.int64), np.full(nodes, -1), 0, 0.0
    for i in range(nodes):
        if out[i]:
            spent += cost[i]
            if may[i]:
                absent[count], place[i] = i, count
                count += 1
    pushed, stack, joined = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.full(nodes, -1)
    best, found = spent, labels < 0
    left, heat = 0, hot
    for move in range(moves):
        if count == 0 or stop[0]:
            break
        if move % (_APART * nodes) == 0 or left < 2:
            left, _ = label(indptr, neighbour, weight, labels, size, free)
            heat = hot * (cold / hot) ** (move / moves)
        node = absent[np.random.randint(count)]
        begin, end = indptr[node], indptr[node + 1]
        new = labels[neighbour[begin + np.random.randint(end - begin)]] if end > begin else ABSENT
        if new < 0:
            new = free[left - 1]
            size[new] = 0
        total = size[new] + weight[node]
        if total > most:
            continue
        paid, number = -cost[node], 0
        for entry in range(begin, end):
            other = neighbour[entry]
            old = labels[other]
            if old < 0 or old == new or joined[old] == move:
                continue
            if joining and total + size[old] <= most:
                joined[old] = move
                total += size[old]
                continue
            paid += cost[other] if may[other] else np.inf
            pushed[number] = other
            number += 1
        if paid > 0 and np.random.random() >= np.exp(-paid / heat):
            continue
        for i in range(number):
            other = pushed[i]
            size[labels[other]] -= weight[other]
            labels[other], absent[count], place[other] = ABSENT, other, count
            count += 1
        for entry in range(begin, end if joining else begin):
            old = labels[neighbour[entry]]
            if old >= 0 and old != new:
                moved = flood(indptr, neighbour, weight, labels, neighbour[entry], old, new, stack)
                size[old] -= moved
                size[new] += moved
        count -= 1
        last = absent[count]
        absent[place[node]], place[last] = last, place[node]
        place[node] = -1
        if free[left - 1] == new:
            left -= 1
        labels[node] = new
        size[new] += weight[node]
        spent += paid
        if spent < best - 1e-9:
            best, found = spent, labels < 0
    return found, best
