"""Movements that another row may tell of too, under another name of one of the two parties.

Two books tell of as much of one product at one time, and agree in one party; the other they name differently, and
nothing tells the two names apart. Whether that was one movement or two rows cannot say: one is sure, both may be.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.network import Network
from graphkit.tracing.identity.hands import Hands
from graphkit.tracing.identity.holders import UNIDENTIFIED, Holders
from graphkit.tracing.identity.movements import Files, Places, datable
from graphkit.tracing.identity.telling import NEAR, Telling, Tellings, in_smallest
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings
from graphkit.tracing.request import DAY

Mask = NDArray[np.bool_]
Ends = NDArray[np.integer]
_AT_ONCE = 2_000_000  # pairs looked at together
_HOUR = DAY // 24


def doubtful(network: Network, links: Whole, holders: Holders, files: Files, packings: Packings) -> list[int]:
    """Which of these movements, each given by one link, another one may tell of but for one of the hands: who is named
    there under another name, if rows do not tell the two apart. The first of such stands for sure, ledgers before
    waybills, the earlier before the later.
    """
    table, chosen = network.links, datable(network, links)
    chosen = chosen[(table.product[chosen] >= 0) & ~np.isnan(table.quantity_max[chosen])]
    hands = Hands(network, holders, chosen)
    unit, much = in_smallest(network, chosen, packings)
    goods = table.product[chosen].astype(np.int64), unit, np.rint(much * 1e3)
    found = list[tuple[int, int]]()
    for ends in (table.source, table.target):
        begin = table.started_earliest[chosen] // _HOUR
        for one, other in _near((*goods, hands.apart(ends[chosen])), begin):
            pairs = _possible(network, holders, np.stack((chosen[one], chosen[other])))
            found += zip(*_of_two_places(network, pairs, files).tolist(), strict=True)
    told = {row.link: row for row in _rows(network, found, packings) if row.measured}
    measured = [(told[one], told[other]) for one, other in found if one in told and other in told]
    alike = [(one, other) for one, other in measured if one.fits(other) and hands.half_alike(one.ends, other.ends)]
    places = Places(network, (row.link for pair in alike for row in pair), files)
    waybill = table.kind_code("SHIPPED")
    return sorted({
        max(pair, key=lambda row: (row.kind == waybill, row.times, row.link)).link
        for pair in alike if places.two(pair[0].link, pair[1].link)
    })  # fmt: skip


def _rows(network: Network, pairs: list[tuple[int, int]], packings: Packings) -> Iterator[Telling]:
    links = sorted({link for pair in pairs for link in pair})
    yield from Tellings(network, links, packings).of(links)


def _near(keys: tuple[Whole, ...], begin: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Places of rows that have all keys in common and begin within two weeks of each other, each pair once."""
    if not len(begin):
        return
    order = np.lexsort((begin, *keys))
    new = np.zeros(len(order), bool)
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    time = begin[order] - begin.min()
    at = np.cumsum(new) * (int(time.max()) + 2 * NEAR // _HOUR + 1) + time  # runs lie further apart than is near
    after = np.searchsorted(at, at + 2 * NEAR // _HOUR, "right") - np.arange(len(at)) - 1
    first = np.concatenate(([0], np.searchsorted(np.cumsum(after), np.arange(_AT_ONCE, after.sum() + 1, _AT_ONCE)) + 1))
    for start, stop in zip(first, np.append(first[1:], len(at)), strict=True):
        count = after[start:stop]
        one = np.repeat(np.arange(start, stop), count)
        other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        yield order[one], order[other]


def _possible(network: Network, holders: Holders, pairs: Whole) -> Whole:
    """Those of these pairs of links, (2, pairs), that are worth a closer look: of one lot, if both tell one, and where
    an end differs of no two parties that are plainly two.
    """
    table = network.links
    one, other = table.batch[pairs]
    pairs = pairs[:, (one < 0) | (other < 0) | (one == other)]
    for ends in (table.source, table.target):
        pairs = pairs[:, ~_plainly_two(network, holders, *ends[pairs])]
    return pairs


def _of_two_places(network: Network, pairs: Whole, files: Files) -> Whole:
    """Without pairs of one kind and book that the same files tell: a shop's has many sales of one box on one day."""
    links, place = np.unique(pairs, return_inverse=True)
    told = files(links.tolist())
    code: dict[frozenset[str], int] = {}
    codes = np.array([code.setdefault(told[link], len(code)) for link in links.tolist()], np.int64)
    one, other = codes[place.reshape(pairs.shape)]
    kinds, books = network.links.kind[pairs], network.links.book[pairs]
    return pairs[:, (one != other) | (kinds[0] != kinds[1]) | (books[0] != books[1])]


def _plainly_two(network: Network, holders: Holders, one: Ends, other: Ends) -> Mask:
    """Which of these are two parties of one kind with a number and a name of their own each, and nobody else."""
    numbered = [code for code, name in enumerate(network.kinds) if name in PARTY_KINDS and name != UNIDENTIFIED]
    kind = network.kind[one]
    known: Mask = (one != other) & (kind == network.kind[other]) & np.isin(kind, numbered)
    known &= holders.alone(one) & holders.alone(other)
    at = np.flatnonzero(known)
    names = [network.names.take(nodes[at]) for nodes in (one, other)]
    known[at] = [a != b for a, b in zip(*names, strict=True)]
    return known
