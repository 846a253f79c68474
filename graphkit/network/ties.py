"""How strong a link is said to be, and whether it holds both ways: what edge lists and matrices tell of their links."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.network.goods import coded
from graphkit.store.base import Arrays

_PROPERTIES = ("weight", "directed")
_OF_ANY_LAYOUT = "LINKED"


def tie_properties(kinds: Iterable[str]) -> tuple[str, ...]:
    """The properties of links to read: none where all links are of kinds whose records have neither."""
    foreign = set(kinds) - (BY_NAME.keys() - {_OF_ANY_LAYOUT})
    return _PROPERTIES if foreign else ()


def tie_columns(columns: Arrays, kind: NDArray[np.int16], kinds: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The links' columns `weight` and `directed`, from their properties and from what the model says of their kinds."""
    count = len(kind)
    nothing = np.full(count, None)
    weight, stated = (columns.get(f"p.{name}", nothing) for name in _PROPERTIES)
    by_kind = np.array([BY_NAME[name].directed if name in BY_NAME else True for name in kinds], bool)
    return {"weight": _numbers(weight), "directed": by_kind[kind] & np.asarray(stated != "false", bool)}


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
