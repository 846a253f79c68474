"""Movements, each counted once: what a seller's ledger, the buyer's ledger and a waybill tell of one is matched.

Two rows tell of one movement where they name the same parties, product, batch, quantity and unit, lie near in time, and
come from different files or are of different kinds: one ledger does not tell of one delivery twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import numpy as np

from graphkit.network.network import EVER, NEVER, Network
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import DAY

KINDS = ("SUPPLIED", "SHIPPED")
NEAR = 5 * DAY
Files = Callable[[Iterable[int]], dict[int, frozenset[str]]]


def matched(network: Network, links: Whole, files: Files) -> list[tuple[int, ...]]:
    """Those of these deliveries that tell of one movement together, each group by position; `files` names the files
    behind links.
    """
    table = network.links
    chosen = links[np.isin(table.kind[links], [table.kind_code(kind) for kind in KINDS])]
    groups = [list(group) for _, group in groupby(_ordered(network, chosen), key=lambda link: _same(network, link))]
    several = [group for group in groups if len(group) > 1]
    known = files(link for group in several for link in group)
    return [found for group in several for found in _pair(network, group, known) if len(found) > 1]


def _ordered(network: Network, links: Whole) -> list[int]:
    table = network.links
    keys = (table.started_earliest, table.quantity_max, table.batch, table.product, table.target, table.source)
    ordered: list[int] = links[np.lexsort([key[links] for key in keys])].tolist()
    return ordered


def _same(network: Network, link: int) -> tuple[object, ...]:
    table = network.links
    ends = int(table.source[link]), int(table.target[link])
    goods = int(table.product[link]), int(table.batch[link]), int(table.unit[link])
    quantity = float(table.quantity_max[link])
    return (*ends, *goods, f"unknown {link}" if np.isnan(quantity) else quantity)


def _pair(network: Network, group: list[int], files: dict[int, frozenset[str]]) -> list[tuple[int, ...]]:
    """Each link goes to the first movement near in time that nothing from its file and of its kind tells of yet."""
    found: list[list[int]] = []
    for link in group:
        fits = (each for each in found if all(_one(network, link, other, files) for other in each))
        movement = next(fits, None)
        if movement is None:
            found.append([link])
        else:
            movement.append(link)
    return [tuple(sorted(each)) for each in found]


def _one(network: Network, link: int, other: int, files: dict[int, frozenset[str]]) -> bool:
    table = network.links
    kinds = table.kind[link] != table.kind[other]
    begin, end = table.started_earliest, table.started_latest
    known = all(begin[each] != NEVER and end[each] != EVER for each in (link, other))
    near = known and begin[link] - NEAR <= end[other] and begin[other] - NEAR <= end[link]
    return bool(near and (kinds or not files[link] & files[other]))
