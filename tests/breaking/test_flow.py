"""The best plan against a flow, held against every plan there is."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.interdiction import Case, supply, task, worked_out_again
from graphkit.breaking.flow.interdiction import Interdiction, _nothing_found, interdict
from graphkit.breaking.flow.search import Best
from graphkit.breaking.flow.task import Writer, search
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


@settings(max_examples=100, deadline=None)
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


def chain(conditions: Conditions, links=((0, 1, 5.0), (1, 2, 4.0), (0, 3, 2.0), (3, 2, 2.0)), **others) -> Interdiction:
    """Source 0, go-betweens 1 and 3, buyer 2; each node is a target."""
    return Interdiction.of(4, links, [0], [2], conditions, **others)


def test_loops_parallel_links_and_links_of_weight_zero() -> None:
    links = [(1, 1, 9.0), (0, 1, 2.0), (0, 1, 3.0), (1, 2, 4.0), (0, 3, 0.0), (3, 2, 2.0)]
    ends_stay = replace(Conditions.plain(4, 1), allowed=np.array([False, True, False, True]))
    plan = solved(chain(ends_stay, links))
    assert (plan.before, plan.value, plan.order) == (4.0, 0.0, (1,))


def test_no_route_is_said() -> None:
    plan = solved(chain(Conditions.plain(4, 1), [(2, 1, 5.0)]))
    assert plan.before == plan.value == 0 and plan.optimal and not plan.order
    assert "No route" in plan.notes[0][0] and "通路" in plan.notes[0][1]


def test_a_budget_of_zero_and_one_that_pays_for_all() -> None:
    assert solved(chain(Conditions.plain(4, 0))).value == 6.0
    plan = solved(chain(Conditions.plain(4, 1000)))
    assert plan.value == 0 and len(plan.order) == 1, "one hit is enough, more are not named"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"links": [(0, 1, float("nan"))]}, "capacity of a link must be a number"),
        ({"links": [(0, 1, -1.0)]}, "capacity of a link must be a number"),
        ({"links": [(0, 9, 1.0)]}, "no node or link 9"),
        ({"links": [(0, 1, np.inf), (1, 2, np.inf)]}, "Nothing limits what flows"),
        ({"time_limit": 0.0}, "time limit"),
        ({"targets": [[1], [3]]}, "speak of 4 targets, but there are 2"),
    ],
)
def test_what_makes_no_sense_is_refused(broken: dict, said: str) -> None:
    with pytest.raises(RequestError, match=said) as caught:
        interdict(chain(Conditions.plain(4, 1), **broken))
    assert caught.value.chinese != caught.value.english


def test_sources_that_are_buyers_are_refused() -> None:
    with pytest.raises(RequestError, match="both source and buyer"):
        interdict(Interdiction.of(2, [(0, 1, 1.0)], [0], [0], Conditions.plain(2, 1)))
    with pytest.raises(RequestError, match="no sources"):
        interdict(Interdiction.of(2, [(0, 1, 1.0)], [], [1], Conditions.plain(2, 1)))


def large(seconds: float) -> Interdiction:
    """A task whose proof takes longer than this."""
    return task(Case(20_000, 50_000, 40, 8, dearer=True, headroom=1.5, seconds=seconds), supply(20_000, 50_000, 3))


def test_the_time_limit_is_kept_and_the_plan_has_its_bound() -> None:
    begin = time.monotonic()
    problem = large(4.0)
    plan = interdict(problem)
    assert time.monotonic() - begin < 4.0 * 1.1 + 1.5, "the limit, and a moment to make the task and to read the answer"
    assert problem.conditions.fits(plan.order)
    assert 0 <= plan.bound <= plan.value <= plan.before
    assert plan.optimal or plan.truncated


def test_ctrl_c_gives_the_best_plan_so_far() -> None:
    def stop(plan) -> None:
        if plan.value < plan.before:
            raise KeyboardInterrupt

    plan = interdict(large(60.0), hear=stop)
    assert plan.truncated and plan.bound <= plan.value < plan.before and plan.order


def test_the_same_task_has_the_same_plan() -> None:
    problem = task(Case(3_000, 8_000, 12, 2, seconds=60.0), supply(3_000, 8_000, 5))
    one, other = solved(problem), solved(problem)
    assert one == other and one.optimal
    assert worked_out_again(problem, np.array(one.order)) == pytest.approx(one.value)
    assert len(one.order) > 5 and one.value + sum(one.gains) == pytest.approx(one.before)


def test_gains_are_what_each_hit_takes_away_in_that_order() -> None:
    problem = task(Case(1_000, 2_500, 6, 6, seconds=60.0), supply(1_000, 2_500, 5))
    plan = solved(problem)
    left = [worked_out_again(problem, np.array(plan.order[:count], np.int64)) for count in range(len(plan.order) + 1)]
    assert [before - after for before, after in itertools.pairwise(left)] == pytest.approx(list(plan.gains))


def test_a_plan_is_at_hand_where_there_was_no_time_to_search() -> None:
    """As with Ctrl-C at once: the best single hits, and what is known of them."""
    links = [(0, 1, 6.0), (0, 2, 6.0), (1, 3, 5.0), (2, 3, 4.0)]
    task = Interdiction.of(4, links, [0], [3], Conditions.plain(2, budget=1), targets=[[1], [2]])
    found = _nothing_found(task)
    assert (found.order, found.value, found.bound, found.truncated) == ((0,), 4.0, 0.0, True)


def test_of_two_hits_on_one_way_only_one_is_kept() -> None:
    links = [(0, 1, 5.0), (1, 2, 5.0), (2, 3, 5.0)]
    both = Interdiction.of(4, links, [0], [3], Conditions.plain(2, budget=2), targets=[[1], [2]])
    writer = Writer(both)
    found = writer.final(Best(np.array([True, True]), 0.0, 0.0, True))
    assert len(found.order) == 1 and (found.value, found.gains) == (0.0, (5.0,))
    must = replace(both, conditions=replace(both.conditions, must=(0, 1)))
    assert set(Writer(must).final(Best(np.array([True, True]), 0.0, 0.0, True)).order) == {0, 1}
