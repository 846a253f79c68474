"""The doubtful links without which nothing leads there, against leaving out each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.network.network import Network
from graphkit.tracing.request import Request
from graphkit.tracing.walk import doubt
from graphkit.tracing.walk import sweep as sweeping
from graphkit.tracing.walk.doubt import cutting
from graphkit.tracing.walk.firmest import Tracer
from graphkit.tracing.walk.strength import doubtful
from tests.network.made import days, network_of


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Deliveries between few, many of them doubtful, on days or at unknown times."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=18))
    count = len(pairs)
    times = days(draw(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=count, max_size=count)))
    grades = draw(st.lists(st.sampled_from(["1", "4", "5", None]), min_size=count, max_size=count))
    kinds = draw(st.lists(st.sampled_from(["SUPPLIED", "SUPPLIED", "CONTROLS"]), min_size=count, max_size=count))
    columns = {"started_earliest": times, "started_latest": times, "p.credibility": np.array(grades, object)}
    return network_of(7, pairs, kinds, **columns)


@settings(max_examples=80, deadline=None)
@given(networks(), st.booleans(), st.sampled_from([0, 10**9]))
def test_each_link_without_which_nothing_leads_there(network: Network, back: bool, least: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "COMPILED_FROM", least)
        tracer = Tracer(network, 0, ("goods",), Request(back=back))
        whole = tracer.trace()
        best = tracer.best(whole, whole.node.tolist())
        found, checked = cutting(tracer, whole, best)
        assert checked
        for node, chain in best.items():
            weak = [link for link in chain.links if doubtful(network.links, np.array([link]))[0]]
            cut = [link for link in weak if tracer.trace(without=(link,)).place(node) < 0]
            assert found.get(node, []) == cut


def test_it_is_said_where_not_all_could_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = network_of(4, [(0, 1), (1, 2), (2, 3)], ["SUPPLIED"] * 3, **{"p.credibility": np.array(["5"] * 3, object)})
    tracer = Tracer(chain, 0, ("goods",), Request())
    whole = tracer.trace()
    best = tracer.best(whole, [1, 2, 3])
    assert cutting(tracer, whole, best) == ({1: [0], 2: [0, 1], 3: [0, 1, 2]}, True)
    monkeypatch.setattr(doubt, "_MOST_TRIED", 1)
    assert cutting(tracer, whole, best) == ({1: [0], 2: [0], 3: [0]}, False)
