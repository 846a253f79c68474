"""The compiled loop for large networks finds what the sweep in whole arrays finds."""

from __future__ import annotations

import random

import pytest

import graphkit
from graphkit.network.network import Network
from graphkit.sample import write_sample
from graphkit.tracing import sweep as sweeping
from graphkit.tracing.firmest import Tracer
from graphkit.tracing.request import DAY, Request
from graphkit.tracing.start import STARTS
from graphkit.tracing.sweep import Trace

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


def states(trace: Trace) -> list[tuple[int, int, int, int]]:
    labels = trace.labels
    return sorted(
        zip(labels.node.tolist(), labels.carried.tolist(), labels.lo.tolist(), trace.hops.tolist(), strict=True)
    )
