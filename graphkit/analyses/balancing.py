"""The balance of some goods within some bounds: what went in, what came out, and what the difference can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from graphkit.analyses.lines import MOVES, Line, product_of
from graphkit.analyses.measuring import Ratios, common_unit, in_unit
from graphkit.model.nodes import BATCH, PLACE
from graphkit.quantities.deliveries import Deliveries
from graphkit.quantities.supply import Shortage, least_unseen_supply

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
    missing: Shortage | None = None
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
    found.missing = _missing(found)
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


def _missing(found: Balance) -> Shortage | None:
    """How much must have entered unseen, by when: the most that came in against the least that went out."""
    events = [
        (figure in _INTO, line, high if figure in _INTO else low)
        for figure, line, low, high in found.counted
        if figure != "stock"
    ]
    events = [event for event in events if event[2] > 0]
    if not events:
        return None
    short = least_unseen_supply(
        Deliveries.of(
            2,
            [int(into) for into, *_ in events],
            [1 - int(into) for into, *_ in events],
            [quantity for *_, quantity in events],
            (
                [moment(line.earliest, -_FAR) for _, line, _ in events],
                [moment(line.latest, _FAR) for _, line, _ in events],
            ),
            ([moment(line.arrives or line.earliest, -_FAR) for _, line, _ in events], [_FAR] * len(events)),
        )
    )
    return next((each for each in short if each.stop == 0), None)


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
