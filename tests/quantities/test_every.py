"""Every delivery at once, held against one by one, and against every history there can have been."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graphkit.quantities import (
    Deliveries,
    exact_deliveries,
    exact_delivery,
    exact_sum,
    exact_sums,
    outer_bounds,
)
from graphkit.quantities.deliveries import DAY
from graphkit.quantities.supply import unseen
from tests.quantities.enumeration import Ranges, histories, ordered, tiny


@pytest.mark.parametrize("seed", range(10))
def test_the_bounds_of_all_are_those_of_all_histories(seed: int) -> None:
    rng = random.Random(9000 + seed)
    for _ in range(40):
        given, marks = tiny(rng)
        ranges = Ranges()
        assert histories(given, marks, ordered(given), (unseen(given) + given.opening).astype(int).tolist(), ranges)
        found = exact_deliveries(given, marks)
        assert found.low.tolist() == [min(ranges.delivery[i]) for i in range(len(given))]
        assert found.high.tolist() == [max(ranges.delivery[i]) for i in range(len(given))]
        assert found.exact.all()


@pytest.mark.parametrize("seed", range(6))
def test_in_larger_markets_they_are_those_of_one_by_one_and_so_are_sums(seed: int) -> None:
    rng, random_ = random.Random(seed), np.random.default_rng(seed)
    count, stops = 300, 25
    source, step = random_.integers(0, stops, count), random_.integers(1, stops, count)
    day = random_.integers(0, 40, count) * DAY
    times = (day, day + DAY - 1) if seed % 2 else day
    opening = random_.integers(0, 4, stops) * 5.0
    given = Deliveries.of(
        stops, source, (source + step) % stops, random_.integers(1, 60, count), times, opening=opening
    )
    marks = np.where(source < 3, 1, np.where(source == 3, -1, 0))
    found, outer = exact_deliveries(given, marks), outer_bounds(given, marks)
    assert np.all(outer.low <= found.low) and np.all(found.high <= outer.high)
    for i in rng.sample(range(count), 40):
        one = exact_delivery(given, marks, i)
        assert (found.low[i], found.high[i]) == (one.low, one.high)
        assert one.exact or not found.exact[i]
    sums = [np.array(sorted(rng.sample(range(count), rng.choice((1, 2, 5))))) for _ in range(30)]
    told = 0
    for each, bounds in zip(sums, exact_sums(given, marks, sums), strict=True):
        if bounds is not None:
            one = exact_sum(given, marks, each)
            assert (bounds.low, bounds.high) == pytest.approx((one.low, one.high), abs=1e-6)
            assert one.exact or not bounds.exact
            told += 1
    assert told > 5


def test_what_changes_in_quantity_on_the_way_keeps_its_outer_bounds() -> None:
    given = Deliveries.of(
        5, [0, 1, 2, 3, 0], [2, 2, 3, 4, 4], [6, 4, 5, 8, 7], [1, 2, 3, 4, 5], arriving=[6, 4, 10, 8, 7]
    )
    marks = [1, -1, 0, 0, 0]
    found, outer = exact_deliveries(given, marks), outer_bounds(given, marks)
    assert found.exact.tolist() == [True, True, True, False, True]
    assert (found.low[3], found.high[3]) == (outer.low[3], outer.high[3])
    assert (found.low[2], found.high[2]) == (1, 5)
    doubled, plain, both = exact_sums(given, marks, [np.array([3]), np.array([2]), np.array([0, 1])])
    assert doubled is None and plain is None  # what arrives of it is twice as much
    assert both is not None and (both.low, both.high, both.exact) == (6, 6, True)
    assert exact_deliveries(Deliveries.of(2, [], [], [], []), []).low.tolist() == []
