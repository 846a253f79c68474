"""Transformations: what comes out is another quantity than what went in."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graphkit.errors import RequestError
from graphkit.quantities import CONVENTIONS, Deliveries, convention, exact_delivery, exact_stop, outer_bounds
from graphkit.quantities.supply import unseen
from tests.quantities.enumeration import Ranges, histories, ordered, tiny


@pytest.mark.parametrize("seed", range(10))
def test_every_history_with_doubled_goods_lies_inside(seed: int) -> None:
    rng = random.Random(4000 + seed)
    for _ in range(20):
        plain, marks = tiny(rng, most=5)
        gain = np.array([rng.choice((1, 2)) for _ in range(len(plain))])
        given = Deliveries.of(
            plain.stops, plain.source, plain.target, plain.quantity, plain.departs_latest, plain.arrives_earliest,
            arriving=plain.quantity * gain, opening=plain.opening,
        )  # fmt: skip
        ranges = Ranges()
        opening = (unseen(given) + given.opening).astype(int).tolist()
        assert histories(given, marks, ordered(given), opening, ranges)
        outer = outer_bounds(given, marks)
        i, stop = rng.randrange(len(given)), rng.randrange(given.stops)
        one, all_of = exact_delivery(given, marks, i), exact_stop(given, marks, stop)
        assert outer.low[i] - 1e-6 <= one.low <= min(ranges.delivery[i]) + 1e-6
        assert max(ranges.delivery[i]) - 1e-6 <= one.high <= outer.high[i] + 1e-6
        assert outer.stop_low[stop] - 1e-6 <= all_of.low <= min(ranges.stop[stop]) + 1e-6
        assert max(ranges.stop[stop]) - 1e-6 <= all_of.high <= outer.stop_high[stop] + 1e-6


def test_a_yield_by_hand() -> None:
    """Ten kilograms, six of them marked, make 100 tablets; 70 are sent on, so that at least 30 of them are marked."""
    given = Deliveries.of(5, [0, 1, 2, 3], [2, 2, 3, 4], [6, 4, 10, 70], [1, 2, 3, 4], arriving=[6, 4, 100, 70])
    found = exact_delivery(given, [1, -1, 0, 0], 3)
    assert (found.low, found.high) == pytest.approx((30, 60))
    outer = outer_bounds(given, [1, -1, 0, 0])
    assert (outer.low[3], outer.high[3]) == (30, 60)
    for name in CONVENTIONS:
        assert 30 <= convention(name, given, [1, -1, 0, 0])[3] <= 60


def _recipe() -> Deliveries:
    """Powder (3 of 10 marked) and filler (4 of 10 marked) make 10 boxes at stop 6, of which 8 go on."""
    return Deliveries.of(
        9, [0, 1, 2, 3, 4, 5, 6, 7], [4, 4, 5, 5, 6, 6, 7, 8], [3, 7, 4, 6, 10, 10, 10, 8], [1, 1, 1, 1, 2, 2, 3, 4],
        mixing=[False] * 6 + [True, False, False],
    )  # fmt: skip


def test_a_recipe_holds_the_most_of_one_input_to_the_sum_of_all() -> None:
    given, marks = _recipe(), [1, -1, 1, -1, 0, 0, 0, 0]
    made, sent = exact_delivery(given, marks, 6), exact_delivery(given, marks, 7)
    assert (made.low, made.high) == pytest.approx((4, 7))
    assert (sent.low, sent.high) == pytest.approx((2, 7))
    outer = outer_bounds(given, marks)
    assert (outer.low[6], outer.high[6], outer.low[7], outer.high[7]) == (4, 7, 2, 7)
    assert (exact_stop(given, marks, 8).low, exact_stop(given, marks, 8).high) == pytest.approx((2, 7))


@pytest.mark.parametrize("name", CONVENTIONS)
def test_no_convention_tells_what_part_of_a_mixture_is_marked_but_all_else(name: str) -> None:
    given = _recipe()
    found = convention(name, given, [1, 0, 0, 0, 0, 0, 0, 0])
    behind = np.isnan(found)
    assert behind.any() and not behind[0]
    mixed = np.flatnonzero(given.recipes)
    assert behind[np.isin(given.source, mixed)].all()
    assert not behind[np.isin(given.target, mixed)].any()


def test_back_through_a_recipe_each_input_has_its_share() -> None:
    """Eight of the ten boxes took eight tenths of the powder and eight tenths of the filler."""
    given = Deliveries.of(
        9, [0, 1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 6, 7, 8], [20, 40, 20, 40, 10, 10, 10, 8],
        [1, 1, 2, 2, 3, 3, 4, 5], arriving=[20, 40, 10, 10, 10, 10, 10, 8], mixing=[False] * 6 + [True, False, False],
    ).backward()  # fmt: skip
    marks = [0, 0, 0, 0, 0, 0, 0, 1]
    outer = outer_bounds(given, marks)
    assert (outer.stop_low[:2].tolist(), outer.stop_high[:2].tolist()) == ([16, 32], [16, 32])
    for stop, much in ((0, 16), (1, 32)):
        found = exact_stop(given, marks, stop)
        assert (found.low, found.high) == pytest.approx((much, much))


def test_an_unknown_convention_is_refused() -> None:
    with pytest.raises(RequestError):
        convention("best", Deliveries.of(2, [0], [1], [1], [0]), [1])
