"""The compiled sweeps over payments for `graphkit.tracing.patterns.fans`."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkit.network.compiled import compiled


@compiled
def sweep(event: Any, leaving: Any, hub: Any, other: Any, least: int) -> tuple[Any, Any, Any]:
    """Walk the events (a payment enters the window or leaves it) in order; busy times as pairs of fan and arc.

    Returns the fan's number and the arc of each pair, in order of fans, and each fan's peak.
    """
    count = len(hub)
    active, where = np.empty(count, np.int64), np.empty(count, np.int64)  # open payments, and where each stands
    fan, arc = np.empty(4 * count, np.int64), np.empty(4 * count, np.int64)
    peaks = np.empty(2 * count, np.int64)
    inside = np.zeros(other.max() + 1 if count else 1, np.int64)
    pairs, fans, busy, distinct = 0, 0, False, 0
    current, waiting = -1, 0  # those of the present account are `active[:waiting]`
    for at in range(len(event)):
        one = event[at]
        if hub[one] != current:
            current, waiting, busy, distinct = hub[one], 0, False, 0
        party = other[one]
        if leaving[at] == 0:
            inside[party] += 1
            distinct += inside[party] == 1
            active[waiting], where[one] = one, waiting
            waiting += 1
            if busy:
                if pairs == len(fan):
                    fan, arc = _grown(fan), _grown(arc)
                fan[pairs], arc[pairs] = fans - 1, one
                pairs += 1
                peaks[fans - 1] = max(peaks[fans - 1], distinct)
            elif distinct >= least:
                busy = True
                peaks[fans] = distinct
                while pairs + waiting > len(fan):
                    fan, arc = _grown(fan), _grown(arc)
                for i in range(waiting):
                    fan[pairs], arc[pairs] = fans, active[i]
                    pairs += 1
                fans += 1
        else:
            inside[party] -= 1
            distinct -= inside[party] == 0
            waiting -= 1
            moved, gap = active[waiting], where[one]
            active[gap], where[moved] = moved, gap
            busy = busy and distinct >= least
    return fan[:pairs], arc[:pairs], peaks[:fans]


@compiled
def fullest(
    event: Any, leaving: Any, hub: Any, other: Any, payment: Any, cents: Any, latest: Any, hubs: int
) -> tuple[Any, Any]:
    """For each hub the most parties in one window, and where the window of them begins that holds the most money.

    It is enough to look at windows that begin where a payment's time ends. A payment of several arcs counts once, at
    the first of them that is open.
    """
    peak, begin, most = np.zeros(hubs, np.int64), np.zeros(hubs, np.int64), np.zeros(hubs, np.int64)
    inside = np.zeros(other.max() + 1 if len(hub) else 1, np.int64)
    open_ = np.zeros(payment.max() + 1 if len(hub) else 1, np.int64)
    distinct, money = 0, 0
    for at in range(len(event)):
        one = event[at]
        party, paid, here = other[one], payment[one], hub[one]
        if leaving[at] == 0:
            inside[party] += 1
            distinct += inside[party] == 1
            open_[paid] += 1
            money += cents[one] * (open_[paid] == 1)
        else:
            if distinct > peak[here] or (distinct == peak[here] and money > most[here]):
                peak[here], begin[here], most[here] = distinct, latest[one], money
            inside[party] -= 1
            distinct -= inside[party] == 0
            open_[paid] -= 1
            money -= cents[one] * (open_[paid] == 0)
    return peak, begin


@compiled
def _grown(column: Any) -> Any:
    wider = np.empty(2 * len(column) + 1, column.dtype)
    wider[: len(column)] = column
    return wider
