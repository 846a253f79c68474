"""What one EPCIS event asserts: its own node with every field, the things it names, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphkit.model.units import LARGEST, unit_code
from graphkit.records.layouts.collected import UNKNOWN, Collected, Span
from graphkit.records.layouts.epcis_events import Event, bare
from graphkit.records.layouts.epcis_identity import BATCH, ITEM, PARTY, PLACE, PRODUCT, Thing, identify, node_id
from graphkit.records.layouts.epcis_spans import DELETE, Holding, Line, Movement, distinct
from graphkit.records.layouts.epcis_transformations import Transformations
from graphkit.records.layouts.json_text import text_of
from graphkit.records.layouts.result import Refusal

TRANSACTION = "BusinessTransaction"
# Codes of UN/ECE recommendation 20 and 21 for the units that the model has; any other stays as it was written.
_UNITS = {
    "KGM": "kg", "GRM": "g", "MGM": "mg", "TNE": "t", "C62": "piece", "EA": "piece", "H87": "piece", "NMP": "box",
    "XBX": "box", "BX": "box", "XCT": "carton", "CT": "carton", "XBG": "bag", "BG": "bag", "XBO": "bottle",
    "BO": "bottle", "XVI": "vial", "VI": "vial", "U2": "tablet", "AV": "capsule",
}  # fmt: skip
_EPC_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITY_LISTS = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_MADE = frozenset({"epcList", "quantityList", "outputEPCList", "outputQuantityList"})  # what ilmd is about
_NESTED = ("ilmd", "errorDeclaration", "persistentDisposition")
_NOT_STATED = frozenset({*_EPC_LISTS, "type", "isA", "@type"})  # stand as links, and under another name
_PLACES = ("bizLocation", "readPoint")
_HOLDS = {"AggregationEvent": "CONTAINED_IN", "AssociationEvent": "ASSOCIATED_WITH"}
_OWNERSHIP = ("owning_party", "possessing_party", "location")


class Intake:
    """Takes events one by one; holdings, movements and transformations are linked when all are known."""

    def __init__(self, collected: Collected, issues: list[Refusal]) -> None:
        self.collected, self.issues = collected, issues
        self.holdings: list[Holding] = []
        self.movements: list[Movement] = []
        self.transformations = Transformations(collected)

    def take(self, event: Event) -> None:
        """Add what an event asserts; of one that is declared wrong only itself, and no movement."""
        self._state_event(event)
        lines = list(self._lines(event))
        self._observe(event, lines)
        self._places(event)
        self._ends(event)
        self._transactions(event)
        if not event.wrong:
            self._assert(event, lines)

    def _assert(self, event: Event, lines: list[Line]) -> None:
        self._observe_at(event, lines)
        if event.type == "TransformationEvent":
            self.transformations.take(event, lines, self._where(event))
            return
        self._hold(event, lines)
        self._move(event, lines)

    def _state_event(self, event: Event) -> None:
        """Every field of the event on its own node."""
        at = event.at.isoformat(timespec="seconds") if event.at else ""
        told = [("number", event.text("eventID") or event.node.partition(":")[2]), ("type", event.type)]
        told += [("happened_at", at), *_fields(event)]
        for name, value in told:
            self.collected.state(event.node, "Event", name, value, event.row)
        for row in event.declared_in:
            self.collected.state(event.node, "Event", "declared_wrong", "true", row)
        for corrective in event.correctives:
            other = f"event:{corrective}"
            self.collected.state(other, "Event", "number", corrective, event.row)
            self.collected.link("CORRECTED_BY", event.node, other, event.row)

    def _thing(self, uri: str, row: int, otherwise: str = ITEM, lot: str = "") -> Thing:
        """The entity that an identifier names, stated with what the identifier tells."""
        thing = identify(uri, otherwise).of_lot(lot)
        number = thing.lot if thing.kind == BATCH else "" if thing.kind == PRODUCT else thing.serial or uri
        named = ("name", thing.gtin or uri) if thing.kind == PRODUCT else ("number", number)
        if thing.kind in (PARTY, PLACE):
            named = ("gln", thing.gln)
        product = thing.gtin if thing.kind == BATCH else ""
        told = (named, ("gtin", thing.gtin), ("serial", thing.serial), ("product", product), ("uri", uri))
        for name, value in told:
            self.collected.state(thing.node, thing.kind, name, value, row)
        self._belongs(thing, row)
        return thing

    def _belongs(self, thing: Thing, row: int) -> None:
        """An item is of its batch, an item and a batch of their product."""
        if not thing.gtin or thing.kind == PRODUCT:
            return
        product = f"product:{thing.gtin}"
        self.collected.state(product, PRODUCT, "name", thing.gtin, row)
        self.collected.link("OF_PRODUCT", thing.node, product, row)
        if thing.kind == ITEM and thing.lot:
            batch = f"batch:{thing.gtin}|{thing.lot}"
            self.collected.state(batch, BATCH, "number", thing.lot, row)
            self.collected.state(batch, BATCH, "product", thing.gtin, row)
            self.collected.link("OF_BATCH", thing.node, batch, row)

    def _lines(self, event: Event) -> Iterator[Line]:
        """Every thing that the event names, with its quantity: an item counts one."""
        lot, expires = _lot(event)
        for role in _EPC_LISTS:
            for uri in event.listed(role):
                thing = self._thing(uri, event.row, lot=lot if role in _MADE else "")
                self._expires(thing, role, expires, event.row)
                yield Line(thing.node, role, 1.0, "piece", _goods(thing))
        for role in _QUANTITY_LISTS:
            for one in event.listed(role):
                thing = self._thing(one["epcClass"], event.row, PRODUCT, lot if role in _MADE else "")
                self._expires(thing, role, expires, event.row)
                quantity, unit = self._measure(one, event.row, role)
                yield Line(thing.node, role, quantity, unit, _goods(thing))
        if event.text("parentID"):
            yield Line(self._thing(event.text("parentID"), event.row).node, "parentID", 1.0, "piece")

    def _expires(self, thing: Thing, role: str, expires: str, row: int) -> None:
        if role in _MADE and expires:
            self.collected.state(thing.node, thing.kind, "itemExpirationDate", expires, row)

    def _measure(self, one: dict[str, Any], row: int, role: str) -> tuple[float | None, str | None]:
        """A quantity and its unit; without a unit of measure it is a number of pieces."""
        quantity, uom = one.get("quantity"), text_of(one.get("uom"))
        unit = _UNITS.get(uom) or unit_code(uom) or uom or "piece"
        if quantity is None:
            return None, None
        if isinstance(quantity, bool) or not isinstance(quantity, int | float):
            self.issues.append(Refusal(row, f"{role}.quantity", text_of(quantity)[:100], "bad_number", "cell"))
            return None, None
        if not 0 <= quantity <= LARGEST:
            reason = "too_large" if quantity > 0 else "negative"
            self.issues.append(Refusal(row, f"{role}.quantity", text_of(quantity)[:100], reason, "cell"))
            return None, None
        return float(quantity), unit

    def _observe(self, event: Event, lines: list[Line]) -> None:
        """Every thing that the event names is tied to it, with the field that names it."""
        for key, line in distinct(lines):
            told = {**line.properties, "role": line.role, "declared_wrong": "true" if event.wrong else ""}
            self.collected.link(
                "OBSERVED_IN", line.thing, event.node, event.row, key=f"{event.node}|{line.role}|{key}",
                started=_span(event), quantity=line.quantity, unit=line.unit, properties=told,
            )  # fmt: skip

    def _places(self, event: Event) -> None:
        for name, kind in (("bizLocation", "DONE_AT"), ("readPoint", "READ_AT")):
            if event.place(name):
                place = self._thing(event.place(name), event.row, PLACE).node
                self.collected.link(
                    kind, event.node, place, event.row, key=f"{event.node}→{place}", started=_span(event)
                )

    def _where(self, event: Event) -> str:
        """The id of the place where the event leaves its things, else of where they were read."""
        uri = event.place("bizLocation") or event.place("readPoint")
        return identify(uri, PLACE).node if uri else ""

    def _ends(self, event: Event) -> None:
        for name, end, kind in (
            ("sourceList", "source", "HAS_SOURCE"),
            ("destinationList", "destination", "HAS_DESTINATION"),
        ):
            for one in event.listed(name):
                told = bare(text_of(one.get("type")))
                node = self._thing(one[end], event.row, PLACE if told == "location" else PARTY).node
                self.collected.link(
                    kind, event.node, node, event.row, key=f"{event.node}→{node}|{told}", properties={"type": told}
                )

    def _transactions(self, event: Event) -> None:
        for one in event.listed("bizTransactionList"):
            node, told = node_id(one["bizTransaction"], TRANSACTION), bare(text_of(one.get("type")))
            self.collected.state(node, TRANSACTION, "number", one["bizTransaction"], event.row)
            self.collected.state(node, TRANSACTION, "type", told, event.row)
            self.collected.link("IN_TRANSACTION", event.node, node, event.row)

    def _observe_at(self, event: Event, lines: list[Line]) -> None:
        place = self._where(event)
        if not place:
            return
        told = {"event": event.node, "biz_step": event.step, "disposition": bare(event.text("disposition"))}
        for key, line in distinct(line for line in lines if not line.role.startswith("input")):
            self.collected.link(
                "OBSERVED_AT", line.thing, place, event.row, key=f"{event.node}|{key}→{place}", started=_span(event),
                quantity=line.quantity, unit=line.unit, properties={**line.properties, **told},
            )  # fmt: skip

    def _hold(self, event: Event, lines: list[Line]) -> None:
        """Things in their container, or in the business transactions of a transaction event."""
        kind, action = _HOLDS.get(event.type, ""), event.text("action")
        parent = next((line.thing for line in lines if line.role == "parentID"), "")
        held = [line for line in lines if line.role != "parentID" or event.type == "TransactionEvent"]
        holders = [parent] if kind and parent else []
        if event.type == "TransactionEvent":
            kind = "IN_TRANSACTION"
            holders = [node_id(one["bizTransaction"], TRANSACTION) for one in event.listed("bizTransactionList")]
        if not held and action == DELETE:
            held = [Line("", "")]  # all that the holder has
        for holder in holders:
            self.holdings += [Holding(kind, line, holder, action, event.at, event.node, event.row) for line in held]

    def _move(self, event: Event, lines: list[Line]) -> None:
        """From source to destination: of owners, else of possessors, else of places."""
        source, target = _end(event, "sourceList", "source"), _end(event, "destinationList", "destination")
        if not source or not target or source == target:
            return
        told = {"event": event.node, "biz_step": event.step}
        for key, line in distinct(lines):
            whole = Line(line.thing, line.role, line.quantity, line.unit, {**line.properties, **told})
            self.movements.append(
                Movement(_movement_key(event, source, target, key, line), whole, source, target, event.step, event.at,
                         event.row)
            )  # fmt: skip


def _movement_key(event: Event, source: str, target: str, key: str, line: Line) -> str:
    """Events of one movement have one key: an item in one business transaction, a quantity on one despatch advice."""
    listed = event.listed("bizTransactionList")
    serialised = line.role in (*_EPC_LISTS, "parentID")
    shared = [one["bizTransaction"] for one in listed if serialised or bare(text_of(one.get("type"))) == "desadv"]
    return f"epcis:{source}→{target}|{key}|" + ("|".join(sorted(shared)) if shared else event.same)


def _end(event: Event, name: str, end: str) -> str:
    given = {bare(text_of(one.get("type"))): one[end] for one in event.listed(name)}
    told = next((kind for kind in _OWNERSHIP if kind in given), next(iter(given), ""))
    return identify(given[told], PLACE if told == "location" else PARTY).node if given else ""


def _goods(thing: Thing) -> dict[str, str]:
    """What a link of goods says of them, as the links of records do."""
    code = thing.uri if thing.kind == ITEM else ""
    return {"product": thing.gtin or ("" if thing.kind == ITEM else thing.uri), "batch": thing.lot, "trace_code": code}


def _lot(event: Event) -> tuple[str, str]:
    """The lot and the expiry date in the master data of what the event makes or first names."""
    master = event.body.get("ilmd") or {}
    named = {bare(name): text_of(value) for name, value in master.items()}
    return named.get("lotNumber", ""), named.get("itemExpirationDate", "")


def _fields(event: Event) -> Iterator[tuple[str, str]]:
    """Every field as a property: master data, declarations and dispositions field by field, the rest as it stands."""
    for name, value in event.body.items():
        if name in _NESTED and isinstance(value, dict):
            yield from ((f"{name}.{inner}", text_of(held)) for inner, held in value.items())
        elif name in _PLACES:
            yield name, event.place(name)
            more = {key: held for key, held in value.items() if key != "id"} if isinstance(value, dict) else {}
            yield from ((f"{name}.{inner}", text_of(held)) for inner, held in more.items())
        elif name not in _NOT_STATED:
            yield name, text_of(value)


def _span(event: Event) -> Span:
    return (event.at, event.at) if event.at else UNKNOWN
