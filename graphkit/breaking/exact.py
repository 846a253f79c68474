"""The best plan, proved: the whole problem as a constraint program with a variable for each pair of nodes.

`u[i, j]` is 1 where i and j stay connected. Neighbours do unless one is hit; other pairs do where a neighbour of the
one does with the other: Arulselvan et al. (2009), Detecting critical nodes in sparse graphs; Veremyev, Boginski and
Pasiliao (2014), Exact identification of critical nodes in sparse networks via new compact formulations. It is enough
to look at the neighbours of one end, here the one of fewer neighbours. Solved by OR-Tools CP-SAT in a process of its
own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from graphkit.breaking.bounds import affordable
from graphkit.breaking.conditions import SCALE, require, thousandths
from graphkit.breaking.problem import Fragmentation
from graphkit.breaking.separators import parted_bound

Report = Callable[[Any], None]
_PARTED = 0.2  # of the seconds there are, at most, for the bound by separators


def prove(payload: tuple[Fragmentation, list[int], float], report: Report) -> None:
    """Reports ("bound", value) and ("plan", hit) as they are found, ("optimal",) at the end where it is proved.

    The payload is the problem, the plan to begin with and the seconds there are.
    """
    from ortools.sat.python import cp_model

    problem, start, seconds = payload
    until = time.monotonic() + seconds
    if problem.until is None:
        hits = affordable(problem, np.flatnonzero(problem.conditions.allowed))
        report(("bound", parted_bound(problem, hits, _PARTED * seconds)))
    model = cp_model.CpModel()
    hit = [model.new_bool_var(f"x{i}") for i in range(len(problem.graph))]
    require(model, hit, problem.conditions)
    pairs = _connected(model, hit, problem)
    if uniform(problem):
        for less, more in dominated(problem):
            model.add_implication(hit[less], hit[more])
    scale = _aim(model, problem, hit, pairs)
    _hint(model, problem, hit, pairs, start)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(until - time.monotonic(), 0.1)
    solver.parameters.random_seed = problem.seed
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # the bound lives from the linear program
    solver.best_bound_callback = lambda bound: report(("bound", bound / scale))

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            chosen = [i for i, x in enumerate(hit) if self.boolean_value(x)]
            report(("plan", chosen))

    status = solver.solve(model, Told())
    report(("bound", solver.best_objective_bound / scale))
    if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        report(("optimal",))


def _aim(model: Any, problem: Fragmentation, hit: list[Any], pairs: dict[tuple[int, int], Any]) -> int:
    """What is to be small; returns how many times the value the model counts."""
    weight = problem.weight.tolist()
    if problem.objective == "pairs" and problem.until is None:
        model.minimize(sum(weight[i] * weight[j] * u for (i, j), u in pairs.items() if weight[i] and weight[j]))
        return 1
    beside: list[list[Any]] = [[] for _ in hit]
    for (i, j), u in pairs.items():
        if weight[j]:
            beside[i].append(weight[j] * u)
        if weight[i]:
            beside[j].append(weight[i] * u)
    fewest = problem.until is not None
    most = problem.most if fewest else model.new_int_var(0, sum(weight), "most")
    for i, x in enumerate(hit):
        if weight[i]:
            model.add(sum(beside[i]) + weight[i] <= most).only_enforce_if(x.negated())
    if not fewest:
        model.minimize(most)
        return 1
    model.minimize(sum(c * x for c, x in zip(thousandths(problem.conditions.cost), hit, strict=True)))
    return SCALE


def uniform(problem: Fragmentation) -> bool:
    """Whether any two targets of one weight can stand for each other: domination holds only then."""
    return problem.conditions.simple and bool(np.all(problem.weight == 1))


def dominated(problem: Fragmentation) -> list[tuple[int, int]]:
    """Pairs (u, v) where v has every neighbour of u: who hits u had better hit v. Of twins the later one is u."""
    graph = problem.graph
    around = [frozenset(graph.of_node(i).tolist()) for i in range(len(graph))]
    found = []
    for u in range(len(graph)):
        near = {w for v in around[u] for w in around[v]} | around[u]
        for v in sorted(near - {u}):
            if around[u] - {v} <= around[v] and (not around[v] - {u} <= around[u] or v < u):
                found.append((u, v))
    return found


def _connected(model: Any, hit: list[Any], problem: Fragmentation) -> dict[tuple[int, int], Any]:
    """The variable of each pair in one component, and what makes it 1."""
    graph = problem.graph
    around = [graph.of_node(i).tolist() for i in range(len(graph))]
    part = _parts(around)
    pairs = {
        (i, j): model.new_bool_var(f"u{i},{j}") for i in range(len(graph)) for j in range(i + 1, len(graph))
        if part[i] == part[j]
    }  # fmt: skip
    for (i, j), u in pairs.items():
        if j in around[i]:
            model.add_bool_or([u, hit[i], hit[j]])
            continue
        near, far = (i, j) if len(around[i]) <= len(around[j]) else (j, i)
        for w in around[near]:
            model.add_bool_or([u, hit[near], pairs[min(w, far), max(w, far)].negated()])
    return pairs


def _parts(around: list[list[int]]) -> list[int]:
    part = [-1] * len(around)
    for start in range(len(around)):
        waiting = [start] if part[start] < 0 else []
        while waiting:
            node = waiting.pop()
            if part[node] < 0:
                part[node] = start
                waiting += around[node]
    return part


def _hint(
    model: Any, problem: Fragmentation, hit: list[Any], pairs: dict[tuple[int, int], Any], start: list[int]
) -> None:
    chosen = set(start)
    around = [[j for j in problem.graph.of_node(i).tolist() if j not in chosen] for i in range(len(hit))]
    part = _parts([[] if i in chosen else around[i] for i in range(len(hit))])
    for i, x in enumerate(hit):
        model.add_hint(x, i in chosen)
    for (i, j), u in pairs.items():
        model.add_hint(u, i not in chosen and j not in chosen and part[i] == part[j])
