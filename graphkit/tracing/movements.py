"""Movements, each counted once: what a seller's ledger, the buyer's ledger and a waybill tell of one is matched.

Two rows tell of one movement where they name the same holders, product, batch and quantity, lie near in time, and come
from different files or are of different kinds: one ledger does not tell of one delivery twice. What a row leaves out,
as many waybills do, it does not contradict; it goes to the nearest in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.model.units import convert
from graphkit.network.network import EVER, NEVER, Network
from graphkit.tracing.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import DAY

KINDS = ("SUPPLIED", "SHIPPED")
NEAR = 5 * DAY
_CLOSE = 1e-6
Files = Callable[[Iterable[int]], dict[int, frozenset[str]]]


def matched(network: Network, links: Whole, holders: Holders, files: Files) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, each group by position, sorted by its first.

    `files` names the files behind links.
    """
    groups = list(_candidates(network, links, holders))
    known = files(link for group in groups for link in group)
    found = (movement for group in groups for movement in _movements(network, group, known))
    return sorted(tuple(sorted(movement)) for movement in found if len(movement) > 1)


def _candidates(network: Network, links: Whole, holders: Holders) -> Iterator[list[int]]:
    """Runs of deliveries between the same two, each near in time to the one before."""
    table = network.links
    begin, end = table.started_earliest, table.started_latest
    chosen = links[np.isin(table.kind[links], [table.kind_code(kind) for kind in KINDS])]
    chosen = chosen[(begin[chosen] != NEVER) & (end[chosen] != EVER)]
    ends = holders.of(table.source[chosen]), holders.of(table.target[chosen])
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


def _movements(network: Network, group: list[int], files: dict[int, frozenset[str]]) -> list[list[int]]:
    """Each row goes to the movement nearest in time that it fits; those that tell the most come first."""
    rows = [_row(network, link, files[link]) for link in group]
    found: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: (row.gaps, row.times, row.link)):
        fits = [each for each in found if all(_one(row, other) for other in each)]
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
        int(table.kind[link]),
        times,
        product if product >= 0 else None,
        batch if batch >= 0 else None,
        None if np.isnan(most) else (unit if grams[0] is None else "g", low, high),
        files,
    )


def _one(one: _Row, other: _Row) -> bool:
    """Whether two rows can tell of one movement."""
    near = one.times[0] - NEAR <= other.times[1] and other.times[0] - NEAR <= one.times[1]
    if not near or (one.kind == other.kind and one.files & other.files):
        return False
    same = all(None in (a, b) or a == b for a, b in ((one.product, other.product), (one.batch, other.batch)))
    return same and (one.quantity is None or other.quantity is None or _overlap(one.quantity, other.quantity))


def _overlap(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    slack = _CLOSE * max(1.0, abs(one[2]))
    return one[0] == other[0] and one[1] <= other[2] + slack and other[1] <= one[2] + slack
