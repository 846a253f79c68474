"""What single rows tell of a movement, and whether two of them can tell of the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.model.measuring import Ratios, in_unit, smallest
from graphkit.model.units import BY_CODE, MASS
from graphkit.network.network import Network
from graphkit.tracing.identity.weighed import Range, Weight, contradict, each_weighs, may_weigh, measured, weighed
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings
from graphkit.tracing.request import DAY

NEAR = 7 * DAY
_CLOSE = 1e-6
_GRAM = "g"


@dataclass(frozen=True)
class Telling:
    """What a link tells of its movement; None where it does not. `quantity` is in the smallest unit that it converts
    to: unit, least, most. `weighs` is what its parcel weighs, or may by its quantity, in kilograms.
    """

    link: int
    ends: tuple[int, int]
    kind: int
    times: tuple[int, int]
    product: int | None
    batch: int | None
    quantity: tuple[str, float, float] | None
    weighs: Weight | None = None

    @property
    def gaps(self) -> int:
        """How much it leaves out."""
        return [self.product, self.batch, self.quantity].count(None)

    @property
    def measured(self) -> bool:
        """Whether it tells how much of what."""
        return self.product is not None and self.quantity is not None

    @property
    def much(self) -> tuple[object, ...]:
        """How much of what it tells, to compare."""
        unit, _, most = self.quantity or ("", 0.0, 0.0)
        return self.product, unit, round(most, 3)

    def fits(self, other: Telling) -> bool:
        """Whether the two can tell of one movement, if it was between the same hands and told in two places."""
        near = self.times[0] - NEAR <= other.times[1] and other.times[0] - NEAR <= self.times[1]
        return near and self.agrees(other)

    def agrees(self, other: Telling) -> bool:
        """The same whenever it was."""
        goods = (self.product, other.product), (self.batch, other.batch)
        same = all(None in pair or pair[0] == pair[1] for pair in goods)
        if self.quantity is not None and other.quantity is not None:
            return same and _overlap(self.quantity, other.quantity)
        return same and not contradict(self.weighs, other.weighs)


class Tellings:
    """Reads what links tell, in units that compare."""

    def __init__(self, network: Network, links: Sequence[int], packings: Packings) -> None:
        self._network = network
        mine, shown = np.array(links, np.int64), np.empty(0, np.int64)
        if (np.isnan(network.links.quantity_max[mine]) & weighed(network.links.kilograms[mine])).any():
            shown = measured(network)
        self._ratios = _packed(network, np.concatenate((mine, shown)), packings)
        self._each = _each_weighs(network, shown, self._ratios)

    def of(self, links: Sequence[int]) -> list[Telling]:
        """What each of these links tells."""
        return [self._of(link) for link in links]

    def _of(self, link: int) -> Telling:
        table = self._network.links
        product, batch, most = int(table.product[link]), int(table.batch[link]), float(table.quantity_max[link])
        unit = table.units[int(table.unit[link])] if table.unit[link] >= 0 else ""
        ratios = self._ratios.get(batch if batch >= 0 else product, {})
        base = _base(unit, ratios)
        low, high = (in_unit(much, unit, base, ratios) for much in (float(table.quantity_min[link]), most))
        quantity = None if np.isnan(most) or low is None or high is None else (base, low, high)
        return Telling(
            link,
            (int(table.source[link]), int(table.target[link])),
            int(table.kind[link]),
            (int(table.started_earliest[link]), int(table.started_latest[link])),
            product if product >= 0 else None,
            batch if batch >= 0 else None,
            quantity,
            self._weighs(link, product, quantity),
        )

    def _weighs(self, link: int, product: int, quantity: tuple[str, float, float] | None) -> Weight | None:
        if quantity is None:
            weight = float(self._network.links.kilograms[link])
            return (weight, weight, weight) if weighed(np.array(weight)) else None
        unit, low, high = quantity
        one = self._each.get((product, unit))
        return may_weigh(low, high, one) if one else None


def in_smallest(network: Network, links: Whole, packings: Packings) -> tuple[Whole, NDArray[np.float64]]:
    """What these links tell at the most, each in the smallest unit that its own converts to: a number of that unit, and
    the quantity; both (links,). The unit is -1 where none is told.
    """
    _, units, factors = _to_smallest(network, links, _packed(network, links, packings))
    return units, factors * network.links.quantity_max[links]


def _each_weighs(network: Network, waybills: Whole, ratios: dict[int, Ratios]) -> dict[tuple[int, str], Range]:
    """What one weighs of each product, in its smallest unit, by these waybills."""
    names, units, factors = _to_smallest(network, waybills, ratios)
    table = network.links
    one = table.kilograms[waybills] / (factors * table.quantity_max[waybills])
    found = each_weighs(table.product[waybills].astype(np.int64), units, one)
    return {(product, names[unit]): weighs for (product, unit), weighs in found.items() if unit >= 0}


def _to_smallest(
    network: Network, links: Whole, ratios: dict[int, Ratios]
) -> tuple[list[str], Whole, NDArray[np.float64]]:
    """The smallest units that the units of these links convert to, and of each link which it is, and how many of them
    one of its own are.
    """
    table = network.links
    about = np.stack((_goods(network, links), table.unit[links].astype(np.int64)))
    pairs, which = np.unique(about, axis=1, return_inverse=True)
    number, factor = {"": -1}, list[float]()  # of no unit there is none
    units = []
    for each, code in pairs.T.tolist():
        unit = table.units[code] if code >= 0 else ""
        packing = ratios.get(each, {})
        base = _base(unit, packing)
        units.append(number.setdefault(base, len(number) - 1))
        factor.append(in_unit(1.0, unit, base, packing) or 1.0)
    return list(number)[1:], np.array(units, np.int64)[which], np.array(factor)[which]


def _goods(network: Network, links: Whole) -> Whole:
    """What these links carry: the batch where it is known, else the product, else -1."""
    batch = network.links.batch[links]
    return np.where(batch >= 0, batch, network.links.product[links]).astype(np.int64)


def _packed(network: Network, links: Whole, packings: Packings) -> dict[int, Ratios]:
    """The packing of each of the goods of these links, where rows about their product state several counted units.

    Goods of which nothing is said are packed as all others of their product.
    """
    table = network.links
    of = network.goods.product_of
    known = links[(_goods(network, links) >= 0) & (table.unit[links] >= 0)]
    counts = np.array([not _weighs(name) for name in table.units], bool)
    known = known[counts[table.unit[known]]] if len(known) else known
    mine = _goods(network, known)
    told = np.unique(np.stack((of[mine], table.unit[known].astype(np.int64))), axis=1)
    several, count = np.unique(told[0], return_counts=True)
    mixed = several[(count > 1) & (several >= 0)]
    if not len(mixed):
        return {}
    goods = _goods(network, np.arange(len(table)))
    about = np.flatnonzero((goods >= 0) & np.isin(np.where(goods >= 0, of[np.maximum(goods, 0)], -1), mixed))
    found = packings(about, goods[about])
    said: dict[int, list[Ratios]] = {}
    for each, ratios in sorted(found.items()):
        said.setdefault(int(of[each]), []).append(ratios)
    usual = {product: _agreed(each) for product, each in said.items()}
    every = np.unique(mine[np.isin(of[mine], mixed)]).tolist()
    return {each: usual.get(int(of[each]), {}) | found.get(each, {}) for each in every}


def _agreed(every: list[Ratios]) -> Ratios:
    """What none of them contradicts."""
    found: dict[tuple[str, str], set[float]] = {}
    for ratios in every:
        for pair, number in ratios.items():
            found.setdefault(pair, set()).add(number)
    return {pair: numbers.pop() for pair, numbers in found.items() if len(numbers) == 1}


def _base(unit: str, ratios: Ratios) -> str:
    """The unit in which quantities compare: grams, or the smallest that the packing leads to."""
    return _GRAM if _weighs(unit) else smallest(unit, ratios)


def _weighs(unit: str) -> bool:
    return unit in BY_CODE and BY_CODE[unit].dimension == MASS


def _overlap(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    slack = _CLOSE * max(1.0, abs(one[2]))
    return one[0] == other[0] and one[1] <= other[2] + slack and other[1] <= one[2] + slack
