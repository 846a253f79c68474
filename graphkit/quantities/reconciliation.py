"""What may have happened that no record tells, so that the records can all be true, or nearly: data reconciliation.

Goods may have come in unseen, have moved unseen between stocks, and records may be off. The cheapest explanation is a
linear program over the stocks in time; what all nearly as cheap ones have in common is what may be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import GraphkitError, RequestError
from graphkit.quantities.deliveries import DAY, Floats, Ints
from graphkit.quantities.ledger import Ledger
from graphkit.quantities.periods import Periods

_LOOSE = 1e-7  # the solver's own tolerance, as a share
_DECIMALS = 4


@dataclass(frozen=True)
class Weights:
    """What an explanation costs: for each usual movement's worth of goods that came in unseen, or moved unseen.

    A record that is off by its own standard deviation costs 1, and is off by `furthest` of them at most. `moves` None:
    nothing moved unseen; `corrections` False: every record is right. The weights decide which story is told, hence they
    are swept.

    >>> Weights(supply=10.0, moves=None, corrections=False)
    Weights(supply=10.0, moves=None, corrections=False, furthest=3.0)
    """

    supply: float = 10.0
    moves: float | None = 5.0
    corrections: bool = True
    furthest: float = 3.0

    def __post_init__(self) -> None:
        """Raises RequestError for a weight that is not above zero."""
        if self.supply <= 0 or (self.moves is not None and self.moves <= 0):
            raise RequestError("Weights must be above zero.", "权重须大于零。")


@dataclass(frozen=True, eq=False)
class Explanation:
    """One cheapest explanation, never the only one: what came in unseen (stocks,), what moved in unseen (stocks,), and
    by what share each record is off (records,). `price` (periods,) is what one usual movement more, there and then,
    would have cost: the dual solution, on which certificates stand.
    """

    cost: float
    supply: Floats
    moved: Floats
    share: Floats
    price: Floats


class Reconciliation:
    """The linear program of one ledger under one set of weights; quantities inside are in usual movements.

    `tick` is how long goods need at least to move unseen, in the ledger's moments.

    >>> from graphkit.quantities import Deliveries
    >>> ledger = Ledger.of_deliveries(Deliveries.of(3, [0, 1], [1, 2], [5, 8], [10, 20]))
    >>> program = Reconciliation(ledger, Weights(moves=None, corrections=False))
    >>> program.solve().supply.tolist(), program.supply_range(1), program.supply_range(1, more=2.0)
    ([5.0, 3.0, 0.0], (3.0, 3.0), (3.0, 4.3))
    """

    def __init__(self, ledger: Ledger, weights: Weights, tick: int = DAY) -> None:
        self.ledger, self.weights = ledger, weights
        self.periods = Periods.of(ledger, tick if weights.moves is not None or len(ledger.passages) else None)
        self._program = _Program(self.periods, weights)
        self._best: Explanation | None = None

    def solve(self) -> Explanation:
        """One of the cheapest explanations. Raises GraphkitError where the solver gives up."""
        if self._best is None:
            self._best = self._solved()
        return self._best

    def supply_range(self, *stocks: int, more: float = 0.0) -> tuple[float, float]:
        """The least and the most that came in unseen, from outside the records, over all explanations that cost at most
        so much more than the cheapest; of several stocks, of the same goods, together.
        """
        return self._range(self._program.supplies, stocks, more)

    def lack_range(self, *stocks: int, more: float = 0.0) -> tuple[float, float]:
        """The same of all that came in unseen, whether from outside or from another stock."""
        return self._range((*self._program.supplies, *self._program.entering), stocks, more)

    def _range(self, blocks: tuple[_Block, ...], stocks: tuple[int, ...], more: float) -> tuple[float, float]:
        best, worth = self.solve(), np.zeros(self._program.width)
        if not worth.size:
            return 0.0, 0.0
        for block in blocks:
            worth[block.columns[np.isin(block.stock, stocks)]] = 1.0
        limit = best.cost + more + _LOOSE * (0.1 + best.cost)
        usual = float(self.ledger.usual[stocks[0]])
        ends = [sign * self._program.extreme(sign * worth, limit) * usual for sign in (1.0, -1.0)]
        low, high = (max(0.0, round(float(end), _DECIMALS)) for end in ends)
        return min(low, high), max(low, high)

    def _solved(self) -> Explanation:
        program, ledger = self._program, self.ledger
        if not len(self.periods):
            return Explanation(
                0.0, np.zeros(ledger.stocks), np.zeros(ledger.stocks), np.zeros(ledger.records), np.empty(0)
            )
        found = program.best()
        parts = [program.sum(found.x, blocks, ledger.stocks) for blocks in (program.supplies, program.entering)]
        supply, moved = (np.where(part > _LOOSE, part, 0.0) * ledger.usual for part in parts)
        share = found.x[program.more] - found.x[program.less]
        off = np.zeros(ledger.records)
        off[program.doubted] = np.where(np.abs(share) > _LOOSE, share, 0.0)
        price = np.maximum(-np.asarray(found.ineqlin.marginals)[: len(self.periods)], 0.0)
        return Explanation(float(found.fun), supply, moved, off, price)


@dataclass(frozen=True, eq=False)
class _Block:
    """Columns of the program that bring goods into stocks."""

    columns: Ints
    stock: Ints


class _Program:
    """Rows: each period holds what it sends on. Columns: what is held, came in unseen, moved unseen, is off."""

    def __init__(self, periods: Periods, weights: Weights) -> None:
        self.periods, self.usual = periods, periods.ledger.usual
        self.rows, self.width = len(periods), 0
        self._parts: list[tuple[Ints, Ints, Floats]] = []
        self._costs: list[Floats] = []
        self._bounds: list[tuple[Floats, Floats]] = []
        self.supplies: tuple[_Block, ...] = ()
        self.entering: tuple[_Block, ...] = ()
        self._hold()
        opens = np.flatnonzero(periods.opens)
        columns = self._columns(weights.supply, len(opens))
        self._enter(opens, columns, 1.0)
        self.supplies = (_Block(columns, periods.stock[opens]),)
        self._surely = self.width
        self._pass()
        if weights.moves is not None:
            self._move(weights.moves)
        self._correct(weights)
        self._finish()

    def best(self) -> Any:
        """The cheapest of all; later programs begin with the columns that it calls for, or nearly."""
        found = _solved(self.cost, self._matrix, self._most, self._limits)
        self._active |= self._worth(self.cost, self._matrix, found) <= _LOOSE
        return found

    def extreme(self, worth: Floats, limit: float) -> float:
        """The least worth of what costs at most so much.

        Most columns are never needed: only those are taken in that the prices of the rows call for, until none is left
        (column generation; sifting: Bixby et al. 1992). The end is the optimum over all of them.
        """
        from scipy.sparse import csc_array, vstack

        above = vstack((self._matrix, csc_array(self.cost[None, :]))).tocsc()
        most = np.append(self._most, limit)
        while True:
            chosen = np.flatnonzero(self._active)
            found = _solved(worth[chosen], above[:, chosen], most, self._limits[chosen])
            wanted = ~self._active & (self._worth(worth, above, found) < -_LOOSE)
            if not wanted.any():
                return float(found.fun)
            self._active |= wanted

    def _worth(self, cost: Floats, above: Any, found: Any) -> Floats:
        """What one more of each column would change, as the prices of the rows tell."""
        reduced: Floats = cost - above.T @ found.ineqlin.marginals
        return reduced

    def sum(self, values: Floats, blocks: tuple[_Block, ...], stocks: int) -> Floats:
        """What these columns bring into each stock."""
        total = np.zeros(stocks)
        for block in blocks:
            np.add.at(total, block.stock, values[block.columns])
        return total

    def _columns(self, cost: float | Floats, count: int, low: Any = 0.0, high: Any = np.inf) -> Ints:
        made = np.arange(self.width, self.width + count)
        self.width += count
        self._costs.append(np.array(np.broadcast_to(cost, (count,)), np.float64))
        bounds = (np.array(np.broadcast_to(each, (count,)), np.float64) for each in (low, high))
        low, high = bounds
        self._bounds.append((low, high))
        return made

    def _enter(self, rows: Ints, columns: Ints, values: float | Floats) -> None:
        """These columns add so much to these rows."""
        self._parts.append((rows, columns, np.array(np.broadcast_to(values, rows.shape), np.float64)))

    def _hold(self) -> None:
        """What is held over to the next period of the stock."""
        periods = self.periods
        held = np.flatnonzero(~periods.last)
        usual = self.usual[periods.stock[held]]
        columns = self._columns(0.0, len(held), periods.need[held] / usual, periods.cap[held] / usual)
        self._enter(held, columns, -1.0)
        self._enter(held + 1, columns, 1.0)

    def _pass(self) -> None:
        """Goods of one stock that are taken as of another, within the same time or later."""
        periods = self.periods
        begin, end = (
            np.searchsorted(periods.stock, np.arange(periods.ledger.stocks), side) for side in ("left", "right")
        )
        for one, other in periods.ledger.passages.tolist():
            ours = np.arange(begin[one], end[one])
            theirs = np.arange(begin[other], end[other])
            place = np.searchsorted(periods.tick[theirs], periods.tick[ours], "left")
            ours, theirs = ours[place < len(theirs)], theirs[place[place < len(theirs)]]
            columns = self._columns(0.0, len(ours))
            self._enter(ours, columns, -1.0)
            self._enter(theirs, columns, 1.0)

    def _move(self, weight: float) -> None:
        """Unseen moves: out of any stock of a group, and into any other at a later tick; held in between at no cost."""
        periods = self.periods
        group = periods.ledger.group[periods.stock]
        counted = np.zeros(len(periods), bool)
        counted[1:] = periods.opens[1:] & ~periods.last[:-1]
        takes = np.flatnonzero((group >= 0) & ((periods.went > 0) | (periods.need > 0)))
        gives = np.flatnonzero((group >= 0) & ((periods.came > 0) | counted))
        span = int(periods.tick.max(initial=0) - periods.tick.min(initial=0)) + 3
        base = int(periods.tick.min(initial=0))
        key = group * span + (periods.tick - base)
        pool, which = np.unique(key[takes], return_inverse=True)
        later = key[gives] + 1
        place = np.searchsorted(pool, later, "left")
        kept = place < len(pool)
        kept[kept] = pool[place[kept]] // span == group[gives][kept]
        gives, place = gives[kept], place[kept]
        rows = self.rows + np.arange(len(pool))
        self.rows += len(pool)
        on = np.flatnonzero(pool[1:] // span == pool[:-1] // span)
        held = self._columns(0.0, len(on))
        self._enter(rows[on], held, -1.0)
        self._enter(rows[on + 1], held, 1.0)
        out = self._columns(0.0, len(gives))
        self._enter(gives, out, -1.0)
        self._enter(rows[place], out, 1.0)
        into = self._columns(weight, len(takes))
        self._enter(rows[which], into, -1.0)
        self._enter(takes, into, 1.0)
        self.entering = (_Block(into, periods.stock[takes]),)

    def _correct(self, weights: Weights) -> None:
        """Records that are off, each by one share in all its entries; none by more than all of it downwards."""
        ledger = self.periods.ledger
        doubted = ledger.deviation > 0 if weights.corrections else np.zeros(ledger.records, bool)
        self.doubted = np.flatnonzero(doubted)
        cost, furthest = 1.0 / ledger.deviation[self.doubted], weights.furthest * ledger.deviation[self.doubted]
        self.more = self._columns(cost, len(self.doubted), 0.0, furthest)
        self.less = self._columns(cost, len(self.doubted), 0.0, np.minimum(furthest, 1.0))
        entries = np.flatnonzero(doubted[ledger.record])
        place = np.cumsum(doubted)[ledger.record[entries]] - 1
        change = ledger.change[entries] / self.usual[ledger.stock[entries]]
        self._enter(self.periods.period[entries], self.more[place], change)
        self._enter(self.periods.period[entries], self.less[place], -change)

    def _finish(self) -> None:
        from scipy.sparse import coo_array

        rows, columns, values = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        self._matrix: Any = coo_array((-values, (rows, columns)), shape=(self.rows, self.width)).tocsc()
        net = self.periods.net / self.usual[self.periods.stock]
        self._most: NDArray[np.float64] = np.concatenate((net, np.zeros(self.rows - len(net))))
        self.cost = np.concatenate(self._costs)
        low, high = (np.concatenate(part) for part in zip(*self._bounds, strict=True))
        self._limits = np.stack((low, high), axis=1)
        self._active = np.zeros(self.width, bool)
        self._active[: self._surely] = True


def _solved(cost: Floats, above: Any, most: Floats, limits: Floats) -> Any:
    from scipy.optimize import linprog

    found = linprog(cost, A_ub=above, b_ub=most, bounds=limits, method="highs-ds")
    if found.status == 2:
        raise RequestError(
            "No explanation fits: counts of one stock contradict each other.", "无法解释：同一库存的盘点互相矛盾。"
        )
    if found.status != 0:
        raise GraphkitError(f"The linear program has no answer: {found.message}", f"线性规划无解：{found.message}")
    return found
