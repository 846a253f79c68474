"""Statements and links out: what is published, merged where files agree, in the order that every store gives."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphkit.store.base import Hit, Link, Statement
from graphkit.store.neo4j import names, values
from graphkit.store.neo4j.connection import Connection, Row, State
from graphkit.store.neo4j.facts import Fact, escape, kind_of, unpacked
from graphkit.store.ranking import best
from graphkit.store.shared import SourceRows, evidence

_PAGE = 5_000
_CONTENT = (
    "started_earliest", "started_latest", "ended_earliest", "ended_latest", "quantity", "unit", "amount", "currency",
)  # fmt: skip


def file_of(tag: str) -> str:
    """The FILE-ID of a tag: a file that replaced itself has a number behind it."""
    return tag.partition("~")[0]


def statements(connection: Connection, state: State, nodes: Sequence[str]) -> list[Statement]:
    """Everything stated of these nodes."""
    found: list[Statement] = []
    for ids in _slices(sorted(set(nodes))):
        for node, _, stated in connection.read("nodes_stated", ids=ids):
            found += _statements(node, unpacked(stated, set(state.files)))
    return sorted(found, key=lambda one: (one.node, one.property, one.value))


def _statements(node: str, facts: list[Fact]) -> Iterator[Statement]:
    kind = kind_of(facts)
    sources: defaultdict[tuple[str, str], list[SourceRows]] = defaultdict(list)
    for fact in facts:
        sources[fact.property, fact.value].append((file_of(fact.file), fact.sheet, fact.numbers()))
    for (name, value), parts in sources.items():
        yield Statement(node, kind, name, value, evidence(parts))


def links_of(connection: Connection, state: State, nodes: Sequence[str], limit: int | None) -> list[Link]:
    """The links that begin or end at these nodes."""
    ids = sorted(set(nodes))
    wanted = None if limit is None else _first(connection, state, ids, limit)
    rows: dict[tuple[str, str, str, str], Row] = {}
    for part in _slices(ids):
        for row in connection.read("links_of_nodes", published=state.files, ids=part):
            if wanted is None or (names.link_kind(row[0]), row[3]["id"]) in wanted:
                rows[_identity(row)] = row  # a link between two slices comes twice
    return merged(rows.values())[:limit]


def _first(connection: Connection, state: State, ids: list[str], limit: int) -> set[tuple[str, str]]:
    """The kinds and ids of the first links. The server does not order all text by code point, so that we do."""
    found: set[tuple[str, str]] = set()
    for part in _slices(ids):
        packed = connection.read("link_ids_of_nodes", published=state.files, ids=part)[0][0]
        found.update((names.link_kind(kind), link) for kind, link in packed)
    return set(heapq.nsmallest(limit, found))


def _identity(row: Row) -> tuple[str, str, str, str]:
    return row[0], row[1], row[2], repr(sorted(row[3].items()))


def links(connection: Connection, state: State, ids: Sequence[str]) -> list[Link]:
    """These links, by id."""
    if not ids:
        return []
    return merged(connection.read("links_by_id", published=state.files, ids=list(ids)))


def merged(rows: Iterable[Row]) -> list[Link]:
    """Links of kind, source, target and properties; those of equal content are one, standing on the rows of all."""
    parts: defaultdict[tuple[Any, ...], list[SourceRows]] = defaultdict(list)
    for type_name, source, target, stored in rows:
        kept = python_values(stored)
        content = (names.link_kind(type_name), kept["id"], source, target, *_content(kept), _properties(kept))
        parts[content] += _sources(kept["evidence"])
    return [_link(content, parts[content]) for content in sorted(parts, key=_order)]


def _order(content: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple((part is not None, part) for part in content)


def _link(content: tuple[Any, ...], parts: list[SourceRows]) -> Link:
    kind, link, source, target, *facts, properties = content
    times = [None if time is None else time.isoformat(timespec="seconds") for time in facts[:4]]
    known = dict(zip(_CONTENT, [*times, *facts[4:]], strict=True))
    return Link(link, kind, source, target, properties=dict(properties), evidence=evidence(parts), **known)


def _content(kept: dict[str, Any]) -> tuple[Any, ...]:
    measures = (kept.get(name) for name in ("quantity", "unit", "amount", "currency"))
    return (*values.ends("started", kept), *values.ends("ended", kept), *measures)


def _properties(kept: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The properties that are not ours, as canonical text, sorted by name."""
    foreign = (name for name in kept if name not in names.LINK_RESERVED)
    return tuple(sorted((names.original(name, names.LINK_RESERVED), values.canonical(kept[name])) for name in foreign))


def _sources(references: list[str]) -> list[SourceRows]:
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for reference in references:
        place, _, row = reference.rpartition(":")
        file, _, sheet = place.partition("#")
        rows[file, sheet].append(int(row))
    return [(file, sheet, numbers) for (file, sheet), numbers in rows.items()]


def python_values(properties: dict[str, Any]) -> dict[str, Any]:
    """The driver's dates and times as Python's."""
    return {key: value.to_native() if hasattr(value, "to_native") else value for key, value in properties.items()}


def search(connection: Connection, state: State, text: str, limit: int) -> list[Hit]:
    """Entities with a statement or an id that holds the text."""
    if not text:
        return []
    rows = connection.read("search", published=state.files, text=text, escaped=escape(text).lower())
    return best(text, _hits(rows, set(state.files)), limit)


def _hits(rows: list[Row], published: set[str]) -> Iterator[Hit]:
    for node, settled, stated, unsettled in rows:
        kind = kind_of(unpacked(unsettled, published)) if unsettled else settled
        yield Hit(node, kind, "id", node)
        for fact in unpacked(stated, published):
            yield Hit(node, kind, fact.property, fact.value)


def kinds(connection: Connection, state: State) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes and links there are of each kind."""
    nodes: defaultdict[str, int] = defaultdict(int)
    for kind, count in connection.read("count_node_kinds", published=state.files):
        nodes[kind] += count
    for (stated,) in connection.read("nodes_unsettled", published=state.files):
        nodes[kind_of(unpacked(stated, set(state.files)))] += 1
    counted = connection.read("count_links", published=state.files)
    return dict(sorted(nodes.items())), dict(sorted((names.link_kind(kind), count) for kind, count in counted))


def _slices(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
