"""Which entries of the records surely mean one party: those of one name that use the same phone or hold one account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY, PARTY_KINDS
from graphkit.network.connected import connected

if TYPE_CHECKING:
    from graphkit.network.network import Network

_TELLING = ("USES", "HOLDS")
Whole = NDArray[np.int64]


def one_party(network: Network) -> Whole:
    """For each entity the least position of those that mean the same party, shape (nodes,); itself where it is alone.

    Nothing is merged by this: it only says whose flows are seen together.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": ["party:1", "party:2", "phone:1"], "kind": ["Party", "Party", "Phone"]}
    >>> links = {"link": ["1", "2"], "kind": ["USES"] * 2, "source": [0, 1], "target": [2, 2]}
    >>> names = {"node": ["party:1", "party:2"], "property": ["name"] * 2, "value": ["Li Wei"] * 2, "rows": [1, 1]}
    >>> columns = [{name: np.array(values) for name, values in part.items()} for part in (nodes, links, names)]
    >>> one_party(from_columns(*columns)).tolist()
    [0, 0, 2]
    """
    thing, party = _pairs(network)
    names = {name: code for code, name in enumerate(sorted({network.names[int(one)] for one in party}))}
    name = np.fromiter((names[network.names[int(one)]] for one in party), np.int64, len(party))
    order = np.lexsort((party, name, thing))
    thing, name, party = thing[order], name[order], party[order]
    same = np.flatnonzero((thing[1:] == thing[:-1]) & (name[1:] == name[:-1]) & (name[1:] != names.get("", -1)))
    size = len(network)
    label = connected(size, party[same], party[same + 1])
    least = np.full(size, size)
    np.minimum.at(least, label, np.arange(size))
    return np.asarray(least[label], np.int64)


def stands_for(network: Network) -> Whole:
    """For each entity who stands for all entries that mean the same party, shape (nodes,): who alone is identified.

    Where several are, or none, each entry that is identified stands for itself, and the others are with the least.
    """
    least = one_party(network)
    unknown = network.kinds.index(PARTY.name) if PARTY.name in network.kinds else -1
    known = np.flatnonzero((network.kind != unknown) & np.isin(np.arange(len(network)), network.of_kinds(*PARTY_KINDS)))
    count = np.bincount(least[known], minlength=len(network))
    chosen = np.arange(len(network))
    sure = known[count[least[known]] == 1]
    chosen[least[sure]] = sure
    found = chosen[least]
    several = known[count[least[known]] > 1]
    found[several] = several
    return np.asarray(found, np.int64)


def _pairs(network: Network) -> tuple[Whole, Whole]:
    """Phones and accounts that several parties have, each with each of these parties."""
    table = network.links
    links = table.of_kinds(*_TELLING)
    party = np.isin(network.kind, [network.kinds.index(kind) for kind in PARTY_KINDS if kind in network.kinds])
    links = links[party[table.source[links]]]
    key = np.unique(table.target[links].astype(np.int64) * len(network) + table.source[links])
    thing, who = np.divmod(key, max(len(network), 1))
    several = np.bincount(thing, minlength=len(network))[thing] > 1
    return thing[several], who[several]
