"""What is left of every stock by what is recorded of it, what it lacked on the way, and what a count found gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.quantities.deliveries import Floats
from graphkit.quantities.ledger import Ledger
from graphkit.quantities.periods import Periods


@dataclass(frozen=True, eq=False)
class Settled:
    """Of each stock, all of shape (stocks,): `left` at the end, `lacked` what must have entered unseen on the way
    (see `lacks`), `gone` what was still to be there at some count and was not.

    What came in less what went out is left + gone − lacked.
    """

    left: Floats
    lacked: Floats
    gone: Floats


def settled(ledger: Ledger) -> Settled:
    """Every stock by itself, no matter what passages join it to; what was lacking is taken as come.

    >>> from graphkit.quantities import Counts, Deliveries
    >>> given = Deliveries.of(3, [0, 0, 1], [1, 1, 2], [10, 5, 8], [10, 40, 20], opening=[15, 0, 0])
    >>> found = settled(Ledger.of_deliveries(given, counts=Counts.of([1], [1], [30])))
    >>> found.left.tolist(), found.lacked.tolist(), found.gone.tolist()
    ([0.0, 6.0, 8.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0])
    """
    left, lacked, gone = (np.zeros(ledger.stocks) for _ in range(3))
    periods = Periods.of(ledger)
    begins = np.flatnonzero(periods.opens)
    if not len(begins):
        return Settled(left, lacked, gone)
    stock, ends = periods.stock[begins], np.append(begins[1:], len(periods)) - 1
    sums = np.cumsum(periods.net)
    before = (sums - periods.net)[begins]
    balance = sums - np.repeat(before, np.diff(np.append(begins, len(periods))))
    lowest, last = np.minimum.reduceat(balance, begins), balance[ends]
    held, of = 0.0, -1
    for place, low, net, need, cap in zip(
        stock.tolist(), lowest.tolist(), last.tolist(), periods.need[ends].tolist(), periods.cap[ends].tolist(),
        strict=True,
    ):  # fmt: skip
        held = held if place == of else 0.0
        short = max(0.0, -(held + low), need - held - net)
        expected = held + net + short
        held, of = min(expected, cap), place
        lacked[place] += short
        gone[place] += expected - held
        left[place] = held
    return Settled(left, lacked, gone)
