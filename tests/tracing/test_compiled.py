"""The compiled loop for large networks finds what the sweep in whole arrays finds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.network.network import Network
from graphkit.sample import write_sample
from graphkit.tracing.request import DAY, Request
from graphkit.tracing.walk import sweep as sweeping
from graphkit.tracing.walk.firmest import Tracer
from graphkit.tracing.walk.start import STARTS
from graphkit.tracing.walk.sweep import Trace
from tests.network.made import network_of

SIZE, SEED, TRIED = 600, 3, 150


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("compiled")
    write_sample(folder, SIZE, SEED)
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "records")
    return casebook.network()


def traces(network: Network, node: int, follow: str, request: Request, patch: pytest.MonkeyPatch) -> list[Trace]:
    found = []
    for least in (10**9, 0):
        patch.setattr(sweeping, "COMPILED_FROM", least)
        found.append(Tracer(network, node, (follow,), request).trace())
    return found


def test_both_ways_to_sweep_agree(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    nodes = [node for node in range(len(network)) if network.kind_of(node) in STARTS]
    begun = int(network.links.started_earliest[network.links.of_kinds("SUPPLIED")].min())
    reached = 0
    for _ in range(TRIED):
        request = Request(
            back=rng.random() < 0.5, lots_only=rng.random() < 0.2, hops=rng.choice([2, 4, 1000]),
            since=rng.choice([Request.since, begun + 90 * DAY]), until=rng.choice([Request.until, begun + 400 * DAY]),
            least=rng.choice([0.0, 0.4]), without=tuple(rng.sample(range(len(network.links)), rng.choice([0, 40]))),
        )  # fmt: skip
        follow = rng.choice(["goods", "goods", "money", "calls"])
        arrays, compiled = traces(network, rng.choice(nodes), follow, request, monkeypatch)
        for name in ("node", "first", "earliest", "latest", "walked", "scores"):
            assert getattr(arrays, name).tolist() == getattr(compiled, name).tolist(), name
        assert arrays.stopped == compiled.stopped
        assert states(arrays) == states(compiled)
        reached += len(arrays.node)
    assert reached > 300


def test_the_best_chains_of_both_are_as_good(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    for node in network.of_kinds("Seizure")[:8].tolist():
        found = []
        for least in (10**9, 0):
            monkeypatch.setattr(sweeping, "COMPILED_FROM", least)
            tracer = Tracer(network, node, ("goods",), Request(back=True))
            whole = tracer.trace()
            best = tracer.best(whole, whole.node.tolist())
            found.append({at: (chain.score, len(chain.links), chain.nodes[-1]) for at, chain in best.items()})
        assert found[0] == found[1]
        compared += len(found[0])
    assert compared > 50


MOMENT = st.one_of(st.none(), st.integers(0, 40))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Deliveries, some of which take time, of products and batches or of none; days, hours and unknown times."""
    count = draw(st.integers(1, 25))
    pair = st.tuples(st.integers(0, 6), st.integers(0, 6))
    pairs = draw(st.lists(pair, min_size=count, max_size=count))
    times = {
        name: np.array(draw(st.lists(MOMENT, min_size=count, max_size=count)), object)
        for name in ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
    }
    odd = draw(st.sampled_from([0, 1]))  # one microsecond too many: no whole seconds
    for name, column in times.items():
        stamps = [None if each is None else each * 3600 * 10**6 + odd * (name == "ended_latest") for each in column]
        times[name] = np.array([np.datetime64("NaT") if each is None else np.datetime64(each, "us") for each in stamps])
    goods = {
        f"p.{name}": np.array(draw(st.lists(st.sampled_from(of), min_size=count, max_size=count)), object)
        for name, of in draw(st.sampled_from([(("product", "AB"), ("batch", "12")), (("product", "A"),), ()]))
    }
    for column in goods.values():
        column[draw(st.lists(st.integers(0, count - 1), max_size=3))] = None
    kinds = draw(st.lists(st.sampled_from(["SUPPLIED", "SHIPPED", "CONTROLS"]), min_size=count, max_size=count))
    return network_of(7, pairs, kinds, **times, **goods)


@settings(max_examples=150, deadline=None)
@given(networks(), st.booleans(), st.sampled_from([1, 2, 1000]), st.tuples(MOMENT, MOMENT))
def test_any_times_goods_and_bounds_agree(
    network: Network, back: bool, hops: int, period: tuple[int | None, int | None]
) -> None:
    known = [each for each in period if each is not None]
    ordered = sorted(known) if len(known) == 2 else period
    since, until = (None if each is None else each * 3600 * 10**6 for each in ordered)
    request = Request(
        back=back, hops=hops, since=Request.since if since is None else since,
        until=Request.until if until is None else until,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        arrays, compiled = traces(network, 0, "goods", request, patch)
    for name in ("node", "first", "earliest", "latest", "walked", "scores"):
        assert getattr(arrays, name).tolist() == getattr(compiled, name).tolist(), name
    assert arrays.stopped == compiled.stopped and states(arrays) == states(compiled)
    assert arrays.hops.tolist() == compiled.hops.tolist()


def states(trace: Trace) -> list[tuple[int, int, int, int]]:
    labels = trace.labels
    return sorted(
        zip(labels.node.tolist(), labels.carried.tolist(), labels.lo.tolist(), trace.hops.tolist(), strict=True)
    )
