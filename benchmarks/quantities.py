"""How much got where, on 100,000 deliveries: bounds and conventions, one delivery exactly, every delivery, hubs with
returns and with yields.
"""

from __future__ import annotations

from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks import balance
from benchmarks.measure import report
from graphkit.quantities import (
    CONVENTIONS,
    Deliveries,
    Runs,
    convention,
    exact_deliveries,
    exact_delivery,
    exact_stop,
    outer_bounds,
)

DELIVERIES = 100_000


def market(count: int = DELIVERIES) -> tuple[Deliveries, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """Deliveries between a quarter as many stops, a few of which trade the most; the first thousand stops are makers,
    whose goods are marked where the maker is one of the first hundred.
    """
    random, stops = np.random.default_rng(11), count // 4
    makers = stops // 25
    source = np.where(random.random(count) < 0.15, random.integers(0, makers, count),
                      makers + np.minimum(random.zipf(1.4, count), stops - makers) - 1)  # fmt: skip
    target = random.integers(makers, stops, count)
    target = np.where(target == source, makers + (target + 1 - makers) % (stops - makers), target)
    when = np.sort(random.integers(0, 730 * 86_400, count)) * 1_000_000
    given = Deliveries.of(stops, source, target, random.integers(1, 500, count), when)
    return given, np.where(source < makers // 10, 1, np.where(source < makers, -1, 0)).astype(np.int8)


def trading(count: int = DELIVERIES, stops: int = 2000, seed: int = 3) -> Deliveries:
    """Everybody sells to everybody what he has, a few the most: goods come back all the time."""
    random = np.random.default_rng(seed)
    stock = np.zeros(stops)
    stock[: stops // 20] = 2000.0 * count / stops
    opening, order = stock.copy(), random.permutation(stops)
    often = order[np.minimum(random.zipf(1.3, 2 * count), stops) - 1]
    ends = np.where(random.random(2 * count) < 0.5, often, random.integers(0, stops, 2 * count))
    makers, wanted = random.integers(0, stops // 20, count), random.integers(1, 200, count)
    source, target, quantity = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count)
    for i in range(count):
        giver = ends[i] if stock[ends[i]] >= 1 else makers[i]
        taker = ends[count + i] if ends[count + i] != giver else (giver + 1) % stops
        much = min(stock[giver], wanted[i]) or 1.0
        source[i], target[i], quantity[i] = giver, taker, much
        stock[giver] -= much
        stock[taker] += much
    return Deliveries.of(stops, source, target, quantity, np.arange(count) * 600_000_000, opening=opening)


def yielding(given: Deliveries, share: float = 0.05) -> Deliveries:
    """The same with a share of the deliveries arriving as a tenth less."""
    random = np.random.default_rng(5)
    arriving = np.where(random.random(len(given)) < share, np.ceil(0.9 * given.quantity), given.quantity)
    times = (given.departs_earliest, given.departs_latest), (given.arrives_earliest, given.arrives_latest)
    return Deliveries.of(
        given.stops, given.source, given.target, given.quantity, *times, arriving=arriving, opening=given.opening
    )


def every_one() -> None:
    """Every delivery exactly, and stops that take a linear program."""
    tiers, circles = balance.market(DELIVERIES), trading()
    sent = np.bincount(tiers.source, tiers.quantity, tiers.stops)
    makers = np.argsort(-sent[: np.flatnonzero(tiers.opening).max() + 1])
    exact_deliveries(balance.market(1000), np.zeros(1000, np.int8))  # compiled once
    for name, chosen in {"a large origin": makers[:10], "a small origin": makers[-1:]}.items():
        marks, runs = np.isin(tiers.source, chosen).astype(np.int8), Runs.of(tiers)
        found, seconds = _counted(lambda runs=runs, marks=marks: exact_deliveries(runs, marks))
        told = f"every delivery exactly, {name} ({found.exact.mean():.0%}) / 20 s"
        report(told, seconds, 20.0, "s", "at most 1")
    marks, runs = (circles.source < 50).astype(np.int8), Runs.of(circles)
    found, seconds = _counted(lambda: exact_deliveries(runs, marks))
    report(f"the same, goods coming back ({found.exact.mean():.0%} proved) / 20 s", seconds, 20.0, "s", "at most 1")
    hub = int(np.bincount(circles.target).argmax())
    _, seconds = _counted(lambda: exact_stop(runs, marks, hub))
    report("a hub with returns exactly / 20 s", seconds, 20.0, "s", "at most 1")
    lossy, marks = yielding(tiers), np.isin(tiers.source, makers[:10]).astype(np.int8)
    hub = int(np.bincount(lossy.target).argmax())
    _, seconds = _counted(lambda: exact_stop(lossy, marks, hub))
    report("a hub with yields exactly / 20 s", seconds, 20.0, "s", "at most 1")


def all_at_once() -> None:
    """The figures of docs/quantities.md, against what was wanted."""
    given, marks = market()

    def every() -> None:
        runs = Runs.of(given)
        outer_bounds(runs, marks)
        for name in CONVENTIONS:
            convention(name, runs, marks)

    every()
    runs = Runs.of(given)
    late = np.flatnonzero(marks == 0)[-200::20]
    one = [_timed(lambda i=i: exact_delivery(runs, marks, int(i))) for i in late]
    report("outer bounds and three conventions / 0.2 s", min(_timed(every) for _ in range(3)), 0.2, "s", "at most 1")
    report("one delivery exactly, the median of ten / 0.5 s", float(np.median(one)), 0.5, "s", "at most 1")
    every_one()


def _timed(call: Any) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin


def _counted(call: Any) -> tuple[Any, float]:
    """The result, and the seconds of computing, which other programs on the machine do not lengthen."""
    begin = process_time()
    found = call()
    return found, process_time() - begin
