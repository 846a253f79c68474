"""The balance of some goods within some bounds: what went in, what came out, and what the difference can be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graphkit.analyses.goods.lines import Line, product_of
from graphkit.analyses.goods.scopes import Scope
from graphkit.analyses.goods.stocks import Holding, Range, Stock, holdings
from graphkit.model.measuring import Ratios, common_unit, in_unit
from graphkit.model.nodes import BATCH
from graphkit.quantities.lacks import Lack

FIGURES = ("in", "produced", "out", "seized", "sampled")
NONE: Range = (0.0, 0.0)


@dataclass
class Balance:
    """The figures of some goods in one unit, each from the least to the most, and the lines behind them.

    `stocks` and `holdings` are by holder, and what he `lacked` at least, whatever goods of no batch were; `makers` are
    those who gave before any came to them, where no row tells of a making: what they gave is what came in; `sooner`
    gave before any came as well, but got others' later, so that a time may be mistaken. `gained` was
    made of less by its own transformation, `early` left before any was made, `beyond` when nothing was there to cover
    it; of `aside` the amount cannot be told. `loose` may be of these goods or of others, as rows tell no batch, and so
    much `more` be with a holder; `with_whom` is what is with each in all; what is `covered` is of no batch, and was of
    one or came in unseen.
    """

    goods: str
    product: str
    unit: str | None
    packing: Ratios
    figures: dict[str, Range] = field(default_factory=lambda: dict.fromkeys(FIGURES, NONE))
    lines: list[Line] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)
    stocks: dict[str, Stock] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    lacked: dict[str, float] = field(default_factory=dict)
    makers: set[str] = field(default_factory=set)
    sooner: set[str] = field(default_factory=set)
    counted: Range = NONE
    held: Range = NONE
    unexplained: Range = NONE
    more: dict[str, float] = field(default_factory=dict)
    with_whom: dict[str, Range] = field(default_factory=dict)
    loose: list[Line] = field(default_factory=list)
    gain: float | None = None  # how much was made of one unit of what went in
    gained: list[Line] = field(default_factory=list)
    missing: Lack | None = None
    beyond: list[Line] = field(default_factory=list)
    early: list[Line] = field(default_factory=list)
    covered: list[Line] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Whether it is of a batch that rows name."""
        return self.goods.startswith(f"{BATCH.prefix}:")

    @property
    def made(self) -> bool:
        """Whether some row tells of the making."""
        return any(line.kind == "produced" for line in self.lines)

    def amount(self, line: Line) -> Range | None:
        """What a line tells in this balance's unit; None where it tells nothing that counts."""
        if line.low is None or line.high is None or line.unit is None or self.unit is None:
            return None
        low, high = (in_unit(much, line.unit, self.unit, self.packing) for much in (line.low, line.high))
        if low is None or high is None or low < 0 or (high == 0 and line.kind != "counted"):
            return None
        return 0.0 if line.doubtful else low, high

    def of_other(self, other: Balance, much: float) -> float:
        """So much of other goods of the product in this balance's unit; infinite where nothing converts it."""
        if much == 0.0 or other.unit is None or self.unit is None:
            return much if much == 0.0 else math.inf
        found = in_unit(much, other.unit, self.unit, self.packing | other.packing)
        return math.inf if found is None else found

    def of_lines(self, kind: str) -> Iterator[tuple[Line, Range]]:
        """Lines of this kind with their amounts."""
        for line in self.lines:
            if line.kind == kind and (much := self.amount(line)) is not None:
                yield line, much


def balances(lines: Iterable[Line], scope: Scope, packings: dict[str, Ratios]) -> list[Balance]:
    """A balance of all goods that these lines, of whole products, tell of within the scope, by goods; not summed up."""
    by_goods: dict[str, list[Line]] = {}
    for line in lines:
        if scope.figure(line) or any(scope.changes(line)):
            by_goods.setdefault(line.goods, []).append(line)
    found = [_of_goods(goods, about, scope, packings[goods]) for goods, about in sorted(by_goods.items())]
    _hold(found, scope)
    return found


def _of_goods(goods: str, lines: list[Line], scope: Scope, packing: Ratios) -> Balance:
    found = Balance(goods, product_of(goods), common_unit(line.unit for line in lines), packing, lines=lines)
    for line in lines:
        much, figure = found.amount(line), scope.figure(line)
        if much is None:
            found.aside.append(line)
        elif figure:
            found.figures[figure] = plus(found.figures[figure], much)
        for holder, how in scope.changes(line):
            found.stocks.setdefault(holder, Stock(holder)).add(how, line, much)
    return found


def _hold(found: list[Balance], scope: Scope) -> None:
    """What every holder has and what he lacked, and who is a maker."""
    stocks = [stock for each in found for stock in each.stocks.values()]
    settled = iter(holdings(stocks))
    for each in found:
        each.holdings = {owner: next(settled) for owner in each.stocks}
    for alike in by_product(found).values():
        for each in alike:
            if scope.whole and not each.made:
                first = dict(_gave_first(each, alike, scope))
                each.makers = {owner for owner, alone in first.items() if alone}
                each.sooner = first.keys() - each.makers


def by_product(found: list[Balance]) -> dict[str, list[Balance]]:
    """The balances of the batches of each product, and of its goods of no batch."""
    products: dict[str, list[Balance]] = {}
    for each in found:
        products.setdefault(each.product, []).append(each)
    return products


def _gave_first(found: Balance, alike: list[Balance], scope: Scope) -> Iterator[tuple[str, bool]]:
    """Who gave before any came to him, be it without a batch, of goods of no batch be it of any batch; and whether none
    came to him but what came back from those he gave to.
    """
    takers: dict[str, set[str]] = {}
    for owner, stock in found.stocks.items():
        takers[owner] = {taker for line in stock.given if (taker := scope.owners.of(line.taker))}
    for owner, stock in found.stocks.items():
        others = [one.stocks[owner] for one in alike if owner in one.stocks and one.told != found.told]
        received = [line for each in (stock, *others) for line, _, _ in each.came]
        if stock.gave_first(received):
            yield owner, {scope.owners.of(line.giver) for line in received} <= _reached(takers, owner)


def _reached(takers: dict[str, set[str]], owner: str) -> set[str | None]:
    """Whom goods can have come to from this holder."""
    reached: set[str | None] = set()
    waiting = [owner]
    while waiting:
        fresh = takers.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += sorted(fresh)
    return reached


def plus(one: Range, other: Range) -> Range:
    """The sum of two ranges."""
    return one[0] + other[0], one[1] + other[1]
