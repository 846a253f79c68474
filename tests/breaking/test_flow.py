"""The best plan against a flow, held against every plan there is."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.breaking.flow import Interdiction
from graphkit.breaking.flow_task import search
from graphkit.breaking.problem import Conditions
from graphkit.errors import RequestError


def solved(problem: Interdiction):
    """The answer, worked out in this process: the same search without the start of another."""
    plans = []
    search(problem, plans.append)
    return plans[-1]


def flow_left(problem: Interdiction, hit) -> float:
    """What still flows, by networkx, from the links and nodes that are left."""
    nodes = len(problem.node_capacity)
    gone = {int(part) for part, owner in zip(problem.part, problem.owner, strict=True) if int(owner) in set(hit)}
    graph = nx.DiGraph()
    graph.add_nodes_from(("first", "last"))
    for node in set(range(nodes)) - gone:
        limit = problem.node_capacity[node]
        graph.add_edge((node, "in"), (node, "out"), **({} if np.isinf(limit) else {"capacity": float(limit)}))
    for i, (source, target, most) in enumerate(zip(problem.source, problem.target, problem.capacity, strict=True)):
        if nodes + i not in gone:
            ends = (int(source), "out"), (int(target), "in")
            known = graph.get_edge_data(*ends, {"capacity": 0.0})["capacity"]
            graph.add_edge(*ends, capacity=known + float(most))
    for origin in problem.origins.tolist():
        graph.add_edge("first", (origin, "in"))
    for end in problem.ends.tolist():
        graph.add_edge((end, "out"), "last")
    return float(nx.maximum_flow_value(graph, "first", "last"))


def best_of_all(problem: Interdiction) -> float:
    """The least flow that any plan leaves, by trying all."""
    targets = range(len(problem.conditions))
    plans = itertools.chain.from_iterable(itertools.combinations(targets, size) for size in range(len(targets) + 1))
    return min((flow_left(problem, plan) for plan in plans if problem.conditions.fits(plan)), default=-1.0)


@st.composite
def tasks(draw) -> Interdiction:
    nodes = draw(st.integers(4, 7))
    node = st.integers(0, nodes - 1)
    amount = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 7.25])
    links = draw(st.lists(st.tuples(node, node, amount), min_size=4, max_size=14))
    parts = st.integers(0, nodes + len(links) - 1)
    sets = draw(st.lists(st.lists(parts, min_size=1, max_size=2, unique=True), min_size=1, max_size=7))
    count = len(sets)
    target, flag = st.integers(0, count - 1), st.booleans()
    conditions = Conditions(
        np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0]), min_size=count, max_size=count))),
        draw(st.sampled_from([0.0, 1.0, 2.0, 3.0, 5.0, 50.0, np.inf])),
        np.array(draw(st.lists(st.integers(-1, 1), min_size=count, max_size=count)), np.int32),
        np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, np.inf]), min_size=2, max_size=2))),
        ~np.array(draw(st.lists(st.sampled_from([False, False, False, True]), min_size=count, max_size=count))),
        tuple(draw(st.lists(target, max_size=1))),
        tuple(tuple(some) for some in draw(st.lists(st.lists(target, min_size=2, max_size=3), max_size=1))),
        tuple((high, (low,)) for high, low in draw(st.lists(st.tuples(target, target), max_size=2)) if high != low),
    )
    limits = [np.inf if draw(flag) else draw(amount) for _ in range(nodes)]
    return Interdiction.of(
        nodes, links, [0, 1], [nodes - 1, nodes - 2], conditions, node_capacity=limits, targets=sets, time_limit=60
    )


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_no_plan_is_better(task: Interdiction) -> None:
    wanted = best_of_all(task)
    if wanted < 0:
        with pytest.raises(RequestError, match="No plan keeps to all conditions"):
            solved(task)
        return
    plan = solved(task)
    assert plan.optimal and not plan.truncated
    assert plan.value == pytest.approx(wanted, abs=1e-5)
    assert task.conditions.fits(plan.order)
    assert flow_left(task, plan.order) == pytest.approx(plan.value)
    assert plan.before == pytest.approx(flow_left(task, ()))
    assert plan.value + sum(plan.gains) == pytest.approx(plan.before)
