"""Which book of a trader a table is: what he sold, sent out, bought or took in.

Its name says so, the file's before the sheet's, or the title above it, or the header of its dates. Of one book the next
month's rows are no second telling of the last one's; what a seller and a buyer each write down is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.model.records.movements import BOOK, BOOKS, SUPPLY
from graphkit.records.recognition import Recognised

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

# 销售出库单 is the warehouse's: what was sold may leave on another day.
_WORDS = {
    "dispatch": "出库|发货|dispatch",
    "receipt": "入库|验收|到货|receipt|received",
    "sales": "销售|销货|供货|sales",
    "purchase": "购进|采购|进货|购货|purchase",
}


def with_book(raw: RawTable, recognised: Recognised, file: str) -> tuple[RawTable, Recognised]:
    """The table with a column for which book it is, where it holds deliveries and says so; else as it is."""
    import polars as pl

    if recognised.kind is not SUPPLY or BOOK in recognised.columns:
        return raw, recognised
    books = list(_books(raw, recognised, file))
    if len({BOOKS[book] for book in books}) != 1:
        return raw, recognised
    place = len(raw.header)
    cells = raw.cells.with_columns(pl.lit(books[0]).alias(f"c{place}"))
    header = (*raw.header, SUPPLY.by_name[BOOK].zh)
    return replace(raw, header=header, cells=cells), replace(recognised, columns={**recognised.columns, BOOK: place})


def _books(raw: RawTable, recognised: Recognised, file: str) -> Iterator[str]:
    """What name, title and header call it, the widest first; 销售及进货 says nothing."""
    dated = raw.header[recognised.columns["supplied_at"]] if "supplied_at" in recognised.columns else ""
    for text in (Path(file).stem, raw.sheet, *(cell for line in raw.above for cell in line), dated):
        told = unicodedata.normalize("NFKC", text).lower()
        books = [book for book, words in _WORDS.items() if re.search(words, told)]
        if len({BOOKS[book] for book in books}) == 1:
            yield books[0]
