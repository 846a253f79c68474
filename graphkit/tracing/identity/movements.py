"""Movements, each counted once: what a seller's ledger, the buyer's ledger and a waybill tell of one is matched.

Two rows tell of one movement where they name the same hands, product, batch and quantity, lie near in time, and come
from different books or are of different kinds: one ledger does not tell of one delivery twice, nor does its next
month's file; waybills of two numbers are two parcels. Hands are the same where one holder is meant (see `holders`), or
where one row gives only the name that the other gives too. Ten cartons are as much as 120 boxes where rows tell the
packing. What a row leaves out, as many waybills do, it does not contradict; it goes to the nearest in time, first of
all to one that tells of as much as its parcel weighs, and to none that it is far too heavy or too light for (see
`weighed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from graphkit.network.network import EVER, NEVER, Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.telling import NEAR, Telling, Tellings
from graphkit.tracing.identity.weighed import about_as_heavy
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings

KINDS = ("SUPPLIED", "SHIPPED")
PURCHASE = "SUPPLIED:purchase:"
Files = Callable[[Iterable[int]], dict[int, frozenset[str]]]
_WAYBILL = "SHIPPED:waybill:"
_BY_ROW = "#"  # in what stands for the number of a document without one


class Places:
    """Where rows were told, asked for once for all of them: one book does not tell of one delivery twice."""

    def __init__(self, network: Network, links: Iterable[int], files: Files) -> None:
        self._table = network.links
        self._files = files(sorted(set(links)))

    def two(self, one: int, other: int) -> bool:
        """Whether the links may tell of one movement in two places. Rows of different kinds do, waybills of two numbers
        do not; nor does one file, unless it holds two books, nor one book that goes on in another file. Between the
        same two parties books of one kind are one; what two files of it tell at one time one copied.
        """
        table = self._table
        if table.kind[one] != table.kind[other]:
            return True
        books = {int(table.book[link]) for link in (one, other)} - {-1}
        if self._files[one] & self._files[other]:
            return len(books) == 2
        at_once = table.started_earliest[one] <= table.started_latest[other]
        at_once &= table.started_earliest[other] <= table.started_latest[one]
        one_book = table.book[one] == table.book[other] >= 0
        parcels = {number for number in map(self._parcel, (one, other)) if number}
        return len(parcels) < 2 and bool(at_once or not one_book)

    def _parcel(self, link: int) -> str:
        """The number of its waybill; empty where it has none."""
        name = self._table.ids[link]
        number = name[len(_WAYBILL) :].partition("|")[0] if name.startswith(_WAYBILL) else ""
        return "" if _BY_ROW in number else number


def matched(
    network: Network, links: Whole, holders: Holders, files: Files, packings: Packings
) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, in groups sorted by their first.

    Each group begins with the row that tells best who gave and took. `files` names the files behind links; `packings`
    says how units of goods convert.
    """
    chosen = datable(network, links)
    hands = Hands(network, holders, chosen)
    groups = list(_candidates(network, chosen, hands))
    tellings = Tellings(network, [link for group in groups for link in group], packings)
    near = [_nearest(tellings.of(group), hands) for group in groups]
    places = Places(network, (row.link for pairs in near for pair in pairs for row in pair), files)
    found = (movement for pairs in near for movement in _movements(pairs, hands, places))
    return sorted(tuple(sorted(movement, key=hands.vague)) for movement in found)


def as_heavy(network: Network, same: list[tuple[int, ...]], packings: Packings) -> frozenset[int]:
    """Of these movements the links that tell no quantity, but weigh about as much as what another of theirs tells."""
    silent = [group for group in same if np.isnan(network.links.quantity_max[list(group)]).any()]
    tellings = Tellings(network, [link for group in silent for link in group], packings)
    found = set[int]()
    for group in silent:
        rows = tellings.of(group)
        told = [row.weighs for row in rows if row.quantity is not None]
        found |= {
            row.link for row in rows if row.quantity is None and any(about_as_heavy(row.weighs, one) for one in told)
        }
    return frozenset(found)


def counted(network: Network, links: Whole, groups: list[tuple[int, ...]]) -> Whole:
    """These deliveries, of each group only the first."""
    again = np.array([link for group in groups for link in group[1:]], np.int64)
    kept: Whole = links[~np.isin(links, again)]
    return kept


def datable(network: Network, links: Whole) -> Whole:
    """Those of these deliveries of which rows tell when they left."""
    table = network.links
    chosen = links[np.isin(table.kind[links], [table.kind_code(kind) for kind in KINDS])]
    known = (table.started_earliest[chosen] != NEVER) & (table.started_latest[chosen] != EVER)
    kept: Whole = chosen[known]
    return kept


def _candidates(network: Network, chosen: Whole, hands: Hands) -> Iterator[list[int]]:
    """Runs of deliveries between what may be the same two, each near in time to the one before."""
    if not len(chosen):
        return
    table = network.links
    begin, end = table.started_earliest, table.started_latest
    ends = hands.apart(table.source[chosen]), hands.apart(table.target[chosen])
    order = np.lexsort((chosen, begin[chosen], ends[1], ends[0]))
    chosen, source, target = chosen[order], ends[0][order], ends[1][order]
    first = np.ones(len(chosen), bool)
    first[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    first[1:] |= begin[chosen[1:]] - NEAR > end[chosen[:-1]]
    starts = np.flatnonzero(first)
    several = np.flatnonzero(np.diff(np.append(starts, len(chosen))) > 1)
    for at in several.tolist():
        yield chosen[starts[at] : starts[at + 1] if at + 1 < len(starts) else None].tolist()


def _movements(pairs: list[tuple[Telling, Telling]], hands: Hands, places: Places) -> Iterator[list[int]]:
    """Rows that can tell of one movement are put together, the nearest in time first: among those that leave out the
    least, before any goes to a row of another day.
    """
    group = {row.link: [row] for pair in pairs for row in pair}
    for one, other in pairs:
        mine, theirs = group[one.link], group[other.link]
        if mine is not theirs and all(places.two(a.link, b.link) and _one(a, b, hands) for a in mine for b in theirs):
            mine += theirs
            group |= dict.fromkeys((row.link for row in theirs), mine)
    every = {id(each): each for each in group.values()}.values()
    yield from ([row.link for row in each] for each in every if len(each) > 1)


def _nearest(rows: list[Telling], hands: Hands) -> list[tuple[Telling, Telling]]:
    """Pairs of rows that can tell of one movement wherever they were told; those that should be joined first."""
    ordered = sorted(rows, key=lambda row: (row.times, row.link))
    found = []
    for i, row in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            other = ordered[j]
            if other.times[0] - NEAR > row.times[1]:
                break
            if _one(row, other, hands):
                apart = max(other.times[0] - row.times[1], 0), other.times[0] - row.times[0]
                heavy = about_as_heavy(row.weighs, other.weighs)
                found.append((row.gaps + other.gaps - heavy, apart, i, j))
    return [(ordered[i], ordered[j]) for _, _, i, j in sorted(found)]


def _one(row: Telling, other: Telling, hands: Hands) -> bool:
    """Whether the two can tell of one movement."""
    return row.fits(other) and hands.alike(row.ends, other.ends) == 2
