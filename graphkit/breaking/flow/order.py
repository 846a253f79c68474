"""In which order to hit, and what each hit takes away in that order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphkit.breaking.flow.network import MaximumFlow

Floats = NDArray[np.float64]
After = Sequence[tuple[int, tuple[int, ...]]]
_WORK = 20_000_000  # arcs looked at, in all flows together


def by_gain(flows: MaximumFlow, chosen: list[int], after: After, before: float) -> tuple[list[int], list[float]] | None:
    """The order in which each hit takes away most of what the ones before it left; None where that is too much work.

    Of equal hits the one with the least number comes first. Who is hit only after a subordinate comes after one.
    """
    if len(chosen) * (len(chosen) + 1) // 2 * len(flows.network) > _WORK:
        return None
    order: list[int] = []
    gained: list[float] = []
    value = before
    while len(order) < len(chosen):
        ready = [each for each in chosen if each not in order and _ready(each, order, after)]
        least, best = min((_value(flows, [*order, each]), each) for each in ready)
        order.append(best)
        gained.append(value - least)
        value = least
    return order, gained


def by_size(chosen: list[int], size: Floats, after: After) -> list[int]:
    """The order by size (targets,), the largest first, subordinates before those who are hit only after them."""
    order: list[int] = []
    waiting = sorted(chosen, key=lambda each: (-size[each], each))
    if not after:
        return waiting
    while waiting:
        first = next(each for each in waiting if _ready(each, order, after))
        order.append(first)
        waiting.remove(first)
    return order


def shares(flows: MaximumFlow, order: list[int], size: Floats, before: float) -> list[float]:
    """What each hit takes away in this order; over stretches of hits, where there are many, shared out by size."""
    stretch = max(1, -(-len(order) * len(flows.network) // _WORK))
    gained: list[float] = []
    for begin in range(0, len(order), stretch):
        end = min(begin + stretch, len(order))
        value = _value(flows, order[:end])
        gained += shared_out(order[begin:end], size, before - value)
        before = value
    return gained


def shared_out(order: list[int], size: Floats, whole: float) -> list[float]:
    """The whole, shared out by size."""
    weights = size[order] + 1e-12
    parts: list[float] = (weights * whole / max(float(weights.sum()), 1e-12)).tolist()
    return parts


def _value(flows: MaximumFlow, chosen: list[int]) -> float:
    hit = np.zeros(flows.network.targets, bool)
    hit[chosen] = True
    return flows.value(hit)[0]


def _ready(each: int, order: list[int], after: After) -> bool:
    return all(high != each or any(one in order for one in low) for high, low in after)
