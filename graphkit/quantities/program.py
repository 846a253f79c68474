"""Exact bounds where a maximal flow does not tell: returns by a cheapest flow, yields and recipes by linear program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import GraphkitError
from graphkit.quantities.deliveries import MARKED, Floats, Ints
from graphkit.quantities.ground import Bounds, reaching
from graphkit.quantities.network_simplex import CheapestFlow
from graphkit.quantities.runs import Runs, parts_of

_WHOLE = 2.0**61  # parts that whole numbers can count
_LARGEST = 1e6  # of the solver's numbers: its tolerances are 1e-7, doubles have some 1e-16 of their size


def delivery_program(runs: Runs, mark: NDArray[np.int8], delivery: int) -> Bounds:
    """The least and the most of marked goods in one delivery, as it leaves."""
    goal = np.array([runs.tail[delivery]])
    worth = np.zeros(len(runs.tail))
    worth[delivery] = 1.0
    return _bounds(runs, mark, worth, goal, 0.0)


def sum_program(runs: Runs, mark: NDArray[np.int8], deliveries: Ints) -> Bounds:
    """The least and the most of marked goods in several deliveries together, as they arrive."""
    open_ = deliveries[mark[deliveries] == 0]
    worth = np.zeros(len(runs.tail))
    worth[open_] = runs.gain[open_]
    surely = deliveries[mark[deliveries] == MARKED]
    known = float(parts_of(runs.given.arriving[surely], runs.units).sum())
    return _bounds(runs, mark, worth, np.unique(runs.tail[open_]), known)


def stop_program(runs: Runs, mark: NDArray[np.int8], stop: int) -> Bounds:
    """The least and the most of marked goods in all that a stop received, counted again where goods come back.

    At a recipe inputs are counted as so much of the output as they go into, hence the output's bounds are given.
    """
    given = runs.given
    if given.mixing[stop]:
        out = np.flatnonzero((given.source == stop) & (mark == 0))
        worth = np.zeros(len(runs.tail))
        worth[out] = 1.0
        return _bounds(runs, mark, worth, np.unique(runs.tail[out]), 0.0)
    return sum_program(runs, mark, np.flatnonzero(given.target == stop))


def _bounds(runs: Runs, mark: NDArray[np.int8], worth: Floats, goals: Ints, surely: float) -> Bounds:
    if not len(goals):
        return Bounds(surely / runs.units, surely / runs.units, True)
    free = np.ones(len(runs.tail), bool)
    free[: len(mark)] = mark == 0
    before = reaching(runs, free, goals)
    part = _Part.of(runs, mark, before)
    if part.whole:
        low, high = _by_flow(part, worth)
    else:
        program = _program(part)
        low, high = (_solved(program, worth, sign) for sign in (1.0, -1.0))
    return Bounds((surely + low) / runs.units, (surely + high) / runs.units, runs.certain(before))


@dataclass(frozen=True, eq=False)
class _Part:
    """All that lies before the goal, through which marked goods flow; amounts in whole parts.

    `arcs` are what leaves its nodes, `on` (arcs,) those of them that end in it with what they carry; `nodes` are its
    nodes, and `row` (network's nodes,) their places. Of each node `marked` enters for sure, so much of `unknown` kind,
    and it `stays` so much.
    """

    runs: Runs
    mark: NDArray[np.int8]
    arcs: Ints
    on: NDArray[np.bool_]
    nodes: Ints
    row: Ints
    unknown: Floats
    marked: Floats
    stays: Floats

    @classmethod
    def of(cls, runs: Runs, mark: NDArray[np.int8], before: NDArray[np.bool_]) -> _Part:
        """The part of these nodes."""
        arcs, nodes = np.flatnonzero(before[runs.tail]), np.flatnonzero(before)
        row = np.full(runs.nodes, -1, np.int64)
        row[nodes] = np.arange(len(nodes))
        on = before[runs.head[arcs]] & (_padded(mark, runs) == 0)[arcs]
        unknown, marked = np.zeros(runs.nodes), np.zeros(runs.nodes)
        known = runs.entry >= 0
        unknown[runs.entry[known]] = runs.unseen[known]
        surely = np.flatnonzero(mark == MARKED)
        np.add.at(marked, runs.head[surely], parts_of(runs.given.arriving[surely], runs.units))
        return cls(runs, mark, arcs, on, nodes, row, unknown[nodes], marked[nodes], _stays(runs)[nodes])

    @property
    def whole(self) -> bool:
        """Whether everything arrives as it left, and adds up in whole numbers: then it is a flow."""
        given, stops = self.runs.given, self.runs.stop[self.nodes]
        recipes = given.mixing[stops] | given.copying[stops]
        every = self.runs.capacity[self.arcs].sum(dtype=float) + self.unknown.sum() + self.marked.sum()
        return not bool(recipes.any() or (self.runs.gain[self.arcs] != 1.0).any()) and bool(every < _WHOLE)


def _by_flow(part: _Part, worth: Floats) -> tuple[float, float]:
    """The least and the most of what is worth something. What enters of unknown kind comes from the root, and what
    stays or goes elsewhere ends there.
    """
    runs, arcs, root = part.runs, part.arcs, len(part.nodes)
    enters, stays = np.flatnonzero(part.unknown), np.flatnonzero(part.stays)
    tail = np.concatenate((part.row[runs.tail[arcs]], np.full(len(enters), root), stays))
    head = np.concatenate((np.where(part.on, part.row[runs.head[arcs]], root), enters, np.full(len(stays), root)))
    capacity = np.concatenate((runs.capacity[arcs], part.unknown[enters], part.stays[stays]))
    flow = CheapestFlow(tail, head, capacity, part.marked)
    cost = np.concatenate((worth[arcs], np.zeros(len(enters) + len(stays))))
    low, high = flow.least(cost), flow.least(-cost)
    if low is None or high is None:
        raise GraphkitError("The flow of marked goods has no answer.", "所查货物的流量问题无解。")
    return float(low), float(-high)


def _program(part: _Part) -> dict[str, Any]:
    """The flow as a linear program: a variable an arc, one a node for what enters of unknown kind, one a node for what
    it keeps or sends elsewhere; each node's sum is zero.
    """
    from scipy.sparse import coo_array

    runs, arcs, nodes, row = part.runs, part.arcs, part.nodes, part.row
    given = runs.given
    whole = given.copying[runs.stop[runs.tail[arcs]]]  # each takes all that the recipe holds
    mixing = given.mixing[runs.stop[nodes]]
    plain = part.on & ~given.mixing[runs.stop[runs.head[arcs]]]
    each, below = np.flatnonzero(whole), len(nodes) + np.arange(int(whole.sum()))
    parts: list[tuple[Ints, Ints, Floats]] = [
        (row[runs.tail[arcs[~whole]]], np.flatnonzero(~whole), -np.ones(len(arcs) - len(each))),
        (below, each, np.ones(len(each))),
        (below, len(arcs) + len(nodes) + row[runs.tail[arcs[each]]], -np.ones(len(each))),
        (row[runs.head[arcs[plain]]], np.flatnonzero(plain), runs.gain[arcs[plain]]),
        (np.arange(len(nodes)), len(arcs) + np.arange(len(nodes)), np.ones(len(nodes))),
        (np.arange(len(nodes)), len(arcs) + len(nodes) + np.arange(len(nodes)), -np.ones(len(nodes))),
    ]
    rows, columns, values = (np.concatenate(column) for column in zip(*parts, strict=True))
    width = len(arcs) + 2 * len(nodes)
    # What a recipe contains is between the most of one input and the sum of all: a free variable, held by two rows.
    content = np.where(mixing, _made(runs)[nodes], part.unknown)
    stays = np.where(given.copying[runs.stop[nodes]], _came(runs)[nodes], part.stays)
    upper = np.concatenate((runs.capacity[arcs], content, np.where(mixing, 0.0, stays)))
    equal = np.concatenate((np.where(mixing, 0.0, -part.marked), np.zeros(len(each))))
    above, limits = _recipes(runs, part.mark, arcs, row, len(arcs), width)
    return {
        "A_eq": coo_array((values, (rows, columns)), shape=(len(equal), width)).tocsr(), "b_eq": equal,
        "A_ub": above, "b_ub": limits, "bounds": np.stack((np.zeros(width), upper), axis=1), "arcs": arcs,
    }  # fmt: skip


def _padded(mark: NDArray[np.int8], runs: Runs) -> NDArray[np.int8]:
    return np.concatenate((mark, np.zeros(len(runs.tail) - len(mark), np.int8)))


def _made(runs: Runs) -> Floats:
    """All that leaves each node; shape (nodes,)."""
    return np.bincount(runs.tail, runs.capacity, runs.nodes).astype(np.float64)


def _stays(runs: Runs) -> Floats:
    """What each node keeps at the end; shape (nodes,)."""
    return np.maximum(_came(runs) - _made(runs), 0.0)


def _came(runs: Runs) -> Floats:
    """All that comes to each node, opening stock included; shape (nodes,)."""
    came = np.bincount(runs.head, np.rint(runs.capacity * runs.gain), runs.nodes).astype(np.float64)
    known = runs.entry >= 0
    came[runs.entry[known]] += (runs.unseen + runs.opening)[known]
    return came


def _recipes(
    runs: Runs, mark: NDArray[np.int8], arcs: Ints, row: Ints, offset: int, width: int
) -> tuple[Any, Floats | None]:
    """Rows that hold what each recipe contains: not less than any one input brings, not more than all of them."""
    from scipy.sparse import coo_array

    place = np.full(len(runs.tail), -1, np.int64)
    place[arcs] = np.arange(len(arcs))
    into = np.flatnonzero(runs.given.mixing[runs.given.target])
    into = into[row[runs.head[into]] >= 0]
    if not len(into):
        return None, None
    content = offset + row[runs.head[into]]
    brought = np.where(mark[into] == MARKED, parts_of(runs.given.arriving[into], runs.units), 0.0)
    free = np.flatnonzero(mark[into] == 0)
    each = np.arange(len(into))
    recipe, which = np.unique(content, return_inverse=True)
    total = len(into) + which
    rows = np.concatenate((each, each[free], len(into) + np.arange(len(recipe)), total[free]))
    columns = np.concatenate((content, place[into[free]], recipe, place[into[free]]))
    gain = runs.gain[into[free]]
    values = np.concatenate((-np.ones(len(into)), gain, np.ones(len(recipe)), -gain))
    limits = np.concatenate((-brought, np.bincount(which, brought, len(recipe))))
    return coo_array((values, (rows, columns)), shape=(len(into) + len(recipe), width)).tocsr(), limits


def _solved(program: dict[str, Any], worth: Floats, sign: float) -> float:
    """The least of what is worth something, or with -1 the most.

    The solver's tolerances are absolute: quantities are brought to a size at which they are above what is rounded.
    """
    from scipy.optimize import linprog

    cost = np.zeros(program["A_eq"].shape[1])
    cost[: len(program["arcs"])] = sign * worth[program["arcs"]]
    scale = min(1.0, _LARGEST / max(float(program["bounds"].max()), 1.0))
    sizes = {name: None if program[name] is None else scale * program[name] for name in ("b_eq", "b_ub", "bounds")}
    found = linprog(cost, A_eq=program["A_eq"], A_ub=program["A_ub"], method="highs", **sizes)
    if found.status != 0:
        raise GraphkitError(f"The linear program has no answer: {found.message}", f"线性规划无解：{found.message}")
    return float(sign * found.fun / scale)
