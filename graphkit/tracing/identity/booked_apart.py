"""Payments that two banks may have told of at two times: hours apart, or booked on the next day.

Two files tell of as much between the same accounts within a day, each without its like in the other. Banks book late,
and people pay the same again; rows cannot say which, so that one payment is sure and both may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from graphkit.network.network import EVER, NEVER, Network
from graphkit.network.payments import currency_of
from graphkit.tracing.identity.pairs import Pairs, each_once
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import DAY


class Told(NamedTuple):
    """Which files tell of a payment, and whose statements: "payer", "payee", as far as rows say."""

    files: frozenset[str]
    sides: frozenset[str]

    def apart(self, other: Told) -> bool:
        """Whether two rows stand in two banks' files: one account's own statement does not tell of a payment twice."""
        same_side = bool(self.sides) and bool(other.sides) and self.sides == other.sides
        return not self.files & other.files and not same_side


Tellers = Callable[[Iterable[int]], dict[int, Told]]


def booked_apart(network: Network, links: Whole, tellers: Tellers) -> Pairs:
    """Those of these payments that may be one, told at two times: the links of each two, the earlier first, in order.

    A payment is in one pair at most, the nearest in time go together first. `tellers` says where links are told.
    """
    table = network.links
    chosen = links[(table.kind[links] == table.kind_code("PAID")) & table.first[links]]
    begin, end, amount = table.started_earliest[chosen], table.started_latest[chosen], table.amount_min[chosen]
    usable = (begin != NEVER) & (end != EVER) & (end - begin < DAY) & (amount == table.amount_max[chosen])
    usable &= table.source[chosen] != table.target[chosen]
    chosen = chosen[usable]
    keys = (
        table.source[chosen],
        table.target[chosen],
        currency_of(table, chosen),
        np.rint(table.amount_min[chosen] * 100),
    )
    order = np.lexsort((chosen, table.started_earliest[chosen], *keys))
    chosen, fresh = chosen[order], np.ones(len(order), bool)
    fresh[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    fresh[1:] |= table.started_earliest[chosen[1:]] - table.started_latest[chosen[:-1]] > DAY
    starts = np.append(np.flatnonzero(fresh), len(chosen))
    groups = [chosen[starts[i] : starts[i + 1]].tolist() for i in np.flatnonzero(np.diff(starts) > 1)]
    told = tellers(sorted(link for group in groups for link in group)) if groups else {}
    return sorted(pair for group in groups for pair in _pairs(network, group, told))


def _pairs(network: Network, group: list[int], told: dict[int, Told]) -> Iterator[tuple[int, int]]:
    """The pairs among payments of one amount between two accounts, in order of time."""
    if len({told[link].files for link in group}) == 1:
        return
    begin, end = network.links.started_earliest, network.links.started_latest
    able = []
    for place, one in enumerate(group):
        for other in group[place + 1 :]:
            if begin[other] - end[one] > DAY:
                break
            if told[one].apart(told[other]):
                able.append((int(begin[other] - begin[one]), one, other))
    yield from each_once(able)
