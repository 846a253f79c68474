"""Who gave more than he had, by rows alone: what came to him unseen, or a time that is mistaken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.model.nodes import PARTY, PLACE
from graphkit.network.sorting import among, distinct
from graphkit.quantities.deliveries import UNMARKED
from graphkit.quantities.supply import least_unseen_supply, least_unseen_times
from graphkit.tracing.amounts.considered import product_of
from graphkit.tracing.labels import Whole

if TYPE_CHECKING:
    from graphkit.tracing.amounts.figures import Figures


@dataclass(frozen=True)
class Short:
    """Who gave more than he had, of which goods (-1 of several), how much, by when; `early` are links that left
    before it came, if in all it did.
    """

    node: int
    goods: int
    unit: str | None
    amount: float
    by: int
    early: tuple[int, ...]


def shortages(figures: Figures) -> list[Short]:
    """Those but the start who gave more of what the trace led to than they had by rows alone, the most first."""
    (legs, given), found = figures.flow.stocks, list[Short]()
    known = figures.found.known if figures.found.known is not None else np.arange(figures.holders.count)
    # no transformation, nobody unknown
    mine = (legs.link >= 0) & ~among(legs.giver, figures.own) & among(legs.giver, known)
    led = np.flatnonzero((legs.mark != UNMARKED) & (legs.giver < figures.holders.count + len(figures.ways.network)))
    touched = np.concatenate((given.source[led], given.target[led]))
    lacking = np.intersect1d(given.source[mine], touched)
    lacking = lacking[least_unseen_times(given)[0][lacking] > 0]
    into = np.bincount(given.target, given.arriving, given.stops)
    out = np.bincount(given.source, given.quantity, given.stops)
    stands, told = _stand_for(figures), np.flatnonzero(mine)
    told = told[np.argsort(given.source[told], kind="stable")]
    begins = [np.searchsorted(given.source[told], lacking, side) for side in ("left", "right")]
    for each, begin, end in zip(least_unseen_supply(given, lacking), *begins, strict=True):
        sent = told[begin:end]
        beyond = [int(legs.link[i]) for i in each.beyond if legs.link[i] >= 0]
        goods = distinct(legs.given[sent])
        goods = goods if len(goods) == 1 else distinct(product_of(figures.ways, goods))
        found.append(Short(
            int(stands[legs.giver[sent[0]]]), int(goods[0]) if len(goods) == 1 else -1,
            figures.unit_name(int(figures.flow.unit[sent[0]])), each.amount, each.by,
            tuple(beyond) if into[each.stop] >= out[each.stop] else (),
        ))  # fmt: skip
    return sorted(found, key=lambda each: (-each.amount, each.node, each.goods))


def _stand_for(figures: Figures) -> Whole:
    """The entity that tells best who each holder is: who is identified, before a name, before a place."""
    nodes = figures.holders.nodes
    kinds = figures.kinds(nodes)
    order = np.lexsort((nodes, kinds == PARTY.name, kinds == PLACE.name))
    _, first = np.unique(figures.holders.of(nodes[order]), return_index=True)
    return np.asarray(nodes[order[first]], np.int64)
