"""Few pairs: a population of plans, bred, and improved by swaps and by annealing.

After Zhou, Hao and Glover (2018), Memetic search for identifying critical nodes in sparse graphs: what two good plans
have in common is kept, of the rest each target with a chance; then the child is improved. Which way of improving is
used is learnt in the run, since swaps suit networks that fall into small parts, annealing those where one large part
remains. A population that has settled is left for a new one, and the best of each breed in their turn: Whitley, Rana
and Heckendorn (1999), The island model genetic algorithm. Where the work is much for the network, the population ends
as replicas (see `tempering`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from graphkit.breaking.compiling import late
from graphkit.breaking.components import sizes
from graphkit.breaking.cooling import Cooling, cooled, scouted, scouting
from graphkit.breaking.population import MOST, Island, bred, replicas, scattered
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.stoppable import Stopped, run
from graphkit.breaking.swap import swap_search
from graphkit.breaking.task import Mask, Task, task_of
from graphkit.breaking.tempering import Tempering
from graphkit.breaking.ways import WAYS, Taste, Way

_WORK_A_SECOND = 9_000_000  # moves of annealing between few neighbours
_LOOK = 0.4  # of a move: looking at a node in a search by swaps
_CUTS = 0.3
_OVER = 2.0  # hits above the budget on the way
_FINES = (1.0, 6.0)  # what each is fined, in actors an actor stays connected with: anything between
_LONGEST = 20, 5  # of the work, one such part at most goes to one annealing: mostly, and where most stay together
_EXCHANGED = 0.7  # of the work goes to replica exchange in the end, where that comes to
_WORTH = 800_000  # moves a node at least
_SETTLED = 100  # children in a row without one better than the best of their island
_MEETING = 3  # how many islands are settled between two meetings


@dataclass
class Search:
    """One search: its problem, its chance, its clock and how much work it may still do."""

    problem: Fragmentation
    until: float
    task: Task = field(init=False)
    rng: np.random.Generator = field(init=False)
    work: float = field(init=False)
    cooling: Cooling | None = None
    truncated: bool = False

    def __post_init__(self) -> None:
        self.task = task_of(self.problem)
        self.rng = np.random.default_rng(self.problem.seed)
        self.work = self.problem.time_limit * _WORK_A_SECOND

    def improve(self, out: Mask, way: Way) -> tuple[Mask, int]:
        """The plan after annealing and swaps, and its pairs."""
        if way.moves:
            out = self._annealed(out, way)
        if late("swap:swap_search"):
            return out, _pairs(self.problem, out)
        look = self.weighed(_LOOK)
        swaps = (self.task, out, way.patience, int(max(self.work / look, 1)), _CUTS, self._seed())
        out, pairs, done = run(swap_search, swaps, self.until)
        self.work -= int(done) * look
        return out, int(pairs)

    def _annealed(self, out: Mask, way: Way) -> Mask:
        nodes, cooling = len(out), self._scouted(out)
        moves = int(min(way.moves * nodes, max(self.work, 1000 * nodes)))
        self._moved(moves)
        over = _OVER * self._hit if way.loose else 0.0
        fine = float(np.exp(self.rng.uniform(*np.log(_FINES)))) * cooling.beside / self._hit
        heats, seed = cooling.heats(way.part), self._seed()
        return cooled(self.task, out, heats, moves, seed, self.until, over, fine)[0]

    def tempering(self, plans: list[Mask]) -> Tempering:
        """Replica exchange that begins with these plans, the worst at the hottest."""
        return Tempering(self.task, self._scouted(plans[0]), plans, self._hit, self.rng)

    def exchanged(self, tempering: Tempering) -> Mask | None:
        """The best plan of one more round, None where there is none."""
        self._moved(tempering.moves)
        return tempering.round(self.until)

    def _scouted(self, out: Mask) -> Cooling:
        if self.cooling is None:
            self.cooling = scouted(self.task, out, self._seed(), self.until)
            self._moved(scouting(len(out)))
        return self.cooling

    @property
    def _hit(self) -> float:
        """What one hit costs."""
        return max(float(np.median(self.task.cost)), 1e-9)

    def _moved(self, moves: int) -> None:
        self.work -= self.weighed(moves)

    def weighed(self, moves: float) -> float:
        """What moves take of the work: the more, the more neighbours nodes have."""
        return moves * (1 + len(self.task.neighbour) / len(self.task.weight) / 20)

    def over(self, kept: float = 0.0) -> bool:
        """Whether to stop: for the work is done but for what is kept, or the clock says so."""
        self.truncated = self.truncated or (self.work > kept and time.monotonic() > self.until)
        return self.work <= kept or self.truncated

    def _seed(self) -> int:
        return int(self.rng.integers(2**31))


def few_pairs(
    problem: Fragmentation,
    until: float,
    start: Mask,
    heard: Callable[[Mask, int], None] | None = None,
    goal: int = 0,
    patience: int | None = None,
) -> tuple[Mask, int, bool]:
    """The best plan found, its pairs, and whether the clock stopped the search; `heard` is told of each better one, and
    with Ctrl-C of what was found until then.

    `start` keeps to the conditions; the search ends at `goal` pairs, below which nothing can be, or after `patience`
    children in a row that were no better. Without `patience`, on networks small for the work, the population then goes
    on as replicas that exchange places.
    """
    search = Search(problem, until)
    best, value, idle, given = start, _pairs(problem, start), 0, problem.conditions
    ways = _ways(search, value)
    if not ways:
        return best, value, True
    kept = _kept_for_exchange(search) if patience is None else 0.0
    taste, island, settled = Taste.of(len(ways)), Island([]), list[tuple[int, Mask]]()
    while not search.over(kept) and value > goal and (patience is None or idle < patience):
        if patience is None and not kept and island.idle >= _SETTLED:
            settled.append(island.best)
            island = Island(settled[-MOST:], True) if len(settled) % _MEETING == 0 else Island([])
        first = not settled and island.filling
        which = len(island.plans) % len(ways) if first else taste.choose(search.rng)
        child = scattered(given, search.rng) if island.filling else bred(given, search.rng, island.plans)
        before = search.work
        try:
            child, pairs = search.improve(child, ways[which])
        except Stopped as stopped:
            if heard:
                heard(*stopped.found[:2])
            raise
        entered = island.take(pairs, child)
        if not island.meeting:  # there nearly every way gains
            taste.learn(which, before - search.work, pairs < value, entered)
        idle += 1
        if pairs < value:
            best, value, idle = child, pairs, 0
            if heard:
                heard(best, value)
    exchange = search.tempering(replicas(given, search.rng, island.plans)) if kept else None
    while exchange and not search.over() and value > goal:
        found = search.exchanged(exchange)
        if found is not None and _pairs(problem, found) < value:
            best, value = found, _pairs(problem, found)
            if heard:
                heard(best, value)
    return best, value, search.truncated


def _kept_for_exchange(search: Search) -> float:
    """How much of the work goes to replica exchange: none where it would not get far."""
    kept = _EXCHANGED * search.work
    worth = search.weighed(_WORTH * len(search.task.weight))
    return kept if kept >= worth and not late("labels:anneal") else 0.0


def _ways(search: Search, value: int) -> tuple[Way, ...]:
    """The ways of which something is compiled, and of which several can be gone in the time.

    Long annealings are worth it where even a plan of that value leaves a large part, and seldom elsewhere.
    """
    anneals, swaps = not late("labels:anneal"), not late("swap:swap_search")
    nodes, actors = len(search.task.weight), int(search.task.weight.sum())
    longest = _LONGEST[value > actors**2 / 8]  # in a quarter of all pairs half of the actors are together
    most = max(search.work / longest, search.weighed(WAYS[1].moves * nodes))
    return tuple(way for way in WAYS if (anneals if way.moves else swaps) and search.weighed(way.moves * nodes) <= most)


def _pairs(problem: Fragmentation, out: Mask) -> int:
    found = sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, out)
    return int((found * (found - 1) // 2).sum())
