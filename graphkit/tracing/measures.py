"""One unit for each product: masses in kg, else the unit that most of its rows state."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.model.units import BY_CODE, MASS, convert
from graphkit.network.network import Network
from graphkit.tracing.labels import Whole

Numbers = NDArray[np.float64]
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

    def unit_of(self, product: Whole) -> Whole:
        """The code of the unit that these products are given in, -1 none."""
        if not len(self.product):
            return np.full(len(product), -1)
        place = np.minimum(np.searchsorted(self.product, product), len(self.product) - 1)
        return np.where(self.product[place] == product, self._unit[place], -1)

    def given_in(self, amount: Numbers, unit: Whole, product: Whole) -> Numbers:
        """The amounts in their products' units; nan where the unit does not convert."""
        fits = self._class[unit] == self.unit_of(product)
        return np.where(fits, amount * self._factor[unit], np.nan)

    def name(self, code: int) -> str | None:
        """The unit's name."""
        return self.names[code] if code >= 0 else None
