"""The events of an EPCIS document: which there are, when each happened, and which are declared wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from graphkit.records.layouts.epcis_identity import PRODUCT, identify
from graphkit.records.layouts.json_text import Object, Repeated, canonical, check, text_of
from graphkit.records.layouts.result import Refusal
from graphkit.records.normalise.clock import FIRST_YEAR, LAST_YEAR
from graphkit.records.reading.safety import unreadable

TYPES = ("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent")
EARLIER = " (said before)"
_CHINA = timezone(timedelta(hours=8))
_NOT_CONTENT = frozenset({"errorDeclaration", "recordTime"})  # what an event and its error declaration differ in
_TEXTS = ("eventID", "parentID", "transformationID", "action", "bizStep", "disposition", "eventTime")
_ID_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_OBJECT_LISTS = {
    "quantityList": "epcClass",
    "childQuantityList": "epcClass",
    "inputQuantityList": "epcClass",
    "outputQuantityList": "epcClass",
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
}
_OBJECTS = ("ilmd", "errorDeclaration", "persistentDisposition")
_WORDS = ("type", "isA", "@type", "bizStep", "disposition")
_HASHED = "ni:///sha-256;"  # how GS1's vocabulary writes an event's hash as its id
_PLACES = ("readPoint", "bizLocation")


@dataclass
class Event:
    """One event: its ordinal in the document, what it says, the node it is, and whether it is declared wrong."""

    row: int
    body: Object
    type: str
    node: str
    at: datetime | None
    wrong: bool = False
    declared_in: set[int] = field(default_factory=set)  # the rows that declare it wrong

    def text(self, name: str) -> str:
        """A field as text; empty where the event lacks it."""
        return text_of(self.body.get(name))

    def listed(self, name: str) -> list[Any]:
        """A field that holds a list; empty where the event lacks it."""
        return self.body.get(name) or []

    def place(self, name: str) -> str:
        """The identifier of the place in `readPoint` or `bizLocation`."""
        held = self.body.get(name)
        return text_of(held.get("id") if isinstance(held, dict) else held)

    @property
    def step(self) -> str:
        """The business step as a bare word: receiving, shipping …"""
        return bare(self.text("bizStep"))

    @property
    def same(self) -> str:
        """What tells it apart from other events: its id, unless it has none or one that is a hash of what it says,
        which another spelling of the same changes; then what it says, however spelled.
        """
        told = self.text("eventID")
        return told if told and not told.startswith(_HASHED) else _content_hash(_without_id(self.body))

    @property
    def correctives(self) -> list[str]:
        """The ids of the events that stand in its place."""
        declared = self.body.get("errorDeclaration") or {}
        return [text_of(one) for one in declared.get("correctiveEventIDs") or []]


def bodies(document: Any, name: str) -> list[Any]:
    """The events of a document, a query's results, a list, or one event alone. Raises UnreadableFile."""
    if isinstance(document, list):
        return document
    found = document if isinstance(document, dict) else {}
    held: Any = found.get("epcisBody", found)
    for step in ("queryResults", "resultsBody"):
        held = held.get(step, held) if isinstance(held, dict) else held
    if isinstance(held, dict):
        held = held.get("eventList", held.get("event", [held] if _type(held) else None))
    if isinstance(held, dict):
        held = [held]
    if not isinstance(held, list):
        raise unreadable(name, "holds no list of EPCIS events", "其中没有 EPCIS 事件列表")
    return held


def read_events(found: Sequence[Any], name: str) -> tuple[list[Event], list[Refusal]]:
    """The events that can be read, with those that are declared wrong marked; and what was refused."""
    events: list[Event] = []
    issues: list[Refusal] = []
    for row, written in enumerate(found, 1):
        body = once(written)
        check(body, name, row)
        if isinstance(written, Repeated):
            issues += [
                Refusal(row, key, text_of(value)[:100], "repeated", "note")
                for key, value in body.items()
                if key.endswith(EARLIER)
            ]
        wrong = list(_misfits(body, row))
        issues += wrong
        if not any(issue.refuses == "row" for issue in wrong):
            events.append(_event(body, row, issues))
    _mark_wrong(events)
    return events, issues


def once(body: Any) -> Any:
    """A record that says a thing twice, as the standard's own examples do: the last word counts, the first is kept."""
    if not isinstance(body, Repeated):
        return body
    return {**body, **{name + EARLIER: value for name, value in body.earlier.items()}}


def _event(body: Object, row: int, issues: list[Refusal]) -> Event:
    at = moment(text_of(body.get("eventTime")), text_of(body.get("eventTimeZoneOffset")))
    if at is None:
        given = text_of(body.get("eventTime"))
        issues.append(Refusal(row, "eventTime", given, "bad_time" if given else "missing", "cell"))
    return Event(row, body, _type(body), f"event:{body.get('eventID') or _content_hash(body)}", at)


def _type(body: Any) -> str:
    """What kind of event it is, without a prefix; empty where it is none."""
    told = next((body[key] for key in ("type", "isA", "@type") if isinstance(body.get(key), str)), "")
    bare = told.rpartition(":")[2]
    return bare if bare in TYPES else told if told.endswith("Event") else ""


def moment(written: str, offset: str = "") -> datetime | None:
    """An instant in China's civil time; the offset is for a time that names none itself.

    >>> moment("2013-06-08T14:58:56Z"), moment("2013-06-08T14:58:56", "+02:00")
    (datetime.datetime(2013, 6, 8, 22, 58, 56), datetime.datetime(2013, 6, 8, 20, 58, 56))
    """
    try:
        at = datetime.fromisoformat(written)
        if at.tzinfo is None:
            at = datetime.fromisoformat(written + offset)
        local = at.astimezone(_CHINA) if at.tzinfo else at
    except (ValueError, OverflowError):
        return None
    return local.replace(tzinfo=None) if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _misfits(body: Any, row: int) -> Iterator[Refusal]:
    """The fields whose value is not of the type that the standard has there; such an event is refused."""
    if not isinstance(body, dict):
        yield Refusal(row, "event", text_of(body)[:100], "wrong_type")
        return
    if not _type(body):
        yield Refusal(row, "type", text_of(body.get("type"))[:100], "wrong_type" if body.get("type") else "missing")
    for name, value in body.items():
        if value is not None and not _fits(name, value):
            yield Refusal(row, name, text_of(value)[:100], "wrong_type")


def _fits(name: str, value: Any) -> bool:
    if name in _TEXTS:
        return isinstance(value, str)
    if name in _ID_LISTS:
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if name in _OBJECT_LISTS:
        return isinstance(value, list) and all(_names(one, _OBJECT_LISTS[name]) for one in value)
    if name in _PLACES:
        return isinstance(value, str) or _names(value, "id")
    if name == "errorDeclaration" and isinstance(value, dict):
        return isinstance(value.get("correctiveEventIDs") or [], list)
    return name not in _OBJECTS or isinstance(value, dict)


def _names(value: Any, key: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), str) and bool(value[key])


def _content_hash(body: Object) -> str:
    content = {name: _same(name, value) for name, value in body.items() if name not in _NOT_CONTENT}
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:32]


def _same(name: str, value: Any) -> Any:
    """A field, so that goods, instants and words of the vocabulary are equal in whatever spelling."""
    if name in _ID_LISTS:
        return sorted(identify(one).node for one in value or ())
    if _OBJECT_LISTS.get(name) == "epcClass":
        named = ({**one, "epcClass": identify(one["epcClass"], PRODUCT).node} for one in value or ())
        return sorted(named, key=canonical)
    if name == "parentID" and value:
        return identify(value).node
    if name == "eventTime":
        return str(moment(text_of(value)) or value)
    return bare(text_of(value)) if name in _WORDS else value


def bare(written: str) -> str:
    """The last word of a type, a step or a disposition, however it is prefixed.

    >>> bare("urn:epcglobal:cbv:bizstep:shipping"), bare("https://ref.gs1.org/cbv/BizStep-shipping")
    ('shipping', 'shipping')
    """
    for mark in ("BTT-", "SDT-", "Disp-", "BizStep-"):
        written = written.rpartition(mark)[2]
    return written.rpartition(":")[2].rpartition("/")[2]


def _mark_wrong(events: Sequence[Event]) -> None:
    """Mark every event that declares an error, and every other one of its id or of its content, unless it corrects."""
    declaring: dict[str, list[Event]] = {}
    for event in events:
        if event.body.get("errorDeclaration") is not None:
            for key in _identities(event):
                declaring.setdefault(key, []).append(event)
    for event in events if declaring else ():
        own = event.text("eventID")
        found = [one for key in _identities(event) for one in declaring.get(key, ())]
        event.declared_in = {one.row for one in found if one.row == event.row or own not in one.correctives}
        event.wrong = bool(event.declared_in)


def _identities(event: Event) -> tuple[str, str]:
    """What an event is known by: its id, and its content whatever its id."""
    return event.node, _content_hash(_without_id(event.body))


def _without_id(body: Object) -> Object:
    return {name: value for name, value in body.items() if name != "eventID"}
