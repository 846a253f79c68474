"""By what parties are told: their ids, whom they mean in every other answer, names, phones and aliases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.analyses.parties.meant import meant

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network

_BATCH = 5000
_WITH = ("SUPPLIED", "SHIPPED", "COUNTED_AT", "SEIZED_FROM", "SEIZED_AT", "SAMPLED_FROM", "CONTROLS")
_GOODS = ("Batch", "Product", "Seizure", "Sample")
ID, NAME, PHONE, ALIAS = range(4)  # the firmest first


class Labels:
    """By what each party is told; a label is how firm it is, and its text."""

    def __init__(self, casefile: Casefile, parties: Iterable[str]) -> None:
        listed = sorted(set(parties))
        self.known: dict[str, set[tuple[int, str]]] = {party: {(ID, party)} for party in listed}
        firm = {"name": NAME, "alias": ALIAS}
        for begin in range(0, len(listed), _BATCH):
            for each in casefile.store.statements(listed[begin : begin + _BATCH]):
                if each.property in firm and each.value != "?":
                    self.known[each.node].add((firm[each.property], each.value))
        network = casefile.network()
        whom, uses = meant(casefile.store, network).of, network.links.kind_code("USES")
        for party in listed:
            if (position := network.position(party)) >= 0:
                self.known[party].add((ID, network.ids[int(whom[position])]))  # a nickname's owner may be listed by it
                ends, links = network.out.of_node(position)
                phones = network.ids.take(ends[network.links.kind[links] == uses].tolist())
                self.known[party].update((PHONE, phone) for phone in phones)


def parties_with_goods(network: Network) -> set[str]:
    """Whoever any row says to have had goods, of whatever product, and the places where they were."""
    import numpy as np

    links = network.links.of_kinds(*_WITH)
    ends = np.unique(np.concatenate((network.links.source[links], network.links.target[links])))
    goods = [network.kinds.index(kind) for kind in _GOODS if kind in network.kinds]
    return set(network.ids.take(ends[~np.isin(network.kind[ends], goods)].tolist()))
