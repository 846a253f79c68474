"""Search by swaps, compiled: one node of a large component goes out, the one that is least missed comes back.

After Zhou, Hao and Glover (2018), Memetic search for identifying critical nodes in sparse graphs: the node that goes
out is the one that longest stayed in a large component; here with a chance the one whose loss leaves least of the
component. Costs, barred nodes and limits by group are kept at every step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphkit.breaking.components import ABSENT, flood, label, members, without_each

_SLACK = 1e-9
_GONE = -4
_REFRESH = 32  # swaps between two looks at how large the components are
_SWAP = 15  # nodes that could be looked at in the time that any swap takes


@njit(cache=True, nogil=True)
def swap_search(  # noqa: PLR0912, PLR0915  # one loop
    task: Any, out: Any, patience: Any, work: Any, cuts: Any, seed: Any, stop: Any
) -> Any:  # fmt: skip
    """The best `out` (nodes,) bool found, its pairs, and how many nodes were looked at.

    `may` (nodes,) says what may go out and come back; `out` is where to start and keeps to the conditions. Stops after
    `patience` swaps in a row that found nothing better, when `work` nodes were looked at, or when `stop[0]` is set.
    `cuts` is the chance that the node to go out is chosen by what its loss leaves.
    """
    np.random.seed(seed)
    indptr, neighbour, weight, cost, group, limits, may, budget = task
    nodes = len(weight)
    labels, size, free = np.where(out, ABSENT, 0), np.zeros(nodes, np.int64), np.empty(nodes, np.int64)
    left, pairs = label(indptr, neighbour, weight, labels, size, free)
    table, remains = np.empty((7, nodes), np.int64), np.empty(nodes, np.int64)
    table[1] = -1
    chosen, count = np.empty(nodes + 1, np.int64), 0
    missed, mark, seen = np.zeros(nodes, np.int64), np.full(nodes, -1), np.zeros(nodes, np.int64)
    spent, spends = 0.0, np.zeros(len(limits))
    for i in range(nodes):
        if out[i]:
            spent += cost[i]
            if group[i] >= 0:
                spends[group[i]] += cost[i]
            if may[i]:
                chosen[count] = i
                count += 1
                missed[i] = _rejoined(indptr, neighbour, weight, labels, size, mark, i)
    best, found = pairs, labels < 0
    age, moved = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    done, idle, swap, stamp, large = 0, 0, 0, 0, 0.0
    while idle < patience and done < work and not stop[0]:
        swap += 1
        stamp += 1
        idle += 1
        if swap % _REFRESH == 1:
            large = _large(size)
            done += nodes // _REFRESH
        start = _anywhere(labels, size, large)
        if start < 0:
            large = _large(size)
            start = _anywhere(labels, size, large)
            if start < 0:
                break
        # Out goes one node of a large component.
        here = labels[start]
        if np.random.random() < cuts:
            length = without_each(indptr, neighbour, weight, labels, start, table, remains)
            node = _least(table[0], length, remains, age, may)
        else:
            length = members(indptr, neighbour, labels, start, table[0])
            node = _oldest(table[0], length, age, moved, may)
        done += 2 * length + _SWAP
        if node < 0:
            continue
        for i in range(length):
            age[table[0, i]] += 1
        age[node] = 0
        pairs -= size[here] * (size[here] - 1) // 2
        size[here] = 0
        free[left] = here
        left += 1
        for i in range(length):
            labels[table[0, i]] = _GONE + 1
        labels[node] = ABSENT
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if labels[other] == _GONE + 1:
                left -= 1
                new = free[left]
                size[new] = flood(indptr, neighbour, weight, labels, other, _GONE + 1, new, table[2])
                pairs += size[new] * (size[new] - 1) // 2
        chosen[count] = node
        count += 1
        moved[node] = swap
        spent += cost[node]
        if group[node] >= 0:
            spends[group[node]] += cost[node]
        _reprice(indptr, neighbour, weight, labels, size, mark, table[0], length, seen, stamp, missed, chosen, count)
        # Back comes what is least missed, until the conditions are kept.
        while True:
            tight = _over(spent, budget, spends, limits)
            if tight == -2:
                break
            place = _least_missed(chosen, count, missed, cost, group, tight, moved)
            if place < 0:  # what has to be out breaks the conditions by itself
                return found, best, done
            back = chosen[place]
            into, number = -1, 0
            for entry in range(indptr[back], indptr[back + 1]):
                other = labels[neighbour[entry]]
                if other >= 0 and (into < 0 or size[other] > size[into]):
                    into = other
            if into < 0:
                left -= 1
                into = free[left]
                size[into] = 0
            pairs += missed[back]
            labels[back] = into
            size[into] += weight[back]
            for entry in range(indptr[back], indptr[back + 1]):
                other = neighbour[entry]
                number = labels[other]
                if number >= 0 and number != into:
                    size[into] += flood(indptr, neighbour, weight, labels, other, number, into, table[2])
                    size[number] = 0
                    free[left] = number
                    left += 1
            large = max(large, size[into] / 2)
            count -= 1
            chosen[place] = chosen[count]
            moved[back] = swap
            spent -= cost[back]
            if group[back] >= 0:
                spends[group[back]] -= cost[back]
            length = members(indptr, neighbour, labels, back, table[0])
            done += length
            stamp += 1
            _reprice(
                indptr, neighbour, weight, labels, size, mark, table[0], length, seen, stamp, missed, chosen, count
            )
        if pairs < best:
            best, idle = pairs, 0
            found = labels < 0
    return found, best, done


@njit(cache=True)
def _rejoined(indptr: Any, neighbour: Any, weight: Any, labels: Any, size: Any, mark: Any, node: Any) -> Any:
    """The pairs that come back with a node that is out."""
    total, pairs = weight[node], 0
    for entry in range(indptr[node], indptr[node + 1]):
        number = labels[neighbour[entry]]
        if number >= 0 and mark[number] != node:
            mark[number] = node
            pairs += total * size[number]
            total += size[number]
    for entry in range(indptr[node], indptr[node + 1]):
        number = labels[neighbour[entry]]
        if number >= 0:
            mark[number] = -1
    return pairs


@njit(cache=True)
def _reprice(
    indptr: Any, neighbour: Any, weight: Any, labels: Any, size: Any, mark: Any, around: Any, length: Any, seen: Any,
    stamp: Any, missed: Any, chosen: Any, count: Any,
) -> Any:  # fmt: skip
    """Price anew every node that is out and next to these; all that are out, where these are many."""
    if length > 2 * count:
        for i in range(count):
            missed[chosen[i]] = _rejoined(indptr, neighbour, weight, labels, size, mark, chosen[i])
        return
    for i in range(length):
        node = around[i]
        if labels[node] < 0 and seen[node] != stamp:
            seen[node] = stamp
            missed[node] = _rejoined(indptr, neighbour, weight, labels, size, mark, node)
        for entry in range(indptr[node], indptr[node + 1]):
            other = neighbour[entry]
            if labels[other] < 0 and seen[other] != stamp:
                seen[other] = stamp
                missed[other] = _rejoined(indptr, neighbour, weight, labels, size, mark, other)


@njit(cache=True)
def _large(size: Any) -> Any:
    """From which weight on a component counts as large: midway between the least and the greatest."""
    least, most = np.int64(1 << 60), np.int64(0)
    for each in size:
        if each > 0:
            least, most = min(least, each), max(most, each)
    return (least + most) / 2 if most else 0.0


@njit(cache=True)
def _anywhere(labels: Any, size: Any, large: Any) -> Any:
    """A node of a large component, by chance; -1 where none was met."""
    nodes = len(labels)
    for _ in range(20 * nodes):
        node = np.random.randint(nodes)
        if labels[node] >= 0 and size[labels[node]] >= large:
            return node
    return -1


@njit(cache=True)
def _least(found: Any, length: Any, remains: Any, age: Any, may: Any) -> Any:
    node = -1
    for i in range(length):
        each = found[i]
        if may[each] and (
            node < 0 or remains[each] < remains[node] or (remains[each] == remains[node] and age[each] > age[node])
        ):
            node = each
    return node


@njit(cache=True)
def _oldest(found: Any, length: Any, age: Any, moved: Any, may: Any) -> Any:
    node = -1
    for i in range(length):
        each = found[i]
        if may[each] and (node < 0 or age[each] > age[node] or (age[each] == age[node] and moved[each] < moved[node])):
            node = each
    return node


@njit(cache=True)
def _over(spent: Any, budget: Any, spends: Any, limits: Any) -> Any:
    """Which limit is not kept: that of a group, -1 the budget; -2 none."""
    for number in range(len(limits)):
        if spends[number] > limits[number] + _SLACK:
            return number
    return -1 if spent > budget + _SLACK else -2


@njit(cache=True)
def _least_missed(chosen: Any, count: Any, missed: Any, cost: Any, group: Any, tight: Any, moved: Any) -> Any:
    """Where in `chosen` the node stands that is least missed for what it costs; of equal ones that longest out."""
    place, least = -1, np.inf
    for i in range(count):
        node = chosen[i]
        if (tight >= 0 and group[node] != tight) or cost[node] <= 0:
            continue
        price = missed[node] / cost[node]
        if place < 0 or price < least or (price == least and moved[node] < moved[chosen[place]]):
            place, least = i, price
    return place
