"""Collects what single records assert, and hands it to the stager as a few large frames."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl

from graphkit.records.layouts.names import Names
from graphkit.records.layouts.result import SHEET, Stager

Span = tuple[datetime | None, datetime | None]  # the earliest and the latest that it can have been
UNKNOWN: Span = (None, None)

_AT_ONCE = 200_000
_STATEMENT = ("node", "kind", "property", "value", "row")
_NUMBERS = {"row": pl.Int64(), "quantity": pl.Float64()}
_TIMES = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
_LINK = ("link", "kind", "source", "target", "row", *_TIMES, "quantity", "unit")


class Collected:
    """The assertions of one file so far."""

    def __init__(self, stager: Stager) -> None:
        self.kinds: set[str] = set()
        self._stager = stager
        self._names = Names()
        self._called: dict[str, str] = {}
        self._statements: list[tuple[str, str, str, str, int]] = []
        self._links: list[dict[str, Any]] = []

    def state(self, node: str, kind: str, property: str, value: str | None, row: int) -> None:
        """One property of one node; nothing where it has no value."""
        if not value:
            return
        self.kinds.add(kind)
        self._statements.append((node, kind, property, value, row))
        if len(self._statements) > _AT_ONCE:
            self.flush()

    def link(
        self,
        kind: str,
        source: str,
        target: str,
        row: int,
        *,
        key: str = "",
        started: Span = UNKNOWN,
        ended: Span = UNKNOWN,
        quantity: float | None = None,
        unit: str | None = None,
        properties: dict[str, str] | None = None,
    ) -> None:
        """One link: an event is told by its key, a standing tie by its two ends."""
        self.kinds.add(kind)
        told = {f"p.{self._name(name)}": value for name, value in (properties or {}).items() if value}
        values = (f"{kind}:{key or f'{source}→{target}'}", kind, source, target, row, *started, *ended, quantity, unit)
        self._links.append({**dict(zip(_LINK, values, strict=True)), **told})
        if len(self._links) > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand on what was collected."""
        if self._statements:
            columns = zip(_STATEMENT, zip(*self._statements, strict=True), strict=True)
            frame = pl.DataFrame({name: pl.Series(values, dtype=_type(name)) for name, values in columns})
            self._stager.add_statements(frame.with_columns(pl.lit(SHEET).alias("sheet")))
        if self._links:
            names = [*_LINK, *sorted({name for one in self._links for name in one} - set(_LINK))]
            frame = pl.DataFrame(self._links, schema={name: _type(name) for name in names})
            self._stager.add_links(frame.with_columns(pl.lit(SHEET).alias("sheet")))
        self._statements, self._links = [], []

    def _name(self, wanted: str) -> str:
        if wanted not in self._called:
            self._called[wanted] = self._names.free(wanted)
        return self._called[wanted]


def _type(name: str) -> pl.DataType:
    return pl.Datetime("us") if name in _TIMES else _NUMBERS.get(name, pl.String())
