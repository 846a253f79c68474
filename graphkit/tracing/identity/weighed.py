"""What goods weigh in their parcels: by the waybills that tell both how much they carried and how heavy they were.

A waybill that says nothing of its content mostly says its weight. Ninety kilograms are not the four hundred boxes of a
ledger's row of that week, if other waybills show that a thousand boxes weigh sixty.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Network, Numbers
from graphkit.tracing.labels import Whole

WAYBILL = "SHIPPED"
Range = tuple[float, float]
Weight = tuple[float, float, float]  # the least, about how much, the most; in kilograms
# A parcel's wrapping, and how its weight was taken, differ from parcel to parcel: only what is far off contradicts.
_MORE, _WRAPPING = 1.5, 1.0  # so many times as much, and so many kilograms
_ABOUT = 0.1
_PARCELS = 3  # so many show what goods weigh
_HEAVY = 10.0  # kilograms that each of them weighs: of a light one most is wrapping
_FIRST_WEIGHT = 1.0  # kilograms that couriers charge, and write, for whatever weighs less


def measured(network: Network) -> Whole:
    """The waybills that tell product, quantity and weight, and are heavy enough for it to be that of the goods."""
    table = network.links
    links = table.of_kinds(WAYBILL)
    links = links[table.kilograms[links] >= _HEAVY]
    kept: Whole = links[(table.product[links] >= 0) & (table.quantity_max[links] > 0)]
    return kept


def weighed(kilograms: Numbers) -> NDArray[np.bool_]:
    """Which of these weights tell anything.

    >>> weighed(np.array([18.0, 1.0, np.nan])).tolist()
    [True, False, False]
    """
    mask: NDArray[np.bool_] = kilograms > _FIRST_WEIGHT
    return mask


def each_weighs(product: Whole, unit: Whole, kilograms: Numbers) -> dict[tuple[int, int], Range]:
    """Of each product and unit of which enough parcels tell the least and the most that one of them weighs; all three
    (parcels,), `kilograms` being each parcel's weight by what is in it.

    >>> each_weighs(np.array([7, 7, 8, 7]), np.zeros(4, np.int64), np.array([0.06, 0.05, 0.2, 0.06]))
    {(7, 0): (0.05, 0.06)}
    """
    order = np.lexsort((kilograms, unit, product))
    product, unit, kilograms = product[order], unit[order], kilograms[order]
    last = np.append((product[1:] != product[:-1]) | (unit[1:] != unit[:-1]), np.ones(min(1, len(order)), bool))
    ends = np.flatnonzero(last)
    begins = np.concatenate(([0], ends[:-1] + 1))[: len(ends)]
    enough = ends - begins + 1 >= _PARCELS
    begins, ends = begins[enough], ends[enough]
    goods = zip(product[ends].tolist(), unit[ends].tolist(), strict=True)
    return dict(zip(goods, zip(kilograms[begins].tolist(), kilograms[ends].tolist(), strict=True), strict=True))


def may_weigh(least: float, most: float, one: Range) -> Weight:
    """What a parcel of so many may weigh if one weighs so much.

    >>> may_weigh(100.0, 100.0, (0.06, 0.06))
    (3.0, 6.0, 10.0)
    """
    light, heavy = least * one[0], most * one[1]
    return max(0.0, light / _MORE - _WRAPPING), (light + heavy) / 2, heavy * _MORE + _WRAPPING


def at_most(kilograms: Numbers, lightest: Numbers) -> Numbers:
    """How many a parcel of so many kilograms can hold, where the lightest weigh so much.

    >>> at_most(np.array([6.0]), np.array([0.06])).tolist()
    [175.0]
    """
    return (kilograms + _WRAPPING) * _MORE / lightest


def contradict(one: Weight | None, other: Weight | None) -> bool:
    """Whether two weights cannot be of one parcel.

    >>> contradict((90.0, 90.0, 90.0), (3.0, 6.0, 10.0)), contradict(None, (3.0, 6.0, 10.0))
    (True, False)
    """
    return one is not None and other is not None and (one[0] > other[2] or other[0] > one[2])


def about_as_heavy(one: Weight | None, other: Weight | None) -> bool:
    """Whether two weights are known and near each other.

    >>> about_as_heavy((6.2, 6.2, 6.2), (3.0, 6.0, 10.0))
    True
    """
    return one is not None and other is not None and abs(one[1] - other[1]) <= _ABOUT * max(one[1], other[1])
