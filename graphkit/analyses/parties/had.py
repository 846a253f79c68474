"""Who had goods by rows that are no deliveries: who was found with them, who has stock of them, who works them up.

Whom a seizure or a den's record names is mostly whom a ledger, by the same name, sold to or bought from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.network.sorting import matches

if TYPE_CHECKING:
    from graphkit.network.network import Network

Ints = NDArray[np.int64]
_FINDS = ("SEIZED_FROM", "SAMPLED_FROM")


def had_otherwise(network: Network) -> tuple[Ints, Ints]:
    """Who had goods by such rows, each with a link that names the goods; two arrays of one shape."""
    links = network.links
    found, lines = links.of_kinds(*_FINDS), links.of_kinds("OF_BATCH", "OF_PRODUCT")
    find, line = matches(links.source[found], links.source[lines])
    done, used, made = links.of_kinds("DONE_AT"), links.of_kinds("INPUT_OF"), links.of_kinds("OUTPUT_AS")
    worked = np.concatenate((used, made))
    act, part = matches(links.source[done], np.concatenate((links.target[used], links.source[made])))
    stock = links.of_kinds("COUNTED_AT")
    place = np.concatenate((links.target[stock], links.target[done[act]]))
    goods = np.concatenate((stock, worked[part]))
    controls = links.of_kinds("CONTROLS")
    hand, there = matches(links.target[controls], place)
    who = np.concatenate((links.target[found[find]], links.source[controls[hand]]))
    return who.astype(np.int64), np.concatenate((lines[line], goods[there])).astype(np.int64)
