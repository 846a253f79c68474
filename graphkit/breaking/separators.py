"""How much can be cut off at all: a bound on connected pairs where one large part must remain.

Let m be the most actors that can be parted from at least as many others. If m is below a third of those left, then the
components other than the largest have at most m actors together: else they could be put into two sides of which
the smaller has between m and half. So the largest has at least all but m. Balas and de Souza (2005), The vertex
separator problem, solved here by CP-SAT; it has two variables a node where the whole problem has one a pair.
"""

from __future__ import annotations

from typing import Any

from graphkit.breaking.conditions import require
from graphkit.breaking.problem import Fragmentation


def parted_bound(problem: Fragmentation, hits: int, seconds: float) -> float:
    """The bound on pairs, or on the largest component; 0 where the network can be halved. `hits` is how many can be."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    nodes = range(len(problem.graph))
    hit, here, there = ([model.new_bool_var("") for _ in nodes] for _ in range(3))
    require(model, hit, problem.conditions)
    for node in nodes:
        model.add_exactly_one(hit[node], here[node], there[node])
    for i, j in zip(*(ends.tolist() for ends in problem.graph.ends()), strict=True):
        model.add_bool_or(here[i].negated(), there[j].negated())
        model.add_bool_or(here[j].negated(), there[i].negated())
    actors = [node for node in nodes if problem.weight[node]]
    small: Any = sum(int(problem.weight[node]) * here[node] for node in actors)
    model.add(small <= sum(int(problem.weight[node]) * there[node] for node in actors))
    model.maximize(small)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = problem.seed
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0.0
    left = int(problem.weight.sum()) - hits
    most = int(solver.best_objective_bound + 1e-6)
    largest = left - most if 3 * most < left else 0
    return float(largest * (largest - 1) // 2 if problem.objective == "pairs" else largest)
