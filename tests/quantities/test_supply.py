"""What must have been there that no record tells."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graphkit.quantities import Deliveries, least_unseen_supply
from tests.quantities.enumeration import ordered, tiny


@pytest.mark.parametrize("seed", range(10))
def test_it_is_the_lowest_point_of_the_running_balance(seed: int) -> None:
    rng = random.Random(5000 + seed)
    for _ in range(50):
        given, _ = tiny(rng)
        balance, least, when = given.opening.tolist(), [0.0] * given.stops, [0] * given.stops
        for moment, dispatch, i in ordered(given):
            stop = int((given.source if dispatch else given.target)[i])
            balance[stop] += -given.quantity[i] if dispatch else given.arriving[i]
            if balance[stop] < least[stop]:
                least[stop], when[stop] = balance[stop], moment
        found = {each.stop: (each.amount, each.by) for each in least_unseen_supply(given)}
        assert found == {s: (-least[s], when[s]) for s in range(given.stops) if least[s] < 0}


def test_the_certificate_names_what_came_what_went_and_what_nothing_covered() -> None:
    given = Deliveries.of(3, [0, 1, 1, 0], [1, 2, 2, 1], [5, 4, 3, 9], [10, 20, 30, 40], opening=[20, 1, 0])
    (short,) = least_unseen_supply(given)
    assert (short.stop, short.amount, short.since, short.by) == (1, 1.0, 30, 30)
    assert (short.received, short.sent) == (6.0, 7.0)
    assert (short.deliveries, short.beyond) == ((0, 1, 2), (2,))


def test_a_day_is_short_only_where_every_order_is() -> None:
    day = (np.array([0, 0]), np.array([86_399, 86_399]))
    assert not least_unseen_supply(Deliveries.of(3, [0, 1], [1, 2], [5, 5], day, opening=[5, 0, 0]))
    late = Deliveries.of(3, [0, 1], [1, 2], [5, 5], [10, 5], opening=[5, 0, 0])
    assert [(each.stop, each.amount, each.by) for each in least_unseen_supply(late)] == [(1, 5.0, 5)]
