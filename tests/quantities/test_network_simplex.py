"""The cheapest flow against a linear program of the same network."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from graphkit.quantities.network_simplex import CheapestFlow


@pytest.mark.parametrize("seed", range(200))
def test_it_costs_what_a_linear_program_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    nodes = int(random.integers(1, 12))
    ends = random.integers(0, nodes + 1, (2, 40))
    tail, head = ends[:, ends[0] != ends[1]]
    arcs = np.arange(len(tail))
    capacity, supply = random.integers(0, 9, len(tail)), random.integers(0, 6, nodes)
    sums = np.zeros((nodes + 1, len(tail)))
    sums[tail, arcs] += 1
    sums[head, arcs] -= 1
    flow = CheapestFlow(tail, head, capacity, supply)
    for _ in range(3):  # each goes on from where the last one ended
        cost = random.integers(-2, 4, len(tail))
        wanted = linprog(cost, A_eq=sums[:nodes], b_eq=supply, bounds=np.stack((0 * capacity, capacity), axis=1))
        assert flow.least(cost) == (None if wanted.status == 2 else round(wanted.fun))


def test_a_network_without_arcs_has_a_flow_where_nothing_enters() -> None:
    assert CheapestFlow([], [], [], [0, 0]).least([]) == 0
    assert CheapestFlow([], [], [], [0, 1]).least([]) is None
    assert CheapestFlow([], [], [], []).least([]) == 0
