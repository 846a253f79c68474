"""What each holder has of some goods by the rows: what came to him, what left him, what was counted with him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from graphkit.analyses.goods.lines import MOVES, Line, arrival
from graphkit.analyses.goods.scopes import CAME, COUNTED, WENT
from graphkit.analyses.times import microseconds
from graphkit.network.clock import FAR
from graphkit.quantities.ledger import Counts, Ledger
from graphkit.quantities.settling import Settled, settled

Entry = tuple[Line, float, float]  # least and most in the unit of the goods
Range = tuple[float, float]


@dataclass
class Stock:
    """The lines that changed one holder's stock of some goods, or that counted it; `aside` those of no amount that can
    be told.

    `open_in` and `open_out` say that something came, or left, in an amount that cannot be told; `partial` that counts
    are of a part of it only.
    """

    owner: str
    came: list[Entry] = field(default_factory=list)
    went: list[Entry] = field(default_factory=list)
    counts: list[Entry] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)
    open_in: bool = False
    open_out: bool = False
    partial: bool = False

    def add(self, how: str, line: Line, much: Range | None) -> None:
        """One line; `much` is None where it tells no amount."""
        if much is None:
            self.aside.append(line)
            self.open_in |= how == CAME
            self.open_out |= how == WENT
            return
        {CAME: self.came, WENT: self.went, COUNTED: self.counts}[how].append((line, *much))

    @property
    def given(self) -> list[Line]:
        """What he handed on."""
        return [line for line, _, _ in self.went if line.kind in ("supplied", "shipped")]

    def gave_first(self, received: Iterable[Line]) -> bool:
        """Whether he handed goods on before any of these came to him, as their maker does."""
        first = min((came_between(line)[0] for line in received), default=None)
        if self.open_in or not self.given:
            return False
        return first is None or min(microseconds(line.latest, FAR) for line in self.given) < first

    @property
    def last_counted(self) -> Range:
        """What was last counted with him, at each of his places."""
        latest: dict[frozenset[str], Entry] = {}
        for each in self.counts:
            known = latest.get(each[0].giver)
            if known is None or (each[0].latest or "") > (known[0].latest or ""):
                latest[each[0].giver] = each
        return sum(low for _, low, _ in latest.values()), sum(high for _, _, high in latest.values())


def came_between(line: Line) -> tuple[int, int]:
    """The moments between which a line's goods arrived."""
    return _between(*arrival(line))


def _between(earliest: str | None, latest: str | None) -> tuple[int, int]:
    first, last = microseconds(earliest, -FAR), microseconds(latest, FAR)
    return first, max(first, last)


@dataclass
class Records:
    """Entries and counts of many stocks, to be made a ledger; `lines` is the line behind each entry."""

    stocks: int = 0
    lines: list[Line] = field(default_factory=list)
    _entries: list[tuple[int, float, int, int]] = field(default_factory=list)
    _counts: list[tuple[int, float, float, int, int]] = field(default_factory=list)

    def add(self, came: Iterable[tuple[Line, float]], went: Iterable[tuple[Line, float]],
            counts: Iterable[Entry], whole: bool) -> int:  # fmt: skip
        """One more stock, and its number. A count is of all that was there where `whole`, else of some of it."""
        number, self.stocks = self.stocks, self.stocks + 1
        for line, much in came:
            self._enter(number, line, much, came_between(line) if line.kind in MOVES else _held(line))
        for line, much in went:
            self._enter(number, line, -much, _held(line))
        for line, low, high in counts:
            self._counts.append((number, low, high if whole else np.inf, *_held(line)))
        return number

    def _enter(self, number: int, line: Line, much: float, when: tuple[int, int]) -> None:
        if much:
            self._entries.append((number, much, *when))
            self.lines.append(line)

    def ledger(self) -> Ledger:
        """The ledger of these stocks, none of them joined to another."""
        stock, change, first, last = zip(*self._entries, strict=True) if self._entries else ((),) * 4
        counted, low, high, *when = zip(*self._counts, strict=True) if self._counts else ((),) * 5
        size = len(self._entries)
        return Ledger(
            self.stocks, np.arange(size), np.array(stock, np.int64), np.array(change, np.float64),
            np.array(first, np.int64), np.array(last, np.int64), np.zeros(size), np.ones(self.stocks),
            np.full(self.stocks, -1),
            Counts(np.array(counted, np.int64), np.array(low, np.float64), np.array(high, np.float64),
                   *(np.array(each, np.int64) for each in when)),
            np.empty((0, 2), np.int64),
        )  # fmt: skip


def _held(line: Line) -> tuple[int, int]:
    return _between(line.earliest, line.latest)


def add_stock(records: Records, stock: Stock, most: bool, more: Iterable[tuple[Line, float]] = ()) -> int:
    """The stock with the most that can have come and the least that left, or the other way round."""
    came = [(line, high if most else low) for line, low, high in stock.came]
    went = [(line, low if most else high) for line, low, high in stock.went]
    whole = not stock.partial and len({line.giver for line, _, _ in stock.counts}) == 1
    return records.add([*came, *more], went, stock.counts, whole)


@dataclass(frozen=True)
class Holding:
    """What the rows of one stock come to, each from the least to the most: `left` at the end, `lacked` what entered
    unseen, `gone` what a count found missing, `counted` what of the rest was last counted.
    """

    left: Range
    lacked: Range
    gone: Range
    counted: Range

    @property
    def held(self) -> Range:
        """What is left beyond what was counted."""
        return max(0.0, self.left[0] - self.counted[1]), max(0.0, self.left[1] - self.counted[0])


def holdings(stocks: list[Stock]) -> list[Holding]:
    """What each of these stocks comes to by its own rows."""
    ends = []
    for most in (False, True):
        records = Records()
        for stock in stocks:
            add_stock(records, stock, most)
        ends.append(settled(records.ledger()))
    return [_holding(stock, ends, number) for number, stock in enumerate(stocks)]


def _holding(stock: Stock, ends: list[Settled], number: int) -> Holding:
    left, lacked, gone = (
        sorted(float(getattr(each, name)[number]) for each in ends) for name in ("left", "lacked", "gone")
    )
    counted = stock.last_counted
    return Holding(
        (0.0 if stock.open_out else left[0], left[1]),
        (0.0 if stock.open_in else lacked[0], lacked[1]),
        (0.0 if stock.open_out else gone[0], gone[1]),
        (min(counted[0], 0.0 if stock.open_out else left[0]), min(counted[1], left[1])),
    )
