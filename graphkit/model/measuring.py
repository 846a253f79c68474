"""One unit for all that is said of some goods: masses convert, counted units by a packing ratio that a row states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from graphkit.model.units import BY_CODE, MASS, convert, unit_code

_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s/*×xX]+)\s*/\s*([^\d\s/*×]+)")
PACKING = ("规格", "specification", "packing")  # columns that no kind of record declares and that may state a ratio
Ratios = dict[tuple[str, str], float]  # (larger, smaller) → how many of the smaller make the larger


def ratios(texts: Iterable[str]) -> Ratios:
    """What packings such as 12盒/箱 say; one that different texts contradict is left out.

    >>> ratios(["12盒/箱", "24 tablets/box"])
    {('carton', 'box'): 12.0, ('box', 'tablet'): 24.0}
    """
    found: dict[tuple[str, str], set[float]] = {}
    for text in texts:
        for number, small, large in _RATIO.findall(text):
            pair = unit_code(large), unit_code(small)
            if pair[0] and pair[1] and float(number) > 0:
                found.setdefault((pair[0], pair[1]), set()).add(float(number))
    return {pair: numbers.pop() for pair, numbers in found.items() if len(numbers) == 1}


def common_unit(units: Iterable[str | None]) -> str | None:
    """The unit to give all in: kg where the most are masses, else the most frequent, of equals the least by code.

    >>> common_unit(["g", "t", "box"]), common_unit(["box", "carton", "box"]), common_unit([None])
    ('kg', 'box', None)
    """
    counts = Counter("kg" if unit in BY_CODE and BY_CODE[unit].dimension == MASS else unit for unit in units if unit)
    return min(counts, key=lambda unit: (-counts[unit], unit)) if counts else None


def in_unit(quantity: float, unit: str, wanted: str, packing: Ratios) -> float | None:
    """The quantity in the wanted unit; None where nothing joins the two.

    >>> in_unit(3, "carton", "tablet", {("carton", "box"): 12.0, ("box", "tablet"): 24.0}), in_unit(1, "kg", "box", {})
    (864.0, None)
    """
    reached, waiting = {unit: quantity}, [unit]
    while waiting:
        have = waiting.pop()
        straight = convert(reached[have], have, wanted)
        if straight is not None:
            return straight
        for (large, small), number in sorted(packing.items()):
            for begin, end, factor in ((large, small, number), (small, large, 1.0 / number)):
                if begin == have and end not in reached:
                    reached[end] = reached[have] * factor
                    waiting.append(end)
    return None


def smallest(unit: str, packing: Ratios) -> str:
    """The smallest unit that the packing leads to from this one, of equals the least by code.

    >>> smallest("carton", {("carton", "box"): 12.0, ("box", "tablet"): 24.0}), smallest("bag", {})
    ('tablet', 'bag')
    """
    units = {unit, *(each for pair in packing for each in pair)}
    reached = {each: in_unit(1.0, unit, each, packing) for each in units}
    return min(units, key=lambda each: (-(reached[each] or 0.0), each))
