"""What one file tells of an EPCIS event that another file declares wrong: it stays in the store, and moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.network.repeats import Key
from graphkit.records.evidence import parse

if TYPE_CHECKING:
    from graphkit.store.base import Arrays, Store

_MARK = "declared_wrong"  # on an event
OBSERVED = "OBSERVED_IN"  # from what an event names to the event
_EVENT = "event:"


def withdrawn_rows(store: Store) -> dict[str, list[str]]:
    """Each event declared wrong that another file tells of without a word, with its rows there; sorted."""
    events = sorted(set(store.property_columns((_MARK,))["node"].tolist()))
    stated: dict[str, list[tuple[str, str]]] = {event: [] for event in events}
    for one in store.statements(events):
        stated[one.node] += [(one.property, row) for row in one.evidence]
    found = {}
    for event, told in stated.items():
        declared = {parse(row).file for property, row in told if property == _MARK}
        if rows := sorted({row for _, row in told if parse(row).file not in declared}):
            found[event] = rows
    return found


def without_withdrawn(store: Store, nodes: Arrays, links: Arrays) -> Arrays:
    """These links' columns without those that only such rows tell of; what ties an event to what it names stays."""
    events = withdrawn_rows(store)
    rows = {row for told in events.values() for row in told}
    if not rows:
        return links
    around = {end for link in store.links_of(sorted(events)) for end in (link.source, link.target)}
    told = dict[Key, set[str]]()
    for link in store.links_of(sorted(end for end in around if not end.startswith(_EVENT))):
        if not (link.source.startswith(_EVENT) or link.target.startswith(_EVENT)):
            told.setdefault((link.link, link.source, link.target), set()).update(link.evidence)
    wrong = {key for key, evidence in told.items() if evidence <= rows}
    ids = np.asarray(nodes["id"], object)
    keys = zip(links["link"].tolist(), ids[links["source"]].tolist(), ids[links["target"]].tolist(), strict=True)
    kept = np.fromiter((key not in wrong for key in keys), bool, len(links["link"]))
    return {name: np.asarray(column)[kept] for name, column in links.items()}
