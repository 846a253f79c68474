"""Where a trace begins: what there is at a seizure, a batch, a place, a party, an account or a phone."""

from __future__ import annotations

import numpy as np

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.sorting import distinct
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, CALLS, FAR, MONEY, TIE_OF
from graphkit.tracing.walk.ways import Ways

FINDS = ("Seizure", "Sample")
_OWN = {"Account": "money", "Phone": "calls"}
STARTS: tuple[str, ...] = (*PARTY_KINDS, "Place", "Batch", "Item", "Transformation", "Delivery", *FINDS, *_OWN)
_MARKS = {"goods": ANY, "money": MONEY, "calls": CALLS}


def follows(kind: str) -> str:
    """What a trace from an entity of this kind follows where nothing is said."""
    return _OWN.get(kind, "goods")


def start(ways: Ways, node: int, follow: tuple[str, ...]) -> Labels:
    """The first labels: the start itself, and what it stands for, one hop on."""
    kind = ways.network.kind_of(node)
    marks = [_MARKS[each] for each in follow if kind not in _OWN or each == _OWN[kind]]
    parts = [Labels.made(node, np.array(marks), -FAR, FAR, -1, -1, 1.0)] if marks else []
    others = [_MARKS[each] for each in follow if kind in _OWN and each != _OWN[kind]]
    holders = stands_for(ways, node) if others else np.empty(0, np.int64)
    parts += [Labels.made(holders, mark, -FAR, FAR, -1, -1, 1.0) for mark in others if len(holders)]
    return Labels.joined(parts)


def stands_for(ways: Ways, node: int) -> Whole:
    """Whoever has this account, or uses this phone; none for a start of another kind. In order, each once."""
    kind = ways.network.kind_of(node)
    if kind not in _OWN:
        return np.empty(0, np.int64)
    return distinct(ways.entries(ways.network.into, np.array([node]), TIE_OF[_MARKS[_OWN[kind]]])[1])
