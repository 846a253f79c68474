"""What must have entered unseen, by when, and which rows tell so: what left when nothing was there to cover it.

The most that came in is held against the least that went out, so that what is lacking is lacking in every history.
Goods of no stated batch may be of any: they count as come to each batch, and are lacking only where all that a holder
has of the product, with what his batches lack by themselves, could not cover them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from graphkit.analyses.goods.balancing import Balance
from graphkit.analyses.goods.lines import Line
from graphkit.analyses.goods.scopes import INSIDE, Scope
from graphkit.analyses.goods.stocks import Entry, Records, Stock, add_stock
from graphkit.quantities.lacks import Lack, lacks, uncovered

_NOTHING = 1e-6
_Short = list[Lack]
_Others = list[tuple[Balance, Stock]]  # of other goods of the product, each with their balance


def tell_lacking(found: list[Balance], scope: Scope) -> None:
    """Sets what is `missing` of each balance, what each holder `lacked`, the lines `beyond` what he had, and those of
    no batch that only his batches can have `covered`.
    """
    by_holder = _Asked()
    for each in found:
        for owner, stock in each.stocks.items():
            if owner not in each.makers:
                by_holder.add(each, owner, stock, _alike(found, each, owner))
    short = by_holder.short()
    for each in found:
        each.lacked = {owner: short.amount(found, each, owner) for owner in each.stocks}
        each.beyond = sorted(short.lines.get(each.goods, []), key=lambda line: (line.latest or "", line.link))
        if not scope.whole:
            each.missing = _one(short.of(each, INSIDE), short.under(found, each, INSIDE))
    if scope.whole:
        _of_all(found)
    _tell_covered(found)


def _tell_covered(found: list[Balance]) -> None:
    """Of no batch what left, or was counted, when nothing else of no batch was there; it may be of a batch."""
    alone = _Asked()
    for each in found:
        for owner, stock in each.stocks.items():
            if not each.told and owner not in each.makers:
                alone.add(each, owner, stock, [])
    short = alone.short()
    for (goods, owner), rows in sorted(short.rows.items()):
        (each,) = (one for one in found if one.goods == goods)
        lines = rows or [line for line, _, _ in each.stocks[owner].counts]
        each.covered += [line for line in lines if line not in each.beyond]


def _of_all(found: list[Balance]) -> None:
    """What is missing of goods as a whole, whoever had them: they entered before they were used up or found."""
    asked = _Asked()
    stocks = {each.goods: _together(each, found) for each in found}
    for each in found:
        others = [(one, stocks[one.goods]) for one in found if one.product == each.product and one.told != each.told]
        asked.add(each, INSIDE, stocks[each.goods], others)
    short = asked.short()
    for each in found:
        each.missing = _one(short.of(each, INSIDE), short.under(found, each, INSIDE))


def _together(found: Balance, every: list[Balance]) -> Stock:
    """All that came of some goods and all that was used up, bought, found or counted, as one stock."""
    stock = Stock(INSIDE, partial=True, open_in=any(line.kind == "produced" for line in found.aside))
    for owner, one in found.stocks.items():
        own = owner in found.makers
        given = [each for each in one.went if each[0].kind in ("supplied", "shipped")]
        gone = [each for each in one.went if each[0].kind not in ("supplied", "shipped")]
        stock.came += given if own else [each for each in one.came if each[0].kind == "produced"]
        stock.went += [] if own else gone
        stock.counts += [] if own else one.counts
        stock.open_in |= own and one.open_out
    return stock


def _alike(found: list[Balance], each: Balance, owner: str) -> _Others:
    """The holder's stocks of the same product that these goods may be of: those of no batch, or of every batch."""
    return [(one, one.stocks[owner]) for one in found
            if one.product == each.product and one.told != each.told and owner in one.stocks]  # fmt: skip


class _Asked:
    """Stocks that may be short."""

    def __init__(self) -> None:
        self._records = Records()
        self._of: list[tuple[Balance, str]] = []

    def add(self, found: Balance, owner: str, stock: Stock, others: _Others) -> None:
        """One stock; nothing can be said of it where something came in an amount that no row tells in its unit."""
        came = _joined(found, ((one, other.came) for one, other in others))
        if stock.open_in or any(other.open_in for _, other in others) or any(math.isinf(high) for _, _, high in came):
            return
        more = [(line, high) for line, _, high in came]
        if found.told:
            add_stock(self._records, stock, True, more)
        else:
            gone = _joined(found, ((one, other.went) for one, other in others))
            went = [(line, low) for line, low, _ in (*stock.went, *gone) if math.isfinite(low)]
            own = [(line, high) for line, _, high in stock.came]
            counted = _joined(found, ((one, other.counts) for one, other in others))
            counts = [*stock.counts, *(entry for entry in counted if math.isfinite(entry[1]))]
            self._records.add([*own, *more], went, counts, whole=False)
        self._of.append((found, owner))

    def short(self) -> _Told:
        """Which of them are."""
        ledger = self._records.ledger()
        told = _Told()
        for lack in lacks(ledger):
            found, owner = self._of[lack.stock]
            told.lacks.setdefault((found.goods, owner), []).append(lack)
            rows = [self._records.lines[entry] for entry in uncovered(ledger, [lack])]
            told.rows.setdefault((found.goods, owner), []).extend(rows)
        told.settle([found for found, _ in self._of])
        return told


def _joined(found: Balance, others: Iterable[tuple[Balance, list[Entry]]]) -> list[Entry]:
    """Entries of other goods in the unit of these, infinite where they do not convert."""
    return [(line, found.of_other(one, low), found.of_other(one, high))
            for one, entries in others for line, low, high in entries]  # fmt: skip


class _Told:
    """What stocks lack, by goods and holder; of goods of no batch only what batches do not lack by themselves."""

    def __init__(self) -> None:
        self.lacks: dict[tuple[str, str], _Short] = {}
        self.rows: dict[tuple[str, str], list[Line]] = {}
        self.lines: dict[str, list[Line]] = {}

    def settle(self, every: Iterable[Balance]) -> None:
        """Which lines of which goods nothing was there to cover."""
        known = {each.goods: each for each in every}
        for (goods, owner), rows in sorted(self.rows.items()):
            if known[goods].told or self.amount(list(known.values()), known[goods], owner) > _NOTHING:
                self.lines.setdefault(goods, []).extend(line for line in rows if line.goods == goods)

    def of(self, found: Balance, owner: str) -> _Short:
        """What these goods lack."""
        return self.lacks.get((found.goods, owner), [])

    def under(self, every: list[Balance], found: Balance, owner: str) -> float:
        """What the product's batches lack by themselves in the unit of these goods, where these are of no batch."""
        alike = [one for one in every if one.told and one.product == found.product and not found.told]
        much = (found.of_other(one, each.amount) for one in alike for each in self.of(one, owner))
        return sum(each for each in much if math.isfinite(each))

    def amount(self, every: list[Balance], found: Balance, owner: str) -> float:
        """How much in all."""
        short = self.of(found, owner)
        return max(0.0, sum(each.amount for each in short) - self.under(every, found, owner)) if short else 0.0


def _one(short: _Short, under: float) -> Lack | None:
    """All that is lacking as one; what is told of batches counts as received."""
    amount = sum(each.amount for each in short) - under
    if amount <= _NOTHING:
        return None
    received, sent = (sum(getattr(each, name) for each in short) for name in ("received", "sent"))
    return Lack((0,), amount, short[-1].by, received + under, sent, ())
