"""Who else goes by the name of somebody, one of them known by name only: a trace does not follow them, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from graphkit.model.language import say
from graphkit.model.nodes import PARTY, PARTY_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.network.network import Network

_GOODS = ("SUPPLIED", "SHIPPED", "SEIZED_FROM", "SAMPLED_FROM", "COUNTED_AT")
_LOOKED_AT = 20  # of so many names, the nearest to where the trace begins
_NAMED = 5


def namesakes_note(network: Network, followed: NDArray[np.integer], shown: Iterable[int]) -> Iterator[str]:
    """Parties with goods that nothing but their name shows to be one of those shown, where either of the two is known
    by name only. Those among `followed` are followed anyway.
    """
    names: dict[str, bool] = {}  # and whether who is shown has nothing but this name
    for node in shown:
        if network.kind_of(node) in PARTY_KINDS:
            only = network.kind_of(node) == PARTY.name
            names[network.names[node]] = names.get(network.names[node], False) or only
    told = []
    for name, only in list(names.items())[:_LOOKED_AT]:
        others = network.names.equal_to(name) if name not in ("", "?") else np.empty(0, np.int64)
        kinds = PARTY_KINDS if only else (PARTY.name,)
        codes = [network.kinds.index(kind) for kind in kinds if kind in network.kinds]
        others = others[np.isin(network.kind[others], codes)]
        others = others[~np.isin(others, followed)]
        others = others[_with_goods(network, others)]
        if len(others):
            listed = ", ".join(network.ids.take(others[:_NAMED]))
            told.append(f"{name}: {listed}" + (f" … (+{len(others) - _NAMED})" if len(others) > _NAMED else ""))
    if told:
        named = "; ".join(told[:_NAMED]) + (f" … (+{len(told) - _NAMED})" if len(told) > _NAMED else "")
        yield say(
            f"Of the same name, but not followed, as no row shows them to be the same; a trace from them goes on: "
            f"{named}.",
            f"仅同名而无记录表明为同一主体，未继续追踪，可从其另行追踪：{named}。",
        )


def _with_goods(network: Network, nodes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of these any row says to have had goods."""
    origin, _, link = network.both.expand(nodes)
    codes = [network.links.kind_code(kind) for kind in _GOODS]
    mask: NDArray[np.bool_] = np.isin(np.arange(len(nodes)), origin[np.isin(network.links.kind[link], codes)])
    return mask
