"""Moves of which no row tells: what one lacks of some goods may be what another is left with.

Where somebody sent more than he had, goods came to him unseen. Where they are of a lot, or of what is known to have
been made, those who have some of it left may have sent it, unseen. Of a lot whose making is recorded they must have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED
from graphkit.quantities.supply import least_unseen_times
from graphkit.tracing.amounts.considered import product_of
from graphkit.tracing.amounts.legs import MADE, MOVED, Legs
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import FAR

if TYPE_CHECKING:
    from graphkit.quantities.deliveries import Deliveries
    from graphkit.tracing.amounts.pools import Pools
    from graphkit.tracing.walk.ways import Ways


def unrecorded(
    ways: Ways, pools: Pools, legs: Legs, stocks: tuple[Deliveries, Whole], told: Legs, loose: Whole, first: int,
    back: bool,
) -> Legs:  # fmt: skip
    """Legs to and from unknown hands, which are owners from `first` on: one for each lot, or product, with gaps.

    What is left goes to them as soon as there was any; what was lacking comes from them by the time it was lacked. What
    is left in `loose` stocks may have gone into other goods. `stocks` are the legs' deliveries, and the stocks they are
    between.
    """
    if not len(legs):
        return Legs.none()
    given, keys = stocks
    lacking, since = least_unseen_times(given)
    came = np.bincount(given.target, given.arriving, given.stops)
    kept = came - np.bincount(given.source, given.quantity, given.stops) + lacking
    left = np.round(np.where(given.recipes, 0.0, np.maximum(kept, 0.0)), 6)
    held = keys // pools.width < pools.holders.count
    asked = np.zeros(given.stops, bool)  # where what was lacking may be of what is traced
    asked[given.source[(legs.mark == OPEN) | (back & (legs.mark == MARKED))]] = True
    lacking = np.where(asked & (since > -FAR), lacking, 0.0)
    began = np.full(given.stops, FAR)
    np.minimum.at(began, given.target, given.arrives_earliest)
    began = np.where(began == FAR, -FAR, began)
    latest = since[lacking > 0].max(initial=-FAR)  # what came later went to nobody's lack
    left = np.where((began < latest) & ~np.isin(keys, loose), left, 0.0)
    some = np.flatnonzero(held & ((lacking > 0) | (left > 0)))
    goods = pools.one_of(keys)[some]
    gaps = np.intersect1d(goods[lacking[some] > 0], goods[left[some] > 0])
    made = np.unique(told.taken[(told.role == MADE) & (told.mark != UNMARKED)])
    gaps = gaps[ways.is_lot(gaps) | np.isin(gaps, product_of(ways, made))]
    some = some[np.isin(goods, gaps)]
    if not len(some):
        return Legs.none()
    goods = pools.one_of(keys)[some]
    hands = first + np.searchsorted(gaps, goods)
    gives, lacks = left[some] > 0, lacking[some] > 0

    def leg(chosen: np.ndarray[tuple[int], np.dtype[np.bool_]], **columns: object) -> Legs:
        own = pools.goods(keys[some[chosen]])
        return Legs.made(given=own, taken=own, role=MOVED, link=-1, **columns)

    out = leg(
        gives, giver=(keys // pools.width)[some[gives]], taker=hands[gives], least=left[some[gives]],
        most=left[some[gives]], departs=began[some[gives]], departs_latest=FAR, arrives=began[some[gives]],
        arrives_latest=FAR,
    )  # fmt: skip
    into = leg(
        lacks, giver=hands[lacks], taker=(keys // pools.width)[some[lacks]], least=lacking[some[lacks]],
        most=lacking[some[lacks]], departs=-FAR, departs_latest=since[some[lacks]] - 1, arrives=-FAR,
        arrives_latest=since[some[lacks]] - 1,
    )  # fmt: skip
    return Legs.joined([out, into, _from_nowhere(told, into, gaps, first, back)])


def _from_nowhere(told: Legs, into: Legs, gaps: Whole, first: int, back: bool) -> Legs:
    """Unless the rows tell where a lot was made, what was lacking may also be of a source that no row knows."""
    made = np.unique(told.taken[told.role == MADE])
    need = np.bincount(into.giver - first, into.most, len(gaps))
    open_ = np.flatnonzero(~np.isin(gaps, made) & (need > 0))
    hidden = first + len(gaps) + np.arange(len(open_))
    ends = {"giver": hidden, "taker": first + open_}
    return Legs.made(
        **ends, given=gaps[open_], taken=gaps[open_], least=need[open_], most=need[open_], departs=-FAR,
        departs_latest=FAR, arrives=-FAR, arrives_latest=FAR, role=MOVED, link=-1,
    )  # fmt: skip
