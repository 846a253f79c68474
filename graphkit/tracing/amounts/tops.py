"""The most that anybody can have had of what is traced: all there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.model.nodes import BATCH
from graphkit.network.connected import strongly_connected
from graphkit.network.sorting import distinct
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED
from graphkit.tracing.amounts.legs import FOUND, MADE, MOVED, USED
from graphkit.tracing.labels import Whole

if TYPE_CHECKING:
    from graphkit.tracing.amounts.figures import Figures


def tops(figures: Figures) -> Tops:
    """The most that a holder can have had in a unit of what is traced: all there is of it, each piece once.

    Where recorded deliveries can bring goods back to him what he had counts again, and nothing bounds it so.
    """
    flow, mark = figures.flow, figures.flow.mark
    legs, back = flow.legs, flow.back
    told = np.flatnonzero((mark != UNMARKED) & ~flow.hidden & (legs.link >= 0) & (legs.role == MOVED))
    circles = _circles(legs.giver[told], legs.taker[told])
    high = figures.outer.high * figures.scale
    made = _made_by_rows(figures)
    begins = legs.role == (USED if back else MADE)
    if not made:
        begins = begins | ((mark == MARKED) & np.isin(legs.role, (MOVED, FOUND)))
    whole: dict[int, float] = {}
    lots = figures.by_lots
    for unit in distinct(flow.unit).tolist():
        mine = flow.unit == unit
        if (flow.beyond & mine).any() and not made:
            continue
        asked = ((mark != UNMARKED) & (legs.role != MADE)) if made else (mark == OPEN)
        open_ = distinct(flow.deliveries.source[mine & asked & ~flow.vague])
        entered = high[begins & mine].sum()
        if lots is not None and not made:
            other = lots.flow
            pieces = (other.unit == unit) & (other.legs.role == (USED if back else MADE))
            known = (mark == MARKED) & np.isin(legs.role, (MOVED, FOUND)) & mine
            entered = min(entered, (lots.outer.high * lots.scale)[pieces].sum() + high[known].sum())
        entered += figures.found.sent.get(unit, 0.0) + figures.found.sent.get(-1, 0.0)
        entered += legs.most[mine & flow.vague & (legs.role == USED)].sum()  # made of it in amounts that no row tells
        if made:  # what must have come from elsewhere, if movements in doubt took place
            entered += legs.most[mine & flow.vague & (legs.role == MOVED) & (legs.link < 0)].sum()
        whole[unit] = float(entered + flow.runs.unseen[open_].sum() / flow.runs.units)
    return Tops(whole, circles)


def _made_by_rows(figures: Figures) -> bool:
    """Whether the start is a lot, traced forward, of which rows tell how much was made: all there is but what is seen
    to have come unseen.
    """
    flow, found, start = figures.flow, figures.found, figures.start
    if flow.back or found.known is not None or figures.ways.network.kind_of(start) != BATCH.name:
        return False
    table = figures.ways.links
    made = found.aside[table.kind[found.aside] == table.kind_code("OUTPUT_AS")]
    vague = np.isin(found.loose[1], start).any() or (figures.ways.goods(made) == start).any()
    return not vague and bool(((flow.legs.role == MADE) & (flow.legs.taken == start)).any())


@dataclass(frozen=True)
class Tops:
    """All that there is of what is traced, by unit; not of those to whom recorded deliveries can bring goods back."""

    whole: dict[int, float]
    circles: set[int]

    def __call__(self, holder: int, unit: int) -> float:
        return np.inf if holder < 0 or holder in self.circles else self.whole.get(unit, np.inf)


def _circles(giver: Whole, taker: Whole) -> set[int]:
    """Which owners goods can come back to."""
    owners, ends = np.unique(np.concatenate((giver, taker)), return_inverse=True)
    label = strongly_connected(len(owners), ends[: len(giver)], ends[len(giver) :])
    return set(owners[np.bincount(label)[label] > 1].tolist())
