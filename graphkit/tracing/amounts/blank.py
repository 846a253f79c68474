"""Rows of no quantity that are taken for another row's movement, and may be movements of their own.

Such a row then brought as much more as its giver can have had left: what had come to him when it left, less what rows
say that he gave to others until then or later; and what came to him by such rows likewise. It brought no more than its
weight allows.
"""

from __future__ import annotations

import numpy as np

from graphkit.network.connected import connected, strongly_connected
from graphkit.quantities.deliveries import MARKED, UNMARKED, Deliveries
from graphkit.quantities.runs import Events
from graphkit.tracing.amounts.by_weight import ByWeight
from graphkit.tracing.amounts.considered import product_of
from graphkit.tracing.amounts.legs import Legs
from graphkit.tracing.amounts.pools import Pools
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY
from graphkit.tracing.walk.ways import Mask, Numbers

_DUST = 1e-6


def of_their_own(
    pools: Pools, rows: Legs, stocks: tuple[Deliveries, Whole], legs: Legs, ends: tuple[Whole, Whole], back: bool,
    weights: ByWeight | None,
) -> Legs:  # fmt: skip
    """The rows as legs that carried as much as they can have, one for all of one stock between the same two.

    `stocks` are deliveries between stocks and the stocks' keys, `ends` the stocks at the ends of `legs`, whose marks
    tell where what is traced can have been.
    """
    place, stock = pools.holding(rows.giver)
    row, taken = pools.holding(rows.taker[place])
    place, stock = place[row], stock[row]
    able = np.isin(taken if back else stock, _led_to(legs, ends, back)) & _fit(pools, rows.given[place], stock, taken)
    place, stock, taken = place[able], stock[able], taken[able]
    if not len(place):
        return Legs.none()
    left = _left(stocks, stock, rows.departs_latest[place])
    heavy = np.full(len(place), np.inf)
    if weights is not None:
        heavy = np.fmin(heavy, weights.most(rows.link[place], product_of(pools.ways, pools.goods(stock))))
    (stock, taken), which = np.unique(np.stack((stock, taken)), axis=1, return_inverse=True)
    most = np.zeros(len(stock))
    np.maximum.at(most, which, left)
    most = np.minimum(_with_what_came_so(stock, taken, most), np.bincount(which, heavy, len(stock)))
    order = np.lexsort((rows.link[place], which))
    first = place[order][np.unique(which[order], return_index=True)[1]]
    times = {name: np.full(len(stock), 2**62 if earliest else -(2**62))
             for name, earliest in (("departs", True), ("departs_latest", False), ("arrives", True),
                                    ("arrives_latest", False))}  # fmt: skip
    for name, column in times.items():
        (np.minimum if name in ("departs", "arrives") else np.maximum).at(column, which, getattr(rows, name)[place])
    made = rows.take(first).but(given=pools.goods(stock), taken=pools.goods(taken), least=0.0, most=most, **times)
    return made.take(most > _DUST)


def _led_to(legs: Legs, ends: tuple[Whole, Whole], back: bool) -> Whole:
    """The stocks in which there may be some of what is traced."""
    source, target = ends[::-1] if back else ends
    return np.concatenate((target[legs.mark != UNMARKED], source[legs.mark == MARKED]))


def _fit(pools: Pools, named: Whole, given: Whole, taken: Whole) -> Mask:
    """Whether goods that a row names, ANY where it names none, can have gone from the one stock to the other."""
    goods = named, pools.goods(given), pools.goods(taken)
    product = [np.where(each == ANY, ANY, product_of(pools.ways, np.maximum(each, 0))) for each in goods]
    lot = [each != whole for each, whole in zip(goods, product, strict=True)]
    fits: Mask = (product[1] == product[2]) & (goods[1] != ANY) & ((named == ANY) | (product[0] == product[1]))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        fits &= ~(lot[one] & lot[other]) | (goods[one] == goods[other])
    return fits


def _left(stocks: tuple[Deliveries, Whole], stock: Whole, when: Whole) -> Numbers:
    """What there was in these stocks at these moments of which no row says that it left before or after."""
    given, keys = stocks
    at = np.minimum(np.searchsorted(keys, stock), max(len(keys) - 1, 0))
    at = np.where(keys[at] == stock, at, -1) if len(keys) else np.full(len(stock), -1)
    units = given.units
    events = Events.of(given, units)
    had = events.unseen(given, units) / units + given.opening
    after = _least_after(events) / units
    moments, rank = np.unique(np.concatenate((events.moment, when)), return_inverse=True)
    width = len(moments) + 1
    order = events.stop * width + rank[: len(events.moment)]
    event = np.searchsorted(order, at * width + rank[len(events.moment) :], "right") - 1
    known = (at >= 0) & (event >= 0)
    known &= events.stop[np.maximum(event, 0)] == at if len(order) else known
    balance = after[np.maximum(event, 0)] if len(order) else np.zeros(len(at))
    return np.where(known, np.maximum(balance + had[at], 0.0) if len(had) else 0.0, 0.0)


def _least_after(events: Events) -> Whole:
    """The least balance of each event's stop from the event on."""
    if not len(events.stock):
        return events.stock
    low, high = int(events.stock.min()), int(events.stock.max())
    apart = events.stop * (high - low + 1) + events.stock - low  # stops further on lie higher
    least = np.minimum.accumulate(apart[::-1])[::-1]
    found: Whole = least - events.stop * (high - low + 1) + low
    return found


def _with_what_came_so(stock: Whole, taken: Whole, left: Numbers) -> Numbers:
    """As much as was left there, and what can have come there by such rows: no more than was left in all stocks that
    such rows join.
    """
    keys, ends = np.unique(np.concatenate((stock, taken)), return_inverse=True)
    giver, taker = ends[: len(stock)], ends[len(stock) :]
    had = np.zeros(len(keys))
    np.maximum.at(had, giver, left)
    label = connected(len(keys), giver, taker)
    joined = np.bincount(label, had)[label][giver]
    circle = strongly_connected(len(keys), giver, taker)
    around = np.bincount(circle)[circle][giver] > 1
    most = np.where(around, joined, left)
    while True:  # as often as such rows follow one another
        came = np.bincount(taker, most, len(keys))[giver]
        more = np.where(around, joined, np.minimum(left + came, joined))
        if not (more > most + _DUST).any():
            return most
        most = more
