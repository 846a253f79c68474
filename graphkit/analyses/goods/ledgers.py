"""Lines about goods as one ledger: whose stock of what each of them changes, by how much, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graphkit.analyses.goods.lines import MOVES, Line, arrival
from graphkit.analyses.goods.owners import Owners
from graphkit.analyses.times import microseconds
from graphkit.model.measuring import Ratios, common_unit, in_unit
from graphkit.model.nodes import BATCH
from graphkit.quantities.deliveries import Floats, Ints
from graphkit.quantities.ledger import Counts, Ledger

FAR = 2**61
_LOOSE_IN, _LOOSE_OUT = "came without a batch", "went without a batch"
Key = tuple[str, str, str]  # owner, product, goods; goods of no batch stand apart as they came and as they went


@dataclass
class Book:
    """A ledger in the making, and what its numbers stand for.

    `stocks` names each stock; `lines` is the line behind each entry; `units` the unit of each product; `aside` are
    lines without a quantity, or in a unit that does not convert.
    """

    units: dict[str, str | None]
    stocks: list[Key] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)
    unowned: list[Line] = field(default_factory=list)
    _place: dict[Key, int] = field(default_factory=dict)
    _entries: list[tuple[int, int, float, int, int]] = field(default_factory=list)
    _counts: list[tuple[int, float, float, int, int]] = field(default_factory=list)
    _records: dict[str, int] = field(default_factory=dict)

    def stock(self, key: Key) -> int:
        """The number of a stock."""
        if key not in self._place:
            self._place[key] = len(self.stocks)
            self.stocks.append(key)
        return self._place[key]

    def change(self, record: str, key: Key, much: float, line: Line) -> None:
        """One entry: what came in above zero, what went out below."""
        if much:
            number = self._records.setdefault(record, len(self._records))
            came = much > 0 and line.kind in MOVES
            earliest, latest = arrival(line) if came else (line.earliest, line.latest)
            times = microseconds(earliest, -FAR), microseconds(latest, FAR)
            self._entries.append((number, self.stock(key), much, times[0], max(times)))
            self.lines.append(line)

    def count(self, key: Key, low: float, high: float, line: Line) -> None:
        """One stocktake."""
        times = microseconds(line.earliest, -FAR), microseconds(line.latest, FAR)
        self._counts.append((self.stock(key), low, high, *times))

    def ledger(self, deviation: float) -> Ledger:
        """The ledger; every record may be off by the deviation."""
        record, stock, change, earliest, latest = zip(*self._entries, strict=True) if self._entries else ((),) * 5
        counted, low, high, *when = zip(*self._counts, strict=True) if self._counts else ((),) * 5
        goods = sorted({key[1:] for key in self.stocks if key[2] != _LOOSE_IN})
        group = {key: number for number, key in enumerate(goods)}
        made = Ledger(
            len(self.stocks), _ints(record), _ints(stock), np.array(change, np.float64), _ints(earliest), _ints(latest),
            np.full(len(self._records), deviation), self._usual(),
            _ints([group.get(key[1:], -1) for key in self.stocks]),
            Counts(_ints(counted), np.array(low, np.float64), np.array(high, np.float64), *map(_ints, when)),
            np.array(sorted(self._passages()), np.int64).reshape(-1, 2),
        )  # fmt: skip
        made.check()
        return made

    def first_hands(self) -> Ints:
        """The stocks that no row says anything came into, and that were only handed on, not used or found: whoever
        holds them may have made what he gave.
        """
        came = {stock for _, stock, change, _, _ in self._entries if change > 0}
        used = {entry[1] for entry, line in zip(self._entries, self.lines, strict=True) if line.kind not in MOVES}
        used |= {stock for stock, *_ in self._counts}
        return _ints([stock for stock in range(len(self.stocks)) if stock not in came | used])

    def _usual(self) -> Floats:
        """The median entry of each stock's product."""
        found: dict[str, list[float]] = {}
        for _, stock, change, _, _ in self._entries:
            found.setdefault(self.stocks[stock][1], []).append(abs(change))
        median = {product: float(np.median(changes)) for product, changes in found.items()}
        return np.array([median.get(key[1], 1.0) for key in self.stocks])

    def _passages(self) -> Iterator[tuple[int, int]]:
        """What came without a batch may be of any; what went without one may have been."""
        for owner, product, goods in self.stocks:
            came, went = ((owner, product, loose) for loose in (_LOOSE_IN, _LOOSE_OUT))
            if goods == _LOOSE_IN and went in self._place:
                yield self._place[came], self._place[went]
            elif goods not in (_LOOSE_IN, _LOOSE_OUT):
                if came in self._place:
                    yield self._place[came], self._place[owner, product, goods]
                if went in self._place:
                    yield self._place[owner, product, goods], self._place[went]


def book_of(lines: Iterable[Line], owners: Owners, packings: Mapping[str, Ratios]) -> Book:
    """The book of these lines, each movement among them once.

    What may or may not have happened (a `doubtful` line) is taken as received and not as sent, so that nobody is said
    to lack what he may have had. `packings` are the ratios by which units of goods convert.
    """
    every = list(lines)
    book = Book(_units(every))
    for line in every:
        low, high = (_converted(much, line, book, packings) for much in (line.low, line.high))
        if low is None or high is None or low < 0 or (high == 0 and line.kind != "counted"):
            book.aside.append(line)
        else:
            _enter(book, line, owners, low, high)
    return book


def _enter(book: Book, line: Line, owners: Owners, low: float, high: float) -> None:
    giver, taker = owners.of(line.giver), owners.of(line.taker)
    record = line.transformation or line.link
    if giver is None and taker is None:
        book.unowned.append(line)
    elif line.kind == "counted" and giver:
        if line.goods.startswith(f"{BATCH.prefix}:"):
            book.count(_key(giver, line, _LOOSE_IN), low, high, line)
    elif giver != taker:
        if giver:
            book.change(record, _key(giver, line, _LOOSE_OUT), -(0.0 if line.doubtful else low), line)
        if taker:
            book.change(record, _key(taker, line, _LOOSE_IN), high, line)


def _key(owner: str, line: Line, loose: str) -> Key:
    return owner, line.product, line.goods if line.goods.startswith(f"{BATCH.prefix}:") else loose


def _units(lines: list[Line]) -> dict[str, str | None]:
    """One unit a product."""
    told: dict[str, list[str | None]] = {}
    for line in lines:
        told.setdefault(line.product, []).append(line.unit)
    return {product: common_unit(units) for product, units in told.items()}


def _converted(much: float | None, line: Line, book: Book, packings: Mapping[str, Ratios]) -> float | None:
    wanted = book.units[line.product]
    if much is None or line.unit is None or wanted is None:
        return None
    return in_unit(much, line.unit, wanted, packings.get(line.goods, {}))


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64)
