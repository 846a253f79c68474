"""Money that comes back: cycles of payments in time order, of bounded length and within a window.

From each payment, taken as the first, payments are followed onward in order of time until one pays into the account
that made the first. Only accounts are entered from which the first one can still be reached in the hops that are left:
Kumar and Calders (2018), 2SCENT, and Blanuša, Atasu, Ienne (2023), prune alike. A payment's time may be an interval:
a cycle counts when instants can be chosen in all of them that are in order and span no more than the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.network.connected import strongly_connected
from graphkit.tracing.patterns.cycles_kernel import search
from graphkit.tracing.patterns.transfers import Transfers, Whole

_WORK = 20_000_000  # arcs looked at in one call of the compiled search: well under a second, so that Ctrl-C is heard
_FOUND = 400_000  # arcs of cycles that one call can hand back
MOST = 200_000  # cycles, more than anyone reads
ROOT_WORK = 2_000_000  # arcs looked at from one first payment, after which it is given up


@dataclass(frozen=True)
class Wanted:
    """Which cycles: `window` in microseconds, at most `hops` payments, none below `share` of the greatest of them.

    With `any_order` all payments lie within the window in whatever order. The search stops after `work` arcs.
    """

    window: int
    hops: int
    share: float
    any_order: bool = False
    work: int = 2_000_000_000


@dataclass(frozen=True)
class Cycles:
    """Cycles as tuples of arcs, in the order in which the money went round; `cut` where the search was not finished."""

    arcs: tuple[tuple[int, ...], ...]
    cut: bool


def cycles(transfers: Transfers, wanted: Wanted) -> Cycles:
    """Each cycle of distinct accounts once, the payments of one cycle beginning with its earliest.

    >>> times = np.array([0, 10, 20])
    >>> tail, head, cents = np.array([0, 1, 2]), np.array([1, 2, 0]), np.array([5, 5, 5])
    >>> ring = Transfers(np.arange(3), tail, head, times, times, cents, times, times, 0)
    >>> cycles(ring, Wanted(window=20, hops=3, share=0.8)).arcs, cycles(ring, Wanted(19, 3, 0.8)).arcs
    (((0, 1, 2),), ())
    """
    kept = _on_circles(transfers)
    part = transfers.take(kept)
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    cut = False
    for arcs, given_up in _searched(part, wanted):
        cut |= given_up
        for cycle in arcs:
            whole = tuple(kept[list(cycle)].tolist())
            found.setdefault(tuple(sorted(whole)), whole)
    return Cycles(tuple(found[key] for key in sorted(found)), cut)


def _on_circles(transfers: Transfers) -> Whole:
    """The arcs inside strongly connected components: no other lies on a cycle, whatever the times."""
    component = strongly_connected(len(transfers.purses), transfers.tail, transfers.head)
    kept: Whole = np.flatnonzero(component[transfers.tail] == component[transfers.head])
    return kept


def _searched(part: Transfers, wanted: Wanted) -> Iterator[tuple[list[tuple[int, ...]], bool]]:
    """Cycles, some at a time, and whether something was given up."""
    count, nodes = len(part), len(part.purses)
    begin = np.searchsorted(part.tail, np.arange(nodes + 1))
    into = np.lexsort((part.earliest, part.head))
    into_begin = np.searchsorted(part.head[into], np.arange(nodes + 1))
    longest = int((part.latest - part.earliest).max(initial=0))
    out, ends = np.empty(_FOUND, np.int64), np.empty(_FOUND, np.int64)
    scratch = np.stack((np.full(nodes, -1), np.zeros(nodes), np.zeros(nodes))).astype(np.int64)
    arcs = part.tail, part.head, part.earliest, part.latest, part.cents
    limits = wanted.window, wanted.hops, int(wanted.any_order), longest
    root, work, listed = 0, 0, 0
    while root < count:
        if work >= wanted.work or listed >= MOST:
            yield [], True
            return
        root, done, filled, given_up = search(
            root, arcs, begin, into, into_begin, limits, wanted.share, scratch, out, ends,
            min(_WORK, wanted.work - work), ROOT_WORK,
        )  # fmt: skip
        work += done
        listed += filled
        stops = ends[:filled].tolist()
        flat = out[: stops[-1] if stops else 0].tolist()
        yield [tuple(flat[a:b]) for a, b in zip([0, *stops], stops, strict=False)], bool(given_up)
