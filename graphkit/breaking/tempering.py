"""Few pairs by replica exchange: annealings at several temperatures side by side, which exchange their plans.

A plan with one component more or fewer is far away, and cooling rarely settles on the better number: hot replicas keep
changing it, and what is good for its temperature wanders down to the cold ones. Swendsen and Wang (1986), Replica
Monte Carlo simulation of spin glasses; Hukushima and Nemoto (1996), Exchange Monte Carlo method and application to
spin glass simulations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.breaking.cooling import Cooling, annealed
from graphkit.breaking.labels import NONE_KEPT
from graphkit.breaking.task import Mask, Numbers, Task

_MOVES = 500  # a node and replica between two exchanges
_HOTTEST, _COLDEST = 0.7, 1.5  # times the temperatures between which one annealing cools
_OVER = 2.0  # hits above the budget on the way
_FINE = 2.0  # what each is fined, in actors an actor stays connected with


@dataclass
class Tempering:
    """A plan for each temperature, the hottest first; `hit` is what one hit costs."""

    task: Task
    cooling: Cooling
    plans: list[Mask]
    hit: float
    rng: np.random.Generator

    @property
    def moves(self) -> int:
        """How many moves one round takes."""
        return len(self.plans) * _MOVES * len(self.task.weight)

    def round(self, until: float) -> Mask | None:
        """Anneal each plan at its temperature, then exchange; the best plan met, None where none kept to the budget."""
        moves, fine = _MOVES * len(self.task.weight), _FINE * self.cooling.beside / self.hit
        heats = np.geomspace(_HOTTEST * self.cooling.hot, _COLDEST * self.cooling.cold, len(self.plans))
        values, least, best = np.zeros(len(heats)), NONE_KEPT, None
        for i in range(len(heats)):
            heat, seed = heats[i : i + 1], int(self.rng.integers(2**31))
            done = annealed(self.task, self.plans[i], heat, moves, seed, until, _OVER * self.hit, fine)
            self.plans[i], values[i] = done.last, done.value
            if done.pairs < least:
                least, best = done.pairs, done.best
        self._exchange(heats, values)
        return best

    def _exchange(self, heats: Numbers, values: Numbers) -> None:
        """Let neighbours change places, always where that brings the better plan to the colder place."""
        for i in range(len(heats) - 1):
            better = (values[i] - values[i + 1]) * (1 / heats[i] - 1 / heats[i + 1])
            if better >= 0 or self.rng.random() < np.exp(better):
                self.plans[i], self.plans[i + 1] = self.plans[i + 1], self.plans[i]
                values[i], values[i + 1] = values[i + 1], values[i]
