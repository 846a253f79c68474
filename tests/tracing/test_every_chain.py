"""The sweep against trying every chain on tiny networks, moment by moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.network.build import from_columns
from graphkit.network.network import Network
from graphkit.tracing.request import FAR, Request
from graphkit.tracing.walk.firmest import Tracer

LAST = 9  # moments go from 0 to this
NODES, MOST_HOPS = 4, 4
Moments = frozenset[int]


@dataclass(frozen=True)
class Move:
    source: int
    target: int
    begun: tuple[int, int] | None
    ended: tuple[int, int] | None
    shipped: bool
    goods: tuple[str | None, str | None]
    reliability: str | None

    @property
    def product(self) -> str | None:
        return self.goods[0]

    @property
    def batch(self) -> str | None:
        return self.goods[1]

    @property
    def departs(self) -> range:
        return range(self.begun[0], self.begun[1] + 1) if self.begun else range(LAST + 1)

    @property
    def at_once(self) -> bool:
        return not self.shipped and self.ended is None

    @property
    def arrives(self) -> range:
        return range(self.ended[0], self.ended[1] + 1) if self.ended else range(LAST + 1)


def spans() -> st.SearchStrategy[tuple[int, int] | None]:
    moment = st.integers(0, LAST)
    return st.one_of(st.none(), moment.map(lambda m: (m, m)), st.tuples(moment, moment).map(lambda p: (min(p), max(p))))


@st.composite
def moves(draw: st.DrawFn) -> list[Move]:
    node = st.integers(0, NODES - 1)
    goods = st.sampled_from([(None, None), ("P", None), ("Q", None), ("P", "B1"), ("P", "B2"), ("Q", "B1")])
    made = st.builds(
        Move, node, node, spans(), st.one_of(st.none(), spans()), st.booleans(),
        goods, st.sampled_from([None, "A", "C", "E"]),
    )  # fmt: skip
    return draw(st.lists(made.filter(lambda m: m.source != m.target), max_size=7))


def network_of(given_moves: list[Move]) -> Network:
    def times(name: str, place: int) -> np.ndarray:  # type: ignore[type-arg]
        spans = [getattr(move, name) for move in given_moves]
        return np.array(["NaT" if span is None else span[place] for span in spans], "datetime64[us]")

    def objects(values: list[str | None]) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([*values, None], object)[:-1]

    return from_columns(
        {"id": objects([f"n{i}" for i in range(NODES)]), "kind": objects(["Party"] * NODES)},
        {
            "link": objects([f"L{i}" for i in range(len(given_moves))]),
            "kind": objects(["SHIPPED" if move.shipped else "SUPPLIED" for move in given_moves]),
            "source": np.array([move.source for move in given_moves], np.int32),
            "target": np.array([move.target for move in given_moves], np.int32),
            "started_earliest": times("begun", 0), "started_latest": times("begun", 1),
            "ended_earliest": times("ended", 0), "ended_latest": times("ended", 1),
            "p.product": objects([move.product for move in given_moves]),
            "p.batch": objects([move.batch for move in given_moves]),
            "p.reliability": objects([move.reliability for move in given_moves]),
        },
    )  # fmt: skip


def chains(given_moves: list[Move], ends_at_start: bool) -> Iterator[list[int]]:
    """Every walk of at most MOST_HOPS links from node 0, or to it, in the order of time."""
    walks = [[i] for i, move in enumerate(given_moves) if (move.target if ends_at_start else move.source) == 0]
    while walks:
        yield from walks
        longer = []
        for walk in walks:
            for i, move in enumerate(given_moves):
                if ends_at_start and move.target == given_moves[walk[0]].source:
                    longer.append([i, *walk])
                if not ends_at_start and move.source == given_moves[walk[-1]].target:
                    longer.append([*walk, i])
        walks = [walk for walk in longer if len(walk) <= MOST_HOPS]


def one_goods(walk: list[Move]) -> bool:
    """Whether all of the chain can be the same goods: one batch, of one product."""
    batches = {(move.product, move.batch) for move in walk if move.batch}
    products = {move.product for move in walk if move.product}
    return len(batches) <= 1 and len(products) <= 1


def arrivals(walk: list[Move], lag: int, departures: Moments) -> Moments:
    """When the last of the chain can arrive, of those first departures."""
    there: Moments = departures
    for i, move in enumerate(walk):
        leaves = {d for d in move.departs if any(0 <= d - a <= (lag if i else 0) for a in there)}
        there = frozenset(leaves if move.at_once else {a for a in move.arrives if any(a >= d for d in leaves)})
    return there


def expected(given_moves: list[Move], lag: int, back: bool) -> dict[int, tuple[int, int, int]]:
    """Fewest hops, earliest and latest moment at each node."""
    found: dict[int, tuple[int, int, int]] = {}
    for places in chains(given_moves, back):
        walk = [given_moves[i] for i in places]
        if not one_goods(walk):
            continue
        moments = {d for d in walk[0].departs if arrivals(walk, lag, frozenset([d]))}
        if not moments:
            continue
        node, at = (walk[0].source, moments) if back else (
            walk[-1].target, set(arrivals(walk, lag, frozenset(walk[0].departs)))
        )  # fmt: skip
        hops, low, high = found.get(node, (99, 99, -99))
        found[node] = min(hops, len(walk)), min(low, *at), max(high, *at)
    found.pop(0, None)
    return found


@settings(max_examples=1500, deadline=None)
@given(moves(), st.one_of(st.none(), st.integers(0, 4)), st.booleans())
def test_what_is_reached_when_and_in_how_many_hops(given_moves: list[Move], lag: int | None, back: bool) -> None:
    request = Request(back=back, since=0, until=LAST, hops=MOST_HOPS, max_lag=FAR if lag is None else lag)
    found = Tracer(network_of(given_moves), 0, ("goods",), request).trace()
    times = (-found.latest, -found.earliest) if back else (found.earliest, found.latest)
    rows = zip(found.node.tolist(), found.first.tolist(), times[0].tolist(), times[1].tolist(), strict=True)
    assert {node: tuple(rest) for node, *rest in rows} == expected(given_moves, LAST + 1 if lag is None else lag, back)


@settings(max_examples=400, deadline=None)
@given(moves(), st.one_of(st.none(), st.integers(0, 4)))
def test_the_score_is_that_of_the_best_chain(given_moves: list[Move], lag: int | None) -> None:
    request = Request(since=0, until=LAST, hops=MOST_HOPS, max_lag=FAR if lag is None else lag)
    tracer = Tracer(network_of(given_moves), 0, ("goods",), request)
    best: dict[int, float] = {}
    for places in chains(given_moves, ends_at_start=False):
        walk = [given_moves[i] for i in places]
        if one_goods(walk) and arrivals(walk, LAST + 1 if lag is None else lag, frozenset(walk[0].departs)):
            node = walk[-1].target
            best[node] = max(best.get(node, 0.0), score(walk))
    best.pop(0, None)
    found = tracer.best(tracer.trace(), tracer.trace().node.tolist())
    assert {node: round(chain.score, 6) for node, chain in found.items()} == {
        node: round(value, 6) for node, value in best.items()
    }


def score(walk: list[Move]) -> float:
    """The weakest step: its grade, times how it is tied to what came before."""
    steps, batch, product = [], None, None
    for i, move in enumerate(walk):
        firm = 1.0
        if i:
            firm = 1.0 if batch and move.batch else 0.7 if product and move.product else 0.5
        steps.append({None: 0.5, "A": 1.0, "C": 0.6, "E": 0.2}[move.reliability] * firm)
        batch, product = batch or move.batch, product or move.product
    return min(steps)
