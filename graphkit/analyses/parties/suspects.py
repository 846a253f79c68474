"""Who counts as a suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.nodes import PARTY_KINDS
from graphkit.model.roles import HELD, is_bystander

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.network.network import Network
    from graphkit.store.base import Store

# A party is suspect who is named in a case, from whom goods were seized, or who controls a place of the campaign; and
# a person who is sought or held, though no row says in which case.
_BY_TARGET = ("SEIZED_FROM",)
_BATCH = 5000


def suspects(network: Network, store: Store) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Which entities count as suspects, shape (nodes,), and a note where nothing in the data says who is one.

    Actors of networks without kinds all count. Where no link says who is suspect, every party does; where there are no
    parties either, every entity.
    """
    named, party = named_suspects(network, store), _parties(network)
    if _any_named(network) or held(network, store):
        named[network.of_kinds("Actor")] = True
        return named, ()
    if party.any():
        note = say("No row says who is a suspect: every party counts.", "没有记录说明谁是嫌疑人：所有主体都算。")
        return party, () if "Actor" in network.kinds else (note,)
    note = say("There are no persons or companies here: every entity counts.", "没有人员或企业：所有对象都算。")
    return ~party, (note,)


def named_suspects(network: Network, store: Store) -> NDArray[np.bool_]:
    """The parties that some link says are suspect, shape (nodes,)."""
    import numpy as np

    links = network.links
    named = np.zeros(len(network), bool)
    named[links.source[suspected(network, store)]] = True
    named[links.source[links.of_kinds("CONTROLS")]] = True
    named[links.target[links.of_kinds(*_BY_TARGET)]] = True
    named[held(network, store)] = True
    return named & _parties(network)


def held(network: Network, store: Store) -> list[int]:
    """The persons who are sought, held or on bail, as most rows say, and whom most rows call no victim or witness."""
    told = _preferred(store)
    found = (network.position(node) for node, value in told["status"].items() if value in HELD)
    persons = set(network.of_kinds("Person").tolist())
    return [at for at in found if at in persons and not is_bystander(told["role"].get(network.ids[at], ""))]


def _preferred(store: Store) -> dict[str, dict[str, str]]:
    """Status and role of each entity that has one: of several values the one on most rows, then the least."""
    columns = store.property_columns(["role", "status"])
    best: dict[str, dict[str, tuple[int, str]]] = {"role": {}, "status": {}}
    listed = (columns[name].tolist() for name in ("node", "property", "value", "rows"))
    for node, name, value, rows in zip(*listed, strict=True):
        best[name][node] = min(best[name].get(node, (0, "")), (-rows, value))
    return {name: {node: value for node, (_, value) in values.items()} for name, values in best.items()}


def suspected(network: Network, store: Store) -> NDArray[np.int64]:
    """The links by which a case names a suspect, as positions: not those whose every row names a victim or witness."""
    import numpy as np

    links = network.links
    found = links.of_kinds("SUSPECT_IN")
    doubted = found[np.isin(links.source[found], _bystanders(network, store))]
    told = _told_roles(store, sorted({links.ids[int(link)] for link in doubted}))
    aside = [link for link in doubted.tolist() if all(map(is_bystander, told[links.ids[link]]))]
    return found[~np.isin(found, aside)]


def _bystanders(network: Network, store: Store) -> NDArray[np.int64]:
    """Whom some row calls a victim or a witness: only their links need be looked at."""
    import numpy as np

    columns = store.property_columns(["role"])
    pairs = zip(columns["node"].tolist(), columns["value"].tolist(), strict=True)
    return np.array(sorted({network.position(node) for node, role in pairs if is_bystander(role)}), np.int64)


def _told_roles(store: Store, ids: list[str]) -> dict[str, list[str]]:
    """The roles that the contents of each of these links give."""
    told: dict[str, list[str]] = {}
    for begin in range(0, len(ids), _BATCH):
        for link in store.links(ids[begin : begin + _BATCH]):
            told.setdefault(link.link, []).append(link.properties.get("role", ""))
    return told


def _any_named(network: Network) -> bool:
    """Whether the data tells of cases, seizures or places under control, so that who is not named is none."""
    import numpy as np

    links, party = network.links, _parties(network)
    sources = links.source[links.of_kinds("SUSPECT_IN", "CONTROLS")]
    targets = links.target[links.of_kinds(*_BY_TARGET)]
    return bool(party[np.concatenate((sources, targets))].any())


def _parties(network: Network) -> NDArray[np.bool_]:
    import numpy as np

    party = np.zeros(len(network), bool)
    party[network.of_kinds(*PARTY_KINDS)] = True
    return party
