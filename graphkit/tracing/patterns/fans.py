"""Accounts that many pay, or that pay many, within a window of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.tracing.patterns.fans_kernel import fullest, sweep
from graphkit.tracing.patterns.transfers import Transfers, Whole


@dataclass(frozen=True)
class Fan:
    """One account's busy time, or its busiest window: `arcs` are the payments of it, `peak` the most counterparties in
    any one window.
    """

    purse: int
    arcs: Whole
    peak: int


def fans(transfers: Transfers, window: int, least: int, inward: bool, party: Whole | None = None) -> Iterator[Fan]:
    """Every time in which the payments of some window came from (or went to) at least so many counterparties.

    A payment whose time is an interval may lie anywhere in it. Windows that follow one another without a gap are one
    busy time. In order of purse, then time. `party` says whom each purse counts as, by numbers from 0; else each is
    one.

    >>> times = np.array([0, 5, 50])
    >>> three = Transfers(np.arange(4), np.array([0, 1, 2]), np.array([3, 3, 3]), times, times, times, times, times, 0)
    >>> [(fan.purse, fan.arcs.tolist(), fan.peak) for fan in fans(three, 5, 2, inward=True)]
    [(3, [0, 1], 2)]
    """
    hub, other = _ends(transfers, inward, party)
    fan, arc, peaks = sweep(*_events(transfers, hub, window), hub, other, least)
    stops = np.searchsorted(fan, np.arange(len(peaks) + 1))
    for i, peak in enumerate(peaks.tolist()):
        mine = np.unique(arc[stops[i] : stops[i + 1]])
        yield Fan(int(transfers.purses[hub[mine[0]]]), mine, peak)


def busiest(transfers: Transfers, window: int, least: int, inward: bool, party: Whole | None = None) -> Iterator[Fan]:
    """The one window of each purse with the most counterparties, if they are at least so many; arguments as of `fans`.

    Of several the one in which the payments come to most, then the earliest. In order of purse.

    >>> times = np.array([0, 5, 50])
    >>> three = Transfers(np.arange(4), np.array([0, 1, 2]), np.array([3, 3, 3]), times, times, times, times, times, 0)
    >>> [(fan.purse, fan.arcs.tolist(), fan.peak) for fan in busiest(three, 5, 2, inward=True)]
    [(3, [0, 1], 2)]
    """
    hub, other = _ends(transfers, inward, party)
    payment = np.unique(transfers.payment, return_inverse=True)[1].astype(np.int64)
    peak, begin = fullest(
        *_events(transfers, hub, window), hub, other, payment, transfers.cents, transfers.latest,
        len(transfers.purses),
    )  # fmt: skip
    begin = begin[hub]
    inside = (peak[hub] >= least) & (transfers.latest >= begin) & (transfers.earliest - window <= begin)
    arcs = np.flatnonzero(inside)
    arcs = arcs[np.argsort(hub[arcs], kind="stable")]
    for mine in np.split(arcs, np.flatnonzero(np.diff(hub[arcs])) + 1) if len(arcs) else ():
        one = hub[mine[0]]
        yield Fan(int(transfers.purses[one]), mine, int(peak[one]))


def _ends(transfers: Transfers, inward: bool, party: Whole | None) -> tuple[Whole, Whole]:
    """The purse whose fan each payment may be of, and whom the other one counts as."""
    hub, other = (transfers.head, transfers.tail) if inward else (transfers.tail, transfers.head)
    return hub, other if party is None else party[other]


def _events(transfers: Transfers, hub: Whole, window: int) -> tuple[Whole, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """The payments as the window moves on, purse by purse: which enters or leaves it, and whether it leaves.

    A window that begins at x holds a payment where x lies from its earliest moment less the window to its latest.
    """
    arcs = np.arange(len(transfers))
    moments = np.concatenate((transfers.earliest - window, transfers.latest))
    leaving = np.repeat(np.array([0, 1], np.int8), len(arcs))
    both = np.concatenate((arcs, arcs))
    order = np.lexsort((both, leaving, moments, hub[both]))
    return both[order], leaving[order]
