"""Compiling hot loops. Compiled once and kept beside the module, or in the user's cache; else anew in each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def compiled(function: Compiled) -> Compiled:
    """The function, compiled at its first call. What it takes and gives are numbers and numpy arrays."""
    try:
        made: Any = njit(cache=True)(function)
    except RuntimeError:  # no folder that can be written to keep it in
        made = njit(function)
    return cast("Compiled", made)
