"""Who is at the other end of payments, as fans count them: cash and fees are nobody's accounts.

An end that only its row tells is told apart by whoever is named for it: three payments to one name are to one.
"""

from __future__ import annotations

import numpy as np

from graphkit.network.network import Network
from graphkit.network.payments import purse_of
from graphkit.network.unnamed_ends import is_unnamed
from graphkit.tracing.patterns.transfers import Transfers, Whole

_MARK = len("account:") + 12  # where an id that is a row's has its "#"


def with_known_ends(network: Network, transfers: Transfers, inward: bool) -> tuple[Transfers, Whole, int]:
    """The transfers whose other end is somebody's; for each purse who it counts as; how many payments were left out.

    `inward`: the other end is who paid. Who counts are numbers from 0, -1 for nobody.
    """
    purses = transfers.purses
    party = purses // (len(network.links.currencies) + 1)
    for place in np.flatnonzero(_unnamed(network, party)).tolist():
        party[place] = _holder(network, purse_of(network, int(purses[place]))[0])
    other = transfers.tail if inward else transfers.head
    kept = np.flatnonzero(party[other] >= 0)
    left = len(transfers.once(np.flatnonzero(party[other] < 0)))
    known, code = np.unique(party, return_inverse=True)
    nobody = int(len(known) > 0 and known[0] < 0)
    return (transfers if not left else transfers.take(kept)), code.astype(np.int64) - nobody, left


def _unnamed(network: Network, accounts: Whole) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of these accounts only a row tells."""
    ids, begin = network.ids, network.ids.offsets[accounts]
    marked = ids.offsets[accounts + 1] - begin > _MARK + 1
    marked[marked] = ids.blob[begin[marked] + _MARK] == ord("#")
    marked[marked] = [is_unnamed(one) for one in ids.take(accounts[marked])]
    return marked


def _holder(network: Network, account: int) -> int:
    """The first of those who hold this account, -1 where nobody is named."""
    holders, links = network.into.of_node(account)
    held = holders[network.links.kind[links] == network.links.kind_code("HOLDS")]
    return int(held.min()) if len(held) else -1
