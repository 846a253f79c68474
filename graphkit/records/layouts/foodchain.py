"""FoodChain-Lab's JSON: stations, deliveries, and which delivery went into which.

A delivery is a SUPPLIED link between two stations and, since links cannot be linked, a node of its own: the link's id
is `SUPPLIED:` and the node's id, so that either leads to the other. WENT_INTO ties the deliveries themselves. Every
column is kept as it was written, on the station's or the delivery's node.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphkit.model.language import say
from graphkit.records.layouts.collected import Collected
from graphkit.records.layouts.foodchain_tables import KINDS, Record, Tables, read_tables
from graphkit.records.layouts.foodchain_values import measure, plain_dates, times
from graphkit.records.layouts.json_text import text_of
from graphkit.records.layouts.result import LayoutResult, Refusal, Stager

ABOUT = """\
FoodChain-Lab's JSON. A row is a record's ordinal: stations, then deliveries, relations, settings of the tracing,
samples. Ids count within their file.

- A station is a Station, a party; a delivery is SUPPLIED from station to station, with departure and arrival (a month
  or a year is the span that it can mean), product, lot and amount; an amount that is no single quantity is unknown.
- Links cannot be linked, so each delivery is a Delivery too: the link `SUPPLIED:delivery:FILE-ID:ID` is the entity
  `delivery:FILE-ID:ID`, which keeps every column. WENT_INTO ties deliveries where a relation says that the one went
  into the other; OF_BATCH ties them to their lot.
- `tracing.weight` and the like are what an investigator set. `export FILE --layout foodchain` writes it all back."""

STATION, DELIVERY, BATCH, PRODUCT, SAMPLE = "Station", "Delivery", "Batch", "Product", "Sample"
TRACING = "tracing."  # before what an investigator set for a station or a delivery
# What graphkit calls the columns that it understands; any other stays under its own name only.
_STATION = (("name", "Name"), ("address", "Address"), ("type", "type of business"), ("station_id", "ID"))
_DEPARTS, _ARRIVES = ("Date Delivery", "Date Delivery Departure"), ("Date Delivery Arrival",)
_AMOUNT, _UNIT = "_Lieferungen.Delivery_Amount", "_Lieferungen.Delivery_Unit"


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is JSON with FoodChain-Lab's table of stations."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    stations = re.search(rb'"stations"\s*:\s*\{', text)
    return text[:1] == b"{" and bool(stations) and bool(re.search(rb'"columnProperties"\s*:\s*\[', text))


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add the stations, the deliveries and what went into what to the stager."""
    tables = read_tables(path, path.name)
    intake = _Intake(tables, file, Collected(stager))
    taken = sum(intake.take(record) for record in tables.records)
    intake.collected.flush()
    notes = [] if not tables.settings else [
        say("how FoodChain-Lab shows the network (settings) was not loaded", "未载入 FoodChain-Lab 的显示设置")
    ]  # fmt: skip
    kinds = tuple(sorted(intake.collected.kinds))
    return LayoutResult(kinds, len(tables.records), taken, intake.issues, tuple(notes))


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """The records of these ordinals: each column as it was written."""
    found = read_tables(content, name).records
    return {row: {k: text_of(v) for k, v in found[row - 1].values.items()} for row in rows if 0 < row <= len(found)}


class _Intake:
    """Takes the records of one file, or refuses them."""

    def __init__(self, tables: Tables, file: str, collected: Collected) -> None:
        self.file, self.collected = file, collected
        self.issues: list[Refusal] = []
        self._taken: dict[str, set[str]] = {"stations": set(), "deliveries": set()}
        dated = [record for record in tables.records if record.kind == "deliveries"]
        self.departures = self._times(dated, _DEPARTS)
        self.arrivals = self._times(dated, _ARRIVES)
        self._takers: dict[str, Callable[[Record], bool]] = {
            "stations": self._station,
            "deliveries": self._delivery,
            "deliveryRelations": self._relation,
            "tracing.nodes": self._tracing,
            "tracing.deliveries": self._tracing,
            "samples": self._sample,
        }
        assert set(self._takers) == set(KINDS)

    def take(self, record: Record) -> bool:
        """Take one record; False where it was refused."""
        return self._takers[record.kind](record)

    def _times(self, records: list[Record], names: tuple[str, ...]) -> dict[int, Any]:
        given = {one.row: next((one.text(name) for name in names if one.text(name)), "") for one in records}
        read, wrong = times(plain_dates(list(given.values())))
        for (row, written), reason, refuses in zip(given.items(), *wrong, strict=True):
            if reason:
                self.issues.append(Refusal(row, names[-1], written, reason, refuses))
        return dict(zip(given, read, strict=True))

    def _refuse(self, record: Record, header: str, reason: str = "missing") -> bool:
        self.issues.append(Refusal(record.row, header, record.text(header)[:100], reason))
        return False

    def _node(self, kind: str, id: str) -> str:
        return f"{kind.lower()}:{self.file}:{id}"

    def _identified(self, record: Record) -> bool:
        """Whether the record has an id that none before it had."""
        id = record.text("ID")
        if not id:
            return self._refuse(record, "ID")
        if id in self._taken[record.kind]:
            return self._refuse(record, "ID", "repeated_id")
        self._taken[record.kind].add(id)
        return True

    def _known(self, record: Record, header: str, kind: str) -> bool:
        """Whether a record that was taken has the id in this column."""
        id = record.text(header)
        return id in self._taken[kind] or self._refuse(record, header, "unknown_id" if id else "missing")

    def _columns(self, node: str, kind: str, record: Record, own: tuple[tuple[str, str], ...]) -> None:
        told = {column for _, column in own}
        for name, column in own:
            self.collected.state(node, kind, name, text_of(record.values.get(column)), record.row)
        for column, value in record.values.items():
            if column not in told:
                self.collected.state(node, kind, column, text_of(value), record.row)

    def _station(self, record: Record) -> bool:
        if not self._identified(record):
            return False
        self._columns(self._node(STATION, record.text("ID")), STATION, record, _STATION)
        return True

    def _delivery(self, record: Record) -> bool:
        if not (self._known(record, "from", "stations") and self._known(record, "to", "stations")):
            return False
        if not self._identified(record):
            return False
        node = self._node(DELIVERY, record.text("ID"))
        product, lot = record.text("Name"), record.text("Lot Number") or record.text("Lot ID")
        self._columns(node, DELIVERY, record, (("number", "ID"), ("product", "Name")))
        self._lot(node, product, lot, record.row)
        quantity, unit, reason = measure(record.text("Amount"), record.text(_AMOUNT), record.text(_UNIT))
        if reason:
            self.issues.append(Refusal(record.row, "Amount", record.text("Amount"), reason, "note"))
        self.collected.link(
            "SUPPLIED",
            self._node(STATION, record.text("from")),
            self._node(STATION, record.text("to")),
            record.row,
            key=node,
            started=self.departures[record.row],
            ended=self.arrivals[record.row],
            quantity=quantity,
            unit=unit,
            properties={"product": product, "batch": lot, "delivery": node},
        )
        return True

    def _lot(self, node: str, product: str, lot: str, row: int) -> None:
        """The delivery's batch, told by product and number as records tell it, and the product."""
        goods = f"batch:{product}|{lot}" if lot else f"product:{product}" if product else ""
        if product:
            self.collected.state(f"product:{product}", PRODUCT, "name", product, row)
        if lot:
            self.collected.state(goods, BATCH, "number", lot, row)
            self.collected.state(goods, BATCH, "product", product, row)
        if lot and product:
            self.collected.link("OF_PRODUCT", goods, f"product:{product}", row)
        if goods:
            self.collected.link("OF_BATCH" if lot else "OF_PRODUCT", node, goods, row)

    def _relation(self, record: Record) -> bool:
        if not (self._known(record, "from", "deliveries") and self._known(record, "to", "deliveries")):
            return False
        before, after = (self._node(DELIVERY, record.text(end)) for end in ("from", "to"))
        self.collected.link("WENT_INTO", before, after, record.row)
        return True

    def _tracing(self, record: Record) -> bool:
        """What an investigator set: weight of a case, cross contamination …"""
        table, kind = ("stations", STATION) if record.kind == "tracing.nodes" else ("deliveries", DELIVERY)
        if not self._known(record, "id", table):
            return False
        for name, value in record.values.items():
            if name != "id":
                node = self._node(kind, record.text("id"))
                self.collected.state(node, kind, TRACING + name, text_of(value), record.row)
        return True

    def _sample(self, record: Record) -> bool:
        if not self._known(record, "sampleStation", "stations"):
            return False
        node = f"sample:{self.file}#{record.row}"
        self._columns(node, SAMPLE, record, ())
        self.collected.link("SAMPLED_FROM", node, self._node(STATION, record.text("sampleStation")), record.row)
        return True
