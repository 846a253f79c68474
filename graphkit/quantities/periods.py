"""The stocks of a ledger cut into periods of time: in each, what came in comes before what goes out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.quantities.deliveries import Floats, Ints, Mask
from graphkit.quantities.ledger import Ledger

_RECEIPT, _DISPATCH, _COUNT, _AFTER = 0, 1, 2, 3


@dataclass(frozen=True, eq=False)
class Periods:
    """Every stock at each of its periods, by stock, then time. Within one period order does not matter.

    Receipts count as early and dispatches as late as their times allow, at one moment receipts first: what is short
    then is short in every history. A period ends where a receipt follows a dispatch, at the end of a tick (`tick`, such
    as a day, is the time that goods need to move unseen), and at a count, after which another one always begins.

    Shapes: `stock`, `tick`, `net`, `came`, `went` (periods,): the period's recorded sum, in and out; `opens` (periods,)
    whether it is the first of its stock or the first after a count, `last` whether it is its stock's last. `need` and
    `cap` (periods,) bound what is held after it: 0 and infinite but where it was counted. `period` (entries,) is where
    each entry lies. `close` (periods,) is the last moment of each, `end`
    that at which something last went out, where anything did.
    """

    ledger: Ledger
    stock: Ints
    tick: Ints
    net: Floats
    came: Floats
    went: Floats
    opens: Mask
    last: Mask
    need: Floats
    cap: Floats
    period: Ints
    end: Ints
    close: Ints

    def __len__(self) -> int:
        return len(self.stock)

    @classmethod
    def of(cls, ledger: Ledger, tick: int | None = None) -> Periods:
        """The periods of a ledger; without `tick` they end only where a receipt follows a dispatch, and at counts."""
        counts, receipt = ledger.counts, ledger.change > 0
        stock = np.concatenate((ledger.stock, counts.stock, counts.stock))
        told = np.repeat([_COUNT, _AFTER], len(counts.stock))
        kind = np.concatenate((np.where(receipt, _RECEIPT, _DISPATCH), told))
        moment = np.concatenate((np.where(receipt, ledger.earliest, ledger.latest), counts.latest, counts.latest))
        order = np.lexsort((kind, moment, stock))
        stock, kind, moment = stock[order], kind[order], moment[order]
        ticks = moment // tick if tick else np.zeros(len(order), np.int64)
        first = _changed(stock)
        after_count = np.zeros(len(order), bool)
        after_count[1:] = kind[:-1] == _COUNT
        begins = first | after_count | _changed(ticks)
        begins[1:] |= (kind[1:] == _RECEIPT) & (kind[:-1] == _DISPATCH)
        place = np.cumsum(begins) - 1
        period = np.empty(len(order), np.int64)
        period[order] = place
        starts = np.flatnonzero(begins)
        size = len(starts)
        entries, counted = np.split(period, [len(ledger.change)])
        came = np.bincount(entries, np.maximum(ledger.change, 0.0), size).astype(np.float64)
        went = np.bincount(entries, np.maximum(-ledger.change, 0.0), size).astype(np.float64)
        need, cap = _counted(ledger, counted[: len(counts.stock)], size)
        ends = np.append(starts[1:], len(order))[:size] - 1
        opens, last = (first | after_count)[starts], np.ones(size, bool)
        last[:-1] = stock[starts][1:] != stock[starts][:-1]
        end = moment[starts] if size else moment
        np.maximum.at(end, place[kind == _DISPATCH], moment[kind == _DISPATCH])
        end, close = np.where(went > 0, end, moment[ends]), moment[ends]
        return cls(
            ledger, stock[starts], ticks[starts], came - went, came, went, opens, last, need, cap, entries, end, close
        )


def _counted(ledger: Ledger, period: Ints, size: int) -> tuple[Floats, Floats]:
    """What is held after each period, at least and at most, by the counts.

    What may have been on the other side of the count than it stands here widens the range.
    """
    counts = ledger.counts
    need, cap = np.zeros(size), np.full(size, np.inf)
    by_stock = np.argsort(ledger.stock, kind="stable")
    begin = np.searchsorted(ledger.stock[by_stock], counts.stock, "left")
    end = np.searchsorted(ledger.stock[by_stock], counts.stock, "right")
    for i in range(len(counts.stock)):
        own = by_stock[begin[i] : end[i]]
        change, earliest, latest = ledger.change[own], ledger.earliest[own], ledger.latest[own]
        later_out = (change < 0) & (latest >= counts.earliest[i]) & (latest <= counts.latest[i])
        later_in = (change > 0) & (latest >= counts.earliest[i]) & (earliest <= counts.latest[i])
        early_out = (change < 0) & (earliest <= counts.latest[i]) & (latest > counts.latest[i])
        need[period[i]] = max(0.0, counts.low[i] + float(change[later_out].sum()))
        cap[period[i]] = counts.high[i] + float(change[later_in].sum() - change[early_out].sum())
    return need, cap


def _changed(values: Ints) -> Mask:
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return new
