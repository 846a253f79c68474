"""How much got where, on 100,000 deliveries: bounds and conventions, one delivery exactly, a hub with returns."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.measure import report
from graphkit.quantities import CONVENTIONS, Deliveries, Runs, convention, exact_delivery, exact_stop, outer_bounds

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
    hub = int(np.bincount(given.target).argmax())
    one = [_timed(lambda i=i: exact_delivery(runs, marks, int(i))) for i in late]
    report("outer bounds and three conventions / 0.2 s", min(_timed(every) for _ in range(3)), 0.2, "s", "at most 1")
    report("one delivery exactly, the median of ten / 0.5 s", float(np.median(one)), 0.5, "s", "at most 1")
    report("a hub with returns exactly / 20 s", _timed(lambda: exact_stop(runs, marks, hub)), 20.0, "s", "at most 1")


def _timed(call: Any) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin
