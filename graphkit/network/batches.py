"""A batch named without its product is the one of that number, where there is just one: seen over all that is loaded.

Nothing that was asserted is rewritten: when another product's batch of that number comes in, the two part again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.model.nodes import BATCH

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Arrays, Store

_PREFIX = f"{BATCH.prefix}:"


def same_batches(ids: Iterable[str]) -> dict[str, str]:
    """For each batch known by its number alone, the one batch of that number.

    >>> same_batches(["batch:|B1", "batch:药A|B1", "batch:|B2", "batch:药A|B2", "batch:药B|B2"])
    {'batch:|B1': 'batch:药A|B1'}
    """
    named: dict[str, list[str]] = {}
    bare: list[str] = []
    for one in ids:
        if one.startswith(f"{_PREFIX}|"):
            bare.append(one)
        elif one.startswith(_PREFIX):
            named.setdefault(one.rpartition("|")[2], []).append(one)
    found = {one: named.get(one.rpartition("|")[2], []) for one in bare}
    return {one: batches[0] for one, batches in found.items() if len(batches) == 1}


def join_batches(nodes: Arrays, links: Arrays) -> tuple[Arrays, Arrays]:
    """The columns of nodes and links with such batches made one."""
    import numpy as np

    ids = nodes["id"].tolist()
    same = same_batches(one for one in ids if one.startswith(_PREFIX))
    if not same:
        return nodes, links
    place = {one: position for position, one in enumerate(ids)}
    moved = np.arange(len(ids))
    moved[[place[one] for one in same]] = [place[one] for one in same.values()]
    kept = moved == np.arange(len(ids))
    position = (np.cumsum(kept) - 1)[moved].astype(np.int32)
    ends = {end: position[np.asarray(links[end])] for end in ("source", "target")}
    return {name: np.asarray(column)[kept] for name, column in nodes.items()}, {**links, **ends}


def spellings(network: Network, store: Store, node: str) -> list[str]:
    """The ids under which an entity is stated: the one it goes by, and its number alone where a batch is meant."""
    if not node.startswith(_PREFIX):
        return [node]
    number = node.rpartition("|")[2]
    bare = f"{_PREFIX}|{number}"
    if network.position(bare) >= 0 or not store.statements([bare]):
        return [node]
    batches = (network.ids[int(position)] for position in network.of_kinds(BATCH.name))
    return [next(one for one in batches if one.rpartition("|")[2] == number), bare]
