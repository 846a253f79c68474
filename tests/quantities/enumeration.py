"""All that can have happened, one history after the other: every whole number of marked units in every dispatch."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from graphkit.quantities import Deliveries

Event = tuple[int, bool, int]  # moment, dispatch, delivery


@dataclass
class Ranges:
    """The least and most that was met over all histories, for each delivery and for all that each stop received."""

    delivery: dict[int, set[int]] = field(default_factory=dict)
    stop: dict[int, set[int]] = field(default_factory=dict)
    stock: dict[int, set[int]] = field(default_factory=dict)

    def meet(self, marked: dict[int, int], received: list[int], stock: list[int]) -> None:
        """One history."""
        for found, values in ((self.delivery, marked), (self.stop, dict(enumerate(received))),
                              (self.stock, dict(enumerate(stock)))):  # fmt: skip
            for key, value in values.items():
                found.setdefault(key, set()).add(value)


def histories(given: Deliveries, marks: list[int], events: list[Event], opening: list[int], ranges: Ranges) -> bool:
    """Meet all histories in which the events come in this order; False where more leaves than there is."""
    total = [int(x) for x in opening]
    for _, dispatch, i in events:
        stop = int((given.source if dispatch else given.target)[i])
        total[stop] += -int(given.quantity[i]) if dispatch else int(given.arriving[i])
        if total[stop] < 0:
            return False
    known = given.opening.astype(int).tolist()

    def follow(place: int, stock: list[int], held: list[int], sent: dict[int, int], received: list[int]) -> None:
        if place == len(events):
            ranges.meet(sent, received, held)
            return
        _, dispatch, i = events[place]
        much, came = int(given.quantity[i]), int(given.arriving[i])
        stop = int((given.source if dispatch else given.target)[i])
        if not dispatch:
            arrived = {1: came, -1: 0}.get(marks[i], sent[i] * came // much)
            follow(place + 1, _add(stock, stop, came), _add(held, stop, arrived), sent, _add(received, stop, arrived))
            return
        for some in range(max(0, much - (stock[stop] - held[stop])), min(much, held[stop]) + 1):
            told = {1: much, -1: 0}.get(marks[i], some)
            follow(place + 1, _add(stock, stop, -much), _add(held, stop, -some), {**sent, i: told}, received)

    for held in _openings([int(a) - b for a, b in zip(opening, known, strict=True)]):
        follow(0, [int(x) for x in opening], held, {}, [0] * given.stops)
    return True


def ordered(given: Deliveries) -> list[Event]:
    """The events of deliveries with instants; at one moment receipts come first."""
    found = [(int(given.departs_latest[i]), True, i) for i in range(len(given))]
    found += [(int(given.arrives_earliest[i]), False, i) for i in range(len(given))]
    return sorted(found)


def tiny(rng: random.Random, stops: int = 4, most: int = 6, returns: bool = True) -> tuple[Deliveries, list[int]]:
    """A few deliveries at few moments, each arriving later than it left, and what is known of each."""
    count = rng.randint(1, most)
    source = [rng.randrange(stops) for _ in range(count)]
    target = [
        rng.choice([s for s in range(stops) if s != a and (returns or s > a or stops == 1)] or [a]) for a in source
    ]
    left = np.array([rng.randrange(6) for _ in range(count)])
    came = left + np.array([rng.randint(1, 3) for _ in range(count)])
    opening = [rng.choice((0, 0, 1, 2)) for _ in range(stops)]
    quantity = [rng.randint(1, 3) for _ in range(count)]
    given = Deliveries.of(stops, source, target, quantity, left, came, opening=opening)
    origin = rng.randrange(stops)
    return given, [rng.choice((1, -1)) if rng.random() < 0.1 else int(a == origin) for a in source]


def _add(values: list[int], place: int, much: int) -> list[int]:
    changed = list(values)
    changed[place] += much
    return changed


def _openings(unknown: list[int]) -> Iterator[list[int]]:
    if not unknown:
        yield []
        return
    for rest in _openings(unknown[1:]):
        for some in range(unknown[0] + 1):
            yield [some, *rest]
