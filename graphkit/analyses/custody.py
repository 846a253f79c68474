"""Who is in custody, and so takes no part in what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import ACTOR

if TYPE_CHECKING:
    from graphkit.analyses.meant import Meant
    from graphkit.store.base import Store

_HELD = ("arrested", "detained", "charged")
_KINDS = ("Person", ACTOR.name)  # cases have a status too


def in_custody(whom: Meant, store: Store) -> NDArray[np.bool_]:
    """Which persons are, with all entries that mean them, shape (entities,): of whom some row says arrested, detained
    or charged, and none otherwise.
    """
    network = whom.network
    columns = store.property_columns(["status"])
    held, free = np.zeros(len(network), bool), np.zeros(len(network), bool)
    for node, value in zip(columns["node"], columns["value"], strict=True):
        position = network.position(node)
        if position >= 0 and network.kind_of(position) in _KINDS:
            (held if value in _HELD else free)[position] = True
    return whom.with_entries(held) & ~whom.with_entries(free)
