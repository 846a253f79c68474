"""Stations and deliveries as rows of FoodChain-Lab's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graphkit.exports.foodchain_columns import typed
from graphkit.records.evidence import parse
from graphkit.records.layouts.foodchain import TRACING
from graphkit.store.base import Link, Statement

_STATION = {"station_id": "ID", "name": "Name", "address": "Address", "type": "type of business"}
_DELIVERY = {"number": "ID", "product": "Name"}
_DAY = len("2022-01-24")


@dataclass(frozen=True)
class Named:
    """An entity and what is stated of it."""

    node: str
    stated: tuple[Statement, ...]

    @cached_property
    def first(self) -> dict[str, str]:
        """The properties; where several values are stated, all of them."""
        values: dict[str, list[str]] = {}
        for one in self.stated:
            values.setdefault(one.property, []).append(one.value)
        return {name: "; ".join(listed) for name, listed in values.items()}

    @property
    def kind(self) -> str:
        """The kind; empty for a supply that is no entity of its own."""
        return self.stated[0].kind if self.stated else ""

    @property
    def evidence(self) -> tuple[str, ...]:
        """The rows behind it."""
        return tuple(row for one in self.stated for row in one.evidence)


def position(evidence: Sequence[str], order: dict[str, int]) -> tuple[int, int]:
    """Where the first of these rows stands: its file's place and its number; behind all where there is none."""
    found = [(order.get(one.file, len(order)), one.row) for one in map(parse, evidence)]
    return min(found, default=(len(order), 0))


def identifiers(named: Iterable[Named], property: str) -> dict[str, str]:
    """Each entity's id in the file: its own where no other has the same, else the whole one."""
    own = {one.node: one.first.get(property, "") if one.kind in ("Station", "Delivery") else "" for one in named}
    times = Counter(own.values())
    return {node: id if id and times[id] == 1 else node for node, id in own.items()}


def station_row(station: Named, id: str) -> dict[str, str]:
    """A station's columns: those of a loaded one as they were, of any other party what is known of it."""
    row = {_STATION.get(name, name): value for name, value in station.first.items() if not name.startswith(TRACING)}
    if station.kind != "Station":
        row.setdefault("type of business", station.kind)
    return {**row, "ID": id}


def delivery_row(delivery: Named, link: Link, ends: dict[str, str]) -> dict[str, str]:
    """A delivery's columns: those of a loaded one as they were, of any other supply what its link says."""
    if delivery.kind == "Delivery":
        told = {name: value for name, value in delivery.first.items() if not name.startswith(TRACING)}
        return {**{_DELIVERY.get(name, name): value for name, value in told.items()}, **ends}
    lot = link.properties.get("batch", "")
    row = {
        "Name": link.properties.get("product", ""),
        "Lot ID": f"{link.properties.get('product', '')}|{lot}" if lot else "",
        "Lot Number": lot,
        "Date Delivery": _date(link.started_earliest, link.started_latest),
        "Date Delivery Arrival": _date(link.ended_earliest, link.ended_latest),
        "Amount": _amount(link),
    }
    own = {name: value for name, value in link.properties.items() if name not in ("product", "batch")}
    return {**own, **{name: value for name, value in row.items() if value}, **ends}


def _date(earliest: str | None, latest: str | None) -> str:
    """The day; of a span longer than a day nothing that FoodChain-Lab could say."""
    if earliest is None or latest is None or earliest[:_DAY] != latest[:_DAY]:
        month = earliest is not None and latest is not None and earliest[:7] == latest[:7]
        return earliest[:7] if earliest and month else ""
    return earliest[:_DAY]


def _amount(link: Link) -> str:
    if link.quantity is None:
        return ""
    return f"{link.quantity!r}".removesuffix(".0") + (f" {link.unit}" if link.unit else "")


def tracing_of(named: Iterable[Named], ids: dict[str, str]) -> list[dict[str, object]]:
    """What an investigator set for stations or deliveries."""
    found: list[dict[str, object]] = []
    for one in named:
        told = {name.removeprefix(TRACING): value for name, value in one.first.items() if name.startswith(TRACING)}
        if told:
            values = {k: typed(v, "boolean" if v in ("true", "false") else "double") for k, v in told.items()}
            found.append({"id": ids[one.node], **values})
    return found
