"""The inner loop of a trace in large networks, compiled: one level of links in the order of time.

It walks what `steps` walks along deliveries, payments and calls, where waits are not bounded, and keeps of each state
only its first moment; ties are left to `steps`. All that is asked of a node for one link lies in one line of memory,
and a timetable is read from front to back, so that a link costs one read at random. A state that is met earlier than
before looks only at what it could not take before, or would take later.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from graphkit.network.timetable import FAR

# Columns of `node` (nodes, 8), all 0 for nodes not reached: hops + 1, FAR - first moment, FAR + last moment; and of its
# first state what it carries, its first moment before this level, the best of this level, that level, its number.
HOPS, FIRST, LAST, CARRIED, KNOWN, BEST, LEVEL, STATE = range(8)
# Columns of `state` (states, 8): the node, what is carried, the node's next state (-1 none), the latest moment, link
# and parent of the best step of the level; and for all but the first state of a node, known and best moment.
AT, GOODS, NEXT, LATEST, LINK, PARENT, EARLIER, NOW = range(8)
NEVER = 2**62
_LASTING = 16


@njit(cache=True)
def advance(  # type: ignore[no-untyped-def] # noqa: PLR0912, PLR0915
    label, front, flags, table, arrival, product_of, asked, least, weights, known
):
    """One level on from the labels in front; what it finds is added to `known`.

    `label` numbers the first of them. `front` is (node, carried, first moment, that known before) of each; `flags` 1 to
    take its flows, 3 where it is the start. `asked`: since, until, product, level. `weights`: what goods that tie a
    step to the one before are worth (by batch, by product, by date), and each grade. `known`: see
    `graphkit.tracing.level`.
    """
    indptr, times, what = table
    arrives, arrives_latest, back = arrival
    since, until, wanted, level = asked
    firmness, scale = weights
    node, state, score, touched, taken, entries, scores, barred, count = known
    nodes, carries, begins, befores = front
    for i in range(len(nodes)):
        if flags[i] & 1 == 0:
            continue
        carried, lo, before = carries[i], begins[i], befores[i]
        row = nodes[i] * 4 + (0 if carried >= -1 else -1 - carried)
        end = indptr[row + 1]
        mine = product_of[carried] if carried >= 0 else -1
        lot = carried >= 0 and mine != carried
        for k in range(_from(times, indptr[row], end, lo), end):
            departs, due = max(times[k, 0], since), min(times[k, 1], until)
            first = max(lo, departs)
            if first > due or departs >= before or (len(barred) and barred[what[k, 1]]):
                continue
            grade = what[k, 3]
            if grade >= _LASTING:
                link = what[k, 1]
                begin, due = arrives[link], arrives_latest[link]
                if back:
                    begin, due = -due, -begin
                first, due = max(first, begin, since), min(due, until)
                if first > due:
                    continue
            now, own = carried, scale[grade & 15]
            if carried >= -1:
                goods = what[k, 2]
                if goods != carried:
                    other = product_of[goods] if goods >= 0 else -1
                    if (mine != other and mine >= 0 and other >= 0) or (lot and goods >= 0 and other != goods):
                        continue
                    if wanted >= 0 and other >= 0 and other != wanted:
                        continue
                    firm = firmness[1] if mine == other and mine >= 0 else firmness[2]
                    now = goods if not lot and goods >= 0 else carried
                else:
                    if wanted >= 0 and mine >= 0 and mine != wanted:
                        continue
                    firm = firmness[0] if lot else (firmness[1] if carried >= 0 else firmness[2])
                own *= 1.0 if flags[i] & 2 else firm
            if own < least:
                continue
            scores[int(own * 1000 + 0.5)] = True
            if taken[k] == 0:
                taken[k] = 1
                entries[count[0]] = k
                count[0] += 1
            to = what[k, 0]
            if node[to, HOPS] == 0:
                node[to, HOPS], node[to, FIRST], node[to, LAST] = level + 1, FAR - first, FAR + due
                node[to, CARRIED], node[to, KNOWN], node[to, BEST], node[to, LEVEL] = now, NEVER, first, level
                _fill(state, score, touched, count, to, now, due, what[k, 1], label + i, own)
                node[to, STATE] = count[1] - 1
                continue
            node[to, FIRST] = max(node[to, FIRST], FAR - first)
            node[to, LAST] = max(node[to, LAST], FAR + due)
            if node[to, CARRIED] == now:
                if first < node[to, KNOWN]:
                    at = node[to, STATE]
                    if node[to, LEVEL] != level:
                        node[to, LEVEL] = level
                        touched[count[2]] = at
                        count[2] += 1
                    elif first > node[to, BEST] or (first == node[to, BEST] and own <= score[at]):
                        continue
                    node[to, BEST], score[at] = first, own
                    state[at, LATEST], state[at, LINK], state[at, PARENT] = due, what[k, 1], label + i
            else:
                _other(node, state, score, touched, count, to, now, first, due, what[k, 1], label + i, own)


@njit(cache=True)
def offer(found, marks, level, links, known):  # type: ignore[no-untyped-def]
    """The steps that `steps` found: (node, carried, first, latest, link, parent), and what each scores.

    `links` takes those walked, in a mask.
    """
    node, state, score, touched, _, _, scores, _, count = known
    for i in range(len(marks)):
        to, carried, first, due, link, parent = (
            found[0][i], found[1][i], found[2][i], found[3][i], found[4][i], found[5][i]
        )  # fmt: skip
        own = marks[i]
        if link >= 0:
            links[link] = 1
        scores[int(own * 1000 + 0.5)] = True
        if node[to, HOPS] == 0:
            node[to, HOPS], node[to, FIRST], node[to, LAST] = level + 1, FAR - first, FAR + due
            node[to, CARRIED], node[to, KNOWN], node[to, BEST], node[to, LEVEL] = carried, NEVER, first, level
            _fill(state, score, touched, count, to, carried, due, link, parent, own)
            node[to, STATE] = count[1] - 1
            continue
        node[to, FIRST] = max(node[to, FIRST], FAR - first)
        node[to, LAST] = max(node[to, LAST], FAR + due)
        if node[to, CARRIED] != carried:
            _other(node, state, score, touched, count, to, carried, first, due, link, parent, own)
            continue
        at = node[to, STATE]
        if first >= node[to, KNOWN]:
            continue
        if node[to, LEVEL] != level:
            node[to, LEVEL] = level
            touched[count[2]] = at
            count[2] += 1
        elif first > node[to, BEST] or (first == node[to, BEST] and own <= score[at]):
            continue
        node[to, BEST], score[at] = first, own
        state[at, LATEST], state[at, LINK], state[at, PARENT] = due, link, parent


@njit(cache=True)
def settled(known):  # type: ignore[no-untyped-def]
    """The states that this level brought forward, in the order in which they were met: as columns of labels, with the
    moment known before, and what their steps score.
    """
    node, state, score, touched, _, _, _, _, count = known
    size = count[2]
    columns, marks = np.empty((7, size), np.int64), np.empty(size)
    for i in range(size):
        at = touched[i]
        to = state[at, AT]
        columns[0, i], columns[1, i], columns[3, i] = to, state[at, GOODS], state[at, LATEST]
        columns[4, i], columns[5, i], marks[i] = state[at, LINK], state[at, PARENT], score[at]
        if node[to, STATE] == at:
            columns[2, i], columns[6, i] = node[to, BEST], node[to, KNOWN]
            node[to, KNOWN] = node[to, BEST]
        else:
            columns[2, i], columns[6, i] = state[at, NOW], state[at, EARLIER]
            state[at, EARLIER] = state[at, NOW]
            state[at, NOW] = NEVER
    count[2] = 0
    return columns, marks


@njit(cache=True)
def _from(times, begin, end, lo):  # type: ignore[no-untyped-def]
    """The first entry that can still be taken at this moment."""
    while begin < end:
        middle = (begin + end) // 2
        if times[middle, 1] < lo:
            begin = middle + 1
        else:
            end = middle
    return begin


@njit(cache=True)
def _fill(state, score, touched, count, to, carried, due, link, parent, own):  # type: ignore[no-untyped-def]
    """A state that was not known, as the last one."""
    at = count[1]
    state[at, AT], state[at, GOODS], state[at, NEXT] = to, carried, -1
    state[at, LATEST], state[at, LINK], state[at, PARENT], score[at] = due, link, parent, own
    state[at, EARLIER] = state[at, NOW] = NEVER
    touched[count[2]] = at
    count[1] += 1
    count[2] += 1


@njit(cache=True)
def _other(node, state, score, touched, count, to, carried, first, due, link, parent, own):  # type: ignore[no-untyped-def]
    """A step to a state of a node that is not its first one."""
    last = node[to, STATE]
    while state[last, NEXT] >= 0 and state[state[last, NEXT], GOODS] != carried:
        last = state[last, NEXT]
    at = state[last, NEXT]
    if at < 0:
        state[last, NEXT] = at = count[1]
        _fill(state, score, touched, count, to, carried, due, link, parent, own)
        state[at, NOW] = first
        return
    if first >= state[at, EARLIER]:
        return
    if state[at, NOW] == NEVER:
        touched[count[2]] = at
        count[2] += 1
    elif first > state[at, NOW] or (first == state[at, NOW] and own <= score[at]):
        return
    state[at, NOW], score[at] = first, own
    state[at, LATEST], state[at, LINK], state[at, PARENT] = due, link, parent
