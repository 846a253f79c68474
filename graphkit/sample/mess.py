"""What careless hands do to cells, without making them unreadable, and the few rows that must be refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.sample.departments import Channel, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ．－",
)
LONGEST_EXACT = 15  # figures that a spreadsheet keeps
MOST_AT_ONCE = 150  # cells spoilt in one column of one chunk
RATE = 0.015


def wide(text: str) -> str:
    """Figures and letters in full width."""
    return text.translate(_WIDE)


def padded(text: str) -> str:
    """Blanks around it, as they come with copying."""
    return f" {text}  "


def spaced(text: str) -> str:
    """A Chinese name of two characters drawn apart; other names get blanks around them."""
    return f"{text[0]} {text[1]}" if len(text) == 2 else padded(text)


def ideographic(text: str) -> str:
    """A full-width blank behind it."""
    return f"{text}\u3000"


_SPOIL: dict[FieldType, tuple[Callable[[str], str], ...]] = {
    FieldType.NAME: (spaced, padded, ideographic),
    FieldType.TEXT: (padded, ideographic),
    FieldType.CODE: (wide, padded),
    FieldType.PHONE: (wide, padded),
    FieldType.PARTY_ID: (wide, str.lower, padded),
    FieldType.ACCOUNT: (padded, wide),
    FieldType.QUANTITY: (wide, padded),
    FieldType.REGION: (wide,),
    FieldType.UNIT: (padded,),
    FieldType.PLATE: (str.lower, padded),
    FieldType.MONEY: (padded,),
    FieldType.ENUM: (padded,),
}


def spoil(text: pl.DataFrame, modes: list[str], fields: list[Field], rng: np.random.Generator) -> pl.DataFrame:
    """Spoil a few cells of each column of text."""
    whole = zip(text.get_columns(), modes, fields, strict=True)
    return pl.DataFrame([_spoilt(column, field, rng) if mode == "text" else column for column, mode, field in whole])


def _spoilt(column: pl.Series, field: Field, rng: np.random.Generator) -> pl.Series:
    ways = _SPOIL.get(field.type, ())
    count = min(MOST_AT_ONCE, int(rng.binomial(len(column), RATE))) if ways else 0
    return _put(column, np.sort(rng.choice(len(column), size=count, replace=False)), ways) if count else column


def _put(column: pl.Series, places: NDArray[np.int64], ways: tuple[Callable[[str], str], ...]) -> pl.Series:
    cells = column.gather(places).to_list()
    spoilt = [ways[i % len(ways)](cell) if cell else cell for i, cell in enumerate(cells)]
    return column.scatter(places.tolist(), spoilt)


@dataclass(frozen=True)
class Refusal:
    """One way in which a row cannot be read: which field, what is written there, and why it must be refused."""

    field: str
    reason: str  # the code by which loading refuses it


REFUSALS: dict[str, tuple[Refusal, ...]] = {
    "person": (Refusal("id_number", "rounded_number"),),
    "account": (Refusal("account", "rounded_number"),),
    "seizure": (
        Refusal("seizure_id", "missing"),
        Refusal("seized_at", "impossible_date"),
        Refusal("quantity", "bad_number"),
    ),
    "supply": (
        Refusal("supply_id", "missing"),
        Refusal("quantity", "bad_number"),
        Refusal("supplied_at", "impossible_date"),
        Refusal("product", "missing"),
    ),
    "supply_in": (Refusal("supplied_at", "impossible_date"), Refusal("quantity", "bad_number")),
    "payment": (
        Refusal("payment_id", "rounded_number"),
        Refusal("paid_at", "impossible_date"),
        Refusal("payee_account", "missing"),
    ),
    "waybill": (Refusal("sent_at", "impossible_date"), Refusal("waybill_id", "missing")),
    "case": (Refusal("opened_on", "impossible_date"),),
    "stocktake": (Refusal("quantity", "missing"),),
    "sampling": (Refusal("batch", "missing"),),
    "call": (Refusal("started_at", "impossible_date"),),
}
_BAD_DATES = ("2024-02-30", "2023/13/5", "20240431")
_BAD_NUMBERS = ("若干", "约3", "一批")


class Refusals:
    """Hands out the rows to be refused: as many as planned, spread over the tables."""

    def __init__(self, planned: int) -> None:
        self.left = planned
        self.most = 1 + planned // 12  # of one channel
        self.given: dict[str, int] = {}
        self.tables: set[tuple[str, int]] = set()

    def next_for(self, channel: Channel, province: int, rows: int) -> Refusal | None:
        """The next refusal for a table that has had none yet; None where it stays as it is."""
        ways = REFUSALS.get(channel.name, ())
        number = self.given.get(channel.name, 0)
        if not self.left or not ways or number == self.most or rows < 2 or (channel.name, province) in self.tables:
            return None
        self.tables.add((channel.name, province))
        self.given[channel.name] = number + 1
        self.left -= 1
        return ways[number % len(ways)]


def refused_row(row: dict[str, str | None], refusal: Refusal, style: Style, number: int) -> dict[str, str | None]:
    """A copy of a good row with the one cell that cannot be read."""
    return {**row, refusal.field: _bad_cell(row.get(refusal.field) or "", refusal, style, number)}


def _bad_cell(cell: str, refusal: Refusal, style: Style, number: int) -> str | None:
    if refusal.reason == "missing":
        return None
    if refusal.reason == "impossible_date":
        return _BAD_DATES[number % len(_BAD_DATES)]
    if refusal.reason == "bad_number":
        return "some" if style.english else _BAD_NUMBERS[number % len(_BAD_NUMBERS)]
    return rounded(cell)


ROUNDED_CELLS = {
    "account": "holder_id",
    "online": "holder_id",
    "vehicle": "owner_id",
    "relation": "to_id",
}  # no key: only the cell goes


def cell_to_round(text: pl.DataFrame, channel: Channel) -> int:
    """The first row whose number, no key, can be shown rounded; -1 where there is none."""
    column = ROUNDED_CELLS.get(channel.name, "")
    if column not in text.columns or len(text) < 3:
        return -1
    found = text[column].str.contains(r"^\d{18}$").fill_null(value=False).arg_true()
    return int(found[0]) if len(found) else -1


def rounded(cell: str) -> str:
    """A long number as a spreadsheet shows it."""
    figures = "".join(c for c in cell if c.isascii() and c.isdigit())
    figures = figures if len(figures) > LONGEST_EXACT else "6226099581340001234"
    return f"{float(figures):.5E}"
