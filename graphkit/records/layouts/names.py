"""Names out of other people's files: kinds of links, names of properties."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from graphkit.records.layouts.result import LINKED

_DIRECTIONS = frozenset({"directed", "undirected", "mutual"})


def link_kind(written: str) -> str:
    """A kind of link in upper snake case.

    >>> link_kind("works with"), link_kind("worksWith"), link_kind("亲属"), link_kind("--")
    ('WORKS_WITH', 'WORKS_WITH', '亲属', 'LINKED')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written.strip())
    return re.sub(r"[\W_]+", "_", parted).strip("_").upper() or LINKED


def link_kinds(cells: pl.Series) -> pl.Series:
    """The kinds of links that these cells name; LINKED where they name none."""
    distinct_cells = cells.drop_nulls().unique().to_list()
    kinds = {cell: LINKED if is_direction(cell) else link_kind(cell) for cell in distinct_cells}
    return cells.replace_strict(kinds, default=None, return_dtype=pl.String).fill_null(LINKED)


def is_direction(written: str) -> bool:
    """Whether this says how an edge points, as Gephi's column `Type` does, and not what it is."""
    return written.strip().casefold() in _DIRECTIONS


class Names:
    """Gives each thing a name of its own, whatever the case: DuckDB does not tell `Type` from `type`."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._last: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """The name, numbered where it is taken; an empty one becomes `property`."""
        name = wanted or "property"
        folded = name.casefold()
        number = self._last.get(folded, 1)
        chosen = name
        while chosen.casefold() in self._seen:
            number += 1
            chosen = f"{name}_{number}"
        self._last[folded] = number
        self._seen.add(chosen.casefold())
        return chosen


def distinct(names: Sequence[str]) -> list[str]:
    """The names, each once; what repeats is numbered.

    >>> distinct(["type", "Type", "weight", ""])
    ['type', 'Type_2', 'weight', 'property']
    """
    given = Names()
    return [given.free(name) for name in names]
