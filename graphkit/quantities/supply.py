"""What must have been there that no record tells: how much, by when, and on which deliveries that stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.quantities.deliveries import Deliveries, Floats, Ints
from graphkit.quantities.runs import Events


@dataclass(frozen=True, eq=False)
class Shortage:
    """A stop sent more than it had: the certificate, in the deliveries' unit.

    By the moment `by` it had received `received`, its known opening stock included, and sent `sent`, so that at least
    `amount` had entered unseen. `since` is when its stock first fell below zero. `deliveries` are those into and out of
    it until then; `beyond` those of them that left when nothing was there to cover them.
    """

    stop: int
    amount: float
    since: int
    by: int
    received: float
    sent: float
    deliveries: tuple[int, ...]
    beyond: tuple[int, ...]


def unseen(given: Deliveries) -> Floats:
    """The least opening stock that no record tells of each stop; shape (stops,)."""
    units = given.units
    return Events.of(given, units).unseen(given, units) / units


def least_unseen_times(given: Deliveries) -> tuple[Floats, Ints]:
    """The least opening stock that no record tells of each stop, and by when the first of it was needed; (stops,) each.

    >>> [part.tolist() for part in least_unseen_times(Deliveries.of(2, [0, 0], [1, 1], [5, 4], [10, 20]))]
    [[9.0, 0.0], [10, 4611686018427387904]]
    """
    units = given.units
    events = Events.of(given, units)
    lacking = events.unseen(given, units) / units
    since = np.full(given.stops, 2**62)
    below = events.stock + np.rint(given.opening * units).astype(np.int64)[events.stop] < 0
    np.minimum.at(since, events.stop[below], events.moment[below])
    return lacking, since


def least_unseen_supply(given: Deliveries, stops: Ints | None = None) -> list[Shortage]:
    """One shortage for each stop whose running balance falls below zero, by stop; of `stops` alone where given.

    The balance takes arrivals as early and departures as late as their times allow, so that it is short in every
    history. It says how much must have entered by which moment, not when it did.

    >>> found = least_unseen_supply(Deliveries.of(3, [0, 1, 1], [1, 2, 2], [5, 4, 3], [10, 20, 30]))
    >>> [(each.stop, each.amount, each.by) for each in found]
    [(0, 5.0, 10), (1, 2.0, 30)]
    """
    units = given.units
    events = Events.of(given, units)
    lacking = np.flatnonzero(events.unseen(given, units))
    found = []
    for stop in (lacking if stops is None else lacking[np.isin(lacking, stops)]).tolist():
        begin, end = np.searchsorted(events.stop, [stop, stop + 1])
        found.append(_shortage(given, events, slice(int(begin), int(end)), units))
    return found


def _shortage(given: Deliveries, events: Events, piece: slice, units: float) -> Shortage:
    stop = int(events.stop[piece.start])
    opening = float(given.opening[stop])
    balance = events.stock[piece] + round(opening * units)
    worst = int(np.argmin(balance))
    delivery, dispatch = events.delivery[piece][: worst + 1], events.dispatch[piece][: worst + 1]
    moment = events.moment[piece]
    below = np.flatnonzero(balance[: worst + 1] < 0)
    return Shortage(
        stop,
        float(-balance[worst]) / units,
        int(moment[below[0]]),
        int(moment[worst]),
        opening + float(given.arriving[delivery[~dispatch]].sum()),
        float(given.quantity[delivery[dispatch]].sum()),
        tuple(delivery.tolist()),
        tuple(delivery[below[dispatch[below]]].tolist()),
    )
