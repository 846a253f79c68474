"""Building the network from a store's columns, whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import REGION
from graphkit.network.adjacency import Adjacency
from graphkit.network.alike import others_number
from graphkit.network.batches import join_batches
from graphkit.network.counterparts import counted_once
from graphkit.network.goods import LINK_PROPERTIES, coded, goods_columns
from graphkit.network.labels import FAMILY, GIVEN, LABELS, label_rank, region_name, with_family
from graphkit.network.network import EVER, NEVER, Codes, Links, Network, Times
from graphkit.network.repeats import Key, Repeats
from graphkit.network.texts import Texts
from graphkit.network.ties import tie_columns, tie_properties
from graphkit.network.timetable import Timetable
from graphkit.network.withdrawn import OBSERVED, without_withdrawn
from graphkit.store.base import Arrays, Store


def from_store(store: Store, revision: str = "") -> Network:
    """The network of a store's published content, in memory."""
    kinds = store.link_kinds()
    nodes, links, properties = store.everything((*LINK_PROPERTIES, *tie_properties(kinds)), LABELS)
    if OBSERVED in kinds:
        links = without_withdrawn(store, nodes, links)
    links, stands = counted_once(store, nodes, links, properties)
    return from_columns(nodes, links, properties, revision, stands)


def from_columns(
    nodes: Arrays,
    links: Arrays,
    properties: Arrays | None = None,
    revision: str = "",
    stands: Mapping[Key, Sequence[Key]] = MappingProxyType({}),
) -> Network:
    """The network of these columns, as `Store.node_columns`, `link_columns` and `property_columns` give them.

    Columns of links other than `link`, `kind`, `source` and `target` may be missing. Order does not matter.
    `stands`: for links that stand for others the keys of these, each a link's id, source and target.
    """
    nodes, links = join_batches(nodes, links)
    ids, kind, place = _sorted_nodes(nodes)
    codes, kinds = factorise(kind)
    columns = _sorted_links(links, place)
    source, target = columns["source"], columns["target"]
    count, every = len(ids), np.arange(len(source), dtype=np.int32)
    both = Adjacency.both_ways(count, source, target)
    names = Texts.of(_names(ids, codes, kinds, properties))
    out, into = Adjacency.of(count, source, target, every), Adjacency.of(count, target, source, every)
    carried, goods = goods_columns(columns, ids)
    made = _links(columns, carried, ids)
    ahead, behind = Timetable.both(count, made)
    named = Texts.of(list(ids))
    return Network(
        revision,
        kinds,
        named,
        names,
        codes,
        made,
        out,
        into,
        both,
        both.distinct_neighbours(),
        goods,
        ahead,
        behind,
        Repeats.of(stands, lambda key: _position(made, named, key)),
    )


def _position(links: Links, nodes: Texts, key: Key) -> int:
    """Where the link of this id, source and target is."""
    at, ends = links.ids.find(key[0]), (nodes.find(key[1]), nodes.find(key[2]))
    while (links.source[at], links.target[at]) != ends:
        at += 1
    return at


def factorise(values: Sequence[str | None] | NDArray[Any]) -> tuple[Codes, tuple[str, ...]]:
    """Codes of the values, and the distinct values in order; None has the code -1."""
    codes, names = coded(values.tolist() if isinstance(values, np.ndarray) else list(values))
    return codes.astype(np.int16), tuple(names)


def _sorted_nodes(nodes: Arrays) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.int32] | None]:
    """Ids and kinds by id, and where each node went; None where they were in order."""
    ids, kind = np.asarray(nodes["id"], object), np.asarray(nodes["kind"], object)
    if bool(np.all(ids[1:] > ids[:-1])):
        return ids, kind, None
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(ids), np.int32)
    place[order] = np.arange(len(ids))
    return ids[order], kind[order], place


def _sorted_links(links: Arrays, place: NDArray[np.int32] | None) -> Arrays:
    """The links' columns by id, source and target, with the ends moved to where the nodes went."""
    ends = {name: np.asarray(links[name], np.int32) for name in ("source", "target")}
    moved = {name: end if place is None else place[end] for name, end in ends.items()}
    columns = {**links, **moved}
    ids = np.asarray(links["link"], object)
    if _in_order(ids, moved["source"], moved["target"]):
        return columns
    _, rank = np.unique(ids, return_inverse=True)
    order = np.lexsort((moved["target"], moved["source"], rank))
    return {name: np.asarray(column)[order] for name, column in columns.items()}


def _in_order(ids: NDArray[np.object_], source: NDArray[np.int32], target: NDArray[np.int32]) -> bool:
    same = np.asarray(ids[1:] == ids[:-1], bool)
    ends = source.astype(np.int64) * (2**31) + target
    return bool(np.all((ids[1:] > ids[:-1]) | (same & (ends[1:] > ends[:-1]))))


def _links(columns: Arrays, carried: dict[str, NDArray[Any]], nodes: NDArray[np.object_]) -> Links:
    count = len(columns["source"])
    nothing = np.full(count, None)
    kind, kinds = factorise(columns["kind"])
    unit, units = factorise(columns.get("unit", nothing))
    currency, currencies = factorise(columns.get("currency", nothing))
    unknown = np.full(count, np.nan)
    numbers = {name: np.asarray(columns.get(name, unknown), np.float64) for name in _NUMBERS}
    times = {name: _times(columns.get(name), count, bound) for name, bound in _TIMES.items()}
    first = np.ones(count, bool)
    first[1:] = (columns["link"][1:] != columns["link"][:-1]) | others_number(nodes, columns)[1:]
    measured: dict[str, Any] = {**numbers, **times, "unit": unit, "currency": currency, "first": first}
    measured |= carried | tie_columns(columns, kind, kinds)
    ids = Texts.of(columns["link"].tolist())
    return Links(ids, kinds, units, currencies, kind, columns["source"], columns["target"], **measured)


_NUMBERS = ("quantity_min", "quantity_max", "amount_min", "amount_max")
_TIMES = {"started_earliest": NEVER, "started_latest": EVER, "ended_earliest": NEVER, "ended_latest": EVER}


def _times(column: NDArray[Any] | None, count: int, unknown: int) -> Times:
    if column is None:
        return np.full(count, unknown, np.int64)
    moments = np.asarray(column).astype("datetime64[us]")
    return np.where(np.isnat(moments), unknown, moments.astype(np.int64))


def _names(ids: NDArray[np.object_], codes: Codes, kinds: tuple[str, ...], properties: Arrays | None) -> list[str]:
    """What each node is called: the label of its kind, else the first of LABELS; of several the one of most rows."""
    names = np.full(len(ids), "", object)
    if properties is not None and len(properties["node"]):
        position = dict(zip(ids.tolist(), range(len(ids)), strict=True))
        node = np.fromiter(
            map(position.get, properties["node"].tolist(), repeat(-1)), np.int64, len(properties["node"])
        )
        properties = {name: np.asarray(column)[node >= 0] for name, column in properties.items()}
        node = node[node >= 0]  # a batch that is another one has its name
        value = np.asarray(properties["value"], object)
        best = _best(node, _label_ranks(codes[node], kinds, properties["property"]), np.asarray(properties["rows"]))
        names[node[best]] = value[best]
        _add_families(names, node, np.asarray(properties["property"], object), value, best)
    return _with_regions(names, ids, codes, kinds)


def _add_families(
    names: NDArray[np.object_], node: NDArray[np.int64], told: NDArray[np.object_], value: NDArray[np.object_],
    best: NDArray[np.int64],
) -> None:  # fmt: skip
    """Surnames that stand in a property of their own, behind the names of those who are called by their given ones."""
    family = np.flatnonzero(np.isin(told, FAMILY))
    if not len(family):
        return
    given = set(node[best[np.isin(told[best], ("name", *GIVEN))]].tolist())
    first = dict(zip(node[family[::-1]].tolist(), value[family[::-1]].tolist(), strict=True))
    for one, surname in first.items():
        if one in given:
            names[one] = with_family(str(names[one]), str(surname))


def _label_ranks(kind: Codes, kinds: tuple[str, ...], properties: NDArray[Any]) -> NDArray[np.int64]:
    column = {name: i for i, name in enumerate(LABELS)}
    ranks = np.array([[label_rank(each, name) for name in LABELS] for each in kinds], np.int64)
    found: NDArray[np.int64] = ranks[kind, np.fromiter(map(column.__getitem__, properties.tolist()), np.int64)]
    return found


def _best(node: NDArray[np.int64], rank: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entry of each node of least rank, most rows, least value. Values come sorted within node and property."""
    order = np.lexsort((-rows, rank, node))
    first = np.ones(len(order), bool)
    first[1:] = node[order][1:] != node[order][:-1]
    return order[first]


def _with_regions(
    names: NDArray[np.object_], ids: NDArray[np.object_], codes: Codes, kinds: tuple[str, ...]
) -> list[str]:
    if REGION.name in kinds:
        for i in np.flatnonzero(codes == kinds.index(REGION.name)):
            names[i] = region_name(ids[i], names[i])
    return list(names)
