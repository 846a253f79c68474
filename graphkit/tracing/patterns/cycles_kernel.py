"""The compiled search for cycles of payments; see `graphkit.tracing.patterns.cycles`, which says what is looked for.

`arcs` are the columns tail, head, earliest, latest, cents of payments in order of tail and earliest; `into` the arcs in
order of head and earliest; `begin` and `into_begin` where those of each node begin. `limits` are window, hops, whether
any order will do, and the longest interval of a payment.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkit.network.compiled import compiled

# The rows of the path's state: the arc, where to go on among its head's arcs, and of all arcs up to it the latest of
# the earliest moments, the earliest of the latest, the least and the greatest amount.
_ARC, _PLACE, _LAST, _FIRST, _LOW, _HIGH = range(6)
_WHOLE, _GIVEN_UP, _FULL = range(3)


@compiled
def search(
    root: int, arcs: Any, begin: Any, into: Any, into_begin: Any, limits: Any, share: float, scratch: Any, out: Any,
    ends: Any, most: int, most_of_root: int,
) -> tuple[int, int, int, bool]:  # fmt: skip
    """Search from this first payment on, until all are done, there was work enough, or no room is left.

    Returns the payment to go on with, the arcs looked at, how many cycles were found, and whether a payment was given
    up. `out` holds the arcs of the cycles one after another, cycle `i` up to `ends[i]`.
    """
    seen = scratch[0]
    on_path = np.zeros(len(seen), np.bool_)
    state = np.empty((6, limits[1] + 1), np.int64)
    work, found, given_up = 0, 0, False
    while root < len(arcs[0]) and work < most:
        looked = _reaching(root, arcs, into, into_begin, limits, scratch, most_of_root)
        if seen[arcs[1][root]] == root:
            more, now, outcome = _rounds(
                root, arcs, begin, limits, share, scratch, on_path, state, out, ends, found, most_of_root - looked
            )
            looked += more
            if outcome == _FULL and found > 0:  # begin anew with this payment, and an empty room
                return root, work + looked, found, given_up
            given_up = given_up or outcome != _WHOLE
            found = now
        work += looked
        root += 1
    return root, work, found, given_up


@compiled
def _rounds(
    root: int, arcs: Any, begin: Any, limits: Any, share: float, scratch: Any, on_path: Any, state: Any, out: Any,
    ends: Any, found: int, most: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Every way round that begins with this payment: arcs looked at, cycles found so far, how it ended."""
    tail, head, work, outcome = arcs[0], arcs[1], 0, _WHOLE
    filled = ends[found - 1] if found else 0
    depth = 0
    for row, column in ((_LAST, 2), (_FIRST, 3), (_LOW, 4), (_HIGH, 4)):
        state[row, 0] = arcs[column][root]
    state[_ARC, 0], state[_PLACE, 0] = root, _start(root, root, arcs, begin, limits, state[_LAST, 0])
    on_path[head[root]] = True
    while depth >= 0:
        if work >= most:
            outcome = _GIVEN_UP
            break
        arc, looked = _next(root, depth, arcs, begin, limits, share, scratch, on_path, state, most - work)
        work += looked
        if arc < 0:
            on_path[head[state[_ARC, depth]]] = False
            depth -= 1
        elif head[arc] == tail[root]:
            if found == len(ends) or filled + depth + 2 > len(out):
                outcome = _FULL
                break
            out[filled : filled + depth + 1] = state[_ARC, : depth + 1]
            filled += depth + 2
            out[filled - 1], ends[found] = arc, filled
            found += 1
        else:
            depth += 1
            state[_ARC, depth] = arc
            state[_LAST, depth] = max(state[_LAST, depth - 1], arcs[2][arc])
            state[_FIRST, depth] = min(state[_FIRST, depth - 1], arcs[3][arc])
            state[_LOW, depth] = min(state[_LOW, depth - 1], arcs[4][arc])
            state[_HIGH, depth] = max(state[_HIGH, depth - 1], arcs[4][arc])
            state[_PLACE, depth] = _start(root, arc, arcs, begin, limits, state[_LAST, depth])
            on_path[head[arc]] = True
    for at in range(depth + 1):
        on_path[head[state[_ARC, at]]] = False
    return work, found, outcome


@compiled
def _next(
    root: int, depth: int, arcs: Any, begin: Any, limits: Any, share: float, scratch: Any, on_path: Any, state: Any,
    most: int,
) -> tuple[int, int]:  # fmt: skip
    """The next arc that leads back or onward from the end of the path, -1 where there is none; arcs looked at."""
    tail, head, earliest, latest, cents = arcs
    window, hops, any_order, _ = limits
    seen, left = scratch[0], scratch[1]
    arc, stop = state[_PLACE, depth], begin[head[state[_ARC, depth]] + 1]
    work = 0
    while arc < stop and earliest[arc] <= state[_FIRST, depth] + window and work < most:
        end, here = head[arc], arc
        arc += 1
        work += 1
        if end != tail[root] and (seen[end] != root or left[end] > hops - depth - 2 or on_path[end]):
            continue
        if any_order:  # the first payment is then the earliest of all
            fits = earliest[here] > earliest[root] or (earliest[here] == earliest[root] and here > root)
        else:
            fits = latest[here] >= state[_LAST, depth]
        late = max(state[_LAST, depth], earliest[here])
        fits = fits and late - min(state[_FIRST, depth], latest[here]) <= window
        if fits and min(state[_LOW, depth], cents[here]) >= share * max(state[_HIGH, depth], cents[here]):
            state[_PLACE, depth] = arc
            return here, work
    state[_PLACE, depth] = arc
    return -1, work


@compiled
def _start(root: int, arc: int, arcs: Any, begin: Any, limits: Any, last: int) -> int:
    """The first of the arcs onward from this one that can be late enough."""
    node, earliest = arcs[1][arc], arcs[2]
    since = (earliest[root] if limits[2] else last) - limits[3]
    low, high = begin[node], begin[node + 1]
    while low < high:
        middle = (low + high) // 2
        if earliest[middle] < since:
            low = middle + 1
        else:
            high = middle
    return low  # type: ignore[no-any-return]


@compiled
def _reaching(root: int, arcs: Any, into: Any, into_begin: Any, limits: Any, scratch: Any, most: int) -> int:
    """Mark with the root the nodes from which its payer can be reached in time, `left` hops away; arcs looked at."""
    tail, _, earliest, latest, _ = arcs
    window, hops, _, longest = limits
    seen, left, queue = scratch
    queue[0], at, end, work = tail[root], 0, 1, 0
    seen[tail[root]], left[tail[root]] = root, 0
    since, until = earliest[root], latest[root] + window
    while at < end and work < most:
        node = queue[at]
        at += 1
        if left[node] >= hops - 1:
            continue
        place = _first(earliest, into, into_begin[node], into_begin[node + 1], since - longest)
        while place < into_begin[node + 1] and earliest[into[place]] <= until:
            source = tail[into[place]]
            if seen[source] != root and latest[into[place]] >= since:
                seen[source], left[source] = root, left[node] + 1
                queue[end] = source
                end += 1
            place += 1
            work += 1
    return work


@compiled
def _first(earliest: Any, into: Any, low: int, high: int, since: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if earliest[into[middle]] < since:
            low = middle + 1
        else:
            high = middle
    return low
