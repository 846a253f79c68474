"""What a page says of each entity and each link: properties, times, quantities, and the rows that state them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graphkit.analyses.times import moment
from graphkit.views.saying import many_valued, model_properties, property_title, said_value, unit_title
from graphkit.views.styles import LinkStyle, NodeStyle, link_styles, node_styles

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Link, Statement, Store
    from graphkit.views.selection import Selection

ROWS_SHOWN = 40  # references shown of one fact
LINKS_SHOWN = 150  # links shown between two entities
_BATCH = 2000
_CONTENT = (
    "started_earliest", "started_latest", "ended_earliest", "ended_latest", "quantity", "unit", "amount", "currency",
)  # fmt: skip

Told = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """What a page draws: entities, the links between each two of them, and how their kinds look.

    `centred` says that the page is about the first entity.
    """

    entities: list[Told]
    bundles: list[Told]
    node_kinds: dict[str, NodeStyle]
    link_kinds: dict[str, LinkStyle]
    centred: bool


def material(store: Store, network: Network, selection: Selection) -> Material:
    """What the page of this selection draws."""
    nodes = selection.nodes.tolist()
    told = entities(store, network, nodes)
    tied = bundles(store, network, nodes, selection.links.tolist())
    drawn = node_styles(each["kind"] for each in told), link_styles(kind for each in tied for kind in each["kinds"])
    return Material(told, tied, *drawn, centred=selection.centre >= 0)


def entities(store: Store, network: Network, nodes: Sequence[int]) -> list[Told]:
    """Of each entity: id, name, kind, properties with their values and rows, and whether the rows disagree."""
    ids = [network.ids[node] for node in nodes]
    stated: dict[str, list[Statement]] = {}
    for part in _batches(ids):
        for each in store.statements(part):
            stated.setdefault(each.node, []).append(each)
    return [
        _entity(network.ids[node], network.name_of(node), network.kind_of(node), stated.get(network.ids[node], []))
        for node in nodes
    ]


def _entity(node: str, name: str, kind: str, stated: Sequence[Statement]) -> Told:
    order = {each: place for place, each in enumerate(model_properties(kind))}
    grouped = {name: list(group) for name, group in groupby(stated, key=lambda each: each.property)}
    listed = sorted(grouped, key=lambda each: (order.get(each, len(order)), each))
    properties = [_property(kind, each, grouped[each]) for each in listed]
    disputed = any(each["disputed"] for each in properties)
    return {"id": node, "name": name, "kind": kind, "properties": properties, "disputed": disputed}


def _property(kind: str, name: str, stated: Sequence[Statement]) -> Told:
    values = [{"value": said_value(kind, name, each.value), **_rows(each.evidence)} for each in stated]
    disputed = len(stated) > 1 and name in model_properties(kind) and name not in many_valued()
    return {"title": property_title(kind, name), "values": values, "disputed": disputed}


def bundles(store: Store, network: Network, nodes: Sequence[int], links: Iterable[int]) -> list[Told]:
    """All links between two entities as one: its ends as places in `nodes`, its kinds with their numbers, each link."""
    place = {int(node): i for i, node in enumerate(nodes)}
    between: dict[tuple[int, int], list[int]] = {}
    for link in links:
        ends = place[int(network.links.source[link])], place[int(network.links.target[link])]
        between.setdefault((min(ends), max(ends)), []).append(int(link))
    shown = [link for each in between.values() for link in each[:LINKS_SHOWN]]
    told = _told(store, network, shown)
    return [_bundle(network, nodes, ends, between[ends], told) for ends in sorted(between)]


def _bundle(
    network: Network, nodes: Sequence[int], ends: tuple[int, int], links: Sequence[int], told: Mapping[int, list[Link]]
) -> Told:
    kinds: dict[str, int] = {}
    forward = 0
    for link in links:
        kind = network.links.kinds[int(network.links.kind[link])]
        kinds[kind] = kinds.get(kind, 0) + 1
        forward += int(network.links.source[link]) == int(nodes[ends[0]])
    begin = network.ids[int(nodes[ends[0]])]
    listed = [_link(told[link], begin) for link in links[:LINKS_SHOWN] if told.get(link)]
    listed.sort(key=lambda each: (each["kind"], each["time"] or "", each["id"]))
    return {
        "from": ends[0], "to": ends[1], "kinds": kinds, "count": len(links), "forward": forward, "links": listed,
        "disputed": any(each["disputed"] for each in listed),
    }  # fmt: skip


def _told(store: Store, network: Network, links: Sequence[int]) -> dict[int, list[Link]]:
    """What the store says of these links of the network, each with all its contents."""
    told: dict[tuple[str, str, str], list[Link]] = {}
    keys = {link: network.keys_of(link) for link in links}
    for part in _batches(sorted({key[0] for every in keys.values() for key in every})):
        for each in store.links(part):
            told.setdefault((each.link, each.source, each.target), []).append(each)
    return {link: [each for key in every for each in told.get(key, ())] for link, every in keys.items()}


def _link(contents: Sequence[Link], begin: str) -> Told:
    """One link and what its rows say of it: several contents where they disagree. `begin` is the bundle's first end."""
    first = contents[0]
    disputed = any(len({getattr(each, name) for each in contents}) > 1 for name in _CONTENT)
    versions = [_version(each) for each in contents]
    time = next((each["time"] for each in versions if each["time"]), None)
    told = {"id": first.link, "kind": first.kind, "forward": first.source == begin, "time": time}
    return {**told, "disputed": disputed, "versions": versions}


def _version(link: Link) -> Told:
    details = [
        [property_title(link.kind, name), said_value(link.kind, name, value)]
        for name, value in sorted(link.properties.items())
    ]
    return {
        "time": _read(moment(link.started_earliest, link.started_latest)),
        "until": _read(moment(link.ended_earliest, link.ended_latest)),
        "quantity": _number(link.quantity), "unit": unit_title(link.unit),
        "amount": _number(link.amount), "currency": link.currency, "details": details, **_rows(link.evidence),
    }  # fmt: skip


def _rows(evidence: Sequence[str]) -> Told:
    return {"rows": list(evidence[:ROWS_SHOWN]), "count": len(evidence)}


def _read(time: str | None) -> str | None:
    return time.replace("T", " ").replace("/", " – ") if time else None


def _number(value: float | None) -> str | None:
    """A number with its thousands apart and no zeros behind.

    >>> _number(201600.0), _number(0.25), _number(None)
    ('201,600', '0.25', None)
    """
    return None if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[begin : begin + _BATCH] for begin in range(0, len(ids), _BATCH))
