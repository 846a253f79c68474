"""Ways to improve a plan, and which of them to go next: learnt while the search runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.breaking.task import Numbers

_TRIED = 0.2  # of the work is shared out evenly among all ways


@dataclass(frozen=True)
class Way:
    """A way to improve a child: annealing of `moves` a node (0: none) from `part` of the way down; then swaps.

    Where it is `loose`, the annealing may exceed the budget on its way by a hit or two.
    """

    moves: int
    part: float
    loose: bool
    patience: int


WAYS = (
    Way(0, 0.0, False, 1000), Way(3000, 0.0, False, 2000), Way(12_000, 0.0, True, 2000), Way(0, 0.0, False, 3000),
    Way(12_000, 0.0, False, 2000), Way(2000, 0.5, False, 1000), Way(50_000, 0.0, True, 2000),
    Way(1000, 0.7, False, 1000), Way(50_000, 0.0, False, 2000), Way(3000, 0.0, True, 2000),
)  # fmt: skip


@dataclass
class Taste:
    """What each way gained, what work it used (in 100,000), and how often."""

    gain: Numbers
    used: Numbers
    count: Numbers

    @classmethod
    def of(cls, ways: int) -> Taste:
        """Of nothing known yet."""
        return cls(*np.ones((3, ways)))

    def choose(self, rng: np.random.Generator) -> int:
        """A way by what it gained for its work; of the work each has some share, so that dear ways come seldom."""
        rate = self.gain / self.used
        share = (_TRIED / len(rate) + (1 - _TRIED) * rate / rate.sum()) * self.count / self.used
        return int(rng.choice(len(rate), p=share / share.sum()))

    def learn(self, way: int, work: float, best: bool, entered: bool) -> None:
        """What a child improved this way came to: the best of all, or one of the population."""
        self.used[way] += work / 1e5
        self.count[way] += 1
        self.gain[way] += 4.0 * best + 0.2 * entered
