"""What is known of one product in one unit: who gave how much to whom, and between which moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.errors import RequestError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

DAY = 86_400_000_000  # microseconds
MARKED, OPEN, UNMARKED = 1, 0, -1  # what is known of a delivery: all of it is marked, nothing is known, none of it is
_DECIMALS = 6


@dataclass(frozen=True, eq=False)
class Deliveries:
    """Deliveries between `stops` stops, which hold what they have not yet passed on.

    Shapes: all arrays (deliveries,), but for `opening` (stops,) and `mixing` (stops,). `source` and `target` are stops
    from 0. `quantity` leaves the source and `arriving` reaches the target; they differ where a delivery stands for a
    transformation with one input. Moments are whole numbers, such as microseconds: what left did so at or between
    `departs_earliest` and `departs_latest`, what arrived likewise. `opening` is stock that is known to have been there
    first, and not to be marked. A `mixing` stop is a recipe: each of its inputs arrives as so much of the output as it
    goes into, that is as all of it. A `copying` stop is a recipe seen backwards: all of it goes into each delivery.

    >>> chain = Deliveries.of(3, [0, 1], [1, 2], [5, 2], [10, 20])
    >>> len(chain), chain.arriving.tolist(), chain.opening.tolist()
    (2, [5.0, 2.0], [0.0, 0.0, 0.0])
    """

    stops: int
    source: Ints
    target: Ints
    quantity: Floats
    arriving: Floats
    departs_earliest: Ints
    departs_latest: Ints
    arrives_earliest: Ints
    arrives_latest: Ints
    opening: Floats
    mixing: Mask
    copying: Mask

    def __len__(self) -> int:
        return len(self.source)

    @classmethod
    def of(
        cls,
        stops: int,
        source: ArrayLike,
        target: ArrayLike,
        quantity: ArrayLike,
        departs: Any,
        arrives: Any = None,
        *,
        arriving: ArrayLike | None = None,
        opening: ArrayLike | None = None,
        mixing: ArrayLike | None = None,
    ) -> Deliveries:
        """Deliveries with moments given as one column, or as a pair of columns (earliest, latest).

        Without `arrives` goods arrive as they leave. Raises RequestError where a quantity is missing, zero or negative,
        a stop is unknown, columns differ in length or a moment ends before it begins.
        """
        left = np.asarray(quantity, np.float64)
        begin, end = _interval(departs)
        came = (begin, end) if arrives is None else _interval(arrives)
        made = cls(
            stops,
            np.asarray(source, np.int64),
            np.asarray(target, np.int64),
            left,
            left if arriving is None else np.asarray(arriving, np.float64),
            begin,
            end,
            *came,
            np.zeros(stops) if opening is None else np.asarray(opening, np.float64),
            np.zeros(stops, bool) if mixing is None else np.asarray(mixing, bool),
            np.zeros(stops, bool),
        )
        made._check()
        return made

    @property
    def units(self) -> float:
        """How many whole parts one unit is counted in, so that every quantity is a whole number of parts.

        More than six decimals are rounded to six.
        """
        every = np.concatenate((self.quantity, self.arriving, self.opening))
        for decimals in range(_DECIMALS):
            parts = every * 10.0**decimals
            if np.all(np.abs(parts - np.rint(parts)) <= 1e-9 * np.maximum(1.0, np.abs(parts))):
                return 10.0**decimals
        return 10.0**_DECIMALS

    @property
    def gains(self) -> bool:
        """Whether something arrives as more or less than left: yields, recipes."""
        return bool(np.any(self.arriving != self.quantity)) or bool(self.recipes.any())

    @property
    def recipes(self) -> Mask:
        """The stops that are recipes, seen either way: they keep nothing and are short of nothing."""
        mask: Mask = self.mixing | self.copying
        return mask

    def backward(self, loose: Mask | None = None) -> Deliveries:
        """The same seen backwards in time: what comes from the marked is then what the marked is made of.

        What each stop has left at the end becomes its opening stock, known not to be marked; at `loose` stops (stops,)
        nobody knows what became of it. Of a recipe's inputs so much of each is in any part of the output as in all.
        """
        from graphkit.quantities.supply import unseen

        left = np.bincount(self.target, self.arriving, self.stops) - np.bincount(self.source, self.quantity, self.stops)
        open_ = self.recipes if loose is None else self.recipes | loose
        return Deliveries(
            self.stops, self.target, self.source, self.arriving, self.quantity, -self.arrives_latest,
            -self.arrives_earliest, -self.departs_latest, -self.departs_earliest,
            np.where(open_, 0.0, np.maximum(left + self.opening + unseen(self), 0.0)), self.copying, self.mixing,
        )  # fmt: skip

    def _check(self) -> None:
        count = len(self.source)
        columns = (self.target, self.quantity, self.arriving, self.departs_earliest, self.departs_latest,
                   self.arrives_earliest, self.arrives_latest)  # fmt: skip
        if any(len(column) != count for column in columns) or len(self.opening) != self.stops:
            raise RequestError("The columns of the deliveries differ in length.", "各列长度不一。")
        if len(self.mixing) != self.stops:
            raise RequestError("mixing must name every stop.", "mixing 须包含所有节点。")
        stops = np.concatenate((self.source, self.target))
        _refuse((stops < 0) | (stops >= self.stops), "names no known stop", "节点不存在")
        for measure in (self.quantity, self.arriving):
            _refuse(~(np.isfinite(measure) & (measure > 0)), "has no quantity above zero", "数量缺失或不大于零")
        _refuse(~(np.isfinite(self.opening) & (self.opening >= 0)), "has a negative stock", "库存为负")
        ends = (self.departs_earliest > self.departs_latest) | (self.arrives_earliest > self.arrives_latest)
        _refuse(ends, "ends before it begins", "结束早于开始")


def marks_of(deliveries: Deliveries, marked: ArrayLike) -> NDArray[np.int8]:
    """What is known of each delivery, MARKED, OPEN or UNMARKED, from a mask or from such codes. Raises RequestError."""
    given = np.asarray(marked)
    if given.shape != deliveries.source.shape:
        raise RequestError("marked must have one entry a delivery.", "marked 须与供货逐一对应。")
    return given.astype(np.int8)


def _interval(moments: Any) -> tuple[Ints, Ints]:
    if isinstance(moments, tuple):
        return np.asarray(moments[0], np.int64), np.asarray(moments[1], np.int64)
    column = np.asarray(moments, np.int64)
    return column, column


def _refuse(wrong: Mask, en: str, zh: str) -> None:
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise RequestError(
            f"Entry {first} {en} ({int(wrong.sum())} in all).", f"第 {first} 项{zh}（共 {int(wrong.sum())} 项）。"
        )
