"""What if: entities and links taken out of a trace, and places where anything may have got into anything."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypedDict

from graphkit.analyses.base import Parameter
from graphkit.analyses.parties.entities import position_of

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

ALL = "all"
WITHOUT = Parameter(
    "without",
    "What if nothing passed through these entities, or over these links.",
    "假设：没有货物经由这些对象或这些联系。",
    many=True,
    metavar="ID,…",
)
CROSS_CONTAMINATION = Parameter(
    "cross_contamination",
    "What if whatever came to these (all: to anybody) got into whatever left later, whatever the lot.",
    "假设：到达这些对象（all 为任何对象）的货物可混入其后离开的任何货物，不论批号。",
    many=True,
    metavar="ID,…",
)


class WhatIf(TypedDict):
    """The part of a tracing request that says so; positions."""

    without: tuple[int, ...]
    closed: tuple[int, ...]
    crossed: tuple[int, ...]
    all_crossed: bool


def what_if(network: Network, store: Store, without: tuple[str, ...], crossed: tuple[str, ...]) -> WhatIf:
    """What these parameters ask for. Raises NotFound, RequestError."""
    barred, closed = list[int](), list[int]()
    for each in without:
        links = links_named(network, each)
        barred += links
        if not links:
            closed.append(position_of(network, store, each))
    mixing = tuple(sorted(position_of(network, store, each) for each in crossed if each != ALL))
    return {
        "without": tuple(sorted(barred)), "closed": tuple(sorted(closed)), "crossed": mixing,
        "all_crossed": ALL in crossed,
    }  # fmt: skip


def links_named(network: Network, written: str) -> list[int]:
    """The entries of the link of this id, or of the delivery that is one; none where there is no such link.

    A document's lines are its id, then product, batch and unit: without these all its lines are meant.
    """
    ids = network.links.ids
    for text in (written, f"SUPPLIED:{written}"):
        place, found = bisect_left(ids, text), list[int]()
        while place < len(ids) and (ids[place] == text or ids[place].startswith(f"{text}|")):
            found.append(place)
            place += 1
        if found:
            return found
    return []
