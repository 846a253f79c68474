"""What a trace by lots alone leaves out, though time and product allow it: deliveries that no row links to others.

FoodChain-Lab's rules go on from one delivery to another only where a row says that the one went into the other. Who
gave or took by a row that says no such thing is then missing, though he may be the first seller of all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY
from graphkit.tracing.walk.moving import some
from graphkit.tracing.walk.sweep import Trace
from graphkit.tracing.walk.ways import Ways


def unlinked(ways: Ways, trace: Trace) -> Whole:
    """The deliveries, sorted, by which a trace by lots alone would have gone on to somebody new, did it follow others
    too.
    """
    if not ways.request.lots_only:
        return np.empty(0, np.int64)
    free, labels = Ways(ways.network, replace(ways.request, lots_only=False), ways.same, ways.lots), trace.labels
    passed, own = free.passing(labels)
    mine = distinct(own[passed.carried >= ANY])
    mine = mine[free.holding(labels.node[mine])]
    if free.told is not None:
        mine = mine[~free.told.is_delivery(labels.carried[mine])]
    origin, far, link = free.entries(free.ahead, labels.node[mine], *free.deliveries)
    entries = mine[origin], far, link
    new = ~np.isin(free.who(far), free.who(np.append(trace.node, labels.node)))
    entries = some(entries, new & free.wanted(link) & free.match(labels.carried[entries[0]], free.goods(link))[0])
    return distinct(entries[2][free.travel(labels, entries)[0]])
