"""The inner loops of a trace in large networks, compiled: one level of links in the order of time.

They walk what `steps` walks along deliveries, payments and calls, where waits are not bounded, and keep of each state
only its first moment; ties are left to `steps`. A link costs one read in a row, and one at random of its end's moment:
no more is looked at unless it leads there earlier. A state that is met earlier than before looks only at what it could
not take before, or would take later. What else can be told of a trace is worked out when it is asked for.

Moments are numbers of the network's clock; in `when` they stand as `top` - moment, so that 0 is never and memory that
is not touched is not needed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkit.network.compiled import compiled

# Columns of `labels`, and of `states` as `level` makes them; places in `counts`; marks of a label.
NODE, LOT, MOMENT, BEFORE, LINK, PARENT, SCORE = range(7)
COUNTS = 4
LABELS, STATES = 0, 1
FLOWS, STARTS = 1, 2
_BLOCK = 64  # labels whose rows are asked for together


@compiled
def advance(  # noqa: PLR0912 (one loop, so that nothing is handed over for a link)
    level: Any, table: Any, asked: Any, worth: Any, labels: Any, states: Any, met: Any
) -> Any:  # fmt: skip
    """One level on from labels `level` (begin, end, next to look at, marks), as far as there is room.

    Marks, one a label: FLOWS to take its flows, STARTS where no step is weak. `table`: a timetable's indptr and
    entries, and the product of each code of goods. `asked`: since, until, top, product, least score, whether an
    entity has one state alone, which then is its number, and a mask of links that are barred, empty for none.
    `worth` (grades, 3): scores in thousandths by what ties a step to the one before: batch, product, date. `met`
    (thousandths + 1,) takes the scores. Gives the label at which it stopped for want of room, or the end.
    """
    begin, end, at, marks = level
    indptr, entry, product_of = table
    since, until, top, wanted, least, single, barred = asked
    node, lot, moments, befores, links, parents, scores = labels
    when, slot, head, chain, counts = states
    bars, rows = len(barred) > 0, np.empty((_BLOCK, 3), np.int64)
    for block in range(at, end, _BLOCK):
        _find_rows(node, lot, block, min(block + _BLOCK, end), indptr, entry, rows)
        for i in range(block, min(block + _BLOCK, end)):
            if marks[i - begin] & FLOWS == 0:
                continue
            carried, lo, before, last = lot[i], max(moments[i], since), befores[i], rows[i - block, 1]
            mine, starts = _product(product_of, carried), marks[i - begin] & STARTS
            first = _from(entry, rows[i - block, 0], last, lo)
            if counts[LABELS] + last - first > len(node) or (not single and counts[STATES] + last - first > len(when)):
                return i
            for k in range(first, last):
                step = entry[k]
                if step.earliest >= before or step.earliest > until or (bars and barred[step.link]):
                    continue
                now, tie = carried, 2 if carried == -1 else 0
                if carried >= -1 and not single:
                    tie = _tie(carried, mine, step.goods, product_of, wanted)
                    if tie < 0:
                        continue
                    now = _known(carried, mine, step.goods)
                own = worth[step.grade, 0 if starts else tie]
                if own < least:
                    continue
                met[own] = True
                to, left = step.other, top - max(lo, step.earliest)
                state = to if single else _state(head, chain, counts, to, now)
                known = when[state]
                if left < known:
                    continue
                place = slot[state]
                if place < end or known == 0:
                    if left == known:
                        continue
                    place = counts[LABELS]
                    counts[LABELS] += 1
                    slot[state], node[place], lot[place], befores[place] = place, to, now, top - known
                elif left == known and own <= scores[place]:
                    continue
                when[state], moments[place] = left, top - left
                links[place], parents[place], scores[place] = step.link, i, own
    return end


@compiled
def offer(found: Any, end: Any, top: Any, single: Any, labels: Any, states: Any, met: Any) -> Any:
    """The steps that `steps` found: node, carried, moment, link, parent, score; labels from `end` on are this level's.

    There must be room for all of them.
    """
    node, lot, moments, befores, links, parents, scores = labels
    when, slot, head, chain, counts = states
    nodes, carried, moment, link, parent, own = found
    for i in range(len(nodes)):
        met[own[i]] = True
        state, left = nodes[i] if single else _state(head, chain, counts, nodes[i], carried[i]), top - moment[i]
        known, place = when[state], slot[state]
        old = place < end or known == 0
        if left < known or (left == known and (old or own[i] <= scores[place])):
            continue
        if old:
            place = counts[LABELS]
            counts[LABELS] += 1
            slot[state], node[place], lot[place], befores[place] = place, nodes[i], carried[i], top - known
        when[state], moments[place] = left, moment[i]
        links[place], parents[place], scores[place] = link[i], parent[i], own[i]


@compiled
def walked(marks: Any, table: Any, asked: Any, worth: Any, labels: Any, taken: Any) -> Any:
    """The links that the labels with these marks go on by, each once: what `advance` took, found anew.

    `taken` (entries,) is False at first.
    """
    indptr, entry, product_of = table
    since, until, _, wanted, least, _, barred = asked
    nodes, lots, moments, befores = labels[NODE], labels[LOT], labels[MOMENT], labels[BEFORE]
    found, count = np.empty(1024, np.int32), 0
    for i in range(len(marks)):
        if marks[i] & FLOWS == 0:
            continue
        carried, lo, before = lots[i], max(moments[i], since), befores[i]
        row, mine = _row(indptr, nodes[i], carried), _product(product_of, carried)
        for k in range(_from(entry, indptr[row], indptr[row + 1], lo), indptr[row + 1]):
            step = entry[k]
            if taken[k] or step.earliest >= before or step.earliest > until:
                continue
            if len(barred) > 0 and barred[step.link]:
                continue
            tie = _tie(carried, mine, step.goods, product_of, wanted) if carried >= -1 else 0
            if tie < 0 or worth[step.grade, 0 if marks[i] & STARTS else tie] < least:
                continue
            if count == len(found):
                found = np.append(found, np.empty(count, np.int32))
            taken[k], found[count] = True, step.link
            count += 1
    return found[:count]


@compiled
def summary(labels: Any, begins: Any, hops: Any, first: Any, top: Any) -> Any:
    """Of each node of these labels the fewest hops + 1, and `top` - its first moment; both (nodes,) 0 at first.

    `begins` (levels + 1,) says where the labels of each level begin.
    """
    nodes, moments = labels[NODE], labels[MOMENT]
    for level in range(len(begins) - 1):
        for i in range(begins[level], begins[level + 1]):
            node = nodes[i]
            if hops[node] == 0:
                hops[node] = level + 1
            first[node] = max(first[node], top - moments[i])


@compiled
def _find_rows(node: Any, lot: Any, begin: Any, end: Any, indptr: Any, entry: Any, rows: Any) -> Any:
    """Where the rows of these labels begin and end, in `rows`; all are asked for before any is waited for."""
    for i in range(begin, end):
        row = _row(indptr, node[i], lot[i])
        rows[i - begin, 0], rows[i - begin, 1] = indptr[row], indptr[row + 1]
    for i in range(end - begin):
        if rows[i, 0] < rows[i, 1]:
            rows[i, 2] = entry[rows[i, 0]].link  # brings the row near


@compiled
def _row(indptr: Any, node: Any, carried: Any) -> Any:
    """The row of a timetable that leads on from here: of goods, or of the medium that is carried."""
    return node + (0 if carried >= -1 else (-1 - carried) * (len(indptr) // 4))


@compiled
def _from(entry: Any, begin: Any, end: Any, lo: Any) -> Any:
    """The first entry that can still be taken at this moment."""
    while begin < end:
        middle = (begin + end) // 2
        if entry[middle].latest < lo:
            begin = middle + 1
        else:
            end = middle
    return begin


@compiled
def _product(product_of: Any, goods: Any) -> Any:
    return product_of[goods] if goods >= 0 else -1


@compiled
def _tie(carried: Any, mine: Any, other: Any, product_of: Any, wanted: Any) -> Any:
    """What ties these goods to those carried, of product `mine`: 0 the batch, 1 the product, 2 dates; -1 nothing."""
    made = mine if other == carried else _product(product_of, other)
    if wanted >= 0 and made >= 0 and made != wanted:
        return -1
    lot = carried >= 0 and mine != carried
    if other == carried:
        return 0 if lot else (1 if carried >= 0 else 2)
    if (mine >= 0 and made >= 0 and mine != made) or (lot and other >= 0 and made != other):
        return -1
    return 1 if mine == made and mine >= 0 else 2


@compiled
def _known(carried: Any, mine: Any, other: Any) -> Any:
    """What is then known to be carried."""
    lot = carried >= 0 and mine != carried
    return carried if lot or other < 0 else other


@compiled
def _state(head: Any, chain: Any, counts: Any, node: Any, carried: Any) -> Any:
    """The number of a state of this node, made where there is none; there must be room for it."""
    at = head[node] - 1
    while at >= 0:
        if chain[at, 0] == carried:
            return at
        at = chain[at, 1]
    at = counts[STATES]
    chain[at, 0], chain[at, 1] = carried, head[node] - 1
    head[node] = at + 1
    counts[STATES] += 1
    return at
