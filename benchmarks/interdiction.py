"""Plans against what flows: gap, time and memory on five-tier supply networks, and what simpler choices achieve.

    python -m benchmarks.interdiction [table|short|largest] [--seed N]

Each value is worked out again by another program on what the plan leaves: networkx where that takes seconds, scipy's
maximum flow above that. Times are of the process that plans; its memory is its peak.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.interdiction import Interdiction, interdict
from graphkit.breaking.plan import Plan
from graphkit.breaking.problem import Conditions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REGIONS = 31
_SHARE = (0.005, 0.025, 0.12, 0.25, 0.6)  # makers, wholesalers of two tiers, retailers, buyers
_DEARER = np.array([4.0, 3.0, 2.0, 1.0, 1.0])
_OWN = 0.7  # of the links lie within one region
_BY_NETWORKX = 60_000  # links up to which networkx works the value out again


@dataclass(frozen=True, eq=False)
class Supply:
    """A supply network: who is in which tier and region, and how much went over each link, all passed on."""

    tier: Ints
    region: Ints
    source: Ints
    target: Ints
    quantity: Floats


def supply(actors: int, links: int, seed: int = 0) -> Supply:
    """Five tiers; numbers of links and what they carry are heavy-tailed; seven of ten links stay in a region."""
    rng = np.random.default_rng(seed)
    sizes = np.maximum((np.array(_SHARE) * actors).astype(int), 1)
    sizes[-1] += actors - sizes.sum()
    tier = np.repeat(np.arange(5), sizes)
    weight = rng.pareto(1.5, REGIONS) + 0.5
    region = rng.choice(REGIONS, actors, p=weight / weight.sum())
    ends = _linked(rng, tier, region, links - int(sizes[1:].sum()))
    return Supply(tier, region, *ends, _passed_on(rng, tier, *ends))


def _linked(rng: np.random.Generator, tier: Ints, region: Ints, more: int) -> tuple[Ints, Ints]:
    """Everybody below the makers has a supplier; further links by how well each is placed."""
    placed = rng.pareto(1.6, len(tier)) + 0.2
    source, target = [], []
    for below in range(1, 5):
        up, down = np.flatnonzero(tier == below - 1), np.flatnonzero(tier == below)
        extra = int(more * len(down) / np.sum(tier > 0))
        to = np.concatenate((down, rng.choice(down, extra, p=placed[down] / placed[down].sum())))
        by = rng.choice(up, len(to), p=placed[up] / placed[up].sum())
        near = rng.random(len(to)) < _OWN
        for each in range(REGIONS):
            own, here = up[region[up] == each], np.flatnonzero(near & (region[to] == each))
            if len(own) and len(here):
                by[here] = rng.choice(own, len(here), p=placed[own] / placed[own].sum())
        source.append(by)
        target.append(to)
    return np.concatenate(source), np.concatenate(target)


def _passed_on(rng: np.random.Generator, tier: Ints, source: Ints, target: Ints) -> Floats:
    """From what buyers bought up to the makers: everybody received what he passed on."""
    need, quantity = np.zeros(len(tier)), np.zeros(len(source))
    need[tier == 4] = np.rint(rng.lognormal(2.5, 1.2, int(np.sum(tier == 4)))) + 1
    part = rng.gamma(0.7, 1.0, len(source)) + 1e-3
    whole = np.bincount(target, part, len(tier))
    for below in (4, 3, 2, 1):
        mine = np.flatnonzero(tier[target] == below)
        quantity[mine] = np.ceil(need[target[mine]] * part[mine] / whole[target[mine]])
        need += np.bincount(source[mine], quantity[mine], len(tier))
    return quantity


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    actors: int
    links: int
    budget: float
    each: float  # the limit of each region
    dearer: bool = False  # whether the higher tiers cost more
    headroom: float = 1.2
    seconds: float = 60.0

    @property
    def name(self) -> str:
        """How the table calls it."""
        costs = "cost 4 to 1" if self.dearer else "cost 1"
        return f"{self.actors:,} actors, {self.links:,} links, budget {self.budget:g} ({self.each:g} a region), {costs}"


TABLE = (
    Case(20_000, 50_000, 100, 5), Case(20_000, 50_000, 60, 6, dearer=True), Case(50_000, 125_000, 200, 10),
    Case(100_000, 250_000, 300, 12), Case(100_000, 250_000, 1000, 40), Case(100_000, 250_000, 300, 12, dearer=True),
    *(Case(100_000, 250_000, few, few, dearer=True) for few in (1, 2, 3, 5, 7, 10)),
)  # fmt: skip
SHORT = (Case(4_000, 10_000, 20, 3, seconds=20.0), Case(4_000, 10_000, 5, 5, dearer=True, seconds=20.0))
LARGEST = (Case(400_000, 1_000_000, 600, 25, seconds=600.0),)


def task(case: Case, made: Supply) -> Interdiction:
    """Anyone but buyers can be hit; links and go-betweens can carry more than they did, by the headroom."""
    actors = len(made.tier)
    into, out = (np.bincount(end, made.quantity, actors) for end in (made.target, made.source))
    able = np.maximum(into, out) * case.headroom
    able[made.tier == 0], able[made.tier == 4] = out[made.tier == 0], into[made.tier == 4]
    cost = _DEARER[made.tier] if case.dearer else np.ones(actors)
    conditions = Conditions(
        cost, case.budget, made.region.astype(np.int32), np.full(REGIONS, case.each), made.tier < 4
    )  # fmt: skip
    return Interdiction(
        made.source, made.target, made.quantity * case.headroom, able, np.flatnonzero(made.tier == 0),
        np.flatnonzero(made.tier == 4), np.arange(actors), np.arange(actors), conditions, case.seconds,
    )  # fmt: skip


def worked_out_again(problem: Interdiction, hit: Ints) -> float:
    """What flows once these actors are gone, by another program."""
    count, able = len(problem.node_capacity), problem.node_capacity
    first, last = problem.origins, problem.ends
    gone = np.isin(np.arange(count), hit)
    kept = ~gone[problem.source] & ~gone[problem.target]
    arcs = np.concatenate((
        np.stack((np.arange(count), np.arange(count) + count, able * ~gone)).T,
        np.stack((problem.source + count, problem.target, problem.capacity)).T[kept],
        np.stack((np.full(len(first), 2 * count), first, able[first])).T,
        np.stack((last + count, np.full(len(last), 2 * count + 1), able[last])).T,
    ))  # fmt: skip
    return _by_networkx(arcs, count) if len(problem.source) <= _BY_NETWORKX else _by_scipy(arcs, count)


def _by_networkx(arcs: Floats, count: int) -> float:
    import networkx as nx
    from networkx.algorithms.flow import preflow_push

    graph = nx.DiGraph()
    for tail, head, capacity in arcs.tolist():
        known = graph.get_edge_data(tail, head, {"capacity": 0.0})["capacity"]
        graph.add_edge(tail, head, capacity=known + capacity)
    return float(nx.maximum_flow_value(graph, 2 * count, 2 * count + 1, flow_func=preflow_push))


def _by_scipy(arcs: Floats, count: int) -> float:
    """In whole tenths: with a headroom of 1.2 whole quantities make whole fifths."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_flow

    whole = np.rint(arcs[:, 2] * 10).astype(np.int32)
    graph = csr_matrix((whole, (arcs[:, 0].astype(int), arcs[:, 1].astype(int))), shape=(2 * count + 2,) * 2)
    return float(maximum_flow(graph, 2 * count, 2 * count + 1).flow_value) / 10


def simpler(problem: Interdiction, score: Floats) -> Ints:
    """Whom one would hit by this score, the best first, as far as the limits allow."""
    given = problem.conditions
    left, limits, chosen = given.budget, given.limits.copy(), []
    for each in np.argsort(-score, kind="stable").tolist():
        cost, group = given.cost[each], given.group[each]
        if given.allowed[each] and cost <= min(left, limits[group]):
            left -= cost
            limits[group] -= cost
            chosen.append(each)
        if left < 1:
            break
    return np.array(chosen, np.int64)


def line(case: Case, seed: int) -> Plan:
    """Plans, checks, and prints one line of the table."""
    problem = task(case, supply(case.actors, case.links, seed))
    begin = time.perf_counter()
    plan = interdict(problem)
    seconds = time.perf_counter() - begin
    again = worked_out_again(problem, np.array(plan.order, np.int64))
    if abs(again - plan.value) > 1e-6 * plan.before:
        raise AssertionError(f"{case.name}: {plan.value} was said, {again} is left")
    throughput = np.bincount(problem.source, problem.capacity, case.actors)
    degree = np.bincount(np.concatenate((problem.source, problem.target)), minlength=case.actors).astype(float)
    others = [1 - worked_out_again(problem, simpler(problem, by)) / plan.before
              for by in (degree, throughput, throughput / problem.conditions.cost)]  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    shares = " ".join(f"{100 * share:>6.2f}%" for share in (1 - plan.value / plan.before, *others))
    state = "optimal" if plan.optimal else "stopped" if plan.truncated else "done"
    print(f"{case.name:<78} {shares} {100 * plan.gap:>9.5f}% {state:<8} {seconds:>6.1f} s {peak:>5.2f} GiB", flush=True)
    return plan


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="?", choices=("table", "short", "largest"), default="table")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    print(f"{'what the plan takes away, and by degree, throughput, and throughput per cost':<78} "
          f"{'plan':>7} {'degree':>7} {'through':>7} {'percost':>7} {'gap':>10}")  # fmt: skip
    for case in {"table": TABLE, "short": SHORT, "largest": LARGEST}[asked.which]:
        line(case, asked.seed)


if __name__ == "__main__":
    main()
