"""Single properties of entities, as the rows state them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.analyses.chains import describe
from graphkit.analyses.parties.entities import meant, names_of, the_one
from graphkit.errors import RequestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network
    from graphkit.store.base import Statement, Store

_BATCH = 5000
_NAMED = 10


def identified(casefile: Casefile, written: str, of: str) -> str:
    """The id of the entity that is meant, where `of` is a kind one of this kind: others of its name do not count.

    Raises NotFound, RequestError.
    """
    store = casefile.store
    found = meant(store, written)
    kinds = {node: kind for node, (kind, _) in names_of(store, found).items()}
    wanted = [node for node in found if of in ("entity", kinds[node])]
    if not wanted:
        node, kind = found[0], kinds[found[0]]
        raise RequestError(f"{node} is a {kind}, not a {of}.", f"{node} 的种类是 {kind}，不是 {of}。")
    if len(wanted) == 1:
        return wanted[0]
    network = casefile.network()
    return network.ids[the_one(network, store, written, wanted)]


def preferred(store: Store, nodes: Iterable[str], name: str) -> dict[str, str]:
    """The value of this property of each node that has one: of several the one on most rows, then the least."""
    wanted = sorted(set(nodes))
    best: dict[str, tuple[int, str]] = {}
    for begin in range(0, len(wanted), _BATCH):
        for each in store.statements(wanted[begin : begin + _BATCH]):
            if each.property == name:
                best[each.node] = min(best.get(each.node, (0, "")), _rank(each))
    return {node: value for node, (_, value) in best.items()}


def named(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """What each of these nodes is called; its id where no row names it."""
    wanted = set(nodes)
    return {node: node for node in wanted} | preferred(store, wanted, "name")


def region_codes(network: Network, store: Store, nodes: Iterable[int]) -> dict[int, list[tuple[str, int | None]]]:
    """The division codes of these places or cases, each with the link that tells it; None where a property does.

    A node without any is left out.
    """
    import numpy as np

    wanted = np.array(sorted(set(nodes)), np.int64)
    found: dict[int, list[tuple[str, int | None]]] = {}
    for link in _within(network, wanted).tolist():
        region = network.ids[int(network.links.target[link])]
        code = region.replace("region:", "")
        found.setdefault(int(network.links.source[link]), []).append((code, link))
    loose = {network.ids[node]: node for node in wanted.tolist() if node not in found}
    for name, code in preferred(store, loose, "region").items():
        found[loose[name]] = [(code, None)]
    return found


def listing(network: Network, counted: list[tuple[int, int]]) -> tuple[str, str]:
    """Entities with a count of each, given as (-count, position) in order, to be named in a note in both languages."""
    named = ", ".join(f"{describe(network, node)} ({-count})" for count, node in counted[:_NAMED])
    more = len(counted) - _NAMED
    return (f"{named} and {more} more", f"{named} 等共 {len(counted)} 个") if more > 0 else (named, named)


def _within(network: Network, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    links = network.links
    within = links.of_kinds("IN_REGION")
    region = np.isin(links.target[within], network.of_kinds("Region"))
    return within[region & np.isin(links.source[within], nodes)]


def _rank(each: Statement) -> tuple[int, str]:
    return -len(each.evidence), each.value
