"""Pairs of links that may tell of one thing, each link in one pair at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Pairs = list[tuple[int, int]]


def each_once(able: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    """Of possible pairs, given as what ranks them followed by their two links, the best that leave each link in one.

    >>> list(each_once([(5, 1, 3), (2, 1, 2), (7, 3, 4)]))
    [(1, 2), (3, 4)]
    """
    taken = set[int]()
    for *_, one, other in sorted(able):
        if not taken & {one, other}:
            taken |= {one, other}
            yield one, other
