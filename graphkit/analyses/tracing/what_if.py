"""What if: entities and links taken out of a trace, and places where anything may have got into anything."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from graphkit.analyses.base import Parameter
from graphkit.analyses.parties.entities import position_of
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.request import Request

ALL = "all"
WITHOUT = Parameter(
    "without",
    "What if nothing passed through these entities, nor was worked up there, or passed over these links.",
    "假设：没有货物经由这些对象（也未在此加工）或这些联系。",
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

_NAMED = 10
# What an investigator may have supposed in FoodChain-Lab, and how to ask for it here.
_KILLED, _CROSSED = ("tracing.killContamination", "--without"), ("tracing.crossContamination", "--cross-contamination")


class WhatIf(TypedDict):
    """The part of a tracing request that says so; positions."""

    without: tuple[int, ...]
    closed: tuple[int, ...]
    crossed: tuple[int, ...]
    all_crossed: bool


def what_if(network: Network, store: Store, without: tuple[str, ...], crossed: tuple[str, ...]) -> WhatIf:
    """What these parameters ask for. Who is out is so under every name; what is out works nothing up either. Raises
    NotFound, RequestError.
    """
    barred, closed = list[int](), list[int]()
    for each in without:
        links = links_named(network, each)
        barred += links
        if not links:
            closed.append(position_of(network, store, each))
    if closed:
        closed = _under_every_name(network, store, closed)
        barred += _work_of(network, closed)
    mixing = tuple(sorted(position_of(network, store, each) for each in crossed if each != ALL))
    return {
        "without": tuple(sorted({*barred})), "closed": tuple(closed), "crossed": mixing,
        "all_crossed": ALL in crossed,
    }  # fmt: skip


def supposed_note(network: Network, store: Store, request: Request) -> Iterator[str]:
    """What a FoodChain-Lab file supposes and was not asked for: its own scores are with it, these are without."""
    if not len(network.of_kinds("Station")):
        return
    barred = {network.links.ids[link].removeprefix("SUPPLIED:") for link in request.without}
    asked = barred | {network.ids[node] for node in (*request.closed, *request.crossed)}
    for property, option in (_KILLED, _CROSSED):
        stated = store.property_columns((property,))
        pairs = zip(stated["node"].tolist(), stated["value"].tolist(), strict=True)
        nodes = [node for node, value in pairs if value == "true" and node not in asked]
        if nodes and not (request.all_crossed and option == _CROSSED[1]):
            more = f" (+{len(nodes) - _NAMED})" if nodes[_NAMED:] else ""
            told = f"{option}: {', '.join(nodes[:_NAMED])}{more}"
            yield say(
                f"Supposed in FoodChain-Lab's file and not here, ask for it by {told}.",
                f"FoodChain-Lab 文件中所作的假设，此处未采用；如需采用，请用 {told}。",
            )


def _under_every_name(network: Network, store: Store, closed: list[int]) -> list[int]:
    """These entities, and all that mean one of them."""
    import numpy as np

    from graphkit.analyses.parties.meant import meant

    whom = meant(store, network).of
    alike = np.flatnonzero(np.isin(whom, whom[closed]))
    return sorted({*closed, *alike.tolist()})


def _work_of(network: Network, closed: list[int]) -> list[int]:
    """The links by which goods go through what these entities work up, see `_works`."""
    found = []
    for work in _works(network, closed):
        used, made, done = (_at(network, kind, work) for kind in ("INPUT_OF", "OUTPUT_AS", "DONE_AT"))
        found += [*used, *made, *done, *_made_into(network, work, used, made)]
    return found


def _works(network: Network, closed: list[int]) -> list[int]:
    """The transformations among these entities, and what was done at these places or at those only they control."""
    out, controllers = set(closed), dict[int, set[int]]()
    for tie in network.links.of_kinds("CONTROLS").tolist():
        controllers.setdefault(int(network.links.target[tie]), set()).add(int(network.links.source[tie]))
    out |= {place for place, those in controllers.items() if those <= out}
    done = network.links.of_kinds("DONE_AT").tolist()
    works = {int(network.links.source[tie]) for tie in done if int(network.links.target[tie]) in out}
    return sorted(works | (out & set(network.of_kinds("Transformation").tolist())))


def _at(network: Network, kind: str, node: int) -> list[int]:
    """The links of this kind at an entity."""
    every = [*network.out.of_node(node)[1].tolist(), *network.into.of_node(node)[1].tolist()]
    return [link for link in every if network.links.kind[link] == network.links.kind_code(kind)]


def _made_into(network: Network, work: int, used: list[int], made: list[int]) -> list[int]:
    """The links that say which lot this transformation made into which: they end in its number, if in any."""
    links, number = network.links, network.ids[work].partition(":")[2]
    outputs = {int(links.target[link]): f"→{network.ids[int(links.target[link])]}" for link in made}
    joins = [link for each in used for link in _at(network, "TRANSFORMED_INTO", int(links.source[each]))]
    ends = {link: outputs.get(int(links.target[link])) for link in joins}
    return [link for link, end in ends.items() if end and links.ids[link].endswith((end, f"|{number}"))]


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
