"""Moments as small numbers, and the orders that are found by counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.network import sorting
from graphkit.network.clock import FAR, SECOND, Clock

SECONDS = st.integers(-(10**9), 10**9).map(lambda moment: moment * SECOND)
ANYTIME = st.integers(-(10**17), 10**17)
UNKNOWN = st.sampled_from([-FAR, FAR])


@given(st.lists(st.one_of(SECONDS, UNKNOWN), min_size=1) | st.lists(st.one_of(ANYTIME, UNKNOWN), min_size=1))
def test_numbers_keep_every_moment_and_their_order(moments: list[int]) -> None:
    column = np.array(moments, np.int64)
    clock = Clock.of(column)
    numbers = clock.numbers(column)
    assert clock.moments(numbers).tolist() == moments
    assert np.argsort(numbers, kind="stable").tolist() == np.argsort(column, kind="stable").tolist()
    assert ((numbers >= 1) & (numbers < clock.top)).all() and all(map(clock.exact, moments))


def test_whole_seconds_within_a_lifetime_are_small_and_all_else_is_wide() -> None:
    assert Clock.of(np.array([0, 60 * SECOND, FAR])).kind is np.int32
    assert Clock.of(np.array([0, SECOND + 1])).kind is np.int64
    assert Clock.of(np.array([0, 10**10 * SECOND])).kind is np.int64
    clock = Clock.of(np.array([0, 60 * SECOND]))
    assert not clock.exact(SECOND // 2) and not clock.exact(-SECOND) and clock.exact(3 * SECOND)


@pytest.mark.parametrize("few", [0, 10**9])
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), max_size=120))
def test_counting_orders_as_comparing_does(few: int, entries: list[tuple[int, int]]) -> None:
    row, key = (np.array([entry[i] for entry in entries], np.int32) for i in range(2))
    before, sorting._FEW = sorting._FEW, few
    try:
        order, indptr = sorting.by_row(row, 4, key)
    finally:
        sorting._FEW = before
    assert order.tolist() == np.lexsort((key, row)).tolist()
    assert indptr.tolist() == [int((row < i).sum()) for i in range(5)]
