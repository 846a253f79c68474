"""Who counts as a suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.network.network import Network

# A party is suspect who is named in a case, from whom goods were seized, or who controls a place of the campaign.
_BY_SOURCE = ("SUSPECT_IN", "CONTROLS")
_BY_TARGET = ("SEIZED_FROM",)


def suspects(network: Network) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Which entities count as suspects, shape (nodes,), and a note where nothing in the data says who is one.

    Actors of networks without kinds all count. Where no link says who is suspect, every party does; where there are no
    parties either, every entity.
    """
    named, party = named_suspects(network), _parties(network)
    if named.any():
        named[network.of_kinds("Actor")] = True
        return named, ()
    if party.any():
        note = say("No row says who is a suspect: every party counts.", "没有记录说明谁是嫌疑人：所有主体都算。")
        return party, () if "Actor" in network.kinds else (note,)
    note = say("There are no persons or companies here: every entity counts.", "没有人员或企业：所有对象都算。")
    return ~party, (note,)


def named_suspects(network: Network) -> NDArray[np.bool_]:
    """The parties that some link says are suspect, shape (nodes,)."""
    import numpy as np

    links = network.links
    named = np.zeros(len(network), bool)
    named[links.source[links.of_kinds(*_BY_SOURCE)]] = True
    named[links.target[links.of_kinds(*_BY_TARGET)]] = True
    return named & _parties(network)


def _parties(network: Network) -> NDArray[np.bool_]:
    import numpy as np

    party = np.zeros(len(network), bool)
    party[network.of_kinds(*PARTY_KINDS)] = True
    return party
