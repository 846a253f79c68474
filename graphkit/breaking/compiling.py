"""Compiled searches within a time limit: some seconds the first time on a machine, then they are read from a cache.

The first compilation happens in a process of its own, which the clock can stop; what it compiled until then stays
compiled. What is not there in time is done without.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from graphkit.breaking.child import ChildFailed, Report, reports
from graphkit.breaking.problem import Conditions, Fragmentation
from graphkit.breaking.task import task_of
from graphkit.model.language import say
from graphkit.network.compiled import ready
from graphkit.network.simple import SimpleGraph

# In the order of need: what every plan is told with, then the searches.
COUNTS = ("components:label", "components:without_each")
SEARCHES = {
    "pairs": ("swap:swap_search", "labels:anneal"),
    "largest": ("dismantle:dismantle", "swap:swap_search", "labels:anneal"),
    "until": ("dismantle:dismantle",),
}
BOUNDS = ("spreads:loads",)
_PACKAGE = "graphkit.breaking."
_late = set[str]()  # what was not compiled in time: done without from then on
_log = logging.getLogger("graphkit")


def in_time(names: Sequence[str], until: float) -> frozenset[str]:
    """Which of these are compiled now, or at the moment `until`; they are named "module:function"."""
    missing = [name for name in names if not ready(function_of(name))]
    if missing:
        _log.info(say("Compiling the searches, once on this machine", "首次运行，正在编译搜索程序"))
        made = set[str]()
        try:
            made.update(reports(f"{__name__}:compile_each", missing, until - time.monotonic()))
        except ChildFailed:
            made.update(missing)  # then here, as they are needed
        finally:  # Ctrl-C too must leave nothing to be compiled in front of the user
            missing = [name for name in missing if name not in made]
            _late.difference_update(names)
            _late.update(missing)
        _log.info(say("Searching", "正在搜索"))
    else:
        _late.difference_update(names)
    return frozenset(names) - frozenset(missing)


def usable(function: Any) -> Any:
    """The function, or where it was not compiled in time the same uncompiled, which is slow."""
    name = f"{function.__module__.removeprefix(_PACKAGE)}:{function.__name__}"
    return function.py_func if name in _late else function


def late(name: str) -> bool:
    """Whether this was not compiled in time."""
    return name in _late


def function_of(name: str) -> Any:
    """The function of this name."""
    module, _, function = name.partition(":")
    return getattr(import_module(_PACKAGE + module), function)


def compile_each(names: list[str], report: Report) -> None:
    """Compiles these, one after the other, and reports each."""
    for name in names:
        _example(name)(function_of(name))
        report(name)


def _example(name: str) -> Callable[[Any], object]:
    """A small task for each function, with the types it is always called with."""
    path = SimpleGraph.of(4, np.arange(3), np.arange(1, 4))
    problem = Fragmentation(path, np.ones(4, np.int64), Conditions.plain(4, 1.0))
    task, out, stop = task_of(problem), np.array([False, True, False, False]), np.zeros(1, np.int64)
    labels, size, free, left = (
        np.zeros(4, np.int64),
        np.zeros(4, np.int64),
        np.empty(4, np.int64),
        np.zeros(4, np.int64),
    )
    table = np.full((7, 4), -1)
    graph = task.indptr, task.neighbour, task.weight
    examples: dict[str, Callable[[Any], object]] = {
        "label": lambda it: it(*graph, labels, size, free),
        "without_each": lambda it: it(*graph, labels, 0, table, left),
        "anneal": lambda it: it(task, out, 0.3, np.ones(2), 2, 0.0, 0.0, 1, stop),
        "swap_search": lambda it: it(task, out, 1, 1, 0.5, 1, stop),
        "loads": lambda it: it(*graph, np.zeros(4), stop),
        "dismantle": lambda it: it(task, out, 2, True, 1, 1.0, 0.5, 1, stop),
    }
    return examples[name.partition(":")[2]]
