"""Tables side by side on one sheet: the header comes again further right, as in a list printed in two columns."""

from __future__ import annotations

import polars as pl

from graphkit.records.reading.grid import columns_of
from graphkit.records.reading.tables import Known, comparable

_LEAST = 2  # names of columns that must come again


def blocks(texts: tuple[str, ...], cells: pl.DataFrame, known: Known) -> list[tuple[int, int]]:
    """Where each table begins and ends, by the positions of its columns; one for all where the header comes once.

    A table begins behind a blank column where names of the one at its left come again, or where a header says all its
    names once more.
    """
    names = [comparable(text) for text in texts]
    starts = _repeated(names, known) or _after_gaps(names, cells, known)
    return list(zip([0, *starts], [*starts, len(names)], strict=True))


def _repeated(names: list[str], known: Known) -> list[int]:
    """The starts of a header that is the same names twice or more."""
    for length in range(_LEAST, len(names) // 2 + 1):
        first = names[:length]
        if len(names) % length == 0 and all(names[i : i + length] == first for i in range(0, len(names), length)):
            return list(range(length, len(names), length)) if sum(map(known, set(first) - {""})) >= _LEAST else []
    return []


def _after_gaps(names: list[str], cells: pl.DataFrame, known: Known) -> list[int]:
    filled = cells.select(pl.col(columns_of(cells)).count()).row(0) if cells.width > 1 else ()
    blank = [not name and not filled[place] for place, name in enumerate(names)]
    starts: list[int] = []
    begin = 0
    for place in (i for i in range(1, len(names)) if blank[i - 1] and not blank[i]):
        end = next((i for i in range(place, len(names)) if blank[i]), len(names))
        again = {name for name in names[place:end] if known(name)} & set(names[begin:place])
        if len(again) >= _LEAST:
            starts.append(place)
            begin = place
    return starts
