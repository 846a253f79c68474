"""Bounds against every history there can have been."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from graphkit.errors import RequestError
from graphkit.quantities import CONVENTIONS, Deliveries, convention, exact_delivery, exact_stop, outer_bounds
from graphkit.quantities.deliveries import DAY
from graphkit.quantities.supply import unseen
from tests.quantities.enumeration import Ranges, histories, ordered, tiny

SEEDS = range(20)
EACH = 50  # worlds a seed
_SECOND = 1_000_000


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_bounds_are_those_of_all_histories(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(EACH):
        given, marks = tiny(rng)
        ranges = _all(given, marks)
        outer = outer_bounds(given, marks)
        delivery, stop = rng.randrange(len(given)), rng.randrange(given.stops)
        for i in range(len(given)):
            low, high = min(ranges.delivery[i]), max(ranges.delivery[i])
            assert outer.low[i] <= low <= high <= outer.high[i]
        for s in range(given.stops):
            assert outer.stop_low[s] <= min(ranges.stop[s]) <= max(ranges.stop[s]) <= outer.stop_high[s]
            assert outer.stock_low[s] <= min(ranges.stock[s]) <= max(ranges.stock[s]) <= outer.stock_high[s]
        found = exact_delivery(given, marks, delivery)
        assert (found.low, found.high) == (min(ranges.delivery[delivery]), max(ranges.delivery[delivery]))
        assert found.exact
        found = exact_stop(given, marks, stop)
        assert (found.low, found.high) == pytest.approx((min(ranges.stop[stop]), max(ranges.stop[stop])), abs=1e-6)
        assert found.exact


@pytest.mark.parametrize("seed", SEEDS)
def test_conventions_lie_inside_the_bounds(seed: int) -> None:
    rng = random.Random(1000 + seed)
    for _ in range(EACH):
        given, marks = tiny(rng)
        ranges = _all(given, marks)
        for name in CONVENTIONS:
            for i, much in enumerate(convention(name, given, marks).tolist()):
                assert min(ranges.delivery[i]) - 1e-9 <= much <= max(ranges.delivery[i]) + 1e-9, name


@pytest.mark.parametrize("seed", SEEDS)
def test_days_without_hours_hold_every_order_within_the_day(seed: int) -> None:
    rng = random.Random(2000 + seed)
    for _ in range(12):
        instants, marks = tiny(rng, most=4)
        days = instants.departs_latest // 3 * DAY
        given = _on_days(instants, days)
        opening = (unseen(given) + given.opening).astype(int).tolist()
        ranges = _every_order(given, marks, days.tolist(), opening)
        if not ranges.delivery:  # what goes round in a day was there in no order
            continue
        for i in range(len(given)):
            low, high = min(ranges.delivery[i]), max(ranges.delivery[i])
            found, outer = exact_delivery(given, marks, i), outer_bounds(given, marks)
            assert outer.low[i] <= found.low <= low <= high <= found.high <= outer.high[i]
            if found.exact:
                assert (found.low, found.high) == (low, high)


def test_a_circle_within_a_day_is_not_called_exact() -> None:
    given = _on_days(Deliveries.of(3, [0, 1, 1], [1, 0, 2], [2, 2, 2], [0, 0, 0], [0, 0, 0]), np.zeros(3, np.int64))
    assert not exact_delivery(given, [0, 0, 0], 2).exact
    later = _on_days(Deliveries.of(3, [0, 1], [1, 2], [2, 2], [0, 0], [0, 0]), np.zeros(2, np.int64))
    assert exact_delivery(later, [1, 0], 1).exact


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_hold_every_moment_in_them(seed: int) -> None:
    rng = random.Random(3000 + seed)
    for _ in range(25):
        instants, marks = tiny(rng)
        wide = [np.array([rng.randint(0, 3) for _ in range(len(instants))]) for _ in range(2)]
        given = Deliveries.of(
            instants.stops, instants.source, instants.target, instants.quantity,
            (instants.departs_latest - wide[0], instants.departs_latest),
            (instants.arrives_earliest, instants.arrives_latest + wide[1]), opening=instants.opening,
        )  # fmt: skip
        left = np.array([rng.randint(a, b) for a, b in zip(given.departs_earliest, given.departs_latest, strict=True)])
        came = np.array([rng.randint(a, b) for a, b in zip(given.arrives_earliest, given.arrives_latest, strict=True)])
        happened = Deliveries.of(
            given.stops, given.source, given.target, given.quantity, left, np.maximum(came, left + 1)
        )
        ranges = Ranges()
        opening = (unseen(given) + given.opening).astype(int)
        happened = Deliveries.of(
            given.stops, given.source, given.target, given.quantity, left, np.maximum(came, left + 1),
            opening=given.opening,
        )  # fmt: skip
        if not histories(happened, marks, ordered(happened), opening.tolist(), ranges):
            continue
        outer = outer_bounds(given, marks)
        for i in range(len(given)):
            found = exact_delivery(given, marks, i)
            assert outer.low[i] <= found.low <= min(ranges.delivery[i])
            assert max(ranges.delivery[i]) <= found.high <= outer.high[i]


def test_goods_that_come_back_count_again_and_the_lowest_stays_below_the_highest() -> None:
    """Absorbing at the stop, as for one without returns, gave a lowest above the highest here."""
    given = Deliveries.of(3, [0, 2, 1, 2, 1], [1, 1, 2, 1, 2], [2, 2, 2, 2, 2], [1, 1, 3, 5, 7], [2, 2, 4, 6, 8])
    marks = [1, -1, 0, 0, 0]
    ranges = _all(given, marks)
    found = exact_stop(given, marks, 1)
    assert (found.low, found.high) == pytest.approx((min(ranges.stop[1]), max(ranges.stop[1])))
    assert found.low <= found.high
    assert (found.low, found.high) == pytest.approx((2, 4))


def test_bounds_do_not_add() -> None:
    given = Deliveries.of(4, [0, 1, 2, 2], [2, 2, 3, 3], [4, 4, 4, 4], [1, 1, 3, 4], [2, 2, 5, 5])
    marks = [1, -1, 0, 0]
    each = [exact_delivery(given, marks, i) for i in (2, 3)]
    both = exact_stop(given, marks, 3)
    assert [(e.low, e.high) for e in each] == [(0, 4), (0, 4)]
    assert (both.low, both.high) == (4, 4)


def test_quantities_with_decimals_and_beyond_32_bits() -> None:
    given = Deliveries.of(4, [0, 1, 2], [2, 2, 3], [0.125, 0.25, 0.3], [1, 2, 3])
    found = exact_delivery(given, [1, -1, 0], 2)
    assert (found.low, found.high, found.exact) == (0.05, 0.125, True)
    large = Deliveries.of(4, [0, 1, 2], [2, 2, 3], [6e12, 4e12, 5e12], [1, 2, 3])
    found = exact_delivery(large, [1, -1, 0], 2)
    assert not found.exact
    assert found.low <= 1e12 and found.low == pytest.approx(1e12, rel=1e-8)
    assert found.high >= 5e12 or found.high == 5e12


def test_backwards_tells_what_the_target_is_made_of() -> None:
    given = Deliveries.of(4, [0, 1, 2, 2], [2, 2, 3, 3], [6, 4, 5, 4], [1, 2, 3, 4])
    found = outer_bounds(given.backward(), [0, 0, 1, 0])
    assert found.low.tolist()[:2] == [1, 0]
    assert found.high.tolist()[:2] == [5, 4]


@pytest.mark.parametrize("seed", SEEDS)
def test_backwards_every_delivery_has_in_it_what_all_histories_tell(seed: int) -> None:
    """How much of one delivery ended in another is the same, told from either end."""
    rng = random.Random(7000 + seed)
    for _ in range(EACH):
        given, _ = tiny(rng)
        opening = (unseen(given) + given.opening).astype(int)
        known = Deliveries.of(
            given.stops, given.source, given.target, given.quantity, given.departs_latest, given.arrives_earliest,
            opening=opening,
        )  # fmt: skip
        end = rng.randrange(len(given))
        back, marks = known.backward(), [int(i == end) for i in range(len(given))]
        outer, asked = outer_bounds(back, marks), rng.randrange(len(given))
        for begin in range(len(given)):
            ranges = Ranges()
            only = [1 if i == begin else 0 for i in range(len(given))]
            assert histories(known, only, ordered(known), opening.tolist(), ranges)
            low, high = min(ranges.delivery[end]), max(ranges.delivery[end])
            assert outer.low[begin] <= low <= high <= outer.high[begin]
            if begin == asked:
                found = exact_delivery(back, marks, begin)
                assert (found.low, found.high, found.exact) == (low, high, True)


@pytest.mark.parametrize("wrong", [{"quantity": [0]}, {"quantity": [-1]}, {"quantity": [np.nan]}, {"target": [7]},
                                   {"departs": ([3], [2])}, {"quantity": [1, 2]}])  # fmt: skip
def test_what_is_no_delivery_is_refused(wrong: dict[str, object]) -> None:
    given = {"stops": 2, "source": [0], "target": [1], "quantity": [1], "departs": [0]}
    with pytest.raises(RequestError):
        Deliveries.of(**{**given, **wrong})  # type: ignore[arg-type]


def _all(given: Deliveries, marks: list[int]) -> Ranges:
    ranges = Ranges()
    opening = (unseen(given) + given.opening).astype(int).tolist()
    assert histories(given, marks, ordered(given), opening, ranges)
    return ranges


def _on_days(given: Deliveries, days: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Deliveries:
    whole = (days, days + DAY - _SECOND)
    return Deliveries.of(given.stops, given.source, given.target, given.quantity, whole, opening=given.opening)


def _every_order(given: Deliveries, marks: list[int], days: list[int], opening: list[int]) -> Ranges:
    ranges = Ranges()
    for order in itertools.permutations(range(len(given))):
        if [days[i] for i in order] == sorted(days):
            events = [(place, dispatch, i) for place, i in enumerate(order) for dispatch in (True, False)]
            histories(given, marks, events, opening, ranges)
    return ranges
