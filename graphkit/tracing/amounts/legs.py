"""Legs: what went from one stock to another, as columns, before it is known which stocks are one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.quantities.deliveries import OPEN, UNMARKED
from graphkit.tracing.labels import Whole

Numbers = NDArray[np.float64]
_FAR = 2**61
MOVED, USED, MADE, FOUND, PASSED = range(5)  # PASSED: within a transformation


@dataclass(frozen=True, eq=False)
class Legs:
    """Legs, one an entry, all of shape (legs,), along the way the goods went.

    `giver` and `taker` are owners: holders, or numbers beyond them for what is no holder (a transformation, a find).
    `given` and `taken` are codes of goods there. `least` and `most` left, nan unknown, in the unit of `given`; for each
    unit that leaves `gain` arrive. Moments are microseconds. `mark` is MARKED, OPEN or UNMARKED, `role` one of the
    roles, `link` a link that tells of it, `about` the transformation or find that it belongs to, -1 none.
    """

    giver: Whole
    taker: Whole
    given: Whole
    taken: Whole
    least: Numbers
    most: Numbers
    gain: Numbers
    departs: Whole
    departs_latest: Whole
    arrives: Whole
    arrives_latest: Whole
    mark: Whole
    role: Whole
    link: Whole
    about: Whole

    def __len__(self) -> int:
        return len(self.giver)

    def take(self, chosen: NDArray[Any]) -> Legs:
        """Some of them."""
        return Legs(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def but(self, **columns: Any) -> Legs:
        """The same with other columns; a single value stands for all."""
        return Legs.made(**{field.name: getattr(self, field.name) for field in fields(self)} | columns)

    @classmethod
    def joined(cls, parts: list[Legs]) -> Legs:
        """All of them in one."""
        columns: list[Any] = [np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls)]
        return cls(*columns)

    @classmethod
    def made(cls, **columns: Any) -> Legs:
        """From columns, or single values that stand for all entries. What is not told: open, for a gain of one."""
        told = {"gain": 1.0, "mark": OPEN, "about": -1} | columns
        shape = np.broadcast_shapes(*(np.shape(value) for value in told.values()))
        kinds = {field.name: np.float64 if field.type == "Numbers" else np.int64 for field in fields(cls)}
        every: list[Any] = [_column(told[name], shape, kind) for name, kind in kinds.items()]
        return cls(*every)

    @classmethod
    def none(cls) -> Legs:
        """None at all."""
        nothing = np.empty(0, np.int64)
        return cls.made(**dict.fromkeys([field.name for field in fields(cls)], nothing))


def _column(value: Any, shape: tuple[int, ...], kind: type) -> NDArray[Any]:
    """The value for all entries; a column that is one already stays what it is."""
    if isinstance(value, np.ndarray) and value.shape == shape and value.dtype == kind:
        return value
    return np.array(np.broadcast_to(value, shape), kind)


def at_either_time(legs: Legs, pairs: list[tuple[int, int]]) -> Legs:
    """The legs, in order of their links, where pairs of links may tell of one movement of which one has a wrong time.

    The first of the two then went at either time, and the second, if there were two, at its own. Where chains lead over
    one of the two alone, it may be the wrong one, and nothing went.
    """
    least, times = legs.least.copy(), [(legs.departs.copy(), legs.departs_latest.copy()),
                                       (legs.arrives.copy(), legs.arrives_latest.copy())]  # fmt: skip
    known = np.append(legs.link, -1)
    for pair in pairs:
        one, other = np.searchsorted(legs.link, pair).tolist()
        if (known[[one, other]] != pair).any():
            continue
        if (legs.mark[one] == UNMARKED) != (legs.mark[other] == UNMARKED):
            least[one if legs.mark[other] == UNMARKED else other] = 0.0
            continue
        least[other] = 0.0
        for begin, end in times:
            begin[one], end[one] = min(begin[one], begin[other]), max(end[one], end[other])
    (departs, departs_latest), (arrives, arrives_latest) = times
    return legs.but(
        least=least, departs=departs, departs_latest=departs_latest, arrives=arrives, arrives_latest=arrives_latest
    )


def if_ever(legs: Legs, doubtful: NDArray[np.bool_], back: bool) -> Legs:
    """The legs, where some may never have been; if they were, their giver had as much more, of whatever origin."""
    possible = legs.but(least=np.where(doubtful, 0.0, legs.least))
    if back:
        return possible
    had = possible.take(doubtful)
    return Legs.joined([possible, had.but(taker=had.giver, taken=had.given, departs=-_FAR, arrives=-_FAR, link=-1)])
