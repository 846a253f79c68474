"""One unit for each product: masses in kg, else the unit that most of its rows state, or the smallest they pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphkit.model.measuring import Ratios, in_unit
from graphkit.model.units import BY_CODE, MASS, convert
from graphkit.network.network import Network
from graphkit.tracing.labels import Whole

Numbers = NDArray[np.float64]
Packings = Callable[[Whole, Whole], dict[int, Ratios]]  # links and the goods they carry → what rows say, by goods
_KG = "kg"


class Measures:
    """The unit of each product that some links tell of; `units` are the units' codes, the last one kg."""

    def __init__(self, network: Network, product: Whole, unit: Whole) -> None:
        """From the product and the code of the unit of each row that states a quantity."""
        names = [*network.links.units, _KG]
        grams = [
            convert(1.0, name, _KG) if name in BY_CODE and BY_CODE[name].dimension == MASS else None for name in names
        ]
        self.names = names
        self._factor = np.array([1.0 if each is None else each for each in grams] + [1.0])  # the last: no unit told
        self.kg = kg = len(names) - 1
        self._class = np.array([i if each is None else kg for i, each in enumerate(grams)] + [-1])
        told = self._class[unit]
        pairs, count = np.unique(np.stack((product, told)), axis=1, return_counts=True) if len(product) else (
            np.empty((2, 0), np.int64), np.empty(0, np.int64))  # fmt: skip
        order = np.lexsort((pairs[1], -count, pairs[1] < 0, pairs[0]))  # a unit that is told comes before none
        self.product, first = np.unique(pairs[0][order], return_index=True)
        self._unit = pairs[1][order][first]
        self._packed: dict[tuple[int, int], float] = {}

    def mixed(self, product: Whole, unit: Whole) -> Whole:
        """The products of which some of these rows state a unit that does not convert to theirs."""
        told = self._class[unit]
        return np.unique(product[(told >= 0) & (told != self.unit_of(product))])

    def pack(self, product: Whole, goods: Whole, unit: Whole, ratios: dict[int, Ratios]) -> None:
        """Have units convert by these packings, by goods; of the units that most rows convert to, the smallest."""
        rows = np.flatnonzero(self._class[unit] >= 0)
        for each in np.unique(product[rows]).tolist():
            mine = rows[product[rows] == each]
            pairs = list(zip(goods[mine].tolist(), unit[mine].tolist(), strict=True))
            if any(ratios.get(which) for which, _ in pairs):
                self._pack(each, pairs, ratios)

    def _pack(self, product: int, pairs: list[tuple[int, int]], ratios: dict[int, Ratios]) -> None:
        count = dict(sorted(Counter(pairs).items()))

        def factors(wanted: int) -> dict[tuple[int, int], float]:
            told = {(goods, unit): in_unit(1.0, self.names[unit], self.names[wanted], ratios.get(goods, {}))
                    for goods, unit in count}  # fmt: skip
            return {pair: factor for pair, factor in told.items() if factor is not None}

        tried = {unit: factors(unit) for unit in sorted({int(self._class[unit]) for _, unit in count})}
        best = max(tried, key=lambda unit: (sum(map(count.__getitem__, tried[unit])), sum(tried[unit].values())))
        self._unit[np.searchsorted(self.product, product)] = best
        self._packed |= tried[best]

    def unit_of(self, product: Whole) -> Whole:
        """The code of the unit that these products are given in, -1 none."""
        if not len(self.product):
            return np.full(len(product), -1)
        place = np.minimum(np.searchsorted(self.product, product), len(self.product) - 1)
        return np.where(self.product[place] == product, self._unit[place], -1)

    def given_in(self, amount: Numbers, unit: Whole, product: Whole, goods: Whole) -> Numbers:
        """The amounts in their products' units; nan where the unit does not convert."""
        fits = self._class[unit] == self.unit_of(product)
        factor = np.where(fits, self._factor[unit], np.nan)
        for i in np.flatnonzero(~fits).tolist() if self._packed else ():
            factor[i] = self._packed.get((int(goods[i]), int(unit[i])), np.nan)
        return amount * factor

    def as_told(self, unit: Whole) -> tuple[Numbers, Whole]:
        """By what to multiply amounts in these units for what they are given in by themselves, masses in kg; and that
        unit's code, -1 none.
        """
        return self._factor[unit], self._class[unit]

    def name(self, code: int) -> str | None:
        """The unit's name."""
        return self.names[code] if code >= 0 else None
