"""What is recorded of many stocks: records that change them, and counts of what was there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.errors import RequestError
from graphkit.quantities.deliveries import Deliveries, Floats, Ints


@dataclass(frozen=True, eq=False)
class Counts:
    """Stocktakes: between `low` and `high` of a stock were there at some moment between `earliest` and `latest`;
    where it was not all that was there, `high` is infinite.

    Shapes: all (counts,).
    """

    stock: Ints
    low: Floats
    high: Floats
    earliest: Ints
    latest: Ints

    @classmethod
    def of(cls, stock: ArrayLike, quantity: ArrayLike, moment: ArrayLike) -> Counts:
        """Counts of known quantities at known moments."""
        much, when = np.asarray(quantity, np.float64), np.asarray(moment, np.int64)
        return cls(np.asarray(stock, np.int64), much, much, when, when)

    @classmethod
    def none(cls) -> Counts:
        """No stocktake at all."""
        return cls.of([], [], [])


@dataclass(frozen=True, eq=False)
class Ledger:
    """Records, each of one or more entries: an entry changes one stock, above zero what came in, below what went out.

    A delivery has two entries; a transformation one for each of its inputs and outputs. Shapes: `record`, `stock`,
    `change`, `earliest`, `latest` (entries,); `deviation` (records,); `usual`, `group` (stocks,); `passages` (passages,
    2). Moments are whole numbers, such as microseconds. A record that is wrong is wrong in all its entries by one
    share: `deviation` is the standard deviation of that share, 0 where the record is believed. `usual` is what one
    movement of such goods usually amounts to; what nobody recorded is weighed by it, so that grams and boxes compare.
    Between stocks of one `group` goods may have moved unseen (-1: not at all). A passage (from, to) says that what is
    in the one stock may at any time be taken as of the other, as goods of no stated batch are of some batch.

    >>> ledger = Ledger.of_deliveries(Deliveries.of(3, [0, 1], [1, 2], [5, 8], [10, 20]))
    >>> ledger.stock.tolist(), ledger.change.tolist()
    ([0, 1, 1, 2], [-5.0, -8.0, 5.0, 8.0])
    """

    stocks: int
    record: Ints
    stock: Ints
    change: Floats
    earliest: Ints
    latest: Ints
    deviation: Floats
    usual: Floats
    group: Ints
    counts: Counts
    passages: Ints

    @classmethod
    def of_deliveries(
        cls, given: Deliveries, deviation: ArrayLike = 0.0, counts: Counts | None = None, group: ArrayLike = 0
    ) -> Ledger:
        """One stock a stop; known opening stock counts as come before all else. Raises RequestError."""
        opened = np.flatnonzero(given.opening > 0)
        every, first = np.arange(len(given)), np.full(len(opened), -(2**61))
        share = np.broadcast_to(np.asarray(deviation, np.float64), (len(given),))
        made = cls(
            given.stops,
            np.concatenate((every, every, len(given) + np.arange(len(opened)))),
            np.concatenate((given.source, given.target, opened)),
            np.concatenate((-given.quantity, given.arriving, given.opening[opened])),
            np.concatenate((given.departs_earliest, given.arrives_earliest, first)),
            np.concatenate((given.departs_latest, given.arrives_latest, first)),
            np.concatenate((share, np.zeros(len(opened)))),
            np.full(given.stops, _median(given.quantity)),
            np.array(np.broadcast_to(np.asarray(group, np.int64), (given.stops,))),
            counts or Counts.none(),
            np.empty((0, 2), np.int64),
        )
        made.check()
        return made

    @property
    def records(self) -> int:
        """How many records there are."""
        return len(self.deviation)

    def check(self) -> None:
        """Raises RequestError where columns differ in length, or a number cannot be what it stands for."""
        columns = (self.stock, self.change, self.earliest, self.latest)
        if any(len(column) != len(self.record) for column in columns):
            raise RequestError("The columns of the ledger differ in length.", "账目各列长度不一。")
        ends = np.concatenate((self.stock, self.counts.stock, self.passages.ravel()))
        if len(ends) and not (ends.min() >= 0 and ends.max() < self.stocks):
            raise RequestError("An entry is of a stock that there is not.", "账目涉及不存在的库存。")
        numbers = np.concatenate((self.change, self.deviation, self.usual, self.counts.low))
        if not np.all(np.isfinite(numbers)) or np.any(self.deviation < 0) or np.any(self.usual <= 0):
            raise RequestError(
                "Quantities must be numbers, deviations not below zero.", "数量须为有限数，偏差不得为负。"
            )
        if np.any(self.latest < self.earliest) or not np.all(self.counts.low <= self.counts.high):
            raise RequestError("A range ends before it begins.", "范围的终点早于起点。")

    def believed(self) -> Ledger:
        """The same with no record in doubt."""
        return replace(self, deviation=np.zeros(self.records))

    def of_stocks(self, chosen: NDArray[np.bool_]) -> tuple[Ledger, Ints, Ints]:
        """The part that is about these stocks, and which stocks and which entries it has, in order.

        Records, passages and counts that touch any other stock are left out with their entries of these.
        """
        inside = np.ones(self.records, bool)
        inside[self.record[~chosen[self.stock]]] = False
        inside &= np.bincount(self.record, minlength=self.records) > 0
        stocks, records = np.flatnonzero(chosen), np.flatnonzero(inside)
        kept = inside[self.record]
        stock_of, record_of = np.cumsum(chosen) - 1, np.cumsum(inside) - 1
        counted = chosen[self.counts.stock]
        counts = Counts(
            stock_of[self.counts.stock[counted]], self.counts.low[counted], self.counts.high[counted],
            self.counts.earliest[counted], self.counts.latest[counted],
        )  # fmt: skip
        part = Ledger(
            len(stocks), record_of[self.record[kept]], stock_of[self.stock[kept]], self.change[kept],
            self.earliest[kept], self.latest[kept], self.deviation[records], self.usual[stocks], self.group[stocks],
            counts, stock_of[self.passages[chosen[self.passages].all(axis=1)]].reshape(-1, 2),
        )  # fmt: skip
        return part, stocks, np.flatnonzero(kept)


def _median(quantity: Floats) -> float:
    return float(np.median(quantity)) if len(quantity) else 1.0
