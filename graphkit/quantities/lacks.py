"""What must have come in that no record tells, the records being right: certificates that anybody can add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.network.connected import connected
from graphkit.quantities.deliveries import DAY, Floats, Ints, Mask
from graphkit.quantities.ledger import Ledger
from graphkit.quantities.periods import Periods
from graphkit.quantities.reconciliation import Reconciliation, Weights

_NOTHING = 1e-9
_HARDLY = 1e-3  # what an unseen move costs where it should not matter


@dataclass(frozen=True)
class Lack:
    """A stock gave more than it had. By the moment `by` at most `received` had come in and `sent` had gone out or was
    counted there still, so that at least `amount` had come in unseen; `entries` of the ledger say so.

    What was there at a stocktake before counts as received. `stocks` are more than one where passages join them.
    """

    stocks: tuple[int, ...]
    amount: float
    by: int
    received: float
    sent: float
    entries: tuple[int, ...]

    @property
    def stock(self) -> int:
        """The stock; of several the one that most is lacking of."""
        return self.stocks[0]


def lacks(ledger: Ledger) -> list[Lack]:
    """What each stock by itself lacks, by stock and time; after a stocktake a stock is reckoned anew from it.

    Stocks that passages join are reckoned together.

    >>> from graphkit.quantities import Deliveries
    >>> ledger = Ledger.of_deliveries(Deliveries.of(3, [0, 1, 1], [1, 2, 2], [5, 4, 3], [10, 20, 30]))
    >>> [(each.stock, each.amount, each.by, each.received, each.sent) for each in lacks(ledger)]
    [(0, 5.0, 10, 0.0, 5.0), (1, 2.0, 30, 5.0, 7.0)]
    """
    periods, passing = Periods.of(ledger), set(ledger.passages.ravel().tolist())
    alone = [each for each in _lacks(periods) if each.stock not in passing] if len(periods) else []
    return sorted((*alone, *_passing(ledger)), key=lambda each: (each.stock, each.by))


def uncovered(ledger: Ledger, found: list[Lack]) -> list[int]:
    """The entries that went out when nothing was there to cover them, in time; for lacks of single stocks."""
    beyond = []
    for lack in found:
        entries = np.array(lack.entries, np.int64)
        out = ledger.change[entries] < 0
        entries = entries[np.lexsort((out, np.where(out, ledger.latest[entries], ledger.earliest[entries])))]
        carried = lack.received - float(np.maximum(ledger.change[entries], 0.0).sum())
        below = carried + np.cumsum(ledger.change[entries]) < -_NOTHING
        beyond += entries[below & (ledger.change[entries] < 0)].tolist()
    return beyond


def _passing(ledger: Ledger) -> Iterator[Lack]:
    """What stocks lack that passages join, by the same cut as of those between which goods move."""
    if not len(ledger.passages):
        return
    program = Reconciliation(ledger.believed(), Weights(1.0, None, False))
    periods, found = program.periods, program.solve()
    cluster = _clusters(ledger)
    inside = found.price >= 0.5
    for one in np.unique(cluster[periods.stock[inside]]).tolist():
        members = np.flatnonzero(cluster == one)
        if len(members) > 1:
            joint = _joint(periods, inside & (cluster[periods.stock] == one), one)
            if joint.amount > _NOTHING:
                order = members[np.argsort(-found.supply[members], kind="stable")]
                stocks = tuple(order.tolist())
                yield Lack(stocks, joint.amount, max(joint.by), joint.received, joint.sent, joint.entries)


def _clusters(ledger: Ledger) -> Ints:
    """Which stocks passages join; shape (stocks,)."""
    return connected(ledger.stocks, *ledger.passages.T)


@dataclass(frozen=True)
class JointLack:
    """What the stocks of one group lack together, however goods moved unseen between them: nobody in the records had
    it to give.

    `stocks` and `by` say of which stocks and until which moment of each this is reckoned. By then at most `received`
    had come in from beyond these, and `sent` had gone out beyond them, so that at least `amount` had come in unseen.
    `entries` are those that cross their bounds.
    """

    group: int
    amount: float
    received: float
    sent: float
    stocks: tuple[int, ...]
    by: tuple[int, ...]
    entries: tuple[int, ...]


def lacks_together(ledger: Ledger, tick: int = DAY) -> list[JointLack]:
    """What must have come from outside even if goods moved unseen, by group; `tick` is how long they need for that.

    The least cut that the prices of a reconciliation tell (linear programming duality), added up anew. Where quantities
    of a group are in one unit only; stocks without a group lack what they lack by themselves.

    >>> from graphkit.quantities import Deliveries
    >>> given = Deliveries.of(3, [0, 1, 1], [1, 2, 2], [5, 4, 3], [10, 20, 30], opening=[4, 0, 0])
    >>> ledger = Ledger.of_deliveries(given)
    >>> [(each.amount, each.stocks, each.by) for each in lacks_together(ledger, tick=1)]
    [(1.0, (0,), (10,))]
    """
    program = Reconciliation(ledger.believed(), Weights(1.0, _HARDLY, False), tick)
    periods, inside = program.periods, program.solve().price >= 0.5
    group = ledger.group[periods.stock]
    found = (_joint(periods, inside & (group == one), one) for one in np.unique(group[inside & (group >= 0)]).tolist())
    return [each for each in found if each.amount > _NOTHING]


def _joint(periods: Periods, inside: Mask, group: int) -> JointLack:
    """The sum over these periods, entries whose record has both its ends within them left out."""
    ledger = periods.ledger
    mine = inside[periods.period]
    within = np.bincount(ledger.record[mine], ledger.change[mine], ledger.records)
    every = np.flatnonzero(inside)
    begins, ends = every[_runs(periods, every)], every[np.append(_runs(periods, every)[1:], True)]
    before = begins[(begins > 0) & (periods.stock[begins - 1] == periods.stock[begins])] - 1
    carried, counted = float(periods.cap[before].sum()), float(periods.need[ends].sum())
    received, sent = carried + float(np.maximum(within, 0).sum()), counted + float(np.maximum(-within, 0).sum())
    stocks, where = np.unique(periods.stock[every], return_index=True)
    by = np.maximum.reduceat(periods.end[every], where)
    crossing = np.flatnonzero(mine & (np.abs(within) > _NOTHING)[ledger.record])
    return JointLack(group, sent - received, received, sent, *(tuple(x.tolist()) for x in (stocks, by, crossing)))


def _runs(periods: Periods, every: Ints) -> Mask:
    """Which of these periods do not go on from the one before: another stock, or a count between."""
    fresh = np.ones(len(every), bool)
    fresh[1:] = (np.diff(every) > 1) | periods.opens[every[1:]]
    return fresh


def _lacks(periods: Periods) -> Iterator[Lack]:
    begins = np.flatnonzero(periods.opens)
    ends = np.append(begins[1:], len(periods))
    balance = _balances(periods, begins)
    lowest = np.minimum.reduceat(balance, begins)
    held = 0.0
    by_period = np.argsort(periods.period, kind="stable")
    first = np.searchsorted(periods.period[by_period], np.arange(len(periods) + 1))
    for begin, end, low in zip(begins.tolist(), ends.tolist(), lowest.tolist(), strict=True):
        new = begin == 0 or periods.stock[begin - 1] != periods.stock[begin]
        carried = 0.0 if new else min(held, float(periods.cap[begin - 1]))
        last, need = float(balance[end - 1]), float(periods.need[end - 1])
        amount = max(0.0, -(carried + low), need - carried - last)
        held = carried + last + amount
        if amount <= _NOTHING:
            continue
        counted = need - carried - last > -(carried + low)
        worst = end - 1 if counted else begin + int(np.argmin(balance[begin:end]))
        came = carried + float(periods.came[begin : worst + 1].sum())
        went = float(periods.went[begin : worst + 1].sum()) + (need if counted else 0.0)
        by = int((periods.close if counted else periods.end)[worst])
        entries = np.sort(by_period[first[begin] : first[worst + 1]])
        yield Lack((int(periods.stock[begin]),), amount, by, came, went, tuple(entries.tolist()))


def _balances(periods: Periods, begins: Ints) -> Floats:
    """The running balance since each stock's beginning or last count."""
    sums = np.cumsum(periods.net)
    before = (sums - periods.net)[begins]
    return sums - np.repeat(before, np.diff(np.append(begins, len(periods))))
