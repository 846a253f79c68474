"""Reconciliation against every explanation in whole numbers of tiny cases, and certificates that add up."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from graphkit.errors import RequestError
from graphkit.quantities import Deliveries, least_unseen_supply
from graphkit.quantities.lacks import lacks, lacks_together
from graphkit.quantities.ledger import Counts, Ledger
from graphkit.quantities.reconciliation import Reconciliation, Weights
from tests.quantities.enumeration import tiny
from tests.quantities.guessing import Case, cheapest

STORIES = [
    Weights(10, None, False), Weights(10, 4, False), Weights(10, None, True), Weights(10, 4, True), Weights(3, 2, True),
    Weights(9, None, True, float("inf")),
]  # fmt: skip


def made(rng: random.Random, counted: bool) -> Case:
    """A few deliveries among three stops, and sometimes a count between their moments."""
    deliveries = []
    for _ in range(rng.randint(1, 3)):
        source, target = rng.sample(range(3), 2)
        deliveries.append((source, target, rng.randint(1, 2), 2 * rng.randrange(3)))
    counts = ((rng.randrange(3), rng.randint(0, 2), 2 * rng.randrange(3) + 1),) if counted else ()
    return Case(3, tuple(deliveries), counts, rng.choice((1 / 3, 2 / 3)))


def ledger_of(case: Case) -> Ledger:
    source, target, quantity, moment = (list(column) for column in zip(*case.deliveries, strict=True))
    given = Deliveries.of(case.stops, source, target, quantity, moment)
    counts = Counts.of(*(list(column) for column in zip(*case.counts, strict=True))) if case.counts else None
    made = Ledger.of_deliveries(given, case.deviation, counts)
    return replace(made, usual=np.ones(case.stops))


@pytest.mark.parametrize("weights", STORIES, ids=str)
@pytest.mark.parametrize("counted", [False, True])
def test_the_cheapest_explanation_costs_what_the_best_of_all_in_whole_numbers_costs(
    weights: Weights, counted: bool
) -> None:
    rng = random.Random(f"{weights} {counted}")
    for _ in range(12):
        case = made(rng, counted)
        found = Reconciliation(ledger_of(case), weights, tick=1).solve()
        assert found.cost == pytest.approx(cheapest(case, weights), abs=1e-6), case


@pytest.mark.parametrize("weights", [*STORIES[:4], STORIES[5]], ids=str)
def test_the_range_of_a_stock_is_that_of_all_cheapest_explanations(weights: Weights) -> None:
    rng, tilt = random.Random(f"range {weights}"), 0.01
    for _ in range(4):
        case = made(rng, rng.random() < 0.5)
        program, best = Reconciliation(ledger_of(case), weights, tick=1), cheapest(case, weights)
        for stop in range(case.stops):
            low, high = program.supply_range(stop, more=0.0)
            assert low == pytest.approx((cheapest(case, weights, {stop: tilt}) - best) / tilt, abs=1e-3), case
            assert high == pytest.approx((best - cheapest(case, weights, {stop: -tilt})) / tilt, abs=1e-3), case
            assert low <= program.solve().supply[stop] + 1e-4 and program.solve().supply[stop] - 1e-4 <= high


def test_ranges_widen_with_what_may_be_dearer_and_lacks_hold_both() -> None:
    given = Deliveries.of(4, [0, 1, 3], [1, 2, 2], [5, 8, 1], [10, 20, 30], opening=[9, 0, 0, 1])
    program = Reconciliation(Ledger.of_deliveries(given, 0.2), Weights(10, 9, True), tick=1)
    tight, wide = program.supply_range(1), program.supply_range(1, more=5.0)
    assert wide[0] <= tight[0] <= tight[1] < wide[1]
    assert program.lack_range(1, more=5.0)[1] >= wide[1]


@pytest.mark.parametrize("seed", range(5))
def test_lacks_are_what_supply_alone_explains_and_certificates_add_up(seed: int) -> None:
    rng = random.Random(900 + seed)
    for _ in range(40):
        given, _ = tiny(rng)
        counts = [(rng.randrange(given.stops), rng.randrange(4), rng.randrange(9)) for _ in range(rng.randrange(3))]
        when = {(stop, moment): much for stop, much, moment in counts}
        columns = [[k[0] for k in when], list(when.values()), [k[1] for k in when]]
        ledger = Ledger.of_deliveries(given, 0.0, Counts.of(*columns))
        found = lacks(ledger)
        lacking = np.bincount([each.stock for each in found], [each.amount for each in found], given.stops)
        assert lacking == pytest.approx(Reconciliation(ledger, Weights(1, None, False)).solve().supply, abs=1e-6)
        for each in found:
            assert each.sent - each.received == pytest.approx(each.amount)
            assert all(ledger.stock[entry] == each.stock for entry in each.entries)
        if not counts:
            assert {each.stock: (each.amount, each.by) for each in found} == {
                each.stop: (each.amount, each.by) for each in least_unseen_supply(given)
            }


@pytest.mark.parametrize("seed", range(5))
def test_what_all_lack_together_no_unseen_move_explains(seed: int) -> None:
    rng = random.Random(seed)
    met = 0
    for _ in range(30):
        case = made(rng, rng.random() < 0.5)
        found = lacks_together(ledger_of(case), tick=1)
        needed = cheapest(case, Weights(1, 1e-6, False))  # hardly more than what must come from outside
        assert sum(each.amount for each in found) == pytest.approx(needed, abs=1e-3), case
        for each in found:
            assert each.sent - each.received == pytest.approx(each.amount)
        met += bool(found)
    assert met > 5


def test_a_count_before_bounds_what_could_be_sent_later() -> None:
    given = Deliveries.of(3, [0, 1], [1, 2], [10, 9], [10, 30], opening=[10, 0, 0])
    (short,) = lacks(Ledger.of_deliveries(given, 0.0, Counts.of([1], [4], [20])))
    assert (short.stock, short.amount, short.by, short.received, short.sent) == (1, 5.0, 30, 4.0, 9.0)
    more = lacks(Ledger.of_deliveries(given, 0.0, Counts.of([1], [12], [20])))
    assert [(each.amount, each.by) for each in more] == [(2.0, 20)]


def test_passages_let_goods_of_no_batch_be_of_any() -> None:
    """Stock 0 received 3 of a batch and gave 5; 1 holds what came without a batch, 2 is where such goods go from."""
    ledger = Ledger.of_deliveries(
        Deliveries.of(5, [3, 0, 3, 2], [0, 4, 1, 4], [3, 5, 4, 3], [1, 9, 2, 9], opening=[0, 0, 0, 9, 0])
    )
    assert sum(each.amount for each in lacks(ledger)) == 5
    joined = replace(ledger, passages=np.array([[1, 0], [1, 2], [0, 2]]))
    (short,) = lacks(joined)
    assert (set(short.stocks), short.amount, short.received, short.sent) == ({0, 1, 2}, 1, 7, 8)
    assert Reconciliation(joined, Weights(1, None, False), 1).supply_range(*short.stocks) == (1, 1)
    assert Reconciliation(joined, Weights(1, None, False), 1).supply_range(0) == (0, 1)


def test_a_hidden_source_is_found_and_what_it_gave() -> None:
    """A balanced market in which one trader sells what nobody recorded; every explanation says so."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        much, gave = rng.integers(5, 50, 40).astype(float), float(rng.integers(200, 900))
        source, target = np.repeat([0, 1], [20, 20]), np.concatenate((np.full(20, 1), rng.integers(2, 9, 20)))
        quantity = np.concatenate((much[:20], np.full(20, (much[:20].sum() + gave) / 20)))
        day = np.concatenate((np.arange(20), np.arange(20) + 30))
        given = Deliveries.of(9, source, target, quantity, day, opening=[much[:20].sum(), *[0] * 8])
        for weights in (Weights(10, None, False), Weights(10, 5, False)):
            found = Reconciliation(Ledger.of_deliveries(given, 0.01), weights, tick=1).lack_range(1)
            assert found == pytest.approx((gave, gave), abs=1e-2)
        assert [each.amount for each in lacks(Ledger.of_deliveries(given))] == [pytest.approx(gave)]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(RequestError):
        Weights(supply=0.0)
    ledger = Ledger.of_deliveries(Deliveries.of(2, [0], [1], [1], [1]), 0.1)
    with pytest.raises(RequestError):
        replace(ledger, stock=np.array([0, 5])).check()
    with pytest.raises(RequestError):
        replace(ledger, deviation=np.array([np.nan])).check()


def test_an_empty_ledger_lacks_nothing() -> None:
    ledger = Ledger.of_deliveries(Deliveries.of(2, [], [], [], []))
    assert lacks(ledger) == lacks_together(ledger) == []
    assert Reconciliation(ledger, Weights()).solve().cost == 0
