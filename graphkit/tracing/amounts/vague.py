"""What rows leave open in amount, as legs that may carry as much as there was: to and from hands that nobody knows."""

from __future__ import annotations

import numpy as np

from graphkit.network.sorting import distinct
from graphkit.quantities.deliveries import OPEN
from graphkit.tracing.amounts.by_weight import ByWeight
from graphkit.tracing.amounts.considered import product_of
from graphkit.tracing.amounts.legs import PASSED, USED, Legs
from graphkit.tracing.amounts.pools import Pools
from graphkit.tracing.labels import Whole
from graphkit.tracing.walk.ways import Mask, Numbers

Vague = list[tuple[Legs, Mask]]  # and of which no row tells the most


def more_than_least(legs: Legs, stops: tuple[Whole, Whole], back: bool) -> Vague:
    """What a leg may have carried beyond its least comes from unknown hands, or going back goes to them."""
    more = np.flatnonzero(~(legs.most <= legs.least))
    some = legs.take(more)
    surplus = some.most - np.nan_to_num(some.least)
    need = _turnover(stops[0] if back else stops[1], stops, legs, back)[more]
    unknown = np.isnan(surplus)
    some = some.but(least=0.0, most=np.where(unknown, need, surplus))
    return [(some, unknown)] if len(some) else []


def _turnover(
    stock: Whole, stops: tuple[Whole, Whole], legs: Legs, back: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """As much as ever left each of these stocks, or going back came to them: more need not be reckoned with."""
    ends, arrived = stops[1 if back else 0], legs.gain if back else 1.0
    keys, place = np.unique(ends, return_inverse=True)
    sums = np.bincount(place, np.nan_to_num(legs.most) * arrived, len(keys)) if len(keys) else np.zeros(0)
    at = np.minimum(np.searchsorted(keys, stock), max(len(keys) - 1, 0))
    found = np.where(keys[at] == stock, sums[at], 0.0) if len(keys) else np.zeros(len(stock))
    return np.maximum(np.ceil(found), 1.0)


def in_parcels(
    pools: Pools, legs: Legs, stops: tuple[Whole, Whole], parcels: Legs, back: bool, weights: ByWeight | None
) -> Vague:
    """A parcel of unknown content may have held any of what the holder has, as much as its weight allows."""
    parcels = parcels.take(np.flatnonzero(parcels.mark == OPEN))
    place, stock = pools.holding(parcels.giver if back else parcels.taker)
    most = weights.most(parcels.link[place], product_of(pools.ways, pools.goods(stock))) if weights else None
    return _any_amount(pools, legs, stops, parcels.take(place), stock, back, most)


def worked_up(pools: Pools, legs: Legs, stops: tuple[Whole, Whole], loose: Whole, back: bool) -> Vague:
    """Where lots went into others in amounts that no row tells, any amount of these may be of them."""
    if back or not loose.size:
        return []
    stock = pools.keys_of(loose[1])
    holders = distinct(pools.keys_of(loose[0]) // pools.width)
    stock = stock[np.isin(stock // pools.width, holders)]
    goods, far = pools.goods(stock), 2**61
    some = Legs.made(
        giver=stock // pools.width, taker=stock // pools.width, given=goods, taken=goods, least=0.0, most=1.0,
        departs=-far, departs_latest=far, arrives=-far, arrives_latest=far, role=PASSED, link=-1,
    )  # fmt: skip
    return _any_amount(pools, legs, stops, some.but(role=USED), stock, back)


def _any_amount(
    pools: Pools, legs: Legs, stops: tuple[Whole, Whole], like: Legs, stock: Whole, back: bool,
    most: Numbers | None = None,
) -> Vague:  # fmt: skip
    """Legs like these of what is in each of these stocks: of `most` where that is told, else of any amount."""
    if not len(like):
        return []
    goods, owner = pools.goods(stock), stock // pools.width
    need = _turnover(stock, stops, legs, back)
    ends = {"giver": owner} if back else {"taker": owner}
    unknown = np.isnan(most) if most is not None else np.ones(len(like), bool)
    made = like.but(
        given=goods, taken=goods, least=0.0, most=need if most is None else np.where(unknown, need, most), **ends
    )
    return [(made, unknown)]
