"""Transformations out of EPCIS events: what went in, what came out, and which became which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from graphkit.records.layouts.collected import Collected, Span
from graphkit.records.layouts.epcis_events import Event
from graphkit.records.layouts.epcis_spans import Line, distinct

MOST_PAIRS = 10_000


@dataclass
class _Transformation:
    number: str
    inputs: list[tuple[Line, Event]] = field(default_factory=list)
    outputs: list[tuple[Line, Event]] = field(default_factory=list)


class Transformations:
    """Gathers the events of each transformation: those that share an id are one."""

    def __init__(self, collected: Collected) -> None:
        self.collected = collected
        self.too_wide = 0  # transformations of more pairs than are linked one by one
        self._found: dict[str, _Transformation] = {}

    def take(self, event: Event, lines: list[Line], place: str) -> None:
        """One event: its inputs, its outputs, and where it happened."""
        number = event.text("transformationID") or event.same
        node = f"transformation:{number}"
        found = self._found.setdefault(node, _Transformation(number))
        at, row, seen = _span(event), event.row, self.collected
        seen.state(node, "Transformation", "number", number, row)
        seen.state(node, "Transformation", "event", event.node, row)
        seen.state(node, "Transformation", "transformed_at", _text(event.at), row)
        if place:
            seen.link("DONE_AT", node, place, row, started=at)
        for key, line in distinct(lines):
            if line.role.startswith("input"):
                found.inputs.append((line, event))
                self._tie("INPUT_OF", line.thing, node, line, event, key)
            elif line.role.startswith("output"):
                found.outputs.append((line, event))
                self._tie("OUTPUT_AS", node, line.thing, line, event, key)

    def _tie(self, kind: str, source: str, target: str, line: Line, event: Event, key: str) -> None:
        self.collected.link(
            kind, source, target, event.row, key=f"{source}→{target}|{event.same}|{key}", started=_span(event),
            quantity=line.quantity, unit=line.unit, properties=line.properties,
        )  # fmt: skip

    def finish(self) -> None:
        """Link every input with every output of its transformation."""
        for one in self._found.values():
            if len(one.inputs) * len(one.outputs) > MOST_PAIRS:
                self.too_wide += 1
                continue
            for given, before in one.inputs:
                for made, after in one.outputs:
                    if given.thing != made.thing:
                        self._pair(one.number, given.thing, made.thing, before, after)

    def _pair(self, number: str, given: str, made: str, before: Event, after: Event) -> None:
        ended = (after.at, after.at) if before.row != after.row else (None, None)
        for row in sorted({before.row, after.row}):
            self.collected.link(
                "TRANSFORMED_INTO", given, made, row, key=f"{given}→{made}|{number}", started=_span(before),
                ended=ended, properties={"transformation": number},
            )  # fmt: skip


def _span(event: Event) -> Span:
    return event.at, event.at


def _text(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
