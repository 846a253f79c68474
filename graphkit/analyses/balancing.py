"""The balance of some goods within some bounds: what went in, what came out, and what the difference can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from graphkit.analyses.lines import MOVES, Line, product_of, shipped
from graphkit.model.measuring import Ratios, common_unit, in_unit
from graphkit.model.nodes import BATCH, PLACE
from graphkit.quantities.lacks import Lack, lacks, uncovered
from graphkit.quantities.ledger import Counts, Ledger

FIGURES = ("in", "produced", "out", "seized", "sampled", "stock")
_INTO = ("in", "produced")
_FAR = 2**61
_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = 1_000_000


@dataclass(frozen=True)
class Scope:
    """Whose goods are looked at: a place with those who control it, a party; `nodes` empty is everybody."""

    nodes: frozenset[str] = frozenset()

    def holds(self, ends: frozenset[str]) -> bool:
        """Whether an end of a line lies within; where it names places and a place is asked, the place decides."""
        if not self.nodes:
            return True
        places = {end for end in ends if end.startswith(f"{PLACE.prefix}:")}
        asked = {node for node in self.nodes if node.startswith(f"{PLACE.prefix}:")}
        return bool(places & asked) if places and asked else bool(ends & self.nodes)


@dataclass
class Balance:
    """The figures of some goods in one unit: for each of FIGURES the least and the most, and the lines behind."""

    goods: str
    product: str
    unit: str | None
    low: dict[str, float] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0.0))
    high: dict[str, float] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0.0))
    counted: list[tuple[str, Line, float, float]] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)  # no quantity, or a unit that does not convert
    early: list[Line] = field(default_factory=list)  # left before any was made
    missing: Lack | None = None
    beyond: list[Line] = field(default_factory=list)  # left when nothing was there to cover it
    gain: float | None = None  # how much was made of one unit of what went in

    @property
    def unexplained(self) -> tuple[float, float]:
        """What came in and is not accounted for; below zero more is accounted for than came in."""
        low = sum(self.low[name] for name in _INTO) - sum(self.high[name] for name in FIGURES if name not in _INTO)
        high = sum(self.high[name] for name in _INTO) - sum(self.low[name] for name in FIGURES if name not in _INTO)
        return round(low, 6), round(high, 6)


def balance_of(
    goods: str, lines: list[Line], scope: Scope, packing: Ratios, recipes: dict[str, list[Line]], loose: list[Line]
) -> Balance | None:
    """The balance of these goods; None where none of the lines is about them within the scope.

    `recipes` gives what each transformation used and produced; `loose` are moves of the product that tell no batch.
    """
    placed = [(figure, line) for line in lines for figure in _figures(line, scope)]
    made = any(figure == "produced" for figure, _ in placed)
    if not scope.nodes:
        placed += [("in", line) for line in ([] if made else _first_hands(lines))]
    if not placed:
        return None
    if goods.startswith(f"{BATCH.prefix}:"):
        placed += [(figure, line) for line in loose for figure in _loose_figures(line, scope, made)]
    found = Balance(goods, product_of(goods), common_unit(line.unit for _, line in placed))
    for figure, line in _latest_counts(placed):
        _count(found, figure, line, packing)
    _less_what_was_then_seized(found)
    if not scope.nodes and not made:
        _widen_first_hands(found)
    counts, one = _counts(placed, found.unit, packing)
    found.missing, found.beyond = _missing(found, counts, whole=one and bool(scope.nodes))
    found.gain = _yield(found, recipes, packing)
    found.early = _before_made(lines, placed)
    return found


def _figures(line: Line, scope: Scope) -> Iterable[str]:
    """Under which figures a line counts. Of everybody, moves are within, but what end users bought has left."""
    if line.kind in MOVES:
        gave, took = scope.holds(line.giver), scope.holds(line.taker)
        if not scope.nodes:
            return ["out"] if line.kind == "bought" else []
        return ["out"] if gave and not took else ["in"] if took and not gave else []
    if not scope.holds(line.taker if line.kind == "produced" else line.giver):
        return []
    return [{"used": "out", "counted": "stock"}.get(line.kind, line.kind)]


def _loose_figures(line: Line, scope: Scope, made: bool) -> Iterable[str]:
    """Under which figures of a batch a move may count that tells none."""
    if scope.nodes or line.kind == "bought":
        return _figures(line, scope)
    return [] if made else ["in"]


def _first_hands(lines: list[Line]) -> list[Line]:
    """The moves of those who gave goods of which no row says whence they had them."""
    moves = [line for line in lines if line.kind in ("supplied", "shipped")]
    takers = {party for line in moves for party in line.taker}
    return [line for line in moves if not line.giver & takers]


def _widen_first_hands(found: Balance) -> None:
    """Several first hands may be one party written in several ways: at least one of them gave what it gave."""
    given: dict[str, float] = {}
    for figure, line, low, _ in found.counted:
        if figure == "in":
            for party in line.giver:
                given[party] = given.get(party, 0.0) + low
    found.low["in"] = max(given.values(), default=0.0)


def _latest_counts(placed: list[tuple[str, Line]]) -> list[tuple[str, Line]]:
    """Of several counts of one stock the last one; the others were what was there before."""
    latest: dict[frozenset[str], Line] = {}
    for figure, line in placed:
        if figure == "stock":
            known = latest.get(line.giver)
            if known is None or (line.latest or "") > (known.latest or ""):
                latest[line.giver] = line
    return [(figure, line) for figure, line in placed if figure != "stock" or latest[line.giver] is line]


def _count(found: Balance, figure: str, line: Line, packing: Ratios) -> None:
    low = _converted(line.low, line, found.unit, packing)
    high = _converted(line.high, line, found.unit, packing)
    if low is None or high is None or low < 0:
        found.aside.append(line)
        return
    low = 0.0 if line.doubtful else low
    found.low[figure] += low
    found.high[figure] += high
    found.counted.append((figure, line, low, high))


def _converted(quantity: float | None, line: Line, unit: str | None, packing: Ratios) -> float | None:
    if quantity is None or line.unit is None or unit is None:
        return None
    return in_unit(quantity, line.unit, unit, packing)


def _less_what_was_then_seized(found: Balance) -> None:
    """What was counted and later seized from the same hands counts as seized."""
    for _, count, low, high in [each for each in found.counted if each[0] == "stock"]:
        later = [
            (a, b)
            for figure, line, a, b in found.counted
            if figure == "seized" and line.giver & count.giver and (line.earliest or "") > (count.latest or "~")
        ]
        found.low["stock"] -= min(low, sum(b for _, b in later))
        found.high["stock"] -= min(high, sum(a for a, _ in later))


def _missing(found: Balance, counts: list[tuple[Line, float, float]], whole: bool) -> tuple[Lack | None, list[Line]]:
    """How much must have entered unseen, by when: the most that came in against the least that went out; and what left
    when nothing was there to cover it.

    Every stocktake counts: what was there then must have come in before. Where it is all that was there (`whole`) no
    more than it can have left after it.
    """
    events = [
        (line, high if figure in _INTO else -low)
        for figure, line, low, high in found.counted
        if figure != "stock" and (high if figure in _INTO else low) > 0
    ]
    if not events and not counts:
        return None, []
    ledger = _ledger(events, counts, whole)
    short = lacks(ledger)
    if not short:
        return None, []
    beyond = [events[entry][0] for entry in uncovered(ledger, short)]
    sums = (sum(getattr(each, name) for each in short) for name in ("amount", "received", "sent"))
    amount, received, sent = sums
    return Lack((0,), amount, short[-1].by, received, sent, ()), beyond


def _ledger(events: list[tuple[Line, float]], counts: list[tuple[Line, float, float]], whole: bool) -> Ledger:
    """One stock; what came in did so from its departure on, what went out by its latest time."""
    times = [
        _between(line.arrives or line.earliest if much > 0 else line.earliest, line.latest) for line, much in events
    ]
    when = [_between(line.earliest, line.latest) for line, _, _ in counts]
    size = len(events)
    return Ledger(
        1, np.arange(size), np.zeros(size, np.int64), np.array([much for _, much in events], np.float64),
        np.array([first for first, _ in times], np.int64), np.array([last for _, last in times], np.int64),
        np.zeros(size), np.ones(1), np.full(1, -1),
        Counts(
            np.zeros(len(counts), np.int64), np.array([low for _, low, _ in counts], np.float64),
            np.array([high if whole else np.inf for *_, high in counts], np.float64),
            np.array([first for first, _ in when], np.int64), np.array([last for _, last in when], np.int64),
        ),
        np.empty((0, 2), np.int64),
    )  # fmt: skip


def _came(line: Line) -> tuple[int, int]:
    return _between(line.arrives or line.earliest, None if shipped(line) else line.latest)


def _between(earliest: str | None, latest: str | None) -> tuple[int, int]:
    first, last = moment(earliest, -_FAR), moment(latest, _FAR)
    return first, max(first, last)


def _counts(
    placed: list[tuple[str, Line]], unit: str | None, packing: Ratios
) -> tuple[list[tuple[Line, float, float]], bool]:
    """Every stocktake in one unit, and whether all are of one and the same stock."""
    found = []
    for line in [line for figure, line in placed if figure == "stock" and not line.doubtful]:
        low, high = (_converted(much, line, unit, packing) for much in (line.low, line.high))
        if low is not None and high is not None and low >= 0:
            found.append((line, low, high))
    return found, len({line.giver for line, _, _ in found}) == 1


def _yield(found: Balance, recipes: dict[str, list[Line]], packing: Ratios) -> float | None:
    """What was made over all that went in; None where a unit does not convert or something else was made with it."""
    made = [(line, low) for figure, line, low, _ in found.counted if figure == "produced"]
    told = [line for name in sorted({line.transformation for line, _ in made}) for line in recipes.get(name, ())]
    if any(line.kind == "produced" and line.goods != found.goods for line in told):
        return None
    went = [_converted(line.low, line, found.unit, packing) for line in told if line.kind == "used"]
    known = [each for each in went if each is not None and each > 0]
    return round(sum(low for _, low in made) / sum(known), 6) if known and len(known) == len(went) else None


def _before_made(lines: list[Line], placed: list[tuple[str, Line]]) -> list[Line]:
    """Moves that had left before the first of these goods was made."""
    made = [line.earliest for figure, line in placed if figure == "produced"]
    if not made or None in made:
        return []
    first = min(each for each in made if each)
    return [line for line in lines if line.kind in MOVES and line.latest is not None and line.latest < first]


def moment(text: str | None, unknown: int) -> int:
    """Microseconds since 1970 of an ISO time.

    >>> moment("1970-01-01T00:00:01", 0), moment(None, 7)
    (1000000, 7)
    """
    if text is None:
        return unknown
    gone = datetime.fromisoformat(text) - _EPOCH
    return (gone.days * 86_400 + gone.seconds) * _MICROSECOND + gone.microseconds
