"""FoodChain-Lab's JSON: the parties that supply one another as stations, each supply as a delivery.

What came from a FoodChain-Lab file goes back as it was: ids, columns with their types, dates and amounts as written,
the order of the records. Of other records comes what FoodChain-Lab can say: who supplied whom, with what and when.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from graphkit.exports.foodchain_columns import Columns, of_files, typed
from graphkit.exports.foodchain_rows import Named, delivery_row, identifiers, position, station_row, tracing_of
from graphkit.exports.written import Written
from graphkit.model.language import say
from graphkit.store.base import Link, Statement, Store

VERSION = "1.0.0"
_AT_ONCE = 5_000


def write(store: Store, path: Path) -> Written:
    """Write every supply, its parties and what went into what. Raises RequestError where it cannot be written."""
    from graphkit.views.files import write_page

    document, notes = _document(store)
    write_page(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    data = document["data"]
    counts = {kind: len(data[kind]["data"]) for kind in ("stations", "deliveries", "deliveryRelations")}
    return Written(counts["stations"], counts["deliveries"] + counts["deliveryRelations"], notes)


def _document(store: Store) -> tuple[dict[str, Any], tuple[str, ...]]:
    order = {record.file: i for i, record in enumerate(store.files())}
    supplies, relations = _links(store, "SUPPLIED"), _links(store, "WENT_INTO")
    stations = _named(store, {end for one in supplies for end in (one.source, one.target)} | _of_kind(store, "Station"))
    deliveries = _named(store, {link.partition(":")[2] for link in {one.link for one in supplies}})
    samples = _named(store, _of_kind(store, "Sample"))
    columns = of_files(store)
    station_ids = identifiers(stations.values(), "station_id")
    delivery_ids = identifiers(deliveries.values(), "number")
    rows = {
        "stations": [station_row(one, station_ids[one.node]) for one in _ordered(stations.values(), order)],
        "deliveries": _delivery_rows(supplies, deliveries, station_ids, delivery_ids, order),
    }
    data = {kind: _table(listed, columns[kind]) for kind, listed in rows.items()}
    data["deliveryRelations"] = _table(_relation_rows(relations, delivery_ids, order), columns["deliveryRelations"])
    document: dict[str, Any] = {"version": VERSION, "data": {"version": VERSION, **data}}
    tracing = {"nodes": tracing_of(_ordered(stations.values(), order), station_ids),
               "deliveries": tracing_of(_ordered(deliveries.values(), order), delivery_ids)}  # fmt: skip
    if any(tracing.values()):
        document["tracing"] = {"version": VERSION, **tracing}
    taken = [one.first for one in _ordered(samples.values(), order) if "sampleStation" in one.first]
    if taken:
        document["samples"] = taken
    return document, _notes(supplies)


def _links(store: Store, kind: str) -> list[Link]:
    columns = store.link_columns()
    ids = sorted(set(columns["link"][columns["kind"] == kind].tolist()))
    return [link for part in _parts(ids) for link in store.links(part)]


def _of_kind(store: Store, kind: str) -> set[str]:
    columns = store.node_columns()
    return set(columns["id"][columns["kind"] == kind].tolist())


def _named(store: Store, nodes: set[str]) -> dict[str, Named]:
    """What is stated of each of these nodes; a supply without a node of its own gets an empty entry."""
    stated: dict[str, list[Statement]] = {node: [] for node in sorted(nodes)}
    for part in _parts(list(stated)):
        for one in store.statements(part):
            stated[one.node].append(one)
    return {node: Named(node, tuple(listed)) for node, listed in stated.items()}


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _ordered(named: Iterable[Named], order: dict[str, int]) -> list[Named]:
    return sorted(named, key=lambda one: (position(one.evidence, order), one.node))


def _delivery_rows(
    supplies: Sequence[Link],
    deliveries: dict[str, Named],
    station_ids: dict[str, str],
    delivery_ids: dict[str, str],
    order: dict[str, int],
) -> list[dict[str, str]]:
    """One row a supply: of several that disagree the first says what it was."""
    first: dict[str, Link] = {}
    for one in supplies:
        first.setdefault(one.link, one)
    listed = sorted(first.values(), key=lambda one: (position(one.evidence, order), one.link))
    return [
        delivery_row(
            deliveries[one.link.partition(":")[2]],
            one,
            {"ID": delivery_ids[one.link.partition(":")[2]],
             "from": station_ids[one.source], "to": station_ids[one.target]},
        )
        for one in listed
    ]  # fmt: skip


def _relation_rows(relations: Sequence[Link], ids: dict[str, str], order: dict[str, int]) -> list[dict[str, str]]:
    """One row for each time that a record says so."""
    told = [
        (position((row,), order), {"from": ids[one.source], "to": ids[one.target]})
        for one in relations
        if one.source in ids and one.target in ids
        for row in one.evidence
    ]
    return [row for _, row in sorted(told, key=lambda item: (item[0], *item[1].values()))]


def _table(rows: Sequence[dict[str, str]], known: Columns) -> dict[str, Any]:
    """A table as FoodChain-Lab has it: the known columns in their order, then the others by name."""
    others = sorted({name for row in rows for name in row} - set(known))
    columns: Columns = {**known, **dict.fromkeys(others, "string")}
    return {
        "columnProperties": [{"id": name, "type": kind} for name, kind in columns.items()],
        "data": [
            [{"id": name, "value": typed(row[name], kind)} for name, kind in columns.items() if name in row]
            for row in rows
        ],
    }


def _notes(supplies: Sequence[Link]) -> tuple[str, ...]:
    several = len(supplies) - len({one.link for one in supplies})
    if not several:
        return ()
    return (
        say(
            f"{several:,} further accounts of supplies that disagree with the first were left out",
            f"{several:,} 条与首条记载不一致的供货记录未写出",
        ),
    )
