"""Which hits leave least of a flow from sources to buyers, within a budget, and how sure that is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.breaking.child import reports
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Conditions

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Hear = Callable[[Plan], None]

_GRACE = 1.05  # of the time limit, after which the process is stopped whatever it does


@dataclass(frozen=True, eq=False)
class Interdiction:
    """Goods or money flow from any of `origins` to any of `ends` along links; some targets can be hit.

    Link `i` leads from node `source[i]` to node `target[i]` and carries at most `capacity[i]`; node `i` passes on at
    most `node_capacity[i]` (inf: as much as its links do), which for a source is its supply and for a buyer its demand.
    Hitting target `owner[i]` takes out `part[i]`: a node by its number, link `i` as `nodes + i`. So a target can be a
    person, a link, or several of either, such as a courier's route. All are of shape (links,), (nodes,) or (parts,).
    """

    source: Ints
    target: Ints
    capacity: Floats
    node_capacity: Floats
    origins: Ints
    ends: Ints
    part: Ints
    owner: Ints
    conditions: Conditions
    time_limit: float = 60.0
    seed: int = 1

    @classmethod
    def of(
        cls, nodes: int, links: Iterable[tuple[int, int, float]], origins: ArrayLike, ends: ArrayLike,
        conditions: Conditions, *, node_capacity: ArrayLike | None = None,
        targets: Sequence[Iterable[int]] | None = None, time_limit: float = 60.0, seed: int = 1,
    ) -> Interdiction:  # fmt: skip
        """The task from links as (source, target, capacity); by default target `i` is node `i`.

        Links of a node to itself are kept and carry nothing; parallel links add up.
        """
        columns = np.array(list(links), np.float64).reshape(-1, 3)
        sets = [(i,) for i in range(nodes)] if targets is None else [tuple(some) for some in targets]
        return cls(
            columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2],
            np.full(nodes, np.inf) if node_capacity is None else np.asarray(node_capacity, np.float64),
            np.asarray(origins, np.int64), np.asarray(ends, np.int64),
            np.array([part for some in sets for part in some], np.int64),
            np.repeat(np.arange(len(sets)), [len(some) for some in sets]).astype(np.int64),
            conditions, time_limit, seed,
        )  # fmt: skip


def interdict(problem: Interdiction, hear: Hear | None = None) -> Plan:
    """The plan after which least still flows, with its proof; `hear` is told of better plans as they are found.

    Value, bound and gains are in the unit of the capacities. The search runs in a process of its own: it ends with the
    time limit, and Ctrl-C gives the best plan so far with its bound, `truncated`. Nothing in it is random: `seed` is
    kept only to be stated. Raises RequestError where a capacity, cost or limit is not a number or is below zero, a
    place or target is unknown, there are no sources or no buyers, one is both, nothing limits what flows, or no plan
    can keep to the conditions.

    Method: budgeted maximum flow interdiction, Wood (1993), Deterministic network interdiction; see `flow_relaxation`
    and `flow_search` for bounds and cases.

    >>> links = [(0, 1, 6.0), (0, 2, 6.0), (1, 3, 5.0), (2, 3, 4.0)]
    >>> plan = interdict(Interdiction.of(4, links, [0], [3], Conditions.plain(2, budget=1), targets=[[1], [2]]))
    >>> plan.order, plan.before, plan.value, plan.bound, plan.optimal
    ((0,), 9.0, 4.0, 4.0, True)
    """
    from graphkit.breaking.flow.checks import check

    until = time.monotonic() + problem.time_limit
    check(problem)
    best: Plan | None = None
    stopped = False
    try:
        left = max(until - time.monotonic(), 0.1)
        payload = replace(problem, time_limit=left)
        for best in reports("graphkit.breaking.flow.task:search", payload, left * _GRACE):
            if hear is not None:
                hear(best)
    except KeyboardInterrupt:
        stopped = True
    return replace(best or _nothing_found(problem), stopped=stopped)


def _nothing_found(problem: Interdiction) -> Plan:
    """Where there was no time to search: the plan that is at hand at once."""
    from graphkit.breaking.flow.task import Writer

    writer = Writer(problem)
    return writer.draft(writer.at_once())
