"""What lasts and what moves: spans out of additions and removals, movements out of departures and arrivals.

A thing is in its container from the event that adds it to the one that removes it; one movement is often seen twice,
when the goods leave and when they arrive. Each such span and movement is one link, with every event behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from graphkit.records.layouts.collected import UNKNOWN, Collected, Span

ADD, DELETE = "ADD", "DELETE"
DEPARTURES = frozenset({"shipping", "departing", "dispensing", "retail_selling"})
ARRIVALS = frozenset({"arriving", "receiving", "accepting", "unloading"})


@dataclass(frozen=True)
class Line:
    """A thing and how much of it one field of one event names."""

    thing: str
    role: str
    quantity: float | None = None
    unit: str | None = None
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Holding:
    """One event that says of a thing (of all of them where empty) that it is in, comes into or leaves a holder."""

    kind: str
    line: Line
    holder: str
    action: str
    at: datetime | None
    event: str
    row: int


@dataclass
class _Open:
    """A span that may still go on."""

    line: Line
    event: str
    added: datetime | None
    rows: list[int]
    seen: tuple[datetime, datetime] | None = None
    removed: datetime | None = None
    has_start: bool = False
    has_end: bool = False

    def see(self, one: Holding) -> None:
        """Take one more event of the span."""
        self.rows.append(one.row)
        if one.action == DELETE:
            self.removed, self.has_end = one.at, True
        elif one.at is not None:
            first, last = self.seen or (one.at, one.at)
            self.seen = min(first, one.at), max(last, one.at)

    @property
    def started(self) -> Span:
        """When it began: the moment of the addition, else not after it was first seen."""
        if self.has_start:
            return self.added, self.added
        return None, self.seen[0] if self.seen else self.removed

    @property
    def ended(self) -> Span:
        """When it ended: the moment of the removal, else not before it was last seen."""
        if self.has_end:
            return self.removed, self.removed
        return self.seen[1] if self.seen else self.added, None


def link_holdings(holdings: Iterable[Holding], collected: Collected) -> None:
    """Add a link for each span of each thing in each holder."""
    held: dict[tuple[str, str], list[Holding]] = {}
    for one in holdings:
        held.setdefault((one.kind, one.holder), []).append(one)
    for (kind, holder), entries in held.items():
        spans = _spans(sorted(entries, key=lambda one: (one.at or datetime.min, one.row)))
        for thing, its in spans.items():
            for number, span in enumerate(its):
                # The first span is told by its ends alone, so that another file may tell when it ended.
                key = f"{thing}→{holder}" + (f"|{span.event}" if number else "")
                for row in span.rows:
                    line = span.line
                    collected.link(
                        kind, thing, holder, row, key=key, started=span.started, ended=span.ended,
                        quantity=line.quantity, unit=line.unit, properties=line.properties,
                    )  # fmt: skip


def _spans(entries: Sequence[Holding]) -> dict[str, list[_Open]]:
    spans: dict[str, list[_Open]] = {}
    for one in entries:
        for line in _concerned(one, spans):
            its = spans.setdefault(line.thing, [])
            if one.action == ADD:
                its.append(_Open(line, one.event, one.at, [one.row], has_start=True))
                continue
            current = next((span for span in reversed(its) if not span.has_end), None)
            if current is None:
                current = _Open(line, one.event, None, [])
                its.append(current)
            current.see(one)
    return spans


def _concerned(one: Holding, spans: dict[str, list[_Open]]) -> Iterator[Line]:
    """The thing that the event names; where it names none, all that are in the holder."""
    if one.line.thing:
        yield one.line
        return
    yield from [its[-1].line for its in spans.values() if not its[-1].has_end]


@dataclass(frozen=True)
class Movement:
    """One event that says of a thing that it goes from one to another."""

    key: str
    line: Line
    source: str
    target: str
    step: str
    at: datetime | None
    row: int


def link_movements(movements: Iterable[Movement], collected: Collected) -> None:
    """Add SUPPLIED links. Where events tell the departure or the arrival, the others of a movement tell no time."""
    found = list(movements)
    timed = {one.key for one in found if one.step in DEPARTURES | ARRIVALS}
    for one in found:
        at = UNKNOWN if one.key in timed and one.step not in DEPARTURES | ARRIVALS else (one.at, one.at)
        arrives = one.step in ARRIVALS
        collected.link(
            "SUPPLIED", one.source, one.target, one.row, key=one.key,
            started=UNKNOWN if arrives else at, ended=at if arrives else UNKNOWN,
            quantity=one.line.quantity, unit=one.line.unit, properties=one.line.properties,
        )  # fmt: skip


def distinct(lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with a key of its own: the thing, its unit, and a number where these repeat."""
    seen: dict[str, int] = {}
    for line in lines:
        key = f"{line.thing}|{line.unit or ''}".rstrip("|")
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}#{seen[key]}"), replace(line)
