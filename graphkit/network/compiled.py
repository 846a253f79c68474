"""Compiling hot loops. Compiled once and kept beside the module, or in the user's cache; else anew in each process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

from graphkit.model.language import say

_log = logging.getLogger("graphkit")
Compiled = TypeVar("Compiled", bound=Callable[..., object])


def compiled(function: Compiled) -> Compiled:
    """The function, compiled at its first call, which lets other threads go on while it runs.

    What it takes and gives are numbers and numpy arrays.
    """
    try:
        made: Any = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder that can be written to keep it in
        made = njit(nogil=True)(function)
    return cast("Compiled", made)


def ready(function: Any) -> bool:
    """Whether the function is loaded, or lies in the cache and is newer than its source."""
    if not hasattr(function, "signatures") or function.signatures:
        return True
    source = Path(function.py_func.__code__.co_filename)
    stem = f"{source.stem}.{function.py_func.__qualname__}-*.nbi"
    return any(index.stat().st_mtime >= source.stat().st_mtime for index in Path(function.stats.cache_path).glob(stem))


def announce(function: Any) -> None:
    """Say that the function has to be compiled before it runs, where that is so."""
    if not ready(function):
        _log.info(say("Compiling, once on this machine", "首次运行，正在编译"))
