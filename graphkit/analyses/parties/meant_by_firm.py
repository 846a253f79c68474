"""Whom the full name of a registered firm means: a name with a legal form is given to one firm of a region only.

Ledgers, waybills and banks write it out where they give no credit code; a shop's short name says much less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.entities import fold
from graphkit.model.nodes import COMPANY, PARTY

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Arrays

Ints = NDArray[np.int64]
_FORM = re.compile(
    r"(?:公司|\b(?:ltd|limited|llc|inc|plc|corp|corporation|gmbh|ag|kg|oy|oyj|ab|a/s|aps|bv|b\.v|nv|n\.v|sa|s\.a|spa|"
    r"s\.p\.a|srl|s\.r\.l|sarl|s\.l|kft|sp\. ?z ?o\.? ?o))\.?$"
)


def by_full_name(network: Network, names: Arrays, meant: Ints) -> Ints:
    """`meant` (entities,), with each entry known by name only standing for the only firm of that full name; `names` are
    the statements of names, as `Store.property_columns` gives them.
    """
    found = meant.copy()
    places = network.ids.find_all(names["node"].tolist())
    kinds = {kind: network.kinds.index(kind) for kind in (COMPANY.name, PARTY.name) if kind in network.kinds}
    if len(kinds) < 2:
        return found
    own = (places >= 0) & (names["property"] == "name")
    kept = np.flatnonzero(own & np.isin(network.kind[places], list(kinds.values())))
    firms, loose = defaultdict[str, set[int]](set), list[tuple[int, str]]()
    for place, value in zip(places[kept].tolist(), names["value"][kept].tolist(), strict=True):
        if not _FORM.search(name := fold(str(value))):
            continue
        if network.kind[place] == kinds[COMPANY.name]:
            firms[name].add(int(meant[place]))
        else:
            loose.append((place, name))
    for place, name in loose:
        if meant[place] == place and len(firms[name]) == 1:
            found[place] = next(iter(firms[name]))
    return np.asarray(found[found], np.int64)
