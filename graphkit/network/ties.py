"""What links tell of themselves: how strong a tie is said to be, whether it holds both ways, what a parcel weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.network.goods import coded
from graphkit.store.base import Arrays

_STRENGTH = ("weight", "directed")  # of edge lists and matrices
_PARCEL, _KILOGRAMS = "SHIPPED", "weight_kg"
_OF_ANY_LAYOUT = "LINKED"


def tie_properties(kinds: Iterable[str]) -> tuple[str, ...]:
    """The properties of links to read: none where all links are of kinds whose records have none of them."""
    kinds = set(kinds)
    foreign = kinds - (BY_NAME.keys() - {_OF_ANY_LAYOUT})
    return (*(_STRENGTH if foreign else ()), *((_KILOGRAMS,) if _PARCEL in kinds else ()))


def tie_columns(columns: Arrays, kind: NDArray[np.int16], kinds: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The links' columns `weight`, `directed` and `kilograms`, from their properties and from what the model says of
    their kinds.
    """
    count = len(kind)
    nothing = np.full(count, None)
    weight, stated, kilograms = (columns.get(f"p.{name}", nothing) for name in (*_STRENGTH, _KILOGRAMS))
    by_kind = np.array([BY_NAME[name].directed if name in BY_NAME else True for name in kinds], bool)
    both = by_kind[kind] & np.asarray(stated != "false", bool)
    return {"weight": _numbers(weight), "directed": both, "kilograms": _numbers(kilograms)}


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
