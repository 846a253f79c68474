"""What links tell of themselves: how strong a tie is said to be, whether it holds both ways, what a parcel weighs, in
which book of a trader a delivery stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.model.records.movements import BOOK, BOOKS
from graphkit.network.goods import coded
from graphkit.store.base import Arrays

_STRENGTH = ("weight", "directed")  # of edge lists and matrices
_PARCEL, _KILOGRAMS = "SHIPPED", "weight_kg"
_DELIVERY = "SUPPLIED"
_OF_ANY_LAYOUT = "LINKED"


def tie_properties(kinds: Iterable[str]) -> tuple[str, ...]:
    """The properties of links to read: none where all links are of kinds whose records have none of them."""
    kinds = set(kinds)
    foreign = kinds - (BY_NAME.keys() - {_OF_ANY_LAYOUT})
    told = {_PARCEL: _KILOGRAMS, _DELIVERY: BOOK}
    return (*(_STRENGTH if foreign else ()), *(name for kind, name in told.items() if kind in kinds))


def tie_columns(columns: Arrays, kind: NDArray[np.int16], kinds: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The links' columns `weight`, `directed`, `kilograms` and `book`, from their properties and from what the model
    says of their kinds.
    """
    count = len(kind)
    nothing = np.full(count, None)
    weight, stated, kilograms, book = (columns.get(f"p.{name}", nothing) for name in (*_STRENGTH, _KILOGRAMS, BOOK))
    by_kind = np.array([BY_NAME[name].directed if name in BY_NAME else True for name in kinds], bool)
    both = by_kind[kind] & np.asarray(stated != "false", bool)
    return {"weight": _numbers(weight), "directed": both, "kilograms": _numbers(kilograms), "book": _books(book)}


def _books(texts: NDArray[Any]) -> NDArray[np.int8]:
    """The number of each among BOOKS, -1 where it is none."""
    codes, stated = coded(texts.tolist())
    number = {book: place for place, book in enumerate(BOOKS)}
    return np.array([*(number.get(text, -1) for text in stated), -1], np.int8)[codes]


def _numbers(texts: NDArray[Any]) -> NDArray[np.float64]:
    """The numbers that these texts are, nan where one is none."""
    codes, stated = coded(texts.tolist())
    return np.array([*map(_number, stated), math.nan])[codes]


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
