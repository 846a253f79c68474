"""Movements, each counted once: what a seller's ledger, the buyer's ledger and a waybill tell of one is matched.

Two rows tell of one movement where they name the same hands, product, batch and quantity, lie near in time, and come
from different files or are of different kinds: one ledger does not tell of one delivery twice. Hands are the same where
one holder is meant (see `holders`), or where one row gives only the name that the other gives too. What a row leaves
out, as many waybills do, it does not contradict; it goes to the nearest in time. What a victim or a test buyer says he
bought stands by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.units import convert
from graphkit.network.network import EVER, NEVER, Network
from graphkit.tracing.holders import UNIDENTIFIED, Holders, ends_of
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import DAY

KINDS = ("SUPPLIED", "SHIPPED")
NEAR = 7 * DAY
PURCHASE = "SUPPLIED:purchase:"
_CLOSE = 1e-6
Files = Callable[[Iterable[int]], dict[int, frozenset[str]]]


def matched(network: Network, links: Whole, holders: Holders, files: Files) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, in groups sorted by their first.

    Each group begins with the row that tells best who gave and took. `files` names the files behind links.
    """
    chosen = _datable(network, links)
    hands = Hands(network, holders, chosen)
    groups = list(_candidates(network, chosen, hands))
    known = files(link for group in groups for link in group)
    found = (movement for group in groups for movement in _movements(network, group, known, hands))
    return sorted(tuple(sorted(movement, key=hands.vague)) for movement in found if len(movement) > 1)


def counted(network: Network, links: Whole, groups: list[tuple[int, ...]]) -> Whole:
    """These deliveries, of each group only the first."""
    again = np.array([link for group in groups for link in group[1:]], np.int64)
    kept: Whole = links[~np.isin(links, again)]
    return kept


class Hands:
    """Between whose hands goods pass: the holder, and for parties of whom only the name is known, the name."""

    def __init__(self, network: Network, holders: Holders, links: Whole) -> None:
        self._network, self._nodes = network, ends_of(network, links)
        holder = holders.of(self._nodes)
        self._holders = np.where(holder < 0, -1 - self._nodes, holder)
        unknown = network.kinds.index(UNIDENTIFIED) if UNIDENTIFIED in network.kinds else -1
        self._unknown = set(self._nodes[network.kind[self._nodes] == unknown].tolist())
        self._name: dict[int, str] = {}

    def same(self, one: int, other: int) -> bool:
        """Whether two ends can be the same hands."""
        if self._holder(one) == self._holder(other):
            return True
        if one not in self._unknown and other not in self._unknown:
            return False
        name = self._named(one)
        return name not in ("", "?") and name == self._named(other)

    def vague(self, link: int) -> tuple[int, bool, int]:
        """Sorts deliveries: those whose ends are identified before those with names only, ledgers before waybills."""
        table = self._network.links
        ends = int(table.source[link]), int(table.target[link])
        shipped = bool(table.kind[link] == table.kind_code("SHIPPED"))
        return sum(end in self._unknown for end in ends), shipped, link

    def apart(self, nodes: NDArray[np.integer]) -> Whole:
        """A number for each of these nodes; those that can be the same hands have the same."""
        holder = np.unique(self._holders, return_inverse=True)[1].astype(np.int64)
        if self._unknown:  # else names mean nothing
            holder = self._joined(holder)
        found: Whole = holder[np.searchsorted(self._nodes, nodes)]
        return found

    def _joined(self, holder: Whole) -> Whole:
        """The numbers of holders, with those made one that share a name."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        count, every = int(holder.max()) + 1, self._network.names.take(self._nodes)
        name, names = _codes(every)
        told = np.array([each not in ("", "?") for each in every], bool)
        ends = holder[told], count + name[told]
        matrix = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(count + names,) * 2)
        label = connected_components(matrix.tocsr(), directed=False)[1].astype(np.int64)
        found: Whole = label[holder]
        return found

    def _holder(self, node: int) -> int:
        return int(self._holders[np.searchsorted(self._nodes, node)])

    def _named(self, node: int) -> str:
        if node not in self._name:
            self._name[node] = self._network.names[node]
        return self._name[node]


def _codes(values: list[Any]) -> tuple[Whole, int]:
    code = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([code[value] for value in values], np.int64), len(code)


def _datable(network: Network, links: Whole) -> Whole:
    table = network.links
    chosen = links[np.isin(table.kind[links], [table.kind_code(kind) for kind in KINDS])]
    known = (table.started_earliest[chosen] != NEVER) & (table.started_latest[chosen] != EVER)
    chosen = chosen[known]
    bought = table.ids.beginning(PURCHASE)
    kept: Whole = chosen[(chosen < bought.start) | (chosen >= bought.stop)]
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


@dataclass(frozen=True)
class _Row:
    """What a link tells of its movement; None where it does not."""

    link: int
    ends: tuple[int, int]
    kind: int
    times: tuple[int, int]
    product: int | None
    batch: int | None
    quantity: tuple[str, float, float] | None
    files: frozenset[str]

    @property
    def gaps(self) -> int:
        """How much it leaves out."""
        return [self.product, self.batch, self.quantity].count(None)


def _movements(network: Network, group: list[int], files: dict[int, frozenset[str]], hands: Hands) -> list[list[int]]:
    """Each row goes to the movement nearest in time that it fits; those that tell the most come first."""
    rows = [_row(network, link, files[link]) for link in group]
    found: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: (row.gaps, row.times, row.link)):
        fits = [each for each in found if all(_one(row, other, hands) for other in each)]
        if fits:
            min(fits, key=lambda each: abs(each[0].times[0] - row.times[0])).append(row)
        else:
            found.append([row])
    return [[row.link for row in each] for each in found]


def _row(network: Network, link: int, files: frozenset[str]) -> _Row:
    table = network.links
    product, batch, most = int(table.product[link]), int(table.batch[link]), float(table.quantity_max[link])
    unit = table.units[int(table.unit[link])] if table.unit[link] >= 0 else ""
    told = (float(table.quantity_min[link]), most)
    grams = convert(told[0], unit, "g"), convert(told[1], unit, "g")
    times = int(table.started_earliest[link]), int(table.started_latest[link])
    low, high = (told[0], told[1]) if grams[0] is None or grams[1] is None else (grams[0], grams[1])
    return _Row(
        link,
        (int(table.source[link]), int(table.target[link])),
        int(table.kind[link]),
        times,
        product if product >= 0 else None,
        batch if batch >= 0 else None,
        None if np.isnan(most) else (unit if grams[0] is None else "g", low, high),
        files,
    )


def _one(one: _Row, other: _Row, hands: Hands) -> bool:
    """Whether two rows can tell of one movement."""
    near = one.times[0] - NEAR <= other.times[1] and other.times[0] - NEAR <= one.times[1]
    if not near or (one.kind == other.kind and one.files & other.files):
        return False
    if not all(hands.same(a, b) for a, b in zip(one.ends, other.ends, strict=True)):
        return False
    same = all(None in (a, b) or a == b for a, b in ((one.product, other.product), (one.batch, other.batch)))
    return same and (one.quantity is None or other.quantity is None or _overlap(one.quantity, other.quantity))


def _overlap(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    slack = _CLOSE * max(1.0, abs(one[2]))
    return one[0] == other[0] and one[1] <= other[2] + slack and other[1] <= one[2] + slack
