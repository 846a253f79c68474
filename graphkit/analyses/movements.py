"""Rows that tell of one movement of goods: ledger, counter-ledger and waybill are found together and counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from graphkit.analyses.lines import MOVES, Line, joined
from graphkit.model.nodes import BATCH
from graphkit.model.units import convert

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile

NEAR = timedelta(days=7)
_CLOSE = 1e-6
_BATCH = 5000


def without_batch(casefile: Casefile, lines: list[Line], first_hands: bool) -> dict[str, list[Line]]:
    """Moves, counted once, that tell no batch, by product: each may be of any batch of it.

    Only those of `first_hands`, where asked: of givers of whom no row says whence they had any of the product.
    """
    labels = Labels(casefile, lines)
    had: dict[str, set[str]] = {}
    for line in lines:
        had.setdefault(line.product, set()).update(labels.of(line.taker))
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.kind in MOVES and not line.goods.startswith(f"{BATCH.prefix}:"):
            known = first_hands and not labels.of(line.giver).isdisjoint(had[line.product])
            found.setdefault(line.product, []).extend(() if known else [replace(line, doubtful=True)])
    return found


def counted_once(casefile: Casefile, lines: list[Line]) -> list[Line]:
    """The lines, those of one movement as one: same parties, product, batch and quantity, within seven days.

    Parties are the same where they are one entity or share a name or a phone. Rows of one file are never one movement:
    a ledger lists each of its deliveries. A line without batch can be the one with it. The nearest in time go together.
    What could be the same movement, but for one of its parties, stays a movement of its own and is `doubtful`.
    """
    moves = [line for line in lines if line.kind in MOVES]
    labels = Labels(casefile, moves)
    moves.sort(key=lambda line: (MOVES.index(line.kind), _begin(line), line.link))
    once = list[Line]()
    near = _Near()
    for move in moves:
        pairs = [(place, _gap(move, once[place]), labels.shared(move, once[place])) for place in near.of(move)]
        alike = [(gap, place) for place, gap, ends in pairs if gap is not None and ends == 2]
        if alike:
            place = min(alike)[1]
            once[place] = _together(once[place], move)
        else:
            place = len(once)
            like = any(gap is not None and ends == 1 for _, gap, ends in pairs)
            once.append(replace(move, doubtful=like))
        near.add(once[place], place)
    others = [line for line in lines if line.kind not in MOVES]
    return sorted((*others, *once), key=lambda line: line.link)


class _Near:
    """Moves by goods, quantity and the week in which they began: only those near in time are compared."""

    def __init__(self) -> None:
        self._places: dict[tuple[tuple[str, str, float], int], list[int]] = {}

    def of(self, move: Line) -> list[int]:
        """The places of those that began in the same week or in the one before or after, in order."""
        key, week = _key(move), _week(move)
        places = (self._places.get((key, each), ()) for each in (week - 1, week, week + 1))
        return sorted({place for some in places for place in some})

    def add(self, move: Line, place: int) -> None:
        """A move, or what became of it when another was found to tell of the same movement."""
        self._places.setdefault((_key(move), _week(move)), []).append(place)


def _week(line: Line) -> int:
    return _begin(line).toordinal() // NEAR.days


class Labels:
    """By what a party is told: its id, its names, its phones."""

    def __init__(self, casefile: Casefile, lines: list[Line]) -> None:
        parties = sorted({party for line in lines for party in (*line.giver, *line.taker)})
        self.known: dict[str, set[str]] = {party: {party} for party in parties}
        self._of: dict[frozenset[str], set[str]] = {}
        for begin in range(0, len(parties), _BATCH):
            for each in casefile.store.statements(parties[begin : begin + _BATCH]):
                if each.property in ("name", "alias") and each.value != "?":
                    self.known[each.node].add(each.value)
        network = casefile.network()
        uses = network.links.kind_code("USES")
        for party in parties:
            if (position := network.position(party)) >= 0:
                ends, links = network.out.of_node(position)
                self.known[party].update(network.ids.take(ends[network.links.kind[links] == uses].tolist()))

    def shared(self, one: Line, other: Line) -> int:
        """At how many of the two ends both moves have the same party."""
        return sum(
            not self.of(a).isdisjoint(self.of(b)) for a, b in ((one.giver, other.giver), (one.taker, other.taker))
        )

    def of(self, parties: frozenset[str]) -> set[str]:
        """All that these parties are told by."""
        if parties not in self._of:
            self._of[parties] = set().union(*(self.known[party] for party in parties))
        return self._of[parties]


def _key(line: Line) -> tuple[str, str, float]:
    """What moves of one movement share: product and quantity."""
    grams = convert(line.low or 0.0, line.unit or "", "g")
    return (line.product, line.unit or "", line.low or 0.0) if grams is None else (line.product, "g", round(grams, 3))


def _gap(one: Line, other: Line) -> timedelta | None:
    """How far apart in time two moves are, where they can be the same movement."""
    batches = {line.goods for line in (one, other) if line.goods.startswith("batch:")}
    if len(batches) > 1 or not _same_quantity(one, other) or _files(one) & _files(other):
        return None
    gap = abs(_begin(one) - _begin(other))
    return None if gap > NEAR or "bought" in (one.kind, other.kind) else gap


def _same_quantity(one: Line, other: Line) -> bool:
    if one.low is None or other.low is None or one.unit is None or other.unit is None:
        return False
    low, high = convert(other.low, other.unit, one.unit), convert(other.high or 0.0, other.unit, one.unit)
    if low is None or high is None:
        return False
    slack = _CLOSE * max(1.0, abs(high))
    return low <= (one.high or 0.0) + slack and one.low <= high + slack


def _together(one: Line, other: Line) -> Line:
    """One movement told twice: the first line's quantity, since only equal ones are put together."""
    goods = min((line.goods for line in (one, other)), key=lambda goods: (not goods.startswith("batch:"), goods))
    both = joined(one, replace(other, low=one.low, high=one.high))
    return replace(both, goods=goods, with_=(*one.with_, other.link))


def _files(line: Line) -> set[str]:
    return {reference.partition("#")[0] for reference in line.evidence}


def _begin(line: Line) -> datetime:
    return datetime.fromisoformat(line.earliest or line.latest or "1970-01-01T00:00:00")
