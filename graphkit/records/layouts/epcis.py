"""GS1 EPCIS 2.0 in JSON: documents, query results, lists of events and single events.

Goods (items, batches, products) are tied to the events that name them and to where these left them. What goes from a
source to a destination is supplied, what is aggregated is contained, what is transformed becomes what comes out. An
event that is declared wrong stays as an event, with what corrects it, but moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphkit.model.language import say
from graphkit.records.layouts.collected import Collected
from graphkit.records.layouts.epcis_assertions import Intake
from graphkit.records.layouts.epcis_events import Event, bodies, once, read_events
from graphkit.records.layouts.epcis_identity import identify
from graphkit.records.layouts.epcis_spans import link_holdings, link_movements
from graphkit.records.layouts.epcis_transformations import MOST_PAIRS
from graphkit.records.layouts.json_text import check, read_json, text_of
from graphkit.records.layouts.result import LayoutResult, Refusal, Stager
from graphkit.records.reading.safety import unreadable

ABOUT = """\
Events in JSON or JSON-LD: documents, query results, lists, single events. A row is an event's ordinal; elements of
master data are counted behind the events. Times are told in China's civil time; the text stays as written.

- An Event keeps every field. A GTIN with a serial number is an Item (`item:GTIN|SERIAL`), with a lot a Batch
  (`batch:GTIN|LOT`), alone a Product (`product:GTIN`), written as URN or as Digital Link; whatever else has an
  identifier keeps that as its id. OBSERVED_IN ties each thing to each event that names it, OBSERVED_AT to the business
  location (else the read point).
- An event with a source and a destination is SUPPLIED, one link for each item or line: from owner to owner, else from
  possessor to possessor, else from place to place. It departs when shipped and arrives when received. Events of one
  movement are one link: for an item those that share their business transactions, for a quantity those on one despatch
  advice (`desadv`). Without these each event is a movement of its own.
- Aggregations are CONTAINED_IN, associations ASSOCIATED_WITH, transaction events IN_TRANSACTION: from the event that
  adds to the one that removes.
- Transformations are Transformation with INPUT_OF and OUTPUT_AS, which carry the quantities, and TRANSFORMED_INTO for
  each pair, up to 10,000 pairs. Events that share a transformationID are one.
- An eventID that is a hash of what the event says (`ni:///sha-256;…`), or none at all, does not tell an event from the
  same one in another spelling of its identifiers: such events transform and move things once.
- An event with an errorDeclaration, and the one of the same file that has its id or its content, moves nothing: both
  stay as events with `declared_wrong`, tied to what corrects them by CORRECTED_BY. What another file tells
  of an event that is declared wrong stays in the store, but answers leave it out and name it.
- Of a name that an event says twice the last counts; the first is kept under `NAME (said before)`."""

_MARK = re.compile(
    rb'"(?:type|isA|@type)"\s*:\s*"(?:epcis:)?(?:EPCIS(?:Query)?Document'
    rb'|(?:Object|Aggregation|Transaction|Transformation|Association)Event)"'
)
_VOCABULARY = {"Location": "Place", "SourceDest": "Party", "EPCClass": "Product", "Instance": "Item"}
_SENDING = ("sender", "receiver", "instanceIdentifier")


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is JSON that says it is an EPCIS document or event."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return text[:1] in (b"{", b"[") and b'"$schema"' not in text[:4096] and bool(_MARK.search(text))


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add everything that a document's events assert to the stager."""
    document = read_json(path, path.name)
    found = bodies(document, path.name)
    if not any(document is one for one in (found, *found[:1])):
        check(document, path.name, without=found)
    events, issues = read_events(found, path.name)
    collected = Collected(stager)
    intake = Intake(collected, issues)
    for event in events:
        intake.take(event)
    link_holdings(intake.holdings, collected)
    link_movements(intake.movements, collected)
    intake.transformations.finish()
    master = _master_data(document, path.name)
    for row, (kind, element) in enumerate(master, len(found) + 1):
        check(element, path.name, row)
        _state_master(collected, kind, element, row, issues)
    collected.flush()
    rows = len(found) + len(master)
    refused = len({issue.row for issue in issues if issue.refuses == "row"})
    notes = tuple(_notes(document, events, intake))
    return LayoutResult(tuple(sorted(collected.kinds)), rows, rows - refused, issues, notes)


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """The events of these ordinals, and behind them the elements of master data: each field as it was written."""
    document = read_json(content, name)
    records = [*bodies(document, name), *(element for _, element in _master_data(document, name))]
    shown = {row: once(records[row - 1]) for row in rows if 0 < row <= len(records)}
    for row, record in shown.items():
        check(record, name, row)
    return {
        row: {key: text_of(value) for key, value in record.items()}
        if isinstance(record, dict)
        else {"event": text_of(record)}
        for row, record in shown.items()
    }


def _master_data(document: Any, name: str) -> list[tuple[str, Any]]:
    """The vocabulary elements of the document's header, each with its kind."""
    header = document.get("epcisHeader") if isinstance(document, dict) else None
    data = header.get("epcisMasterData") if isinstance(header, dict) else None
    listed = data.get("vocabularyList") if isinstance(data, dict) else None
    found: list[tuple[str, Any]] = []
    for vocabulary in listed if isinstance(listed, list) else ():
        elements = vocabulary.get("vocabularyElementList") if isinstance(vocabulary, dict) else None
        if not isinstance(elements, list):
            raise unreadable(name, "has a vocabulary without vocabularyElementList", "词汇表缺少 vocabularyElementList")
        kind = next((kind for end, kind in _VOCABULARY.items() if text_of(vocabulary.get("type")).endswith(end)), "")
        found += [(kind or "Party", element) for element in elements]
    return found


def _state_master(collected: Collected, kind: str, element: Any, row: int, issues: list[Refusal]) -> None:
    """The attributes of one place, party or product; the one that names it is its name."""
    told = element.get("attributes") if isinstance(element, dict) else None
    uri = element.get("id") if isinstance(element, dict) else None
    if not isinstance(uri, str) or not uri or not isinstance(told or [], list):
        issues.append(Refusal(row, "id", text_of(element)[:100], "wrong_type"))
        return
    thing = identify(uri, kind)
    collected.state(thing.node, thing.kind, "uri", uri, row)
    for one in told or []:
        attribute = text_of(one.get("id")) if isinstance(one, dict) else ""
        value = text_of(one.get("attribute")) if isinstance(one, dict) else ""
        if re.search(r"(?i)(?:[#:/]|^)(?:name|descriptionShort|regulatedProductName)$", attribute):
            collected.state(thing.node, thing.kind, "name", value, row)
        if attribute:
            collected.state(thing.node, thing.kind, attribute, value, row)


def _notes(document: Any, events: list[Event], intake: Intake) -> Iterator[str]:
    """What the document says of itself, and what was left unlinked."""
    head = document if isinstance(document, dict) and "epcisBody" in document else {}
    told = ", ".join(f"{name} {text_of(head[name])[:100]}" for name in _SENDING if head.get(name))
    if told:
        yield say(f"the document was sent: {told}", f"文档收发信息：{told}")
    wrong = sum(event.wrong for event in events)
    if wrong:
        yield say(
            f"events declared wrong: {wrong:,}; they stay as events, and nothing moves by them",
            f"被声明有误的事件：{wrong:,} 个；保留事件本身，但不作为流转依据",
        )
    if intake.transformations.too_wide:
        yield say(
            f"transformations of more than {MOST_PAIRS:,} pairs: {intake.transformations.too_wide:,}; "
            "what became what is told by INPUT_OF and OUTPUT_AS only",
            f"{intake.transformations.too_wide:,} 次加工的投入产出组合超过 {MOST_PAIRS:,} 对，"
            "仅以 INPUT_OF 与 OUTPUT_AS 表示",
        )
