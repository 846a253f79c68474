"""How much got where: bounds and conventions on arrays of deliveries of one product in one unit."""

from __future__ import annotations

from graphkit.quantities.conventions import CONVENTIONS, convention
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED, Deliveries
from graphkit.quantities.exact import exact_delivery, exact_stop, exact_sum
from graphkit.quantities.ground import Bounds
from graphkit.quantities.runs import Runs
from graphkit.quantities.supply import Shortage, least_unseen_supply
from graphkit.quantities.sweep import OuterBounds, outer_bounds

__all__ = [
    "CONVENTIONS",
    "MARKED",
    "OPEN",
    "UNMARKED",
    "Bounds",
    "Deliveries",
    "OuterBounds",
    "Runs",
    "Shortage",
    "convention",
    "exact_delivery",
    "exact_stop",
    "exact_sum",
    "least_unseen_supply",
    "outer_bounds",
]
