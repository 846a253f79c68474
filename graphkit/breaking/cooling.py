"""Between which temperatures to anneal: a quick annealing tells where a network falls apart and where it freezes.

Time spent above or below is lost. Where so much freezes depends on the components that the best plans leave: some
hundred pairs a move where one large part remains, a few where all are small. White (1984), Concepts of scale in
simulated annealing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.labels import anneal
from graphkit.breaking.stoppable import run
from graphkit.breaking.task import Mask, Task

Heats = NDArray[np.float64]
_HEATS = 40
_MOVES = 100  # a node at each heat of the quick annealing
_HOTTEST, _COLDEST = 0.5, 0.3  # in shares of the nodes, in pairs
_LOOSE, _FROZEN = 2.0, 1.02  # times the least pairs: fallen apart, and frozen
_JOINS = 0.3


@dataclass(frozen=True)
class Cooling:
    """From which temperature to which, and with how many actors an actor stays connected on average."""

    hot: float
    cold: float
    beside: float

    def heats(self, part: float) -> Heats:
        """Falling temperatures, from `part` of the way down (by ratio) to the end.

        >>> Cooling(100.0, 1.0, 5.0).heats(0.5)[[0, -1]].tolist()
        [10.0, 1.0]
        """
        return np.geomspace(self.hot ** (1 - part) * self.cold**part, self.cold, _HEATS)


class Annealed(NamedTuple):
    """The best plan met, its pairs, the mean pairs at each heat; the last plan, and its pairs with its fine."""

    best: Mask
    pairs: int
    mean: Heats
    last: Mask
    value: float


def annealed(
    task: Task, out: Mask, heats: Heats, moves: int, seed: int, until: float, over: float = 0.0, fine: float = 0.0
) -> Annealed:
    """One annealing of about so many moves; the budget may be exceeded by `over`, at a `fine` for each unit of cost."""
    each = max(moves // len(heats), 1)
    return Annealed(*run(anneal, (task, out, _JOINS, heats, each, over, fine, seed), until))


def cooled(
    task: Task, out: Mask, heats: Heats, moves: int, seed: int, until: float, over: float = 0.0, fine: float = 0.0
) -> tuple[Mask, Heats]:
    """The best plan of one annealing of about so many moves, and the mean pairs at each heat.

    On its way the budget may be exceeded by `over`, at a `fine` in pairs for each unit of cost.
    """
    done = annealed(task, out, heats, moves, seed, until, over, fine)
    return done.best, done.mean


def scouted(task: Task, out: Mask, seed: int, until: float) -> Cooling:
    """The temperatures between which this network is to be annealed."""
    nodes = len(out)
    heats = np.geomspace(max(_HOTTEST * nodes, 2 * _COLDEST), _COLDEST, _HEATS)
    _, mean = cooled(task, out, heats, scouting(nodes), seed, until)
    least = max(float(mean[mean > 0].min(initial=np.inf)), 1.0)
    loose = np.flatnonzero(mean > _LOOSE * least)
    frozen = np.flatnonzero(mean > _FROZEN * least)
    hot = heats[min(int(loose[-1]) + 1, _HEATS - 2)] if len(loose) else heats[0]
    cold = heats[min(int(frozen[-1]) + 1, _HEATS - 1)] if len(frozen) else heats[-1]
    return Cooling(float(hot), float(min(cold, hot / 2)), 2 * least / max(int(task.weight.sum()), 1))


def scouting(nodes: int) -> int:
    """How many moves the quick annealing takes."""
    return _HEATS * _MOVES * nodes
