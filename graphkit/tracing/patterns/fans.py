"""Accounts that many pay, or that pay many, within a window of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.tracing.patterns.fans_kernel import sweep
from graphkit.tracing.patterns.transfers import Transfers, Whole


@dataclass(frozen=True)
class Fan:
    """One account's busy time: `arcs` are the payments of it, `peak` the most counterparties in any one window."""

    purse: int
    arcs: Whole
    peak: int


def fans(transfers: Transfers, window: int, least: int, inward: bool) -> Iterator[Fan]:
    """Every time in which the payments of some window came from (or went to) at least so many accounts.

    A payment whose time is an interval may lie anywhere in it. Windows that follow one another without a gap are one
    busy time. In order of purse, then time.

    >>> times = np.array([0, 5, 50])
    >>> three = Transfers(np.arange(4), np.array([0, 1, 2]), np.array([3, 3, 3]), times, times, times, times, times, 0)
    >>> [(fan.purse, fan.arcs.tolist(), fan.peak) for fan in fans(three, 5, 2, inward=True)]
    [(3, [0, 1], 2)]
    """
    hub, other = (transfers.head, transfers.tail) if inward else (transfers.tail, transfers.head)
    # A window that begins at x holds a payment where x lies from its earliest moment less the window to its latest.
    arcs = np.arange(len(transfers))
    moments = np.concatenate((transfers.earliest - window, transfers.latest))
    leaving = np.repeat(np.array([0, 1], np.int8), len(arcs))
    both = np.concatenate((arcs, arcs))
    order = np.lexsort((both, leaving, moments, hub[both]))
    fan, arc, peaks = sweep(both[order], leaving[order], hub, other, least)
    stops = np.searchsorted(fan, np.arange(len(peaks) + 1))
    for i, peak in enumerate(peaks.tolist()):
        mine = np.unique(arc[stops[i] : stops[i + 1]])
        yield Fan(int(transfers.purses[hub[mine[0]]]), mine, peak)
