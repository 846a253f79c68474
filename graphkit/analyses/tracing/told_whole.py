"""All that was matched, may be one, or could not be counted in a trace: what its notes tell the first of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.chains import evidence_of, merged
from graphkit.quantities.deliveries import UNMARKED

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.model.answer import Row
    from graphkit.network.network import Network
    from graphkit.tracing.amounts.figures import Figures

Groups = list[tuple[int, ...]]


def told_whole(casefile: Casefile, media: Sequence[Figures]) -> dict[str, list[Row]]:
    """`counted_once`: links that tell of one movement; `may_be_one`: links that may, a single one where another party's
    name stands in its place in another row; `uncounted`: links of which no row tells an amount that counts,
    though what their weight allows may count in the most. Each with its rows.
    """
    network, told = casefile.network(), dict[str, Groups]()
    for medium in media:
        once, legs = medium.found.once, medium.found.legs
        led = legs.link[legs.mark != UNMARKED]
        repeated = np.intersect1d(network.repeats.link, legs.link)
        told.setdefault("counted_once", []).extend([*once.same, *((link,) for link in repeated.tolist())])
        pairs = [pair for pair in once.misdated if np.isin(pair, legs.link).any()]
        told.setdefault("may_be_one", []).extend([*pairs, *((x,) for x in np.intersect1d(once.doubtful, led).tolist())])
        silent = np.union1d(medium.found.aside, medium.found.weighed)
        told.setdefault("uncounted", []).extend((link,) for link in silent.tolist())
    rows = evidence_of(casefile.store, network, {x for every in told.values() for group in every for x in group})
    return {
        name: [{"links": _named(network, group), "evidence": merged(rows[link] for link in group)}
               for group in dict.fromkeys(every)]
        for name, every in told.items()
    }  # fmt: skip


def _named(network: Network, group: tuple[int, ...]) -> list[str]:
    """The links by name, with those that each stands for."""
    every = [key[0] for link in group for key in network.keys_of(link)]
    return list(dict.fromkeys(every))
