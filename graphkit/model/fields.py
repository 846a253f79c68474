"""What a column of a record can hold: the field types, and how one column is declared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FieldType(Enum):
    """How a cell is read. The comment says which columns the normalised frame then has for a field `f`."""

    TEXT = "text"  # f: text, trimmed
    NAME = "name"  # f: text, half-width, inner spaces of Chinese names removed
    CODE = "code"  # f: text, half-width, no spaces, upper case: document, batch and case numbers
    PARTY_ID = "party_id"  # f: as normalised; f.node: "person:…" or "company:…", null where not valid
    PHONE = "phone"  # f: E.164 where valid, else as written; f.valid
    ACCOUNT = "account"  # f: no spaces or dashes, upper case; f.valid; f.phone: E.164 where it is a phone number
    PLATE = "plate"  # f: upper case, no separators; f.valid
    REGION = "region"  # f: six-digit division code; f.valid
    TIME = "time"  # f.earliest, f.latest: naive datetimes; equal for an instant, a whole day for a date
    MONEY = "money"  # f: float
    QUANTITY = "quantity"  # f: float
    NUMBER = "number"  # f: float
    UNIT = "unit"  # f: unit code of `graphkit.model.units`, or as written where unknown
    ENUM = "enum"  # f: the English value, or as written where unknown
    URL = "url"  # f: text


@dataclass(frozen=True)
class Value:
    """One allowed value of an enumeration, in both languages."""

    name: str
    zh: str
    aliases: tuple[str, ...] = ()


def words(text: str) -> tuple[str, ...]:
    """Further names of a column, written with spaces between.

    >>> words("lot lot_number")
    ('lot', 'lot_number')
    """
    return tuple(text.split())


@dataclass(frozen=True)
class Field:
    """One column of a record kind: its names in both languages, its type, its unit, whether it identifies."""

    name: str
    zh: str
    type: FieldType = FieldType.TEXT
    key: bool = False
    required: bool = False
    open: bool = False  # needed as a column, but a cell may be empty: who is meant is then unknown
    number: bool = False  # the number of the document itself: where no column has it, its row tells the record
    many: bool = False  # a cell may hold several values, separated by ` 、 ; / ,`
    aliases: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    unit: str = ""
    nothing: str = ""  # a pattern of further words that are no value here: 现金 is nobody's name
    strict: bool = False  # of an enumeration: a row with another word is refused
    void: str = ""  # a pattern of words by which the record tells of nothing that happened: 交易失败

    @property
    def names(self) -> tuple[str, ...]:
        """Every header by which the column is recognised, the standard ones first."""
        return (self.zh, self.name, *self.aliases)
